/** Owns the translation between offsets and lines: `\n`, `\r\n` and a lone `\r` each end a line. */

import type { Point, Range, Span } from './span.js'

/** Single lines of texts, 1-based, without their endings. Quickest for lines of one text after another. */
export function lineReader(readText: (path: string) => string | undefined): (path: string, line: number) => string {
  let read: { readonly path: string; readonly lines: readonly string[] } | undefined
  return (path, line) => {
    if (read?.path !== path) read = { path, lines: (readText(path) ?? '').split(/\r\n|\n|\r/u) }
    return read.lines[line - 1] ?? ''
  }
}

export class LineIndex {
  /** Offset of the first character of each line; the first is always 0. */
  readonly #starts: readonly number[]
  readonly #text: string

  constructor(text: string) {
    const starts = [0]
    // Where no lone `\r` ends a line, looking for the next `\n` is far cheaper than looking at each character.
    if (text.includes('\r') && /\r(?!\n)/u.test(text)) for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/gu)) starts.push(index + ending.length)
    else for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#starts = starts
    this.#text = text
  }

  get count(): number {
    return this.#starts.length
  }

  /** The 1-based line and column of an offset; offsets past the end are taken as the end. */
  pointAt(offset: number): Point {
    const at = Math.max(0, Math.min(offset, this.#text.length))
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 }
  }

  rangeOf(span: Span): Range {
    return { start: this.pointAt(span.start), end: this.pointAt(span.end) }
  }

  /** The offset of a 1-based point; a line or column past the end is taken as the nearest that exists. */
  offsetAt(point: Point): number {
    const line = this.lineSpan(Math.max(1, Math.min(point.line, this.count)))
    return Math.min(line.start + Math.max(0, point.column - 1), line.end)
  }

  /** A 1-based line without its line ending. */
  lineSpan(line: number): Span {
    const start = this.#starts[line - 1] ?? this.#text.length
    let end = this.#starts[line] ?? this.#text.length
    while (end > start && /[\r\n]/u.test(this.#text.charAt(end - 1))) end--
    return { start, end }
  }
}

/** How the text ends its lines, for what is written into it. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}
