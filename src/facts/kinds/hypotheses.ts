/** Owns reading hypotheses, the evidence for them and their verdicts from tables and lists. */

import type { List, ListItem } from 'mdast'
import { itemText, leadEnd } from '../../document/task.js'
import { plainText, spanOf } from '../../document/nodes.js'
import type { Cell } from '../../document/table.js'
import type { Template } from '../../template/template.js'
import { hasAddress, hasConcept, isPlainlyPath, readCitations } from '../citation.js'
import type { Evidence, Hypothesis, RowFact, SectionFact, TableFact, Verdict, VerdictKind } from '../facts.js'
import { canonicalId, readHypothesisRefs } from '../references.js'
import { isAlternatives, isBareWord, isBlank } from '../untouched.js'
import { namesRun } from '../runs.js'
import { ownSections } from './table.js'

export function hypothesesInTable(table: TableFact, template: Template): readonly Hypothesis[] {
  return table.rows.flatMap((row): Hypothesis[] => {
    const idCell = row.cell('id')
    if (idCell === undefined || row.untouched) return []
    const id = readHypothesisRefs(idCell.raw, template.hypothesisId, idCell.span.start)[0]?.id ?? canonicalId(idCell.text)
    if (id === '') return []
    return [
      {
        id,
        idSpan: idCell.span,
        statement: row.cell('statement')?.text ?? '',
        confidence: given(row, 'confidence'),
        test: given(row, 'test'),
        refutedBy: given(row, 'refuted_by'),
        span: row.view.span,
        section: table.section,
        spec: table.spec,
      },
    ]
  })
}

/** The cell's text; '' where only a prompt, a dash or TBD stands; undefined where there is no such column. */
function given(row: RowFact, role: string): string | undefined {
  const column = row.table.part.columns.find((one) => one.role === role)
  const text = row.cell(role)?.text
  if (column === undefined || text === undefined || row.ragged) return undefined
  return isBlank(text) || isBareWord(text) || isAlternatives(text) ? '' : text
}

/** The list form: `1. **H1:** what might be true`. */
export function hypothesesInList(fact: SectionFact, template: Template): readonly Hypothesis[] {
  return ownSections(fact).flatMap((section) => {
    return section.content.flatMap((block): Hypothesis[] => {
      if (block.type !== 'list') return []
      return block.children.flatMap((item): Hypothesis[] => {
        const said = itemText(item)
        const id = template.hypothesisId.startOf(said)
        const statement = said.slice(id?.length ?? 0).replace(/^\s*[:.–—-]\s*/u, '')
        if (id === undefined || isBlank(statement)) return []
        const span = { start: spanOf(item).start, end: leadEnd(item) }
        return [{ id: canonicalId(id), idSpan: span, statement, confidence: undefined, test: undefined, refutedBy: undefined, span, section, spec: fact.spec }]
      })
    })
  })
}

export function evidenceInTable(table: TableFact, template: Template): readonly Evidence[] {
  const column = table.part.columns.find((one) => one.role === 'source')
  const sourceKind = column?.type === 'concept' || column?.type === 'url' ? column.type : 'citation'
  return table.rows.flatMap((row): Evidence[] => {
    if (row.untouched || saysNothingFound(row)) return []
    const source = row.cell('source')
    const refsCell = row.cell('hypotheses')
    const citations = source === undefined ? [] : readCitations(source.raw, source.span.start)
    return [
      {
        finding: row.cell('finding')?.text ?? '',
        source,
        sourceKind,
        located: row.ragged || (source !== undefined && isLocated(source, sourceKind, citations)),
        citations,
        refs: refsCell === undefined ? [] : readHypothesisRefs(refsCell.raw, template.hypothesisId, refsCell.span.start),
        table,
        span: row.view.span,
        section: table.section,
        spec: table.spec,
      },
    ]
  })
}

/** `| - | No prior work found | - |` says that there is nothing to cite. */
function saysNothingFound(row: RowFact): boolean {
  const source = row.cell('source')?.text ?? ''
  return /^[-–—\s]*$/u.test(source) || /^(?:\(?none\)?|n\/?a)$/iu.test(source.trim())
    ? /^\W*(?:no\b|none\b|nothing\b|n\/?a\b|skipped\b)/iu.test(row.cell('finding')?.text ?? '')
    : false
}

function isLocated(source: Cell, kind: Evidence['sourceKind'], citations: Evidence['citations']): boolean {
  const { text, raw } = source
  // A path with its lines in brackets is no prompt any more.
  if (citations.some(({ path, lines }) => lines.length > 0 && isPlainlyPath(path))) return true
  if (isBlank(text)) return false
  if (namesRun(raw)) return true
  if (citations.length > 0 || /\bhttps?:\/\/\S/iu.test(raw) || hasConcept(text)) return true
  return kind === 'url' && hasAddress(text)
}

const verdictWords = /^(confirmed|refuted|inconclusive|partially[\s-]+confirmed|partial(?:ly)?(?![\s-]*(?:refuted|\w+ed\b))|subsumed)(?![\p{L}])/iu

export function verdictsInTable(table: TableFact, template: Template): readonly Verdict[] {
  return table.rows.flatMap((row): Verdict[] => {
    const who = row.cell('hypothesis')
    const cell = row.cell('verdict')
    if (who === undefined || cell === undefined) return []
    const ids = leadingIds(who, template)
    if (ids.length === 0) return []
    const read = row.ragged ? { value: undefined, invalid: false } : readVerdict(cell.text)
    return [{ ids, cell, ...read, unreadable: row.ragged, span: row.view.span, section: table.section, spec: table.spec }]
  })
}

/** `H1`, `H1, H2`, `H1-H3` or `H1: its text`; ids within the text behind a colon are only mentioned. */
function leadingIds(cell: Cell, template: Template): Verdict['ids'] {
  const colon = cell.raw.search(/[:(]/u)
  const head = colon === -1 ? cell.raw : cell.raw.slice(0, colon)
  return readHypothesisRefs(head, template.hypothesisId, cell.span.start)
}

/** Reads a verdict with the note behind it: `**CONFIRMED** (partial)`, `Subsumed by H1`. */
function readVerdict(text: string): Pick<Verdict, 'value' | 'invalid'> {
  const said = text.replace(/^[^\p{L}\p{N}[{]+/u, '').trim()
  if (isBlank(said) || isBareWord(said) || isAlternatives(said)) return { value: undefined, invalid: false }
  const match = verdictWords.exec(said)
  const word = match?.[1]?.toLowerCase().replaceAll(/[\s-]+/gu, ' ')
  if (match === null || word === undefined) return { value: undefined, invalid: true }
  // Two verdicts with a stroke between are a choice that nobody has made.
  if (/^\s*\//u.test(said.slice(match[0].length))) return { value: undefined, invalid: false }
  return { value: word.startsWith('partial') ? 'partially confirmed' : (word as VerdictKind), invalid: false }
}

/** The items of a list with what each says, without nested lists. */
export function listItems(list: List): readonly { item: ListItem; text: string }[] {
  return list.children.map((item) => ({ item, text: plainText(item.children.filter((child) => child.type !== 'list')) }))
}
