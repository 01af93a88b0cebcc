/** Owns places in a text: half-open spans of UTF-16 offsets, and the 1-based ranges shown to people. */

/** A half-open piece of a text, in UTF-16 code units from its start. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place as people and editors count it: both 1-based, columns in UTF-16 code units. */
export interface Point {
  readonly line: number
  readonly column: number
}

/** From the first character to just behind the last one. */
export interface Range {
  readonly start: Point
  readonly end: Point
}

export function sliceSpan(text: string, span: Span): string {
  return text.slice(span.start, span.end)
}

/** True where `inner` lies wholly within `outer`; equal spans contain each other. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The span without the white space at its ends; an all-blank span shrinks to its start. */
export function trimSpan(text: string, span: Span): Span {
  let { start, end } = span
  while (start < end && /\s/u.test(text.charAt(start))) start++
  while (end > start && /\s/u.test(text.charAt(end - 1))) end--
  return { start, end }
}
