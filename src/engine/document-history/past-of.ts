/** Owns what a rule is told of the past of one document: its own record, and those of files that it was moved from. */

import type { DocumentPast, PastEntry } from '../../rules/world.js'
import { entryKey } from '../../workflow/entries.js'
import type { Around, Records } from './histories.js'
import { openHistories, recordVersions } from './histories.js'
import type { Histories, KnownBlobs } from './kept-histories.js'
import type { HistoryRecord } from './records.js'
import type { Sketch } from './sketch.js'
import { sketchOf } from './sketch.js'
import { filesAt, readBlobs, walkVersions } from './walk.js'

export interface Pasts {
  /** @param origin as `originOf` says it */
  of(path: string, origin: string | undefined): DocumentPast | undefined
  /** Of documents that are gone, the paths of those that a file is under another name. */
  formerPaths(path: string, origins: readonly string[]): readonly string[]
  /** The id that a document had last; undefined where it had none, or no history. */
  idOf(path: string): string | undefined
  readonly histories: Histories
}

/** What it takes of a workspace besides what finding out takes. */
export interface PastsAround extends Around {
  /** True for a file that is there now. */
  isThere(path: string): boolean
  /** What a file says now; undefined where it is not a document. */
  sketchOf(path: string): Sketch | undefined
}

/** @param given what another thread has found out already, as bytes */
export function openPasts(around: PastsAround, given?: Uint8Array): Pasts {
  const { host, root, templates } = around
  const histories = openHistories(around, given)
  const [tip = '', shallow = '', merged = ''] = histories.history.split('\n')
  let places: ReadonlyMap<string, number> | undefined
  let byOrigin: Map<string, number[]> | undefined
  let gone: ReadonlySet<number> | undefined
  const placeOf = (path: string): number | undefined => (places ??= new Map(histories.paths.map((one, at) => [one, at]))).get(path)
  const withOrigin = (wanted: string): readonly number[] => {
    if (byOrigin === undefined) {
      byOrigin = new Map()
      for (const [at, { origins }] of histories.documents.entries()) for (const origin of origins) byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), at])
    }
    return byOrigin.get(wanted) ?? []
  }
  let last: { readonly question: string; readonly past: DocumentPast | undefined } | undefined
  let tracked: ReadonlyMap<string, string> | undefined
  let merging: ReadonlyMap<string, Sketch> | undefined
  const late = new Map<string, HistoryRecord | undefined>()

  /** Numbers of documents whose files are gone. */
  const areGone = (): ReadonlySet<number> =>
    (gone ??= new Set([...histories.documents.entries()].flatMap(([at, { path, blob }]) => (blob === null || !around.isThere(path) ? [at] : []))))
  /**
   * Of documents that are gone, those that a file is under another name: its history began in the same way, and it came
   * when the other went. Two documents may have begun in the same second, so that alone says too little.
   */
  const movedTo = (path: string, origins: readonly string[]): readonly number[] => {
    if (areGone().size === 0) return []
    const own = recordOf(path, false)
    return [...new Set(origins.flatMap(withOrigin))].filter((at) => {
      const other = histories.documents[at]
      if (other === undefined || other.path === path || !areGone().has(at)) return false
      const record = histories.record(at)
      if (record === undefined) return false
      if (own !== undefined) return record.gone !== null && own.born >= record.gone
      const now = around.sketchOf(path)
      if (now === undefined) return false
      const keys = new Set((now.entries ?? []).map(entryKey))
      return (now.id !== undefined && now.id === record.ids.at(-1)) || (record.entries.length > 1 && record.entries.every(({ entry }) => keys.has(entryKey(entry))))
    })
  }
  /** A document got its history only now: what went before is looked up for it alone. */
  const recordLate = (path: string): HistoryRecord | undefined => {
    if (tip === '' || !(tracked ??= filesAt(host, root, tip)).has(path)) return undefined
    const commits = walkVersions(host, root, tip, [path])
    const blobs: KnownBlobs = new Map()
    readBlobs(host, root, commits.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? [])), (id, bytes) => blobs.set(id, sketchOf(templates, bytes) ?? null))
    const records: Records = new Map()
    recordVersions(records, commits, blobs)
    return records.get(path)
  }
  const recordOf = (path: string, isRecording: boolean): HistoryRecord | undefined => {
    const place = placeOf(path)
    if (place !== undefined) return histories.record(place)
    if (!isRecording) return undefined
    if (!late.has(path)) late.set(path, recordLate(path))
    return late.get(path)
  }
  const mergingVersion = (path: string): Sketch | undefined => {
    if (merged === '') return undefined
    if (merging === undefined) {
      const files = filesAt(host, root, merged)
      const sketches = new Map<string, Sketch>()
      const paths = new Map([...files].filter(([one]) => placeOf(one) !== undefined).map(([one, blob]) => [blob, one]))
      readBlobs(host, root, paths.keys(), (id, bytes) => {
        const sketch = sketchOf(templates, bytes)
        if (sketch !== undefined) sketches.set(paths.get(id) ?? '', sketch)
      })
      merging = sketches
    }
    return merging.get(path)
  }
  return {
    histories,
    formerPaths: (path, origins) => movedTo(path, origins).flatMap((at) => histories.paths[at] ?? []),
    idOf: (path) => recordOf(path, false)?.ids.at(-1),
    of(path, origin) {
      // Several rules ask the same of one document.
      const question = `${path}\n${origin ?? ''}`
      if (last?.question !== question) last = { question, past: pastOf(path, origin) }
      return last.past
    },
  }

  function pastOf(path: string, origin: string | undefined): DocumentPast | undefined {
    if (tip === '') return undefined
    const own = recordOf(path, origin !== undefined)
    const origins = [...(own?.origins ?? []), ...(origin === undefined ? [] : [origin])]
    const records = [...movedTo(path, origins).flatMap((at) => histories.record(at) ?? []), ...(own === undefined ? [] : [own])]
    if (records.length === 0) return undefined
    const entries = entriesOf(records)
    const leftOut = new Set(records.flatMap((record) => record.leftOut))
    const theirs = mergingVersion(path)?.entries
    return {
      entries: entries.filter(({ entry }) => !leftOut.has(entryKey(entry))),
      leftOut: entries.filter(({ entry }) => leftOut.has(entryKey(entry))),
      ...(theirs !== undefined && { merging: theirs }),
      templates: records.flatMap((record) => record.templates),
      phases: records.flatMap((record) => record.phases),
      cells: records.flatMap((record) => record.cells),
      shallow: shallow === 'true',
    }
  }
}

/** Each once, by the oldest commit that has it. */
function entriesOf(records: readonly HistoryRecord[]): readonly PastEntry[] {
  const entries = new Map<string, PastEntry>()
  for (const one of records.flatMap((record) => record.entries)) {
    const key = entryKey(one.entry)
    if ((entries.get(key)?.time ?? Number.POSITIVE_INFINITY) > one.time) entries.set(key, one)
  }
  return [...entries.values()]
}
