/** Owns what a document's words are, for colours and for the figures that stand beside them. */

import type { Facts } from '../facts/facts.js'
import { headingSpan } from '../document/section.js'
import type { Span } from '../text/span.js'
import { documentMentions, hypothesisMentions } from './mentions.js'

export type WordKind = 'hypothesis' | 'document' | 'verdict' | 'citation' | 'path'

export interface Word {
  readonly kind: WordKind
  /** True where it is stated, and not only spoken of. */
  readonly stated: boolean
  readonly span: Span
}

/** In the order of the document, none overlapping another, none across lines. */
export function wordsOf(facts: Facts): readonly Word[] {
  const words: Word[] = [
    ...facts.citations.map(({ span }): Word => ({ kind: 'citation', stated: false, span })),
    ...facts.pathReferences.map(({ span }): Word => ({ kind: 'path', stated: false, span })),
    ...facts.verdicts.flatMap(({ value, cell }): Word[] => (value === undefined || cell.span.start === cell.span.end ? [] : [{ kind: 'verdict', stated: false, span: cell.span }])),
    ...hypothesisMentions(facts).map(({ span, role }): Word => ({ kind: 'hypothesis', stated: role === 'stated', span })),
    ...documentMentions(facts).map(({ span, id }): Word => ({ kind: 'document', stated: id === facts.id && facts.document.frontmatter.kind === 'read' && span.start < facts.document.frontmatter.span.end, span })),
  ]
  const kept: Word[] = []
  for (const word of words.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    if (word.span.start < (kept.at(-1)?.span.end ?? 0) || /[\r\n]/u.test(facts.document.text.slice(word.span.start, word.span.end))) continue
    kept.push(word)
  }
  return kept
}

export interface Figure {
  /** Behind what it is shown. */
  readonly at: number
  readonly text: string
  readonly explanation: string
}

/** How much evidence speaks for and against each hypothesis, and how many boxes of a list are ticked. */
export function figuresOf(facts: Facts): readonly Figure[] {
  const counts = facts.hypotheses.map(({ id, idSpan }): Figure => {
    const refs = facts.evidence.map((row) => row.refs.filter((ref) => ref.id === id))
    const spoken = (stance: 'for' | 'against'): number => refs.filter((row) => row.some((ref) => ref.stance === stance)).length
    const verdict = facts.verdicts.find((one) => one.value !== undefined && one.ids.some((ref) => ref.id === id))?.value
    const text = `${spoken('for')} for, ${spoken('against')} against${verdict === undefined ? '' : `, ${verdict}`}`
    // In a list the id stands at the head of the whole entry.
    const item = facts.document.text.slice(idSpan.start, idSpan.end)
    const [head] = /\s/u.test(item) ? facts.template.hypothesisId.findIn(item) : []
    return { at: head === undefined ? idSpan.end : idSpan.start + head.index + head.text.length, text, explanation: `Rows of evidence that name ${id}` }
  })
  const lists = facts.allSections.flatMap((fact): Figure[] => {
    const { section } = fact
    const items = facts.claims.filter((claim) => claim.section === section && claim.kind !== 'question')
    if (section?.heading === undefined || items.length === 0) return []
    const done = items.filter((item) => item.claimed).length
    return [{ at: headingSpan(section).end, text: `${done}/${items.length}`, explanation: 'Boxes that are ticked' }]
  })
  return [...counts, ...lists]
}
