/** Owns which key of the frontmatter a place belongs to while it is being written, when the YAML may not be whole yet. */

import type { Document } from '../document/document.js'
import type { Span } from '../text/span.js'

export interface FrontmatterLine {
  /** Empty where nothing that is a key stands there yet. */
  readonly key: string
  readonly keySpan: Span
  /** Behind the colon, or behind the stroke of a list below its key; undefined where the place is not in a value. */
  readonly value: Span | undefined
}

/** Undefined for places outside the frontmatter. */
export function frontmatterLineAt(document: Document, offset: number): FrontmatterLine | undefined {
  const { text, frontmatter, lines } = document
  if (frontmatter.kind === 'none') return undefined
  const block = frontmatter.kind === 'read' ? frontmatter.yaml : { start: frontmatter.span.start + 4, end: frontmatter.span.end }
  if (offset < block.start || offset > block.end) return undefined
  const { line } = lines.pointAt(offset)
  const span = lines.lineSpan(line)
  if (span.start < block.start || /^(?:---|\.\.\.)\s*$/u.test(text.slice(span.start, span.end))) return undefined
  const written = text.slice(span.start, span.end)
  const own = /^(["']?)([\w.-]+)\1[ \t]*:[ \t]*/u.exec(written)
  if (own !== null) {
    const keySpan = { start: span.start, end: span.start + own[0].indexOf(':') }
    const valueStart = span.start + own[0].length
    return { key: own[2] ?? '', keySpan, value: offset > keySpan.end ? { start: Math.min(valueStart, span.end), end: span.end } : undefined }
  }
  const item = /^[ \t]*-[ \t]*/u.exec(written)
  if (item !== null) {
    for (let above = line - 1; above > 0; above--) {
      const before = lines.lineSpan(above)
      const key = /^(["']?)([\w.-]+)\1[ \t]*:[ \t]*$/u.exec(text.slice(before.start, before.end))
      if (key !== null) return { key: key[2] ?? '', keySpan: { start: before.start, end: before.start + key[0].indexOf(':') }, value: { start: span.start + item[0].length, end: span.end } }
      if (before.start < block.start || !/^[ \t]*(?:-|#|$)/u.test(text.slice(before.start, before.end))) break
    }
    return undefined
  }
  return /^[\w.-]*$/u.test(written) ? { key: '', keySpan: span, value: undefined } : undefined
}
