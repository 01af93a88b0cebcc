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

/** Whole lines of a text, counted from 1, both ends included. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Lines as people write them: `12-20, 30`. */
export function writeLines(lines: readonly LineRange[]): string {
  return lines.map(({ start, end }) => (start === end ? String(start) : `${start}-${end}`)).join(', ')
}

/** True where `inner` lies wholly within `outer`; equal spans contain each other. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The span without the white space at its ends; an all-blank span shrinks to its start. */
export function trimSpan(text: string, span: Span): Span {
  let { start, end } = span
  while (start < end && /\s/u.test(text.charAt(start))) start++
  if (start === end) return { start: span.start, end: span.start }
  while (end > start && /\s/u.test(text.charAt(end - 1))) end--
  return { start, end }
}

/** Tells whether a span lies within one of many, without looking at each of them every time. */
export function liesInOneOf(spans: readonly Span[]): (inner: Span) => boolean {
  const ordered = spans.toSorted((a, b) => a.start - b.start)
  let furthest = -1
  const furthestEnds = ordered.map(({ end }) => (furthest = Math.max(furthest, end)))
  return (inner) => (furthestEnds[countUpTo(ordered, inner.start) - 1] ?? -1) >= inner.end
}

/** Tells whether a span holds one of many, without looking at each of them every time. */
export function holdsOneOf(spans: readonly Span[]): (outer: Span) => boolean {
  const ordered = spans.toSorted((a, b) => b.start - a.start)
  let nearest = Number.POSITIVE_INFINITY
  const nearestEnds = ordered.map(({ end }) => (nearest = Math.min(nearest, end))).toReversed()
  const starts = ordered.toReversed()
  return (outer) => (nearestEnds[countUpTo(starts, outer.start - 1)] ?? Number.POSITIVE_INFINITY) <= outer.end
}

/** How many of the spans, ordered by their starts, start at an offset or before it. */
function countUpTo(ordered: readonly Span[], offset: number): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
