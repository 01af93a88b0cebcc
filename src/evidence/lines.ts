/**
 * Owns where lines of a file went from one version to another. A place is named only where the text there is the
 * same to the letter and nothing speaks for another place; all else is a change.
 */

import type { LineRange } from '../text/span.js'

export type Fate =
  | { readonly kind: 'same' }
  | { readonly kind: 'moved'; readonly to: LineRange }
  /** `near` is what stands there now; undefined where nothing does. */
  | { readonly kind: 'changed'; readonly near: LineRange | undefined }

/** Two versions of a file, laid side by side. */
export interface Alignment {
  readonly before: Int32Array
  readonly after: Int32Array
  /** The line of `after` that each line of `before` is, or -1; increasing. Lines are counted from 0 here. */
  readonly partner: Int32Array
  /** True for lines of `after` that are some line of `before`. */
  readonly taken: Uint8Array
  readonly texts: readonly string[]
}

/** Lines without their ends; a last line that is empty is none. */
export function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/u)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Lays two versions side by side: what they share at their ends, then lines that each holds once, between these the same again. */
export function alignLines(before: readonly string[], after: readonly string[]): Alignment {
  const texts: string[] = []
  const numbers = new Map<string, number>()
  const number = (line: string): number => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, texts.length)
    texts.push(line)
    return texts.length - 1
  }
  const a = Int32Array.from(before, number)
  const b = Int32Array.from(after, number)
  const partner = new Int32Array(a.length).fill(-1)
  const taken = new Uint8Array(b.length)
  const pair = (x: number, y: number): void => {
    partner[x] = y
    taken[y] = 1
  }
  const open: [a0: number, a1: number, b0: number, b1: number][] = [[0, a.length, 0, b.length]]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    let [a0, a1, b0, b1] = part
    while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) pair(a0++, b0++)
    while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) pair(--a1, --b1)
    if (a0 === a1 || b0 === b1) continue
    let from: readonly [number, number] = [a0, b0]
    const anchors = sharedOnce(a, b, [a0, a1, b0, b1])
    if (anchors.length === 0) continue
    for (const [x, y] of anchors) {
      pair(x, y)
      if (x > from[0] && y > from[1]) open.push([from[0], x, from[1], y])
      from = [x + 1, y + 1]
    }
    if (from[0] < a1 && from[1] < b1) open.push([from[0], a1, from[1], b1])
  }
  return { before: a, after: b, partner, taken, texts }
}

/** Lines that stand once in either part, the longest run of them that is in one order. */
function sharedOnce(a: Int32Array, b: Int32Array, [a0, a1, b0, b1]: readonly [number, number, number, number]): readonly (readonly [number, number])[] {
  const once = placesOnce(a, a0, a1)
  const there = placesOnce(b, b0, b1)
  const pairs: (readonly [number, number])[] = []
  for (const [line, x] of once) {
    const y = there.get(line)
    if (x !== -1 && y !== undefined && y !== -1) pairs.push([x, y])
  }
  pairs.sort((left, right) => left[0] - right[0])
  return longestRising(pairs)
}

/** The place of each line; -1 where it stands more than once. */
function placesOnce(lines: Int32Array, from: number, to: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? -1
    places.set(line, places.has(line) ? -1 : at)
  }
  return places
}

function longestRising(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tails: number[] = []
  const previous = new Int32Array(pairs.length).fill(-1)
  for (const [index, [, y]] of pairs.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < y) low = middle + 1
      else high = middle
    }
    previous[index] = tails[low - 1] ?? -1
    tails[low] = index
  }
  const run: (readonly [number, number])[] = []
  for (let at = tails.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) run.push(pair)
  }
  return run.toReversed()
}

/** More lines around the cited ones than this make no difference. */
const mostContext = 40

/** Where the lines of `before` are in `after`. @param range within `before` */
export function followLines(alignment: Alignment, range: LineRange): Fate {
  const first = range.start - 1
  const last = range.end - 1
  const start = keptWhole(alignment, first, last) ?? anchored(alignment, first, last) ?? withinGap(alignment, first, last) ?? carried(alignment, first, last)
  if (start === first) return { kind: 'same' }
  if (start !== undefined && isTold(alignment, first, last, start)) return { kind: 'moved', to: { start: start + 1, end: start + 1 + last - first } }
  const { from, to } = gapAround(alignment, first, last)
  return { kind: 'changed', near: to > from ? { start: from + 1, end: to } : undefined }
}

/** An empty line or a brace is any other but for its neighbours: one of them has to be the same. */
function isTold({ before, after, texts }: Alignment, first: number, last: number, start: number): boolean {
  if (before.subarray(first, last + 1).some((line) => /\w/u.test(texts[line] ?? ''))) return true
  return before[first - 1] === after[start - 1] || before[last + 1] === after[start + last - first + 1]
}

