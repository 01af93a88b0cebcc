/** Owns running the program once, from its arguments to its exit status. */

import { main } from './main.js'
import type { VerbListing } from './verb.js'

declare const INQUEST_VERSION: string

export async function start(verbs: readonly VerbListing[]): Promise<void> {
  // A reader that stops early, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  process.exitCode = await main(process.argv.slice(2), INQUEST_VERSION, verbs)
}
