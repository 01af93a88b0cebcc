/**
 * Owns the log beside a database: that what was written to it is moved into the database in time, outside the lock that
 * writers wait for.
 */

import { InquestError } from '../errors.js'
import type { Database } from './driver.js'
import { isBusy } from './failure.js'
import type { Priority, Turnstile } from './turnstile.js'

export interface Log {
  /** After a write: moves the log if much waits in it. What goes wrong is kept as `trouble`, since the write holds all the same. */
  keepShort(priority: Priority): Promise<void>
  /** Moves whatever waits. @throws InquestError `store-io` where that cannot be done */
  move(): Promise<void>
  /** Why the log could not be moved; undefined once it could. */
  readonly trouble: InquestError | undefined
}

/** So many pages may wait in the log before they are moved into the database; a batch job moves them before people have to. */
const longestLog: Readonly<Record<Priority, number>> = { batch: 1000, interactive: 4000 }
/** So few are moved while others wait. */
const fewPages = 200
/** How long a turn is waited for in which they are moved. */
const longestForLog = 2000

/** @param isIdle false while the connection is in a transaction, or closed */
export function createLog(database: Database.Database, file: string, turnstile: Turnstile, isIdle: () => boolean): Log {
  let trouble: InquestError | undefined

  /** Pages that wait. Where SQLite cannot tell without moving them, it moves them. `RESTART` also waits a moment for who reads from the log. */
  function waiting(how: 'NOOP' | 'PASSIVE' | 'RESTART'): number {
    const [row] = database.pragma(`wal_checkpoint(${how})`) as readonly { readonly log: number; readonly checkpointed: number }[]
    return row === undefined ? 0 : row.log - row.checkpointed
  }

  /**
   * Most of it while others write, and what they wrote meanwhile in a turn. Without one, a log that is written all the time
   * would never be empty, and grow without end.
   */
  async function moveAll(): Promise<void> {
    for (let tries = 0; waiting('PASSIVE') > fewPages && tries < 3; tries++);
    const leave = await turnstile.enter('interactive', performance.now() + longestForLog)
    try {
      // While anybody reads from it, the log does not begin anew, and a batch job reads nearly all the time.
      if (isIdle()) waiting('RESTART')
    } finally {
      leave?.()
    }
  }

  async function attempt(isDue: () => boolean): Promise<void> {
    try {
      if (isIdle() && isDue()) await moveAll()
      trouble = undefined
    } catch (error) {
      // Another process is moving it.
      if (isBusy(error)) return
      trouble = new InquestError('store-io', `${file}: the log cannot be moved into the database, and grows: ${error instanceof Error ? error.message : String(error)}`, {
        hint: 'What was stored holds, and is read from the log; make room on the disk, or see what is wrong with it',
        cause: error,
      })
    }
  }

  return {
    keepShort: (priority) => attempt(() => waiting('NOOP') >= longestLog[priority]),
    async move() {
      await attempt(() => true)
      if (trouble !== undefined) throw trouble
    },
    get trouble() {
      return trouble
    },
  }
}
