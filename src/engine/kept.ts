/**
 * Owns the file in which outcomes are kept for the next run: a line to open with, three for each file, and a sum over
 * all of it by which damage is noticed. It is ASCII, which is read without being decoded.
 */

import type { FileStamp } from './host.js'
import type { Outcome } from './outcome.js'
import { oneOf } from './outcome.js'
import type { Asked } from './questions.js'

/** Raised whenever what is written has another shape. */
export const format = 2

/** What no longer fits is found anew each time, so that the file does not grow without bound. */
const longest = 1 << 27

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
  /** `KeptQuestions` and `OutcomeText` as JSON, read only where they are used. */
  readonly asked: string
  readonly outcome: string
  readonly rules: Outcome['asked']
}

/** What the outcome hangs on. What rests on a ground is a text in JSON once more, which is not read while the ground stands. */
export interface KeptQuestions {
  readonly free: Asked
  readonly resting: Readonly<Partial<Record<Ground, string>>>
}

/** What answers rest on where that is more than the answers: all files being as they were, the past being the same. */
export type Ground = 'files' | 'history'

/** @param rules the number of a list in the opening */
type Head = readonly [path: string, named: boolean, hash: string, rules: number, stamp?: readonly [size: number, modified: number, changed: number, inode: number]]

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

type FullOpening = Opening & { readonly rules: readonly Outcome['asked'][] }

export function writeKept(kept: ReadonlyMap<string, Kept>, opening: Opening): Buffer {
  const lists = [...new Set([...kept.values()].map(({ rules }) => rules))]
  const numbers = new Map(lists.map((list, number) => [list, number]))
  const lines = [ascii(JSON.stringify({ ...opening, rules: lists } satisfies FullOpening))]
  let length = 0
  for (const [path, { named, hash, stamp, asked, outcome, rules }] of kept) {
    const known = [path, named, hash, numbers.get(rules) ?? 0] as const
    const head: Head = stamp === undefined ? known : [...known, [stamp.size, stamp.modified, stamp.changed, stamp.inode]]
    length += asked.length + outcome.length + 200
    if (length > longest) break
    lines.push(ascii(JSON.stringify(head)), asked, outcome)
  }
  const body = Buffer.from(`${lines.join('\n')}\n`, 'latin1')
  return Buffer.concat([body, Buffer.from(checksum(body))])
}

export function readKept(bytes: Buffer | undefined, now: Circumstances): Then {
  const nothing = (reason: string): Then => ({ kept: new Map(), files: undefined, history: '', reason })
  const fresh = 'it was not checked before'
  if (bytes === undefined) return nothing(fresh)
  const end = bytes.lastIndexOf(10) + 1
  const lines = bytes.toString('latin1', 0, end).split('\n')
  const opening = checksum(bytes.subarray(0, end)) === bytes.toString('latin1', end) ? readJson<FullOpening>(lines[0] ?? '') : undefined
  if (opening === undefined) return nothing('what was kept is damaged')
  const changed = (['format', 'program', 'configuration', 'templates'] as const).find((part) => opening[part] !== now[part])
  if (changed !== undefined) return nothing(changed === 'templates' ? 'the templates changed' : `the ${changed} changed`)
  const kept = new Map<string, Kept>()
  const lists = opening.rules.map((list) => oneOf(list))
  for (let at = 1; at + 2 < lines.length; at += 3) {
    const [path, named, hash, rules, stamp] = JSON.parse(lines[at] ?? '') as Head
    const [size = 0, modified = 0, changedAt = 0, inode = 0] = stamp ?? []
    kept.set(path, {
      named,
      hash,
      stamp: stamp === undefined ? undefined : { size, modified, changed: changedAt, inode, settled: true },
      asked: lines[at + 1] ?? '',
      outcome: lines[at + 2] ?? '',
      rules: lists[rules] ?? [],
    })
  }
  return { kept, files: opening.files ?? undefined, history: opening.history, reason: fresh }
}

/** JSON with all beyond ASCII written as escapes. */
export function ascii(json: string): string {
  return /[^\0-\x7F]/.test(json) ? json.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json
}

export function readJson<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** Tells a file that was cut short or bent from a whole one; four bytes at a time, because it is done in every run. */
function checksum(bytes: Buffer): string {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(bytes)
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2)
  let sum = bytes.length
  for (let at = 0; at < words.length; at++) sum = Math.imul((sum << 5) ^ (sum >>> 27) ^ (words[at] ?? 0), 0x9e3779b1)
  for (let at = words.length * 4; at < bytes.length; at++) sum = Math.imul((sum << 5) ^ (sum >>> 27) ^ (bytes[at] ?? 0), 0x9e3779b1)
  return (sum >>> 0).toString(16)
}
