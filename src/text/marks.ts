/** Owns marks: places of a text that are worth a closer look, found once for all spans that somebody asks about. */

import type { Span } from './span.js'

/** The offsets at which any of some pieces of text start, in order. Looking for a piece is far cheaper than any pattern. */
export function findMarks(text: string, ...pieces: readonly string[]): Marks {
  const found: number[] = []
  for (const piece of pieces) {
    for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) found.push(at)
  }
  if (pieces.length > 1) found.sort((a, b) => a - b)
  return new Marks(found)
}

/** The last characters of all matches of a pattern. @param pattern with the flag `g` */
export function matchMarks(text: string, pattern: RegExp): Marks {
  const found: number[] = []
  pattern.lastIndex = 0
  // Tells where a match ends without making an object of it.
  while (pattern.test(text)) found.push(pattern.lastIndex - 1)
  return new Marks(found)
}

export class Marks {
  readonly #offsets: readonly number[]

  /** @param offsets in order */
  constructor(offsets: readonly number[]) {
    this.#offsets = offsets
  }

  get none(): boolean {
    return this.#offsets.length === 0
  }

  /** True where a mark lies within the span. */
  lieIn({ start, end }: Span): boolean {
    let low = 0
    let high = this.#offsets.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#offsets[middle] ?? 0) < start) low = middle + 1
      else high = middle
    }
    return (this.#offsets[low] ?? end) < end
  }
}
