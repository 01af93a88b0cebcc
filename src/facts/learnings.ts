/** Owns reading what a document taught: the sections its template names for that, cut into pieces that stand for themselves. */

import type { RootContent } from 'mdast'
import { spanOf, spanOfAll } from '../document/nodes.js'
import type { Section } from '../document/section.js'
import { eachSection } from '../document/section.js'
import type { Facts, SectionFact, TableFact, Verdict } from './facts.js'
import { holdsContent } from './untouched.js'

export interface LearningFact {
  readonly type: 'verdict' | 'finding'
  readonly body: string
  /** The heading it stands under. */
  readonly section: string
  readonly hypothesis?: string
  readonly verdict?: string
  /** Sources of the evidence for it. */
  readonly citation?: string
}

/** Evidence rows named with one verdict; a reader finds the others in the document. */
const mostCitations = 5

/**
 * What closing stores, in the document's order: a verdict for each row of a table of verdicts, a finding for each
 * subsection, list item or other row, and one for all else. What nobody has written yet is left out.
 */
export function learningsOf(facts: Facts): readonly LearningFact[] {
  return facts.allSections.filter(({ spec, section, skipped }) => spec.learnings && section !== undefined && !skipped).flatMap((fact) => inSection(fact, facts))
}

function inSection(fact: SectionFact, facts: Facts): readonly LearningFact[] {
  const { section } = fact
  if (section === undefined) return []
  const { text } = facts.document
  const finding = (body: string, heading = section.title): LearningFact[] => (body === '' ? [] : [{ type: 'finding', body, section: heading }])
  const tables = facts.tables.filter((table) => table.spec === fact.spec)
  const declared = new Set(tables.map(({ view }) => view.span.start))
  const loose = section.content.filter((block) => !declared.has(spanOf(block).start) && holdsContent(block, text, facts.template))
  const items = loose.flatMap((block) => (block.type === 'list' ? block.children.filter((item) => item.children.some((child) => holdsContent(child, text, facts.template))) : []))
  const below = section.sections.filter((one) => !fact.sections.some((known) => known.section === one))
  return [
    ...tables.flatMap((table) => (table.part.yields === 'verdicts' ? facts.verdicts.filter((verdict) => isIn(verdict, table)).flatMap((verdict) => ofVerdict(verdict, facts)) : ofRows(table))),
    ...finding(source(loose.filter((block) => block.type !== 'list'), text)),
    ...items.flatMap((item) => finding(source(item.children, text))),
    ...below.flatMap((one) => finding(withTitle(one, facts), one.title)),
  ]
}

function isIn({ span }: Verdict, { view }: TableFact): boolean {
  return view.span.start <= span.start && span.end <= view.span.end
}

function ofVerdict({ ids, value, span, section }: Verdict, facts: Facts): readonly LearningFact[] {
  if (value === undefined || ids.length === 0) return []
  const named = new Set(ids.map((ref) => ref.id))
  const statements = facts.hypotheses.filter((one) => named.has(one.id)).map((one) => one.statement)
  const row = facts.tables.flatMap((table) => table.rows).find((one) => one.view.span.start === span.start)
  const why = (row?.cell('evidence') ?? row?.cell('why'))?.text ?? ''
  const sources = facts.evidence.filter(({ refs }) => refs.some((ref) => named.has(ref.id))).flatMap(({ source: cell }) => cell?.text ?? [])
  return [
    {
      type: 'verdict',
      body: [`${value.charAt(0).toUpperCase()}${value.slice(1)}: ${statements.join('; ')}`, why].filter((line) => line !== '').join('\n'),
      section: section.title,
      hypothesis: [...named].join(', '),
      verdict: value,
      ...(sources.length > 0 && { citation: sources.slice(0, mostCitations).join(', ') }),
    },
  ]
}

function ofRows({ rows, view, section }: TableFact): readonly LearningFact[] {
  return rows
    .filter((row) => !row.untouched)
    .map((row) => {
      const [first, ...more] = row.view.cells.map((cell, index) => ({ heading: view.header.cells[index]?.text ?? '', text: cell.text })).filter((cell) => cell.text !== '')
      return { type: 'finding', body: [first?.text ?? '', ...more.map((cell) => `${cell.heading}: ${cell.text}`)].join('\n'), section: section.title }
    })
}

/** A subsection with all below it; its title says what it is about. */
function withTitle(section: Section, { document, template }: Facts): string {
  const written = [...eachSection(section)].some((part) => part.content.some((block) => holdsContent(block, document.text, template)))
  if (!written) return ''
  const pieces = [...eachSection(section)].flatMap((part, index) => [...(index === 0 ? [] : [part.title]), ...part.content.filter((block) => holdsContent(block, document.text, template)).map((block) => source([block], document.text))])
  return [section.title, ...pieces].join('\n\n')
}

/** Blocks as they are written, without the blanks around them. */
function source(blocks: readonly RootContent[], text: string): string {
  return blocks
    .map((block) => spanOfAll([block]))
    .flatMap((span) => (span === undefined ? [] : text.slice(span.start, span.end).replaceAll(/\r\n?/gu, '\n').trim()))
    .join('\n\n')
}
