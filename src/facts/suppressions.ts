/** Owns suppressions: `<!-- inquest-disable rule: reason -->`, for the section it stands in or the whole document. */

import type { Document } from '../document/document.js'
import type { Section } from '../document/section.js'
import type { Span } from '../text/span.js'
import { contains } from '../text/span.js'
import type { Suppression } from './facts.js'

const directive = /^\s*inquest-disable\s+([\w*-]+(?:\s*,\s*[\w*-]+)*)\s*(?::([\s\S]*))?$/u

export function findSuppressions(document: Document): readonly Suppression[] {
  const first = document.text.indexOf('<!--')
  if (first === -1 || !document.text.includes('inquest-disable', first)) return []
  return document.comments.flatMap(({ span, value }) => {
    const match = directive.exec(value)
    if (match === null) return []
    const rules = (match[1] ?? '').split(',').map((rule) => rule.trim())
    return [{ span, rules, reason: (match[2] ?? '').trim(), scope: scopeOf(document, span) }]
  })
}

/** The subsection that a span lies in, found by halving, because a document may hold thousands of both. */
function sectionAround({ sections }: Section, span: Span): Section | undefined {
  let low = 0
  let high = sections.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sections[middle]?.span.start ?? 0) <= span.start) low = middle
    else high = middle - 1
  }
  const found = sections[low]
  return found !== undefined && contains(found.span, span) ? found : undefined
}

/** The innermost section below the title; before the first of them it is the whole document. */
function scopeOf(document: Document, span: Span): Span {
  let scope: Span = { start: 0, end: document.text.length }
  const [title] = document.top.sections
  for (let section = sectionAround(document.top, span); section !== undefined; section = sectionAround(section, span)) {
    const isTitle = section === title && section.level === 1
    if (!isTitle) scope = section.span
  }
  return scope
}
