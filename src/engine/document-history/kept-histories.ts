/**
 * Owns the two files in which the past of documents is kept for later runs: the records, a line for each document, of
 * which the first line is an index; and what was read of each blob. Both only save time.
 */

import { asciiJson } from '../../text/arena.js'
import type { Host } from '../host.js'
import { readJson } from '../kept.js'
import type { HistoryRecord } from './records.js'
import type { Sketch } from './sketch.js'

/** Raised whenever what is written has another shape. */
const format = 1

/** What is asked of all documents where one may have been moved. */
export interface IndexedDocument {
  readonly path: string
  readonly origins: readonly string[]
  /** The blob of the present commit; null where that does not have the file. */
  readonly blob: string | null
}

interface Opening {
  readonly format: number
  /** The program and the templates by which it was made. */
  readonly maker: string
  /** What the workspace says of the commit that is checked out. */
  readonly history: string
  readonly count: number
}

/** All that is known at one commit, in a form that threads can be given. What is not asked for is not read. */
export interface Histories {
  readonly history: string
  /** The paths of documents whose history git has. */
  readonly paths: readonly string[]
  /** The same documents in the same order. */
  readonly documents: readonly IndexedDocument[]
  /** @param at the number of the document */
  record(at: number): HistoryRecord | undefined
  readonly bytes: Buffer
}

/** Lines before those of the records. */
const leading = 3

export function writeHistories(maker: string, history: string, known: readonly (readonly [IndexedDocument, HistoryRecord])[]): Histories {
  const opening: Opening = { format, maker, history, count: known.length }
  const documents = known.map(([document]) => document)
  const lines = [opening, documents.map(({ path }) => path), documents, ...known.map(([, record]) => record)].map((line) => `${asciiJson(JSON.stringify(line))}\n`)
  const read = readHistories(Buffer.from(lines.join(''), 'latin1'), maker)
  if (read === undefined) throw new TypeError('What was written is read back')
  return read
}

/** Undefined for what was written by another program, or not completely. */
export function readHistories(bytes: Buffer | undefined, maker: string): Histories | undefined {
  const end = bytes?.indexOf(10) ?? -1
  if (bytes === undefined || end === -1 || bytes.at(-1) !== 10) return undefined
  const opening = readJson<Partial<Opening>>(bytes.toString('latin1', 0, end))
  if (opening?.format !== format || opening.maker !== maker || opening.history === undefined) return undefined
  const starts = [0]
  for (let at = end; at !== -1; at = bytes.indexOf(10, at + 1)) starts.push(at + 1)
  if (starts.length !== (opening.count ?? -1) + leading + 1) return undefined
  const line = <T>(at: number): T | undefined => readJson<T>(bytes.toString('latin1', starts[at], (starts[at + 1] ?? 1) - 1))
  let paths: readonly string[] | undefined
  let documents: readonly IndexedDocument[] | undefined
  return {
    history: opening.history,
    bytes,
    get paths() {
      return (paths ??= line<readonly string[]>(1) ?? [])
    },
    get documents() {
      return (documents ??= line<readonly IndexedDocument[]>(2) ?? [])
    },
    record: (at) => line<HistoryRecord>(leading + at),
  }
}

/** What is known of blobs: undefined for one that was never read, null for one that is not a document. */
export type KnownBlobs = Map<string, Sketch | null>

const linesAtOnce = 1000

const blobsFile = 'history-blobs.jsonl'
const recordsFile = 'histories.jsonl'

export function loadHistories(host: Host, folder: string | undefined, maker: string): Histories | undefined {
  return folder === undefined ? undefined : readHistories(host.readCache(`${folder}/${recordsFile}`), maker)
}

export function keepHistories(host: Host, folder: string | undefined, { bytes }: Histories): void {
  if (folder !== undefined) host.writeCache(`${folder}/${recordsFile}`, (append) => append(bytes))
}

export function loadBlobs(host: Host, folder: string | undefined, maker: string): KnownBlobs {
  const known: KnownBlobs = new Map()
  const bytes = folder === undefined ? undefined : host.readCache(`${folder}/${blobsFile}`)
  const [first = '', ...lines] = bytes === undefined || bytes.at(-1) !== 10 ? [] : bytes.toString('latin1').split('\n')
  if (first !== openingOfBlobs(maker)) return known
  for (const line of lines) {
    const blank = line.indexOf(' ')
    if (line !== '') known.set(blank === -1 ? line : line.slice(0, blank), blank === -1 ? null : (readJson<Sketch>(line.slice(blank + 1)) ?? null))
  }
  return known
}

export function keepBlobs(host: Host, folder: string | undefined, maker: string, known: KnownBlobs): void {
  if (folder === undefined) return
  host.writeCache(`${folder}/${blobsFile}`, (append) => {
    append(Buffer.from(`${openingOfBlobs(maker)}\n`, 'latin1'))
    let lines: string[] = []
    const write = (): void => {
      append(Buffer.from(lines.join(''), 'latin1'))
      lines = []
    }
    for (const [id, sketch] of known) {
      lines.push(sketch === null ? `${id}\n` : `${id} ${asciiJson(JSON.stringify(sketch))}\n`)
      if (lines.length === linesAtOnce) write()
    }
    write()
  })
}

function openingOfBlobs(maker: string): string {
  return asciiJson(JSON.stringify({ format, maker }))
}
