/** Owns where a document speaks of its hypotheses and of other documents: stated, supported, decided or mentioned in passing. */

import type { Nodes } from 'mdast'
import { spanOf, walk } from '../document/nodes.js'
import type { Evidence, Facts, Hypothesis, Verdict } from '../facts/facts.js'
import type { IdMention } from '../facts/references.js'
import { canonicalId, readDocumentIds } from '../facts/references.js'
import type { Span } from '../text/span.js'

export interface HypothesisMention {
  readonly id: string
  readonly span: Span
  readonly role: 'stated' | 'evidence' | 'verdict' | 'text'
  /** The row or item around it, where it stands in one that the template knows. */
  readonly within: Hypothesis | Evidence | Verdict | undefined
}

/** Every place that names a hypothesis by its id, in the order of the document; ids in code blocks and comments are not meant. */
export function hypothesisMentions(facts: Facts): readonly HypothesisMention[] {
  const places: HypothesisMention[] = []
  const stated = facts.hypotheses.map((one) => ({ within: one, role: 'stated' as const, span: one.idSpan }))
  const refs = [
    ...facts.evidence.flatMap((row) => row.refs.map((ref) => ({ within: row, role: 'evidence' as const, span: ref.span }))),
    ...facts.verdicts.flatMap((verdict) => verdict.ids.map((ref) => ({ within: verdict, role: 'verdict' as const, span: ref.span }))),
  ]
  const byStart = new Map(refs.map((ref) => [ref.span.start, ref]))
  for (const { id, span } of idsInText(facts)) {
    const statement = stated.find((one) => one.span.start <= span.start && span.end <= one.span.end && one.within.id === id)
    const known = byStart.get(span.start) ?? statement
    places.push({ id, span, role: known?.role ?? 'text', within: known?.within })
  }
  // A statement names itself once, at its head.
  const seen = new Set<Hypothesis>()
  return places.map((place) => {
    if (place.role !== 'stated' || place.within === undefined) return place
    const first = !seen.has(place.within as Hypothesis)
    seen.add(place.within as Hypothesis)
    return first ? place : { ...place, role: 'text' }
  })
}

function idsInText({ document, template }: Facts): readonly { readonly id: string; readonly span: Span }[] {
  const found: { id: string; span: Span }[] = []
  walk(document.root, (node) => {
    if (node.type !== 'text' && node.type !== 'inlineCode') return
    const { start, end } = spanOf(node)
    for (const { text, index } of template.hypothesisId.findIn(document.text.slice(start, end))) {
      found.push({ id: canonicalId(text), span: { start: start + index, end: start + index + text.length } })
    }
  })
  return found.toSorted((a, b) => a.span.start - b.span.start)
}

export function mentionAt(mentions: readonly HypothesisMention[], offset: number): HypothesisMention | undefined {
  return mentions.find(({ span }) => span.start <= offset && offset <= span.end)
}

/** A range such as `H1-H3` that stands for the hypothesis without naming it. */
export function rangeCovering(facts: Facts, id: string): Span | undefined {
  const { text } = facts.document
  const refs = [...facts.evidence.flatMap((row) => row.refs), ...facts.verdicts.flatMap((verdict) => verdict.ids)]
  return refs.find((ref) => ref.id === id && canonicalId(text.slice(ref.span.start, ref.span.end)) !== id)?.span
}

/** Ids of documents, those in the frontmatter as well; what stands in code blocks is not meant. */
export function documentMentions(facts: Facts): readonly IdMention[] {
  const { document } = facts
  const head = document.frontmatter.kind === 'read' ? document.frontmatter.yaml : undefined
  const inHead = head === undefined ? [] : readDocumentIds(document.text.slice(head.start, head.end), head.start)
  const inBody: IdMention[] = []
  walk(document.root, (node: Nodes) => {
    if (node.type !== 'text' && node.type !== 'inlineCode') return
    const { start, end } = spanOf(node)
    inBody.push(...readDocumentIds(document.text.slice(start, end), start))
  })
  return [...inHead, ...inBody]
}

/** Why a hypothesis cannot be called that; undefined where it can. */
export function renameFault(facts: Facts, id: string, name: string): string | undefined {
  if (facts.template.hypothesisId.startOf(name) !== name) return `\`${name}\` is no id of a hypothesis in this template`
  if (facts.hypotheses.some((one) => one.id === canonicalId(name) && one.id !== id)) return `\`${canonicalId(name)}\` is stated already`
  const range = rangeCovering(facts, id)
  if (range === undefined) return undefined
  const { line } = facts.document.lines.pointAt(range.start)
  return `\`${id}\` stands within a range of ids on line ${line}; write the ids out there first`
}
