/** Owns what of a concept is shown in an answer: the piece where most of what was looked for stands, and where in it. */

import type { Clause } from './query.js'
import type { Word } from './words.js'
import { eachWord } from './words.js'

export interface Snippet {
  /** On one line; `…` at an end that goes on. */
  readonly text: string
  /** From and to in `text`, in UTF-16 code units, in order and apart. */
  readonly marks: readonly (readonly [number, number])[]
}

/** Very long bodies are looked through this far. */
const farthest = 100_000

/** @param length how many characters it may have, about */
export function snippetOf(body: string, clauses: readonly Clause[], length = 160): Snippet {
  const text = body.slice(0, farthest)
  const found = merge(placesIn(text, clauses))
  const from = densest(text, found, length)
  const window = windowAt(text, from, length)
  const opening = window.start > 0 ? '…' : ''
  const closing = window.end < body.trimEnd().length ? '…' : ''
  let shown = opening
  const marks: [number, number][] = []
  let at = window.start
  const add = (to: number): void => {
    shown += onOneLine(text.slice(at, to))
    at = to
  }
  for (const [begin, end] of found) {
    if (end <= window.start || begin >= window.end) continue
    add(Math.max(begin, window.start))
    const marked = shown.length
    add(Math.min(end, window.end))
    marks.push([marked, shown.length])
  }
  add(window.end)
  return { text: shown + closing, marks }
}

/** One sign for one sign, so that places stay. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s/gu, ' ')
}

function placesIn(text: string, clauses: readonly Clause[]): [number, number][] {
  const words = [...eachWord(text)]
  const places: [number, number][] = []
  for (const { alternatives, open } of clauses) {
    for (const row of alternatives) {
      for (const [index, word] of words.entries()) {
        const end = endOf(words, index, row, open)
        if (end !== undefined) places.push([word.start, end])
      }
    }
  }
  return places
}

/** Where a row of terms ends that begins at a word; undefined where it does not stand there. */
function endOf(words: readonly Word[], index: number, row: readonly string[], open: boolean): number | undefined {
  let end = 0
  for (const [offset, wanted] of row.entries()) {
    const word = words[index + offset]
    const last = offset === row.length - 1
    if (word === undefined || !(word.term === wanted || (open && last && word.term.startsWith(wanted)))) return undefined
    // A single sign is asked for as the beginning of a pair, and only it is meant.
    const single = open && word.kind === 'pair' && word.term !== wanted
    end = single ? word.start + wanted.length : word.end
  }
  return end
}

function merge(places: readonly [number, number][]): readonly [number, number][] {
  const merged: [number, number][] = []
  for (const [start, end] of places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

/** The place from which most marks stand within the length. */
function densest(text: string, found: readonly [number, number][], length: number): number {
  let best = 0
  let most = 0
  let behind = 0
  for (const [index, [from]] of found.entries()) {
    while (behind < found.length && (found[behind]?.[1] ?? 0) <= from + length) behind++
    if (behind - index > most) {
      most = behind - index
      best = from
    }
  }
  return Math.min(best, text.length)
}

/** Some of what stands before the first mark is shown too, and no word is cut where it can be helped. */
function windowAt(text: string, from: number, length: number): { start: number; end: number } {
  const whole = text.trimEnd().length
  if (whole <= length) return { start: 0, end: whole }
  const wanted = Math.max(0, Math.min(from - Math.floor(length / 5), whole - length))
  const start = wanted === 0 ? 0 : afterBlank(text, wanted, Math.min(from, wanted + 20))
  const most = Math.min(whole, start + length)
  return { start, end: most === whole ? whole : beforeBlank(text, most, Math.max(start, most - 20)) }
}

function afterBlank(text: string, at: number, last: number): number {
  for (let place = at; place <= last; place++) if (/\s/u.test(text[place - 1] ?? '')) return place
  return outsidePair(text, at)
}

function beforeBlank(text: string, at: number, first: number): number {
  for (let place = at; place > first; place--) if (/\s/u.test(text[place] ?? '')) return place
  return outsidePair(text, at)
}

/** Never between the two halves of a character. */
function outsidePair(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/u.test(text[at] ?? '') && /[\uD800-\uDBFF]/u.test(text[at - 1] ?? '') ? at - 1 : at
}
