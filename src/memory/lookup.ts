/**
 * Owns answers for rules: whether ids exist, and what is recorded for a document, at once and without a promise. The
 * store is opened with the first question, only read, and closed again when the program comes to rest.
 */

import type { Connection } from './connection.js'
import { openReader } from './connection.js'
import { InquestError } from '../errors.js'
import { eachLine } from './export-lines.js'
import { thisMachine } from './ground.js'
import { ensureReadable } from './migrations.js'
import { idByKey } from './rows.js'
import { recordedIds, unknownIds } from './sqlite-store.js'
import type { DocumentName, Provenance } from './store.js'

export interface ConceptLookup {
  /** Those of the ids that do not exist. */
  unknown(ids: readonly number[]): readonly number[]
  /** In order. */
  recordedFor(name: DocumentName): readonly number[]
  /**
   * For callers that must not continue with answers that may be incomplete.
   * @throws InquestError `store-corrupt` where a line of the export cannot be read
   */
  ensureReadable(): void
}

/** What a store answers besides. */
export interface StoreLookup extends ConceptLookup {
  /** Those of the keys whose concepts it does not have. */
  lacking(keys: readonly string[]): readonly string[]
}

/** What an export answers besides. */
export interface ExportLookup extends ConceptLookup {
  /** As `recordedFor`, with the keys of the concepts. */
  recordedWithKeys(name: DocumentName): readonly { readonly id: number; readonly key: string }[]
}

/**
 * @param isThere false while the store is not made yet; it has nothing then, and nothing is loaded for it
 * @throws InquestError with the first question, where the store cannot be read
 */
export function lookupInStore(file: string, isThere: () => boolean = () => true): StoreLookup {
  let connection: Connection | undefined
  function open(): Connection | undefined {
    if (connection !== undefined) return connection
    if (!isThere()) return undefined
    const opened = openReader(file, thisMachine)
    // Rules ask in one go; a program that goes on living holds nothing open meanwhile.
    setImmediate(() => {
      opened.close()
      connection = undefined
    })
    try {
      opened.readNow((database) => ensureReadable(opened.file, database))
    } catch (error) {
      if (error instanceof InquestError && error.code === 'store-missing') return undefined
      throw error
    }
    connection = opened
    return opened
  }
  return {
    unknown: (ids) => open()?.readNow((database) => unknownIds(database, ids)) ?? ids,
    recordedFor: (name) => open()?.readNow((database) => recordedIds(database, name)) ?? [],
    // The other questions open the store, and report what is wrong with it.
    ensureReadable: () => undefined,
    lacking: (keys) => open()?.readNow((database) => keys.filter((key) => idByKey(database, key) === undefined)) ?? keys,
  }
}

/** The fields of an exported line that are needed here. `check` reports whether the line is sound. */
interface ExportedLine {
  readonly id: number
  readonly key: string
  readonly provenance?: unknown
}

/**
 * Skips lines that cannot be read: `check` reports each of them once, not at every document. While there are any, no id is
 * called unknown, because a skipped line may have it.
 * @param read the export's text, asked for once
 */
export function lookupInExport(file: string, read: () => string): ExportLookup {
  let known: Exported | undefined
  const index = (): Exported => (known ??= indexOf(read()))
  const recordedWithKeys: ExportLookup['recordedWithKeys'] = ({ document, template }) => index().recorded.get(`${template}\0${document}`) ?? []
  return {
    unknown: (ids) => (index().isWhole ? ids.filter((id) => !index().ids.has(id)) : []),
    recordedFor: (name) => recordedWithKeys(name).map(({ id }) => id),
    recordedWithKeys,
    ensureReadable() {
      const { unread } = index()
      if (unread !== undefined) throw new InquestError('store-corrupt', `${file}:${unread}: the line of the export cannot be read`, { hint: '`inquest memory check` says what is wrong with it, and how to keep both sides', at: { path: file, line: unread } })
    },
  }
}

interface Exported {
  readonly ids: ReadonlySet<number>
  readonly recorded: ReadonlyMap<string, readonly { readonly id: number; readonly key: string }[]>
  /** The first line that is neither a concept nor about the export itself. */
  readonly unread: number | undefined
  /** False where such a line may have been a concept; marks of a merge conflict never were. */
  readonly isWhole: boolean
}

function indexOf(text: string): Exported {
  const ids = new Set<number>()
  const recorded = new Map<string, { readonly id: number; readonly key: string }[]>()
  let unread: number | undefined
  let isWhole = true
  for (const { line, text: one, isMarker } of eachLine(text)) {
    let concept: ExportedLine
    try {
      concept = JSON.parse(one) as ExportedLine
    } catch {
      unread ??= line
      isWhole &&= isMarker
      continue
    }
    // A line about the export itself has no id.
    if (typeof concept?.id !== 'number') continue
    const { id, key } = concept
    ids.add(id)
    for (const origin of Array.isArray(concept.provenance) ? (concept.provenance as readonly (Provenance | null)[]) : []) {
      const { document, template } = origin ?? {}
      if (document === undefined || template === undefined) continue
      const name = `${template}\0${document}`
      const same = recorded.get(name)
      if (same === undefined) recorded.set(name, [{ id, key }])
      else if (!same.some((other) => other.id === id)) same.push({ id, key })
    }
  }
  for (const list of recorded.values()) list.sort((a, b) => a.id - b.id)
  return { ids, recorded, unread, isWhole }
}

/**
 * What either of two knows. Of a concept that both have, the store says which id it has: the export may have been written
 * before that changed, and mean another one by it.
 */
export function lookupInBoth(store: StoreLookup, exported: ExportLookup): ConceptLookup {
  return {
    unknown: (ids) => exported.unknown(store.unknown(ids)),
    ensureReadable: () => exported.ensureReadable(),
    recordedFor(name) {
      const brought = exported.recordedWithKeys(name)
      const lacking = new Set(store.lacking(brought.map(({ key }) => key)))
      return [...new Set([...store.recordedFor(name), ...brought.filter(({ key }) => lacking.has(key)).map(({ id }) => id)])].toSorted((a, b) => a - b)
    },
  }
}
