/**
 * Owns answers for rules: whether ids exist, and what is recorded for a document, at once and without a promise. The
 * store is opened with the first question, only read, and closed again when the program comes to rest.
 */

import type { Connection } from './connection.js'
import { openReader } from './connection.js'
import { InquestError } from '../errors.js'
import { thisMachine } from './ground.js'
import { ensureReadable } from './migrations.js'
import { idByKey } from './rows.js'
import { recordedIds, unknownIds } from './sqlite-store.js'
import type { DocumentName } from './store.js'

export interface ConceptLookup {
  /** Those of the ids that do not exist. */
  unknown(ids: readonly number[]): readonly number[]
  /** In order. */
  recordedFor(name: DocumentName): readonly number[]
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

/** @throws InquestError with the first question, where the store cannot be read; one that is not made yet holds nothing */
export function lookupInStore(file: string): StoreLookup {
  let connection: Connection | undefined
  function open(): Connection | undefined {
    if (connection !== undefined) return connection
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
    lacking: (keys) => open()?.readNow((database) => keys.filter((key) => idByKey(database, key) === undefined)) ?? keys,
  }
}

/** A line of the export that git keeps, as far as it is needed here. */
interface ExportedLine {
  readonly id: number
  readonly key: string
  readonly provenance?: readonly { readonly document?: string; readonly template?: string; readonly repository?: string }[]
}

/** @param read the export's text, asked for once. @throws InquestError `store-corrupt` with the line that cannot be read */
export function lookupInExport(file: string, read: () => string): ExportLookup {
  let known: Exported | undefined
  const index = (): Exported => (known ??= indexOf(file, read()))
  const recordedWithKeys: ExportLookup['recordedWithKeys'] = ({ document, template }) => index().recorded.get(`${template}\0${document}`) ?? []
  return {
    unknown: (ids) => ids.filter((id) => !index().ids.has(id)),
    recordedFor: (name) => recordedWithKeys(name).map(({ id }) => id),
    recordedWithKeys,
  }
}

interface Exported {
  readonly ids: ReadonlySet<number>
  readonly recorded: ReadonlyMap<string, readonly { readonly id: number; readonly key: string }[]>
}

function indexOf(file: string, text: string): Exported {
  const ids = new Set<number>()
  const recorded = new Map<string, { readonly id: number; readonly key: string }[]>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    let concept: ExportedLine
    try {
      concept = JSON.parse(line) as ExportedLine
    } catch (error) {
      throw new InquestError('store-corrupt', `${file}:${index + 1}: is not a line of an export`, { hint: 'Mend the line, such as a conflict of a merge, or write it anew with `inquest memory export`', cause: error })
    }
    // A line about the export itself has no id.
    if (typeof concept?.id !== 'number') continue
    const { id, key } = concept
    ids.add(id)
    for (const { document, template } of concept.provenance ?? []) {
      if (document === undefined || template === undefined) continue
      const name = `${template}\0${document}`
      const same = recorded.get(name)
      if (same === undefined) recorded.set(name, [{ id, key }])
      else if (!same.some((other) => other.id === id)) same.push({ id, key })
    }
  }
  for (const list of recorded.values()) list.sort((a, b) => a.id - b.id)
  return { ids, recorded }
}

/**
 * What either of two knows. Of a concept that both have, the store says which id it has: the export may have been written
 * before that changed, and mean another one by it.
 */
export function lookupInBoth(store: StoreLookup, exported: ExportLookup): ConceptLookup {
  return {
    unknown: (ids) => exported.unknown(store.unknown(ids)),
    recordedFor(name) {
      const brought = exported.recordedWithKeys(name)
      const lacking = new Set(store.lacking(brought.map(({ key }) => key)))
      return [...new Set([...store.recordedFor(name), ...brought.filter(({ key }) => lacking.has(key)).map(({ id }) => id)])].toSorted((a, b) => a - b)
    },
  }
}
