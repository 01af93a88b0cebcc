/** Owns changes to a text: splices on spans, so that every byte outside them stays as it was. */

import type { Span } from './span.js'

/** Replaces the text of `span`; an empty span inserts. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** True where two edits cannot both be applied: they share a character, or insert at one place. */
export function editsOverlap(a: Edit, b: Edit): boolean {
  if (a.span.start === b.span.start) return true
  return a.span.start < b.span.end && b.span.start < a.span.end
}

/**
 * The text with all edits made. No edits give the same string back; insertions at one place are made in the order given.
 * @throws TypeError for edits that overlap or lie outside the text: the caller chose them wrongly.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  let result = ''
  let done = 0
  for (const { span, text: replacement } of ordered) {
    if (span.start < done || span.end < span.start || span.end > text.length) {
      throw new TypeError(`Edit ${span.start}–${span.end} overlaps another or lies outside a text of ${text.length}`)
    }
    result += text.slice(done, span.start) + replacement
    done = span.end
  }
  return result + text.slice(done)
}
