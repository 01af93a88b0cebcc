/** Owns the use case `memory stats`: how much is stored, of what kind, and from where. */

import { InquestError } from '../../errors.js'
import type { StoreCounts, StoreGround, Tally } from '../../memory/store.js'
import type { Host } from '../host.js'
import { memoryPlace, openMemoryReader } from '../memory.js'
import { openWorkspace } from '../workspace.js'

export interface MemoryStats extends StoreCounts, Omit<Tally, 'documents' | 'first' | 'last'> {
  readonly file: string
  /** Those with most concepts. */
  readonly largest: Tally['documents']
  readonly first?: string
  readonly last?: string
  /** Bytes of the database and of the log beside it. */
  readonly size: StoreGround['size']
  readonly log: StoreGround['log']
}

/** @throws InquestError `store-missing` where there is no store */
export async function memoryStats(host: Host): Promise<MemoryStats> {
  const workspace = await openWorkspace(host)
  const file = workspace.toRelative(memoryPlace(workspace).file)
  const store = await openMemoryReader(workspace)
  if (store === undefined) throw new InquestError('store-missing', `${file}: there is no concept store`, { hint: 'The first `inquest close` or `inquest memory ingest` makes it; `inquest memory import` makes it of an export' })
  try {
    const { documents: largest, first, last, ...tally } = await store.tally()
    const { size, log } = await store.ground()
    return { file, ...(await store.counts()), ...tally, largest, ...(first !== undefined && { first }), ...(last !== undefined && { last }), size, log }
  } finally {
    await store.close()
  }
}
