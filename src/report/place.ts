/** Owns places as readers without columns see them. */

import type { Range } from '../text/span.js'

/** The last line that a range holds anything of: one that ends before the first character of a line does not reach it. */
export function lastLine({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line
}
