/** Owns what can be said of a citation: whether it still shows what it was cited for, and where that is now. */

import type { LineRange } from '../text/span.js'
import type { Alignment } from './lines.js'
import { alignLines, followLines, splitLines } from './lines.js'

/**
 * `ok`: the cited lines are as they were when they were cited. `moved`: they stand elsewhere, to the letter. `changed`: they do
 * not stand anywhere. `out-of-range`: the file never had them. `missing`: the file is not there (any more). `ambiguous`: several
 * files may be meant. `untracked` and `ignored`: the file is there, and git has no version of it. `before-history`: the document
 * is older than all that git knows. `unknown`: what it would take to tell is not at hand.
 */
export type CitationState = 'ok' | 'moved' | 'changed' | 'out-of-range' | 'missing' | 'ambiguous' | 'untracked' | 'ignored' | 'before-history' | 'unknown'

export interface Place {
  readonly path: string
  readonly lines: readonly LineRange[]
}

/** What became of lines that were cited, in one version of one file. */
export interface Outcome {
  readonly state: 'ok' | 'moved' | 'changed'
  /** Where they are; for changed lines, what stands in their place. */
  readonly lines: readonly LineRange[]
}

/** A file as lines, split once. */
export interface Source {
  readonly text: string
  readonly lines: readonly string[]
}

export function createSource(text: string): Source {
  return new SplitSource(text)
}

class SplitSource implements Source {
  readonly text: string
  #lines: readonly string[] | undefined

  constructor(text: string) {
    this.text = text
    this.#lines = undefined
  }

  get lines(): readonly string[] {
    return (this.#lines ??= splitLines(this.text))
  }
}

/** True where the file has all the lines. */
export function holds({ lines }: Source, ranges: readonly LineRange[]): boolean {
  return ranges.every(({ end }) => end <= lines.length)
}

/** @param ranges within `before` */
export function followRanges(before: Source, after: Source, ranges: readonly LineRange[]): Outcome {
  if (before.text === after.text || ranges.length === 0) return { state: 'ok', lines: ranges }
  const alignment = align(before, after)
  const fates = ranges.map((range) => ({ range, fate: followLines(alignment, range) }))
  const state = fates.some(({ fate }) => fate.kind === 'changed') ? 'changed' : fates.every(({ fate }) => fate.kind === 'same') ? 'ok' : 'moved'
  return { state, lines: fates.flatMap(({ range, fate }) => (fate.kind === 'same' ? [range] : fate.kind === 'moved' ? [fate.to] : (fate.near ?? []))) }
}

const alignments = new WeakMap<Source, WeakMap<Source, Alignment>>()

/** Two versions are laid side by side once, however many citations lie in them; the tip and the working tree are mostly one. */
function align(before: Source, after: Source): Alignment {
  const known = alignments.get(before) ?? new WeakMap<Source, Alignment>()
  alignments.set(before, known)
  const alignment = known.get(after) ?? alignLines(before.lines, after.lines)
  known.set(after, alignment)
  return alignment
}

/** The text of lines, at most so many of them. */
export function quoteLines({ lines }: Source, ranges: readonly LineRange[], most: number): readonly string[] {
  return ranges.flatMap(({ start, end }) => lines.slice(start - 1, end)).slice(0, most)
}
