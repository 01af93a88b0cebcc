/** Owns what an error of SQLite means: busy is tried again, the environment is reported, damage is looked at twice. */

import { InquestError } from '../errors.js'

function sqliteCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/u.test(sqliteCode(error))
}

export function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/u.test(sqliteCode(error))
}

/** The file is there and SQLite cannot open it, or not what it needs beside it. */
export function isUnopened(error: unknown): boolean {
  return /^SQLITE_(?:CANTOPEN|READONLY)/u.test(sqliteCode(error))
}

/** The error of the project for one of SQLite; any other is passed through as it is. */
export function storeError(file: string, error: unknown): unknown {
  const code = sqliteCode(error)
  if (!code.startsWith('SQLITE_') || !(error instanceof Error)) return error
  const details = { cause: error }
  if (isBusy(error)) return busyError(file, error)
  if (code.startsWith('SQLITE_FULL')) return new InquestError('store-io', `${file}: the disk is full; nothing was written`, { ...details, hint: 'Make room and run the command again' })
  if (code.startsWith('SQLITE_READONLY')) return new InquestError('store-read-only', `${file}: cannot be written`, { ...details, hint: 'Reading still works; check the permissions of the file and its folder' })
  if (code === 'SQLITE_NOTADB') return new InquestError('store-corrupt', `${file}: is no SQLite database`, { ...details, hint: 'Name another file in inquest.yaml under `memory`, or put this one aside' })
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new InquestError('store-corrupt', `${file}: holds damaged pages: ${error.message}`, { ...details, hint: '`inquest memory check` says what can still be read; restore a backup, and keep the damaged file' })
  }
  if (code.startsWith('SQLITE_CANTOPEN')) return new InquestError('store-io', `${file}: cannot be opened`, { ...details, hint: 'Check that its folder exists and can be read' })
  return new InquestError('store-io', `${file}: ${error.message} (${code})`, { ...details, hint: 'Check the disk, and run the command again' })
}

export function busyError(file: string, cause: unknown): InquestError {
  return new InquestError('store-busy', `${file}: is being written by another process and did not become free in time; nothing was written`, {
    hint: 'Run the command again; `inquest doctor` shows what is at work',
    cause,
  })
}
