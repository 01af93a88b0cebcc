/**
 * Owns stores that stay open between uses: opening one, and closing it as the last, takes the disk longer than a write.
 * What is handed out is a store like any other; closing it only says that its user is done.
 */

import { statSync } from 'node:fs'
import type { Connection } from './connection.js'
import { openConnection } from './connection.js'
import { realFile, thisMachine } from './ground.js'
import { migrate } from './migrations.js'
import { createSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'

export interface StoreKeeper {
  /** As `openStore` for writing. */
  open(file: string): Promise<Store>
}

interface Held {
  readonly connection: Connection
  readonly store: Store
  /** Which file it is, whatever its name comes to mean. */
  readonly identity: string | undefined
  users: number
  idle: NodeJS.Timeout | undefined
}

/** @param longestIdle milliseconds that a store stays open without a user; its log is emptied when it closes */
export function keepStores(longestIdle = 10_000): StoreKeeper {
  const current = new Map<string, Held>()
  const opening = new Map<string, Promise<void>>()

  async function connect(file: string): Promise<void> {
    const before = identityOf(file)
    const connection = await openConnection(file, { readOnly: false, ground: thisMachine })
    // Where another file took its place meanwhile, the next look sees it.
    current.set(file, { connection, store: createSqliteStore(connection), identity: before ?? identityOf(file), users: 0, idle: undefined })
  }

  /** A file that was moved away or restored is another store, and nobody may go on with the one that is gone. */
  async function take(file: string): Promise<Held> {
    for (;;) {
      const one = current.get(file)
      if (one !== undefined && one.identity === identityOf(file)) {
        one.users++
        clearTimeout(one.idle)
        return one
      }
      if (one !== undefined) {
        current.delete(file)
        if (one.users === 0) end(one)
      }
      const begun = opening.get(file) ?? connect(file).finally(() => opening.delete(file))
      opening.set(file, begun)
      await begun
    }
  }

  function giveBack(file: string, one: Held): void {
    one.users--
    if (one.users > 0) return
    if (current.get(file) !== one) return end(one)
    one.idle = setTimeout(() => {
      current.delete(file)
      end(one)
    }, longestIdle)
    one.idle.unref()
  }

  function end(one: Held): void {
    clearTimeout(one.idle)
    one.connection.close()
  }

  return {
    async open(given) {
      const file = realFile(given)
      const one = await take(file)
      let isOpen = true
      const close = async (): Promise<void> => {
        if (isOpen) giveBack(file, one)
        isOpen = false
      }
      try {
        // A newer program may have been there since.
        await migrate(one.connection)
        return { ...one.store, close }
      } catch (error) {
        await close()
        throw error
      }
    },
  }
}

function identityOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev} ${stats.ino}`
}
