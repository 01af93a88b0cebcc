/** Owns the one way to open a concept store. */

import { openConnection } from './connection.js'
import type { Ground } from './ground.js'
import { thisMachine } from './ground.js'
import { ensureReadable, migrate } from './migrations.js'
import { createSqliteStore } from './sqlite-store.js'
import type { Store } from './store.js'

export interface StoreOptions {
  /** True for readers: nothing is made, migrated or written, and no lock is asked for that a writer needs. */
  readonly readOnly?: boolean
  /** What stands in for the machine, in tests. */
  readonly ground?: Partial<Ground>
}

/**
 * Opens the store in a file; a writer makes it where there is none.
 * @throws InquestError `store-missing` (readers), `store-unavailable`, `store-ground`, `store-newer`, `store-foreign`,
 * `store-busy`, `store-io`, `store-corrupt`
 */
export async function openStore(file: string, { readOnly = false, ground = {} }: StoreOptions = {}): Promise<Store> {
  const connection = await openConnection(file, { readOnly, ground: { ...thisMachine, ...ground } })
  try {
    if (readOnly) await connection.read((database) => ensureReadable(connection.file, database))
    else await migrate(connection)
    return createSqliteStore(connection)
  } catch (error) {
    connection.close()
    throw error
  }
}
