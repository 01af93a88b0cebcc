/**
 * Owns the file in which outcomes are kept for the next run: a line to open with, three for each file, and a sum over
 * all of it by which damage is noticed. It is ASCII, which is read without being decoded, and what nobody asks for is
 * not read from its bytes at all.
 */

import type { FileStamp } from './host.js'
import type { Piece } from '../text/arena.js'
import { asciiJson, emptyPiece, lengthOf, readPiece } from '../text/arena.js'
import type { Gist } from './outcome.js'
import { gistKey } from './outcome.js'
import type { Asked } from './questions.js'

/** Raised whenever what is written has another shape. */
export const format = 3

/** What no longer fits is found anew each time, so that the file does not grow without bound. */
const longest = 1 << 28

/** About so much is written at once. */
const pieceBytes = 1 << 20

/** Everything but the file and the repository around it. */
export interface Circumstances {
  readonly format: number
  /** The program with its rules and built-in templates, what it runs on, and what reads Markdown. */
  readonly program: string
  readonly configuration: string
  readonly templates: string
}

export interface Kept {
  readonly named: boolean
  /** Undefined where the file was so young that it may have changed without a trace. */
  readonly stamp: FileStamp | undefined
  /** Of the text; empty for a file that was not asked for, of which only the stamp is known. */
  readonly hash: string
  /** `KeptQuestions` and `Outcome` as JSON. */
  readonly asked: Piece
  readonly outcome: Piece
  readonly gist: Gist
}

/** What the outcome hangs on. What rests on a ground is a text in JSON once more, which is not read while the ground stands. */
export interface KeptQuestions {
  readonly free: Asked
  readonly resting: Readonly<Partial<Record<Ground, string>>>
}

/** What answers rest on where that is more than the answers: all files being as they were, the past being the same. */
export type Ground = 'files' | 'history'

/** @param gist its number in the opening */
type Head = readonly [path: string, named: boolean, hash: string, gist: number, stamp?: readonly [size: number, modified: number, changed: number, inode: number]]

export interface Then {
  readonly kept: ReadonlyMap<string, Kept>
  /** How many files there were, if all that is kept was looked through in one run; else the whole tells nothing. */
  readonly files: number | undefined
  /** The commit that was checked out, where anybody asked for the past. */
  readonly history: string
  /** Why a file that is not kept is not. */
  readonly reason: string
}

type Opening = Circumstances & { readonly files: number | null; readonly history: string }

type FullOpening = Opening & { readonly gists: readonly Gist[] }

/** @param append takes the file, piece by piece */
export function writeKept(kept: ReadonlyMap<string, Kept>, opening: Opening, append: (bytes: Uint8Array) => void): void {
  const sum = new Checksum()
  const { gists, numberOf } = numberGists(kept.values())
  let lines = [asciiJson(JSON.stringify({ ...opening, gists } satisfies FullOpening))]
  let pending = 0
  let length = 0
  const flush = (): void => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`, 'latin1')
    sum.add(bytes)
    append(bytes)
    lines = []
    pending = 0
  }
  for (const [path, { named, hash, stamp, asked, outcome, gist }] of kept) {
    const known = [path, named, hash, numberOf(gist)] as const
    const head: Head = stamp === undefined ? known : [...known, [stamp.size, stamp.modified, stamp.changed, stamp.inode]]
    const size = lengthOf(asked) + lengthOf(outcome) + 200
    length += size
    if (length > longest) break
    pending += size
    lines.push(asciiJson(JSON.stringify(head)), readPiece(asked), readPiece(outcome))
    if (pending > pieceBytes) flush()
  }
  if (lines.length > 0) flush()
  append(Buffer.from(sum.digest(), 'latin1'))
}

/** Numbers for gists, the same for those that say the same. */
function numberGists(kept: Iterable<Kept>): { readonly gists: readonly Gist[]; numberOf(gist: Gist): number } {
  const gists: Gist[] = []
  const numbers = new Map<Gist, number>()
  const byKey = new Map<string, number>()
  for (const { gist } of kept) {
    if (numbers.has(gist)) continue
    const key = gistKey(gist)
    const number = byKey.get(key) ?? gists.push(gist) - 1
    byKey.set(key, number)
    numbers.set(gist, number)
  }
  return { gists, numberOf: (gist) => numbers.get(gist) ?? 0 }
}

export function readKept(bytes: Buffer | undefined, now: Circumstances): Then {
  const nothing = (reason: string): Then => ({ kept: new Map(), files: undefined, history: '', reason })
  const fresh = 'it was not checked before'
  if (bytes === undefined) return nothing(fresh)
  const end = bytes.lastIndexOf(10) + 1
  const sum = new Checksum()
  sum.add(bytes.subarray(0, end))
  const block = { bytes }
  let at = 0
  const nextLine = (): Piece => {
    const start = at
    // The sum tells damage, and not a file that somebody made up.
    if (start >= end) return emptyPiece
    at = bytes.indexOf(10, start) + 1
    return { block, start, end: at - 1 }
  }
  const opening = end > 0 && sum.digest() === bytes.toString('latin1', end) ? readJson<FullOpening>(readPiece(nextLine())) : undefined
  if (opening === undefined) return nothing('what was kept is damaged')
  const changed = (['format', 'program', 'configuration', 'templates'] as const).find((part) => opening[part] !== now[part])
  if (changed !== undefined) return nothing(changed === 'templates' ? 'the templates changed' : `the ${changed} changed`)
  const kept = new Map<string, Kept>()
  while (at < end) {
    const head = readJson<Head>(readPiece(nextLine()))
    const gist = opening.gists[head?.[3] ?? -1]
    if (head === undefined || gist === undefined) return nothing('what was kept is damaged')
    const [path, named, hash, , stamp] = head
    const [size = 0, modified = 0, changedAt = 0, inode = 0] = stamp ?? []
    kept.set(path, {
      named,
      hash,
      stamp: stamp === undefined ? undefined : { size, modified, changed: changedAt, inode, settled: true },
      asked: nextLine(),
      outcome: nextLine(),
      gist,
    })
  }
  return { kept, files: opening.files ?? undefined, history: opening.history, reason: fresh }
}

export function readJson<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** Tells a file that was cut short or bent from a whole one; four bytes at a time, because it is done in every run. */
class Checksum {
  #sum = 0
  #length = 0
  /** Fewer than four bytes, which wait for those after them. */
  #rest: Uint8Array = new Uint8Array()

  add(more: Uint8Array): void {
    const isReady = this.#rest.length === 0 && more.byteOffset % 4 === 0
    // What is made anew begins at a multiple of eight.
    const bytes = isReady ? more : Buffer.concat([this.#rest, more])
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    let sum = this.#sum
    for (let at = 0; at < words.length; at++) sum = mixed(sum, words[at] ?? 0)
    this.#sum = sum
    this.#length += more.length
    this.#rest = bytes.slice(words.length * 4)
  }

  digest(): string {
    return ([...this.#rest, this.#length].reduce(mixed, this.#sum) >>> 0).toString(16)
  }
}

function mixed(sum: number, word: number): number {
  return Math.imul((sum << 5) ^ (sum >>> 27) ^ word, 0x9e3779b1)
}
