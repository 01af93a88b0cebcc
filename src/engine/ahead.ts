/** Owns what is begun before the rest of the program is loaded, because it needs nothing of it. */

import { existsSync } from 'node:fs'
import { beginListing } from './files/listing.js'
import { findConfig } from './root.js'

export function beginAhead(): void {
  beginListing(findConfig(process.cwd(), { exists: existsSync }).root)
}
