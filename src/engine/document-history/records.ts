/** Owns what is known of the past of documents whose history git has: a record for each path, made from its versions in turn. */

import type { WrittenEntry } from '../../workflow/entries.js'
import { entryKey, originOf } from '../../workflow/entries.js'
import type { Sketch } from './sketch.js'
import type { WalkedCommit } from './walk.js'

export interface RecordedEntry {
  readonly entry: WrittenEntry
  /** The oldest commit that has it, and when that was made, in seconds. */
  readonly commit: string
  readonly time: number
  /** When the commit was made that it names; null for one that is not here, left out where it names none. */
  readonly named?: number | null
}

export interface HistoryRecord {
  /** Every entry that any version has, in the order in which they came. */
  readonly entries: readonly RecordedEntry[]
  /** The keys of those that a merge left out. */
  readonly leftOut: readonly string[]
  /** The templates that versions with a history named, oldest first. */
  readonly templates: readonly (readonly [name: string, version: string | null])[]
  /** The phases of versions without a history. */
  readonly phases: readonly string[]
  /** Hashes of table cells in versions that had no registered hypotheses. */
  readonly cells: readonly string[]
  /** Ids that the document had, the latest at the end. */
  readonly ids: readonly string[]
  /** When its file came, and when it went for the last time, in seconds; null where it has not gone. */
  readonly born: number
  readonly gone: number | null
  /** How each of its histories began; more than one where the beginning was rewritten. */
  readonly origins: readonly string[]
}

export const emptyRecord: HistoryRecord = { entries: [], leftOut: [], templates: [], phases: [], cells: [], ids: [], born: 0, gone: null, origins: [] }

/**
 * The record with one more version, the next in the order of commits.
 * @param known the keys of the entries that the record has; those of the version are added
 */
export function withVersion(record: HistoryRecord, { template, version, id, phase, entries = [], cells = [] }: Sketch, { id: commit, time }: Pick<WalkedCommit, 'id' | 'time'>, known: Set<string> = keysOf(record)): HistoryRecord {
  const keys = entries.map(entryKey)
  const fresh = entries.filter((_, index) => !known.has(keys[index] ?? ''))
  for (const key of keys) known.add(key)
  const origin = originOf(entries)
  const named = template === '' ? [] : [[template, version ?? null] as const]
  return {
    entries: fresh.length === 0 ? record.entries : [...record.entries, ...fresh.map((entry): RecordedEntry => ({ entry, commit: commit.slice(0, 12), time }))],
    leftOut: record.leftOut,
    templates: entries.length === 0 ? record.templates : withNew(record.templates, named, ([name, of]) => `${name} ${of ?? ''}`),
    phases: entries.length > 0 || phase === undefined ? record.phases : withNew(record.phases, [phase], String),
    cells: withNew(record.cells, cells, String),
    ids: id === undefined ? record.ids : [...record.ids.filter((one) => one !== id), id],
    born: record.born === 0 ? time : record.born,
    gone: null,
    origins: origin === undefined ? record.origins : withNew(record.origins, [origin], String),
  }
}

export function keysOf({ entries }: HistoryRecord): Set<string> {
  return new Set(entries.map(({ entry }) => entryKey(entry)))
}

function withNew<T>(list: readonly T[], more: readonly T[], keyOf: (item: T) => string): readonly T[] {
  if (more.length === 0) return list
  const known = new Set(list.map(keyOf))
  const fresh = more.filter((item) => !known.has(keyOf(item)))
  return fresh.length === 0 ? list : [...list, ...fresh]
}
