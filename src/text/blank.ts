/** Owns hiding parts of a text from whoever reads it, so that the offsets of the rest stay true. */

import type { Span } from './span.js'

/** The text of a span with all before it turned into blank lines, and nothing behind it. */
export function blankOutside(text: string, { start, end }: Span): string {
  const rest = text.slice(start, end)
  return start === 0 ? rest : text.slice(0, start).replaceAll(/[^\r\n]+/gu, (line) => ' '.repeat(line.length)) + rest
}
