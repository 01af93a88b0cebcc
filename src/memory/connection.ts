/**
 * Owns one connection to a SQLite file: how it is opened, and the only way in which a write is begun. A write begins
 * immediately or not at all, so that it never fails halfway for another's sake; it waits by itself, without holding up
 * the process, and its whole body can run again.
 */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { Database } from './driver.js'
import { loadDriver } from './driver.js'
import { busyError, isBusy, isDamage, isUnopened, storeError } from './failure.js'
import type { Ground } from './ground.js'
import { checkFileSystem, checkSqlite, makeFolderFor, realFile, sizeOf } from './ground.js'
import type { Log } from './log.js'
import { createLog } from './log.js'
import { readSnapshot } from './snapshot.js'
import type { Priority } from './turnstile.js'
import { createTurnstile } from './turnstile.js'

/** SQLite waits so long by itself, in milliseconds, and holds up the process meanwhile. */
const ownWait = 15
/** A write is given up after this, in milliseconds, all waiting counted. */
const defaultDeadline = 30_000
/** How long the lock is tried for by who has no turn, before looking again whether there are turns. */
const tryWithoutTurn = 30
/** Who waits longer than this for the lock serves turns, not all in the same moment; most writes are done sooner. */
const serveAfter = (): number => 10 + Math.random() * 60
/** How long a slice of a batch job may hold the lock, its commit left aside. */
const sliceLength = 15

export interface WriteOptions {
  readonly priority?: Priority
  /** Milliseconds. */
  readonly deadline?: number
  readonly signal?: AbortSignal
}

export interface Connection {
  readonly file: string
  readonly readOnly: boolean
  readonly sqliteVersion: string
  readonly fileSystem: string
  /** Several reads that see one state. Keep no iterator open when it returns. */
  read<T>(body: (database: Database.Database) => T): Promise<T>
  /** The same for a read that needs tables of its own; they are temporary, and it drops them itself. */
  readWithScratch<T>(body: (database: Database.Database) => T): Promise<T>
  /** The same at once, for callers that cannot wait; blocks for a moment where the file is just being closed by another. */
  readNow<T>(body: (database: Database.Database) => T): T
  /**
   * Everything in the body or nothing. It is synchronous, may run more than once, and calls no other write.
   * @throws InquestError `store-busy` where the lock does not become free before the deadline
   */
  write<T>(body: (database: Database.Database) => T, options?: WriteOptions): Promise<T>
  /** Work of a batch job, step by step while `step` answers `more`, in slices that let others write in between. */
  writeInSlices(step: (database: Database.Database) => 'more' | 'done', options?: Omit<WriteOptions, 'priority'> & { readonly onBegin?: () => void; readonly onSlice?: () => void }): Promise<void>
  /** Writes a copy to a file that does not exist. */
  backup(file: string): Promise<void>
  readonly log: Pick<Log, 'move' | 'trouble'>
  close(): void
}

export interface ConnectOptions {
  readonly readOnly: boolean
  readonly ground: Ground
}

/** Opens the file; makes it, with its folder, unless it is only to be read. */
export async function openConnection(given: string, { readOnly, ground }: ConnectOptions): Promise<Connection> {
  const about = stepOn(given, readOnly, ground)
  const database = readOnly ? openToRead(about.file) : guarded(about.file, () => new (loadDriver().Database)(about.file, { timeout: ownWait }))
  try {
    await prepare(database, about.file, readOnly, ground.platform)
    return createConnection(database, about)
  } catch (error) {
    database.close()
    throw storeError(about.file, error)
  }
}

/** The same for a reader that cannot wait for a promise. */
export function openReader(given: string, ground: Ground): Connection {
  const about = stepOn(given, true, ground)
  const database = openToRead(about.file)
  setReading(database)
  return createConnection(database, about)
}

/** Looks at the ground before the file is touched. */
function stepOn(given: string, readOnly: boolean, ground: Ground): Pick<Connection, 'file' | 'readOnly' | 'sqliteVersion' | 'fileSystem'> {
  const sqliteVersion = ground.sqliteVersion(loadDriver().sqlite)
  checkSqlite(sqliteVersion)
  if (readOnly && sizeOf(given) === undefined) throw missing(given)
  if (!readOnly) makeFolderFor(given)
  const file = realFile(given)
  return { file, readOnly, sqliteVersion, fileSystem: checkFileSystem(path.dirname(file), ground) }
}

