/**
 * Owns answers for rules: whether ids exist, and what is recorded for a document, at once and without a promise. The
 * store is opened with the first question, only read, and closed again when the program comes to rest.
 */

import type { Connection } from './connection.js'
import { openReader } from './connection.js'
import { InquestError } from '../errors.js'
import { thisMachine } from './ground.js'
import { ensureReadable } from './migrations.js'
import { recordedIds, unknownIds } from './sqlite-store.js'
import type { DocumentName } from './store.js'

export interface ConceptLookup {
  /** Those of the ids that do not exist. */
  unknown(ids: readonly number[]): readonly number[]
  /** In order. */
  recordedFor(name: DocumentName): readonly number[]
}

/** @throws InquestError with the first question, where the store cannot be read */
export function lookupInStore(file: string): ConceptLookup {
  let connection: Connection | undefined
  function open(): Connection {
    if (connection !== undefined) return connection
    const opened = openReader(file, thisMachine)
    opened.readNow((database) => ensureReadable(opened.file, database))
    connection = opened
    // Rules ask in one go; a program that goes on living holds nothing open meanwhile.
    setImmediate(() => {
      opened.close()
      connection = undefined
    })
    return opened
  }
  return {
    unknown: (ids) => open().readNow((database) => unknownIds(database, ids)),
    recordedFor: (name) => open().readNow((database) => recordedIds(database, name)),
  }
}

/** A line of the export that git keeps, as far as it is needed here. */
interface ExportedLine {
  readonly id: number
  readonly provenance?: readonly { readonly document?: string; readonly template?: string; readonly repository?: string }[]
}

/** @param read the export's text, asked for once. @throws InquestError `store-corrupt` with the line that cannot be read */
export function lookupInExport(file: string, read: () => string): ConceptLookup {
  let known: { readonly ids: ReadonlySet<number>; readonly recorded: ReadonlyMap<string, readonly number[]> } | undefined
  const index = (): NonNullable<typeof known> => (known ??= indexOf(file, read()))
  return {
    unknown: (ids) => ids.filter((id) => !index().ids.has(id)),
    recordedFor: ({ document, template }) => index().recorded.get(`${template}\0${document}`) ?? [],
  }
}

function indexOf(file: string, text: string): { ids: ReadonlySet<number>; recorded: ReadonlyMap<string, readonly number[]> } {
  const ids = new Set<number>()
  const recorded = new Map<string, number[]>()
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
    ids.add(concept.id)
    for (const { document, template } of concept.provenance ?? []) {
      if (document === undefined || template === undefined) continue
      const key = `${template}\0${document}`
      const same = recorded.get(key)
      if (same === undefined) recorded.set(key, [concept.id])
      else if (!same.includes(concept.id)) same.push(concept.id)
    }
  }
  for (const list of recorded.values()) list.sort((a, b) => a - b)
  return { ids, recorded }
}

/** What either of two knows. */
export function lookupInBoth(one: ConceptLookup, other: ConceptLookup): ConceptLookup {
  return {
    unknown: (ids) => other.unknown(one.unknown(ids)),
    recordedFor: (name) => [...new Set([...one.recordedFor(name), ...other.recordedFor(name)])].toSorted((a, b) => a - b),
  }
}
