/**
 * Owns reading a database as bytes, from ground that cannot be written, where SQLite finds no place for what its readers
 * share. Nobody writes there, so nobody holds a lock that closing the file could take away.
 */

import { readFileSync, statSync } from 'node:fs'

/** The whole database, or undefined where a log beside it or a change meanwhile shows that somebody writes after all. */
export function readSnapshot(file: string): Buffer | undefined {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  if (log !== undefined && log.size > 0) return undefined
  const before = statSync(file)
  const bytes = readFileSync(file)
  const after = statSync(file)
  if (before.mtimeMs !== after.mtimeMs || before.size !== after.size || bytes.length < 100) return undefined
  // In memory there is no log, so the header must not ask for one.
  bytes[18] = 1
  bytes[19] = 1
  return bytes
}