/** All lines are there, one behind the other. */
function keptWhole({ partner }: Alignment, first: number, last: number): number | undefined {
  const start = partner[first] ?? -1
  if (start === -1) return undefined
  for (let at = first + 1; at <= last; at++) if (partner[at] !== start + at - first) return undefined
  return start
}

/** Some of the lines are there, and around one place of them all of the text is: equal lines beside it were taken for them. */
function anchored(alignment: Alignment, first: number, last: number): number | undefined {
  const starts = new Set<number>()
  for (let at = first; at <= last; at++) {
    const partner = alignment.partner[at] ?? -1
    if (partner !== -1 && standsAt(alignment, first, last, partner - (at - first))) starts.add(partner - (at - first))
  }
  const [only] = starts
  return starts.size === 1 ? only : undefined
}

/** None of the lines has a partner, and between the partners around them the text stands once before and once after. */
function withinGap(alignment: Alignment, first: number, last: number): number | undefined {
  if (!isLoose(alignment, first, last)) return undefined
  const { before, from, to } = gapAround(alignment, first, last)
  return findOnce(alignment, { first, last, within: [before.from, before.to], in: [from, to] })
}

/** The lines were carried elsewhere: they stand once before and once after, among what is new there, and nothing new took their place. */
function carried(alignment: Alignment, first: number, last: number): number | undefined {
  const { before, after, taken, texts } = alignment
  if (!isLoose(alignment, first, last)) return undefined
  if (!before.subarray(first, last + 1).some((line) => /\w\W*\w\W*\w/u.test(texts[line] ?? ''))) return undefined
  const gap = gapAround(alignment, first, last)
  const loose = new Set<number>()
  for (const [at, line] of before.entries()) if (alignment.partner[at] === -1) loose.add(line)
  for (let at = gap.from; at < gap.to; at++) {
    const line = after[at] ?? -1
    if ((texts[line] ?? '').trim() !== '' && !loose.has(line)) return undefined
  }
  const start = findOnce(alignment, { first, last, within: [0, before.length], in: [0, after.length], loose: gap.before })
  if (start === undefined) return undefined
  for (let at = start; at <= start + last - first; at++) if (taken[at] === 1) return undefined
  return start
}

function isLoose({ partner }: Alignment, first: number, last: number): boolean {
  return partner.subarray(first, last + 1).every((one) => one === -1)
}

/** What stands between the partners around the lines, in both versions; half-open. */
function gapAround({ partner, before, after }: Alignment, first: number, last: number): { readonly from: number; readonly to: number; readonly before: { readonly from: number; readonly to: number } } {
  let above = first - 1
  while (above >= 0 && partner[above] === -1) above--
  let below = last + 1
  while (below < before.length && partner[below] === -1) below++
  const from = above < 0 ? 0 : (partner[above] ?? 0) + 1
  const to = below >= before.length ? after.length : (partner[below] ?? 0)
  return { from, to: Math.max(from, to), before: { from: above + 1, to: below } }
}

interface Search {
  readonly first: number
  readonly last: number
  /** Where they may stand before, and after; half-open. */
  readonly within: readonly [number, number]
  readonly in: readonly [number, number]
  /** How far lines around them belong to what was carried. */
  readonly loose?: { readonly from: number; readonly to: number }
}

/** The one place of the lines after; where they alone stand several times, with as many lines around them as tell which. */
function findOnce({ before, after }: Alignment, { first, last, within, in: [from, to], loose = { from: within[0], to: within[1] } }: Search): number | undefined {
  let size = -1
  for (let context = 0; context <= mostContext; context++) {
    const start = Math.max(loose.from, first - context)
    const end = Math.min(loose.to - 1, last + context)
    if (end - start === size) return undefined
    size = end - start
    const block = before.subarray(start, end + 1)
    const there = occurrences(after, block, from, to)
    if (there.length === 0) return undefined
    if (there.length === 1 && occurrences(before, block, within[0], within[1]).length === 1) return (there[0] ?? 0) + first - start
  }
  return undefined
}

/** Up to two places at which a block stands; more make no difference. */
function occurrences(lines: Int32Array, block: Int32Array, from: number, to: number): readonly number[] {
  const places: number[] = []
  const [head] = block
  for (let at = from; at <= to - block.length && places.length < 2; at++) {
    if (lines[at] !== head) continue
    let same = 1
    while (same < block.length && lines[at + same] === block[same]) same++
    if (same === block.length) places.push(at)
  }
  return places
}

function standsAt({ before, after }: Alignment, first: number, last: number, start: number): boolean {
  if (start < 0 || start + last - first >= after.length) return false
  for (let at = first; at <= last; at++) if (before[at] !== after[start + at - first]) return false
  return true
}
