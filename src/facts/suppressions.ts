/** Owns suppressions: `<!-- inquest-disable rule: reason -->`, for the section it stands in or the whole document. */

import type { Document } from '../document/document.js'
import { eachSection } from '../document/section.js'
import type { Span } from '../text/span.js'
import type { Suppression } from './facts.js'

const directive = /^\s*inquest-disable\s+([\w*-]+(?:\s*,\s*[\w*-]+)*)\s*(?::([\s\S]*))?$/u

export function findSuppressions(document: Document): readonly Suppression[] {
  return document.comments.flatMap(({ span, value }) => {
    const match = directive.exec(value)
    if (match === null) return []
    const rules = (match[1] ?? '').split(',').map((rule) => rule.trim())
    return [{ span, rules, reason: (match[2] ?? '').trim(), scope: scopeOf(document, span) }]
  })
}

/** The innermost section below the title; before the first of them it is the whole document. */
function scopeOf(document: Document, span: Span): Span {
  let scope: Span = { start: 0, end: document.text.length }
  const [title] = document.top.sections
  for (const section of eachSection(document.top)) {
    const isTitle = section === title && section.level === 1
    if (section.heading !== undefined && !isTitle && section.span.start <= span.start && span.end <= section.span.end) scope = section.span
  }
  return scope
}
