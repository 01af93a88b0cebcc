#!/usr/bin/env node
/** Owns the start of the program. */

import { main } from './main.js'
import { verbs } from './verbs.js'

declare const INQUEST_VERSION: string

// A reader that stops early, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await main(process.argv.slice(2), INQUEST_VERSION, verbs)
