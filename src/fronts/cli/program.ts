/** Owns the program with all its verbs. */

import { start } from './start.js'
import { verbs } from './verbs.js'

export const ended = start(verbs)
