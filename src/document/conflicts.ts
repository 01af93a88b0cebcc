/** Owns merge conflicts that are not resolved: what git left in a text between its markers. */

import type { Root } from 'mdast'
import type { Span } from '../text/span.js'
import { contains } from '../text/span.js'
import { spanOf } from './nodes.js'

export interface Conflict {
  /** The line of its first marker. */
  readonly at: Span
  /** What git calls the two sides, as far as the markers say. */
  readonly ours: string | undefined
  readonly theirs: string | undefined
  /** The lines of its other markers, in order. */
  readonly others: readonly Span[]
}

/** Git writes seven signs, and as many more as an attribute of the file asks for. */
const usualLength = 7
/** Looked at of the line above a marker. */
const longestLine = 400
const markerLine = /(?<=^|[\r\n])(<{7,}|={7,}|>{7,})(?:[ \t]+([^\r\n]*))?(?=[\r\n]|$)/gu

interface Marker {
  readonly sign: string
  readonly length: number
  readonly label: string
  readonly span: Span
  /** What Markdown reads there; an `underline` makes a heading of the line above. */
  readonly as: 'text' | 'code' | 'underline'
}

interface Parts {
  readonly opening: Marker | undefined
  readonly middle: Marker | undefined
  readonly closing: Marker | undefined
}

/**
 * The conflicts of a text, in order. An example in a code block is none, nor is a heading's underline or a deep quote alone.
 * @param read gives the Markdown of the text; called only where a marker stands
 */
export function findConflicts(text: string, read: () => Root): readonly Conflict[] {
  if (!text.includes('<'.repeat(usualLength)) && !text.includes('>'.repeat(usualLength))) return []
  const found: Conflict[] = []
  const note = (parts: Parts): void => {
    if (isConflict(parts, text)) found.push(conflictOf(parts))
  }
  // Unfinished ones, the innermost last: a side of a conflict may hold another.
  const open: { opening: Marker; middle: Marker | undefined }[] = []
  let alone: Marker | undefined
  for (const marker of markersIn(text, read)) {
    const inner = open.at(-1)
    const fitting = inner?.opening.length === marker.length ? inner : undefined
    if (marker.sign === '<') open.push({ opening: marker, middle: undefined })
    else if (marker.sign === '=') {
      if (fitting !== undefined) fitting.middle ??= marker
      else if (inner === undefined) alone = marker
    } else if (fitting !== undefined) {
      open.pop()
      note({ ...fitting, closing: marker })
    } else if (inner === undefined && alone?.length === marker.length) {
      note({ opening: undefined, middle: alone, closing: marker })
      alone = undefined
    }
  }
  for (const one of open) note({ ...one, closing: undefined })
  return found.toSorted((a, b) => a.at.start - b.at.start)
}

function markersIn(text: string, read: () => Root): readonly Marker[] {
  const lines = [...text.matchAll(markerLine)]
  if (lines.length === 0) return []
  const blocks = read().children
  let next = 0
  return lines.map(({ index, 0: line, 1: signs = '', 2: label = '' }) => {
    const span = { start: index, end: index + line.length }
    while (next < blocks.length && spanOf(blocks[next] ?? { type: 'root', children: [] }).end <= span.start) next++
    const block = blocks[next]
    const around = block !== undefined && contains(spanOf(block), span) ? block : undefined
    const isCode = around?.type === 'code' || (around?.type === 'html' && /^<(?:pre|code|script|style|textarea)\b/iu.test(around.value))
    const isUnderline = around?.type === 'heading' && spanOf(around).start < span.start
    return { sign: signs.charAt(0), length: signs.length, label: label.trim(), span, as: isCode ? 'code' : isUnderline ? 'underline' : 'text' }
  })
}

function isConflict({ opening, middle, closing }: Parts, text: string): boolean {
  if (opening !== undefined && closing !== undefined) return [opening, middle, closing].some((one) => one?.as === 'text')
  if (opening !== undefined) return opening.as === 'text' && opening.length === usualLength && opening.label !== ''
  if (middle === undefined || closing?.as !== 'text' || closing.label === '') return false
  // The rest of one that was half resolved. A quote may open with the same signs: behind a blank line, or among quotes.
  return middle.as === 'text' || !opensQuote(closing.span, text)
}

function opensQuote({ start, end }: Span, text: string): boolean {
  const above = /([^\r\n]*)(?:\r\n|\n|\r)$/u.exec(text.slice(Math.max(0, start - longestLine), start))?.[1] ?? ''
  return above.trim() === '' || above.startsWith('>') || /^(?:\r\n|\n|\r)>/u.test(text.slice(end, end + 3))
}

function conflictOf({ opening, middle, closing }: Parts): Conflict {
  const [first, ...others] = [opening, middle, closing].filter((one) => one !== undefined)
  if (first === undefined) throw new TypeError('A conflict has a marker')
  return { at: first.span, ours: opening?.label || undefined, theirs: closing?.label || undefined, others: others.map(({ span }) => span) }
}
