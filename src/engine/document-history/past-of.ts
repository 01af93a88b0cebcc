/** Owns what a rule is told of the past of one document: its own record, and those of files that it was moved from. */

import type { DocumentPast, PastEntry } from '../../rules/world.js'
import { entryKey } from '../../workflow/entries.js'
import type { Around } from './histories.js'
import { openHistories } from './histories.js'
import type { Histories } from './kept-histories.js'
import type { HistoryRecord } from './records.js'
import { emptyRecord, originHash, withVersion } from './records.js'
import type { Sketch } from './sketch.js'
import { sketchOf } from './sketch.js'
import { filesAt, readBlobs, walkVersions } from './walk.js'

export interface Pasts {
  /** @param origin as `originOf` says it */
  of(path: string, origin: string | undefined): DocumentPast | undefined
  /** The id that a document had last; undefined where it had none, or no history. */
  idOf(path: string): string | undefined
  readonly histories: Histories
}

/** What it takes of a workspace besides what finding out takes. */
export interface PastsAround extends Around {
  /** True for a file that is there now. */
  isThere(path: string): boolean
}

/** @param given what another thread has found out already, as bytes */
export function openPasts(around: PastsAround, given?: Uint8Array): Pasts {
  const { host, root, templates } = around
  const histories = openHistories(around, given)
  const [tip = '', shallow = '', merged = ''] = histories.history.split('\n')
  const places = new Map(histories.documents.map(({ path }, at) => [path, at]))
  const byOrigin = new Map<string, number[]>()
  for (const [at, { origins }] of histories.documents.entries()) for (const origin of origins) byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), at])
  let tracked: ReadonlyMap<string, string> | undefined
  let merging: ReadonlyMap<string, Sketch> | undefined
  const late = new Map<string, HistoryRecord | undefined>()

  /** The records of files that are gone, and whose history began in the same way. */
  const movedFrom = (path: string, origins: readonly string[]): readonly HistoryRecord[] =>
    [...new Set(origins.flatMap((origin) => byOrigin.get(origin) ?? []))].flatMap((at) => {
      const document = histories.documents[at]
      return document === undefined || document.path === path || (document.blob !== null && around.isThere(document.path)) ? [] : (histories.record(at) ?? [])
    })
  /** A document got its history only now: what went before is looked up for it alone. */
  const recordLate = (path: string): HistoryRecord | undefined => {
    if (tip === '' || !(tracked ??= filesAt(host, root, tip)).has(path)) return undefined
    const commits = walkVersions(host, root, tip, [path])
    const sketches = new Map<string, Sketch>()
    readBlobs(host, root, commits.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? [])), (id, bytes) => {
      const sketch = sketchOf(templates, bytes)
      if (sketch !== undefined) sketches.set(id, sketch)
    })
    let record: HistoryRecord | undefined
    for (const commit of commits) {
      for (const { blob } of commit.changes) {
        const sketch = blob === undefined ? undefined : sketches.get(blob)
        if (sketch !== undefined) record = withVersion(record ?? emptyRecord, sketch, commit)
      }
    }
    return record
  }
  const recordOf = (path: string, isRecording: boolean): HistoryRecord | undefined => {
    const place = places.get(path)
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
      const paths = new Map([...files].filter(([one]) => places.has(one)).map(([one, blob]) => [blob, one]))
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
    idOf: (path) => recordOf(path, false)?.ids.at(-1),
    of(path, origin) {
      if (tip === '') return undefined
      const own = recordOf(path, origin !== undefined)
      const origins = [...(own?.origins ?? []), ...(origin === undefined ? [] : [originHash(origin)])]
      const records = [...movedFrom(path, origins), ...(own === undefined ? [] : [own])]
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
    },
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
