/** Owns what there is to say about a place in a document: what is asked for there, and what is known of what stands there. */

import { headingSpan } from '../document/section.js'
import type { Facts, SectionFact } from '../facts/facts.js'
import { findSuppressions } from '../facts/suppressions.js'
import { rulePage } from '../rules/page.js'
import { rules } from '../rules/registry.generated.js'
import type { DocumentEntry } from '../rules/world.js'
import type { PartSpec, Template } from '../template/template.js'
import type { Span } from '../text/span.js'
import { documentMentions, hypothesisMentions, mentionAt } from './mentions.js'
import { frontmatterLineAt } from './frontmatter-line.js'

export interface Description {
  readonly span: Span
  /** As Markdown. */
  readonly text: string
}

/** What a description may know beyond the document. */
export interface Surroundings {
  documentsWithId(id: string): readonly DocumentEntry[]
  /** The address of an id that a tracker keeps; undefined for any other. */
  tracker(id: string): string | undefined
  /** What a citation means at present, as Markdown; undefined where there is nothing to show. */
  quote(citation: Facts['citations'][number]): string | undefined
}

export function describeAt(facts: Facts, offset: number, around: Surroundings): Description | undefined {
  return (
    describeSuppression(facts, offset) ??
    describeHypothesis(facts, offset) ??
    describeCitation(facts, offset, around) ??
    describeDocument(facts, offset, around) ??
    describeSection(facts, offset) ??
    describeField(facts, offset)
  )
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end
}

function describeSuppression({ document }: Facts, offset: number): Description | undefined {
  const found = findSuppressions(document).find(({ span }) => holds(span, offset))
  const pages = (found?.rules ?? []).flatMap((name) => rules.filter((rule) => rule.name === name)).map(rulePage)
  return found === undefined || pages.length === 0 ? undefined : { span: found.span, text: pages.join('\n\n') }
}

function describeHypothesis(facts: Facts, offset: number): Description | undefined {
  const mention = mentionAt(hypothesisMentions(facts), offset)
  const hypothesis = facts.hypotheses.find((one) => one.id === mention?.id)
  if (mention === undefined || hypothesis === undefined) return undefined
  const { id, statement, confidence, test, refutedBy } = hypothesis
  const rows = facts.evidence.flatMap((row) => row.refs.filter((ref) => ref.id === id).map((ref) => ({ ...row, stance: ref.stance })))
  const verdicts = facts.verdicts.filter((verdict) => verdict.ids.some((ref) => ref.id === id) && verdict.value !== undefined)
  const given: readonly (readonly [string, string | undefined])[] = [
    ['Confidence', confidence],
    ['Test', test],
    ['Refuted by', refutedBy],
  ]
  const lines = [
    `**${id}** ${statement}`,
    ...given.flatMap(([label, text]) => (text === undefined || text === '' ? [] : [`${label}: ${text}`])),
    rows.length === 0 ? 'No evidence names it yet.' : rows.map((row) => `- ${row.stance}: ${row.finding}${row.source === undefined ? '' : ` (${row.source.raw})`}`).join('\n'),
    verdicts.length === 0 ? 'No verdict yet.' : verdicts.map((verdict) => `Verdict: ${verdict.cell.raw}`).join('\n\n'),
  ]
  return { span: mention.span, text: lines.join('\n\n') }
}

function describeCitation(facts: Facts, offset: number, around: Surroundings): Description | undefined {
  const citation = facts.citations.find(({ span }) => holds(span, offset))
  const text = citation === undefined ? undefined : around.quote(citation)
  return citation === undefined || text === undefined ? undefined : { span: citation.span, text }
}

function describeDocument(facts: Facts, offset: number, around: Surroundings): Description | undefined {
  const mention = documentMentions(facts).find(({ span }) => holds(span, offset))
  const entries = mention === undefined ? [] : around.documentsWithId(mention.id)
  const address = mention === undefined || entries.length > 0 ? undefined : around.tracker(mention.id)
  if (mention !== undefined && address !== undefined) return { span: mention.span, text: `**${mention.id}** is kept at <${address}>` }
  if (mention === undefined || entries.length === 0) return undefined
  const text = entries.map(({ id, title, template, status, phase, path }) => `**${id ?? ''}** ${title ?? ''}\n\n${[template, status, phase].filter((word) => word !== undefined).join(', ')}: \`${path}\``).join('\n\n')
  return { span: mention.span, text }
}

function describeSection(facts: Facts, offset: number): Description | undefined {
  const fact = facts.allSections.find(({ section }) => section?.heading !== undefined && holds(headingSpan(section), offset))
  return fact?.section === undefined ? undefined : { span: headingSpan(fact.section), text: sectionText(fact, facts.template) }
}

function sectionText({ spec }: SectionFact, { machine }: Template): string {
  const phase = machine.phases[spec.phase]
  const asked = spec.required ? (spec.skippable ? 'Required, or left out with `**SKIPPED:**` and a reason.' : 'Required, and never left out.') : 'Optional.'
  const when = machine.phaseField === undefined || phase === undefined ? '' : ` Written in the phase \`${phase.name}\`${phase.summary === undefined ? '' : `: ${phase.summary}`}`
  const parts = spec.parts.flatMap(partText)
  return [`**${spec.heading}**`, spec.summary, `${asked}${when}`, ...(parts.length === 0 ? [] : [parts.map((part) => `- ${part}`).join('\n')])].filter((text) => text !== undefined).join('\n\n')
}

function partText(part: PartSpec): readonly string[] {
  switch (part.kind) {
    case 'table':
      return [`a table: ${part.columns.map((column) => `${column.heading}${column.required ? '' : ' (optional)'}`).join(', ')}`]
    case 'fields':
      return [`labels: ${part.labels.map(({ label }) => label).join(', ')}`]
    case 'checklist':
      return [part.closes ? 'boxes that have to be ticked before the document is closed' : 'boxes']
    case 'items':
      return part.yields === undefined ? [] : [`entries that name ${part.yields === 'spawned' ? 'the documents that follow' : part.yields}`]
    case 'prose':
    case 'sources':
      return []
  }
}

function describeField(facts: Facts, offset: number): Description | undefined {
  const line = frontmatterLineAt(facts.document, offset)
  const field = line === undefined ? undefined : facts.template.fields.get(line.key)
  if (line === undefined || field === undefined) return undefined
  const text = [
    `**${field.name}** ${field.type}${field.required ? ', required' : ''}`,
    field.summary,
    field.values.length === 0 ? undefined : `One of ${field.values.map((value) => `\`${value}\``).join(', ')}.`,
  ]
  return { span: line.keySpan, text: text.filter((one) => one !== undefined).join('\n\n') }
}