/** Where SQLite finds no place for what readers share, because nothing can be written there, the bytes are read as they are. */
function openToRead(file: string): Database.Database {
  const { Database } = loadDriver()
  const database = guarded(file, () => new Database(file, { readonly: true, fileMustExist: true, timeout: ownWait }))
  try {
    database.pragma('schema_version')
    return database
  } catch (error) {
    // Who is busy now is asked again by whoever reads.
    if (isBusy(error)) return database
    database.close()
    const bytes = isUnopened(error) ? readSnapshot(file) : undefined
    if (bytes === undefined) throw storeError(file, error)
    return guarded(file, () => new Database(bytes, { readonly: true }))
  }
}

function missing(file: string): InquestError {
  return new InquestError('store-missing', `${file}: there is no concept store`, { hint: 'The first `inquest close` or `inquest memory ingest` makes it' })
}

function guarded<T>(file: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    throw storeError(file, error)
  }
}

function setReading(database: Database.Database): void {
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  database.pragma('mmap_size = 0')
}

/** The timeout comes first, by the constructor; the log is switched on only where it is not, and in a loop of our own. */
async function prepare(database: Database.Database, file: string, readOnly: boolean, platform: NodeJS.Platform): Promise<void> {
  setReading(database)
  if (readOnly) return
  await untilFree(file, performance.now() + defaultDeadline, () => {
    if (database.pragma('journal_mode', { simple: true }) !== 'wal') {
      const mode: unknown = database.pragma('journal_mode = WAL', { simple: true })
      if (mode !== 'wal') throw new InquestError('store-ground', `${file}: cannot be written through a log (journal mode ${String(mode)})`)
    }
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    // Moving the log takes as long as a hundred writes; by itself it would do so while everybody waits for the lock.
    database.pragma('wal_autocheckpoint = 0')
    database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`)
    if (platform === 'darwin') {
      database.pragma('fullfsync = ON')
      database.pragma('checkpoint_fullfsync = ON')
    }
  })
}

/** Tries until it is not busy. Between the tries the process does other things. */
async function untilFree<T>(file: string, until: number, attempt: () => T, signal?: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted()
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error)) throw error
      const left = until - performance.now()
      if (left <= 0) throw busyError(file, error)
      await pause(Math.min(left, 1 + Math.random() * Math.min(20, 2 ** tries)))
    }
  }
}

function isStillBusy(error: unknown): boolean {
  return error instanceof InquestError && error.code === 'store-busy'
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function createConnection(database: Database.Database, about: Pick<Connection, 'file' | 'readOnly' | 'sqliteVersion' | 'fileSystem'>): Connection {
  const { file, readOnly } = about
  const turnstile = createTurnstile(file)
  let closed = false
  /** Resolves once the process has come round to other things since the last write. */
  let rested: Promise<void> | undefined
  const log = createLog(database, file, turnstile, () => !closed && !database.inTransaction)
  if (!readOnly) turnstile.greet()
  const isFull = (): boolean => database.pragma('synchronous', { simple: true }) === 2

  function ensureUsable(what: string): void {
    if (closed) throw new TypeError(`The store is closed; no ${what} can begin`)
    if (database.inTransaction) throw new TypeError(`A ${what} must not begin inside another transaction`)
  }

  function readOnce<T>(body: (database: Database.Database) => T, mayWrite: 'nothing' | 'scratch' = 'nothing'): T {
    ensureUsable('read')
    if (mayWrite === 'nothing') database.pragma('query_only = ON')
    try {
      database.exec('BEGIN')
      return synchronous(body(database))
    } finally {
      if (database.inTransaction) database.exec('ROLLBACK')
      database.pragma('query_only = OFF')
    }
  }

  function writeOnce<T>(body: (database: Database.Database) => T): T {
    ensureUsable('write')
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = synchronous(body(database))
      // better-sqlite3 is built to write its log without waiting for the disk; nothing is acknowledged that way.
      if (!isFull()) throw new TypeError('A write must wait for the disk: synchronous is not FULL')
      database.exec('COMMIT')
      return result
    } finally {
      if (database.inTransaction) database.exec('ROLLBACK')
    }
  }

  async function take<T>(body: (database: Database.Database) => T, { priority = 'interactive', deadline = defaultDeadline, signal }: WriteOptions): Promise<T> {
    if (readOnly) throw new InquestError('store-read-only', `${file}: was opened for reading`)
    ensureUsable('write')
    signal?.throwIfAborted()
    // One who writes without a pause would leave no room for anything else, and the log would not be moved.
    await rested
    const result = await takeTurn(body, priority, deadline, signal)
    rested = new Promise((resolve) => setImmediate(resolve))
    // Whoever asked has the answer before the log is moved; a batch job waits for it.
    const moved = rested.then(() => log.keepShort(priority))
    if (priority === 'batch') await moved
    return result
  }

  async function takeTurn<T>(body: (database: Database.Database) => T, priority: Priority, deadline: number, signal: AbortSignal | undefined): Promise<T> {
    const begun = performance.now()
    const until = begun + deadline
    const patience = serveAfter()
    // A job that writes all the time lets others queue; people queue once they have met somebody.
    if (priority === 'batch') await turnstile.serve()
    for (;;) {
      const leave = await turnstile.enter(priority, until)
      try {
        // Without a turn it is tried for a moment only, since there may be a turnstile by then.
        return await untilFree(file, leave === undefined ? Math.min(until, performance.now() + tryWithoutTurn) : until, () => writeOnce(body), signal)
      } catch (error) {
        if (!isStillBusy(error) || performance.now() >= until) throw explained(error)
        if (performance.now() - begun > patience) void turnstile.serve()
      } finally {
        leave?.()
      }
    }
  }

  /** Damage is told only if a second look, by a connection of its own, sees it too. */
  function explained(error: unknown): unknown {
    if (!isDamage(error)) return storeError(file, error)
    try {
      const second = new (loadDriver().Database)(file, { readonly: true, timeout: ownWait })
      try {
        const [first] = second.pragma('quick_check(1)') as readonly { readonly quick_check: string }[]
        if (first?.quick_check === 'ok') return new InquestError('store-io', `${file}: was read wrongly, and is whole at a second look`, { hint: 'Run the command again', cause: error })
      } finally {
        second.close()
      }
    } catch {
      // What it could not look at is told as it was met.
    }
    return storeError(file, error)
  }

  async function readFreely<T>(body: (database: Database.Database) => T, mayWrite: 'nothing' | 'scratch'): Promise<T> {
    try {
      return await untilFree(file, performance.now() + defaultDeadline, () => readOnce(body, mayWrite))
    } catch (error) {
      throw explained(error)
    }
  }

  return {
    ...about,
    log,
    read: (body) => readFreely(body, 'nothing'),
    readWithScratch: (body) => readFreely(body, 'scratch'),
    readNow(body) {
      for (let tries = 0; ; tries++) {
        try {
          return readOnce(body)
        } catch (error) {
          if (!isBusy(error) || tries > 200) throw explained(error)
        }
      }
    },
    write: (body, options = {}) => take(body, options),
    async writeInSlices(step, { onBegin, onSlice, ...options } = {}) {
      for (let state = 'more'; state === 'more'; ) {
        state = await take((open) => {
          onBegin?.()
          const end = performance.now() + sliceLength
          for (;;) if (step(open) === 'done') return 'done'
          else if (performance.now() >= end) return 'more'
        }, { ...options, priority: 'batch' })
        onSlice?.()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    async backup(copy) {
      ensureUsable('backup')
      try {
        // The copy is written as safely as a commit, and refused where a file is.
        database.pragma('synchronous = FULL')
        await untilFree(file, performance.now() + defaultDeadline, () => database.prepare('VACUUM INTO ?').run(copy))
      } catch (error) {
        throw explained(error)
      }
    },
    close() {
      if (closed) return
      closed = true
      turnstile.close()
      database.close()
    },
  }
}

function synchronous<T>(result: T): T {
  if (result instanceof Promise) throw new TypeError('The body of a transaction is synchronous; it must not answer a promise')
  return result
}
