/**
 * Owns finding out what git has of the past of all documents: walked through once, kept under the commit that is checked
 * out, and continued from there when the next commit comes.
 */

import type { WrittenEntry } from '../../workflow/entries.js'
import { entryKey } from '../../workflow/entries.js'
import type { Host } from '../host.js'
import type { TemplateRegistry } from '../templates.js'
import type { Histories, IndexedDocument, KnownBlobs } from './kept-histories.js'
import { keepBlobs, keepHistories, loadBlobs, loadHistories, readHistories, writeHistories } from './kept-histories.js'
import { requiredKeys } from './merges.js'
import type { HistoryRecord, RecordedEntry } from './records.js'
import { emptyRecord, keysOf, withVersion } from './records.js'
import { sketchOf } from './sketch.js'
import type { WalkedCommit } from './walk.js'
import { filesAt, isAncestor, mostPaths, readBlobs, timesOf, walkMerges, walkVersions } from './walk.js'

declare const INQUEST_BUILD: string

/** What it takes of a workspace. */
export interface Around {
  readonly host: Host
  readonly root: string
  readonly templates: TemplateRegistry
  readonly cacheFolder: string | undefined
  /** The commit that is checked out, and whether all of the past is here; empty where there is none. */
  history(): string
}

/** @param given the bytes of what another thread has found out */
export function openHistories(around: Around, given?: Uint8Array): Histories {
  const maker = `${typeof INQUEST_BUILD === 'undefined' ? 'source' : INQUEST_BUILD} ${around.templates.digest}`
  const told = given === undefined ? undefined : readHistories(Buffer.from(given), maker)
  if (told !== undefined) return told
  const history = around.history()
  const known = loadHistories(around.host, around.cacheFolder, maker)
  if (known?.history === history) return known
  if (history === '') return writeHistories(maker, history, [])
  const made = writeHistories(maker, history, bringUpToDate(around, known, maker, history))
  keepHistories(around.host, around.cacheFolder, made)
  return made
}

export type Records = Map<string, HistoryRecord>

function bringUpToDate({ host, root, templates, cacheFolder }: Around, known: Histories | undefined, maker: string, history: string): readonly (readonly [IndexedDocument, HistoryRecord])[] {
  const [tip = '', shallow] = history.split('\n')
  const [before = '', wasShallow] = known?.history.split('\n') ?? []
  const blobs = loadBlobs(host, cacheFolder, maker)
  const blobsBefore = blobs.size
  const read = (ids: Iterable<string>): void => {
    const fresh = [...ids].filter((id) => !blobs.has(id))
    readBlobs(host, root, fresh, (id, bytes) => blobs.set(id, sketchOf(templates, bytes) ?? null))
    for (const id of fresh) if (!blobs.has(id)) blobs.set(id, null)
  }
  const continues = known !== undefined && before !== '' && shallow === wasShallow && isAncestor(host, root, before, tip)
  const records: Records = new Map()
  if (continues) for (const [at, { path }] of known.documents.entries()) records.set(path, known.record(at) ?? emptyRecord)
  const earlier = new Map(records)
  const commits = walkVersions(host, root, continues ? `${before}..${tip}` : tip)
  read(commits.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? [])))
  recordVersions(records, commits, blobs)
  if (continues) recordFromTheirStart(records, earlier, commits, (paths) => {
    const all = walkVersions(host, root, tip, paths)
    read(all.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? [])))
    return all
  }, blobs)
  const files = filesAt(host, root, tip)
  const isChanged = (path: string): boolean => records.get(path) !== earlier.get(path)
  excuseMerges(records, files, isChanged, (paths) => walkMerges(host, root, tip, paths), blobs, read)
  dateCommits(records, (names) => timesOf(host, root, names))
  if (blobs.size !== blobsBefore) keepBlobs(host, cacheFolder, maker, blobs)
  return [...records].filter(([, { entries }]) => entries.length > 0).map(([path, one]) => [{ path, origins: one.origins, blob: files.get(path) ?? null }, one])
}

/** Takes the versions of commits, oldest first, into the records of their files. @param meant these files alone */
export function recordVersions(records: Records, commits: readonly WalkedCommit[], blobs: KnownBlobs, meant?: ReadonlySet<string>): void {
  const keys = new Map<string, Set<string>>()
  const keysAt = (path: string, known: HistoryRecord): Set<string> => {
    const found = keys.get(path) ?? keysOf(known)
    keys.set(path, found)
    return found
  }
  for (const commit of commits) {
    for (const { path, blob } of commit.changes) {
      if (meant?.has(path) === false) continue
      const known = records.get(path) ?? emptyRecord
      const sketch = blob === undefined ? undefined : blobs.get(blob)
      if (sketch !== undefined && sketch !== null) records.set(path, withVersion(known, sketch, commit, keysAt(path, known)))
      else if (blob === undefined && known !== emptyRecord) records.set(path, { ...known, gone: commit.time })
    }
  }
}

/** A document that had no history until now has versions that nothing was kept of: they are looked up. */
function recordFromTheirStart(records: Records, earlier: Records, commits: readonly WalkedCommit[], walk: (paths: readonly string[]) => readonly WalkedCommit[], blobs: KnownBlobs): void {
  const isOld = new Set(commits.flatMap(({ changes }) => changes.flatMap(({ path, isNew }) => (isNew ? [] : [path]))))
  const late = [...records].filter(([path, { entries }]) => entries.length > 0 && !earlier.has(path) && isOld.has(path)).map(([path]) => path)
  if (late.length === 0) return
  for (const path of late) records.delete(path)
  recordVersions(records, walk(late), blobs, new Set(late))
}

/** More documents than this are not rewritten by mistake. */
const mostExcused = mostPaths

/** Where the present version lacks entries, it is looked up whether a merge left them out. */
function excuseMerges(records: Records, files: ReadonlyMap<string, string>, isChanged: (path: string) => boolean, walk: (paths: readonly string[]) => readonly WalkedCommit[], blobs: KnownBlobs, read: (ids: Iterable<string>) => void): void {
  const keysIn = (blob: string): ReadonlySet<string> => new Set((blobs.get(blob)?.entries ?? []).map(entryKey))
  const lacking = [...records].filter(([path, { entries, leftOut }]) => {
    const blob = files.get(path)
    if (blob === undefined || entries.length === 0 || !isChanged(path)) return false
    const present = keysIn(blob)
    return entries.some(({ entry }) => !present.has(entryKey(entry)) && !leftOut.includes(entryKey(entry)))
  })
  if (lacking.length === 0 || lacking.length > mostExcused) return
  const commits = walk(lacking.map(([path]) => path))
  if (!commits.some(({ parents }) => parents.length > 1)) return
  read(commits.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? [])))
  for (const [path, one] of lacking) {
    const required = requiredKeys(commits, path, keysIn)
    records.set(path, { ...one, leftOut: one.entries.map(({ entry }) => entryKey(entry)).filter((key) => !required.has(key)) })
  }
}

function dateCommits(records: Records, timesOfNames: (names: Iterable<string>) => ReadonlyMap<string, number | null>): void {
  const undated = ({ entry, named }: RecordedEntry): readonly string[] => (named === undefined ? namedCommit(entry) : [])
  const names = [...records.values()].flatMap(({ entries }) => entries.flatMap(undated))
  if (names.length === 0) return
  const times = timesOfNames(names)
  for (const [path, one] of records) {
    if (!one.entries.some((entry) => undated(entry).length > 0)) continue
    const entries = one.entries.map((entry): RecordedEntry => {
      const [name = ''] = undated(entry)
      const named = times.get(name)
      return named === undefined ? entry : { ...entry, named }
    })
    records.set(path, { ...one, entries })
  }
}

function namedCommit({ commit }: WrittenEntry): readonly string[] {
  return typeof commit === 'string' || typeof commit === 'number' ? [String(commit)] : []
}
