/** Owns which places of a document ask for words, and what is wrong with those that they have. */

import type { RootContent } from 'mdast'
import type { Document } from '../document/document.js'
import { labelledFields } from '../document/label.js'
import { plainText, spanOf } from '../document/nodes.js'
import type { Cell } from '../document/table.js'
import type { ColumnSpec, LabelSpec, Template } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import { essence, hasWords } from '../text/words.js'
import type { Evidence, Facts, Hollow, Hypothesis, RowFact, SectionFact, TableFact, Verdict } from './facts.js'
import { ownSections } from './kinds/table.js'
import type { Asked, Copy, Fault } from './substance.js'
import { copyOf, faultOf } from './substance.js'
import { holdsContent, hollowIn, isPrompt } from './untouched.js'

type Read = Pick<Facts, 'document' | 'template' | 'id' | 'title' | 'allSections' | 'tables' | 'hypotheses' | 'evidence' | 'verdicts' | 'questions' | 'skips' | 'spawned' | 'spawnRationale'>

/** Every place that asks for words and has too few, none, or those of another place. */
export function findHollows(read: Read): readonly Hollow[] {
  const others = otherTexts(read)
  const cells = [...read.tables.flatMap((table) => inTable(table, read, others)), ...inLists(read, others)]
  const open = read.allSections.filter((fact) => fact.section !== undefined && !fact.skipped)
  const text = open.flatMap((fact) => [...inLabels(fact, read, others), ...inSection(fact, read, others)])
  return [...cells, ...text, ...inReasons(read)]
}

// ---------------------------------------------------------------- what may be repeated

interface Others {
  readonly title: readonly Copy[]
  readonly question: readonly Copy[]
  readonly statements: readonly Copy[]
}

function otherTexts({ document, template, id, title, allSections, hypotheses }: Pick<Read, 'document' | 'template' | 'id' | 'title' | 'allSections' | 'hypotheses'>): Others {
  const asking = allSections.filter(({ spec, section, skipped }) => spec.asks && section !== undefined && !skipped)
  return {
    title: [...(title === undefined ? [] : copyOf('the title', title)), ...(id === undefined ? [] : copyOf('the id of the document', id, 'name'))],
    question: asking.flatMap((fact) => textsOf(fact, document, template)).flatMap((said) => [said, ...sentencesOf(said)].flatMap((one) => copyOf('the question', one))),
    statements: hypotheses.flatMap(({ id, statement }) => copyOf(`hypothesis \`${id}\``, statement)),
  }
}

/** The title and the question: what a learning must not merely repeat. */
export function titleAndQuestion(read: Pick<Facts, 'document' | 'template' | 'id' | 'title' | 'allSections'>): readonly Copy[] {
  const { title, question } = otherTexts({ ...read, hypotheses: [] })
  return [...title, ...question]
}

/** Of a question there are few; a text that goes on and on is compared as a whole. */
const mostSentences = 12

function sentencesOf(said: string): readonly string[] {
  const sentences = said.split(/(?<=[.?!])\s+|(?<=[。？！])/u).filter((one) => hasWords(one, 3))
  return sentences.length > mostSentences ? [] : sentences
}

// ---------------------------------------------------------------- cells

/** Columns whose cells are a reason or a finding, where a verdict by itself is neither. */
const reasoned: ReadonlySet<string> = new Set(['finding', 'evidence', 'why', 'test'])

function inTable(table: TableFact, read: Read, others: Others): readonly Hollow[] {
  const columns = table.part.columns.filter((column) => column.words > 0)
  if (columns.length === 0) return []
  const subjectOf = subjects(table, read)
  const whys = new Map<string, Verdict>()
  const unreasoned = withoutReasons(table, columns, read.verdicts)
  const hollows = table.rows.flatMap((row) => {
    const about = row.untouched || row.ragged ? undefined : subjectOf(row)
    if (about === undefined) return []
    return columns.flatMap((column): Hollow[] => {
      const cell = row.cell(column.role)
      // What is left of the scaffold, or of a hypothesis was never given, is told by rules of their own.
      if (cell === undefined || isPrompt(cell.raw) || (about.hypothesis !== undefined && isLacking(about.hypothesis, column.role))) return []
      const fault = faultOf(cell.text, askedOf(column, about, read.template, others), cell.raw) ?? sharedReason(cell, column, about.verdict, whys)
      if (fault === undefined || (about.verdict?.value === 'subsumed' && namesAnother.has(fault.lack))) return []
      const of = about.verdict === undefined && about.hypothesis === undefined ? '' : ` of \`${about.name}\``
      return [{ place: about.hypothesis === undefined ? 'cell' : 'hypothesis', name: `"${column.heading}"${of}`, subject: about.name, fault, span: placeOf(cell, row), section: table.section, spec: table.spec }]
    })
  })
  return [...unreasoned, ...hollows]
}

/** A table of verdicts may be narrower than its template's; without the column for the reason there is none. */
function withoutReasons({ view, rows, section, spec, part }: TableFact, columns: readonly ColumnSpec[], verdicts: readonly Verdict[]): readonly Hollow[] {
  const column = columns.find(({ role }) => role === 'why' || role === 'evidence')
  const [row] = rows
  if (part.yields !== 'verdicts' || column === undefined || row === undefined || row.cell(column.role) !== undefined) return []
  const given = verdicts.some(({ value, span }) => value !== undefined && view.span.start <= span.start && span.end <= view.span.end)
  return given ? [{ place: 'cell', name: `"${column.heading}"`, subject: column.heading, fault: { lack: 'empty', certain: true, reason: 'the table has no such column' }, span: view.header.span, section, spec }] : []
}

/** Hypotheses that stand in a list have no cells. */
function inLists({ hypotheses, tables, template }: Read, { title, question }: Others): readonly Hollow[] {
  return hypotheses.flatMap(({ id, statement, span, section, spec }): Hollow[] => {
    if (tables.some(({ view }) => view.span.start <= span.start && span.end <= view.span.end)) return []
    const fault = faultOf(statement, { words: 2, prompts: template.texts, ids: template.hypothesisId, copies: [...title, ...question] })
    return fault === undefined ? [] : [{ place: 'cell', name: `The wording of \`${id}\``, subject: id, fault, span, section, spec }]
  })
}

/** What a row is about; rows that are about nothing ask for nothing. */
interface About {
  readonly name: string
  readonly hypothesis?: Hypothesis
  readonly evidence?: Evidence
  readonly verdict?: Verdict
}

function subjects({ part, rows }: TableFact, { hypotheses, evidence, verdicts }: Read): (row: RowFact) => About | undefined {
  const starts = <T extends { readonly span: { readonly start: number } }>(all: readonly T[]): ReadonlyMap<number, T> => new Map(all.map((one) => [one.span.start, one]))
  switch (part.yields) {
    case 'hypotheses': {
      const stated = starts(hypotheses)
      return (row) => {
        const hypothesis = stated.get(row.view.span.start)
        return hypothesis === undefined ? undefined : { name: hypothesis.id, hypothesis }
      }
    }
    case 'evidence': {
      const given = starts(evidence)
      return (row) => {
        const one = given.get(row.view.span.start)
        return one === undefined ? undefined : { name: one.finding, evidence: one }
      }
    }
    case 'verdicts': {
      const given = starts(verdicts)
      return (row) => {
        const verdict = given.get(row.view.span.start)
        return verdict?.value === undefined ? undefined : { name: verdict.ids.map(({ id }) => id).join(', '), verdict }
      }
    }
    default:
      return rows.length === 0 ? () => undefined : (row) => ({ name: row.view.cells[0]?.text ?? '' })
  }
}

function isLacking(hypothesis: Hypothesis, role: string): boolean {
  return (role === 'statement' && hypothesis.statement === '') || (role === 'test' && hypothesis.test === '') || (role === 'refuted_by' && hypothesis.refutedBy === '')
}

function askedOf({ role, heading, words }: ColumnSpec, { hypothesis, evidence }: About, template: Template, { title, question, statements }: Others): Asked {
  const source = evidence === undefined ? [] : [evidence.source?.text ?? '', ...evidence.citations.map(({ path }) => path)].flatMap((one) => copyOf('its source', one, 'source'))
  const others = role === 'statement' ? [] : statements
  return {
    words,
    prompts: template.texts,
    ids: template.hypothesisId,
    copies: [...copyOf('the heading of its column', heading, 'name'), ...source, ...title, ...question, ...others],
    verdictSaysNothing: hypothesis === undefined && reasoned.has(role),
  }
}

/** What a subsumed hypothesis has for a reason: the other one. */
const namesAnother: ReadonlySet<Fault['lack']> = new Set(['verdict', 'pointer', 'ids'])

/** One reason for two verdicts that differ is a reason for neither. */
function sharedReason({ text }: Cell, { role }: ColumnSpec, verdict: Verdict | undefined, whys: Map<string, Verdict>): Fault | undefined {
  if (verdict === undefined || (role !== 'why' && role !== 'evidence')) return undefined
  const core = essence(text)
  const first = whys.get(core)
  if (first === undefined) {
    whys.set(core, verdict)
    return undefined
  }
  if (first.value === verdict.value) return undefined
  return { lack: 'repeated', certain: false, reason: `it repeats the reason for \`${first.ids[0]?.id ?? ''}\`, which is ${first.value ?? 'open'}` }
}

function placeOf({ span }: Cell, row: RowFact): Hollow['span'] {
  return span.start === span.end ? row.view.span : span
}

// ---------------------------------------------------------------- labels

function inLabels(fact: SectionFact, { document, template }: Read, { title, question, statements }: Others): readonly Hollow[] {
  const labels = fact.spec.parts.flatMap((part) => (part.kind === 'fields' ? part.labels : []))
  if (labels.length === 0) return []
  return ownSections(fact).flatMap((section) =>
    section.content.flatMap((block, index) =>
      labelledFields(block, document.text).flatMap(({ label, labelSpan, value, valueSpan }, at, fields): Hollow[] => {
        const spec = labels.find((one) => one.names.includes(normaliseName(label)))
        const raw = document.text.slice(valueSpan.start, valueSpan.end)
        // Prompts are told by a rule of their own, and so is a label that is required and empty.
        if (spec === undefined || isPrompt(raw) || (value === '' && (spec.required || spec.words === 0))) return []
        if (value === '') {
          // What a label has not in its own line may stand below it.
          const below = at === fields.length - 1 ? section.content[index + 1] : undefined
          const isBelow = below !== undefined && below.type !== 'thematicBreak' && labelledFields(below, document.text).length === 0
          const hollow = isBelow && !holdsContent(below, document.text, template) ? hollowIn(below, document.text, template) : undefined
          if (isBelow && hollow?.fault.certain !== true) return []
          return [{ place: 'label', name: `\`${spec.label}\``, subject: spec.label, fault: hollow?.fault ?? emptiness, span: hollow?.span ?? labelSpan, section, spec: fact.spec }]
        }
        const asked = { words: Math.max(1, spec.words), prompts: template.texts, ids: template.hypothesisId, copies: [...copyOf('its label', label, 'name'), ...copyOf('the heading', section.title, 'name'), ...title, ...(fact.spec.asks ? [] : [...question, ...statements])] }
        const fault = faultOf(value, asked, raw)
        if (fault === undefined || isAllowed(fault, spec)) return []
        return [{ place: 'label', name: `\`${spec.label}\``, subject: spec.label, fault, span: valueSpan, section, spec: fact.spec }]
      }),
    ),
  )
}

const emptiness: Fault = { lack: 'empty', certain: true, reason: 'it is empty' }

/** Where no words are asked for, "None" and short answers are answers. */
function isAllowed({ lack, certain }: Fault, { words }: LabelSpec): boolean {
  return words === 0 && (!certain || lack === 'absent')
}

// ---------------------------------------------------------------- prose

/** What each block of a section says, as far as it says anything; labels are left out. */
function textsOf(fact: SectionFact, { text }: Document, template: Template): readonly string[] {
  return ownSections(fact).flatMap((section) =>
    section.content.flatMap((block) => {
      if (!holdsContent(block, text, template)) return []
      if (block.type === 'list') return block.children.map((item) => plainText(item))
      const fields = labelledFields(block, text)
      return fields.length === 0 ? plainText(block) : fields.map(({ value }) => value)
    }),
  )
}

/** What is no text wherever it stands; "None" and "in progress" may be all that there is to say where no words are asked for. */
function isNoText({ lack, reason }: Fault): boolean {
  return lack === 'letter' || lack === 'prompt' || lack === 'name' || (lack === 'unwritten' && /^"(?:TODO|TBD|FIXME|XXX)\b/iu.test(reason))
}

/** Blocks that say what others said already are few; a section with more of them says something of its own. */
const mostTexts = 8

function inSection(fact: SectionFact, { document, template, title }: Read, others: Others): readonly Hollow[] {
  const { section, spec } = fact
  if (section === undefined || fact.bareWord !== undefined) return []
  const place = (fault: Fault, span: Hollow['span']): readonly Hollow[] => [{ place: 'section', name: `"${section.title}"`, subject: spec.heading, fault, span, section, spec }]
  if (!fact.written) {
    // A required section that holds nothing is told by a rule of its own.
    if (spec.required || section.heading === undefined) return []
    if (spec.words === 0) return fact.hollow !== undefined && isNoText(fact.hollow.fault) ? place(fact.hollow.fault, fact.hollow.span) : []
    return place(fact.hollow?.fault ?? emptiness, fact.hollow?.span ?? spanOf(section.heading))
  }
  if (spec.words === 0) return []
  // What is wrong with a label is told there.
  const labelled = new Set(spec.parts.flatMap((part) => (part.kind === 'fields' ? part.labels.flatMap(({ names }) => names) : [])))
  const isLabelled = (block: RootContent): boolean => labelled.size > 0 && labelledFields(block, document.text).some(({ label }) => labelled.has(normaliseName(label)))
  if (ownSections(fact).some(({ content }) => content.some(isLabelled))) return []
  const texts = textsOf(fact, document, template)
  if (texts.length === 0 || texts.length > mostTexts) return []
  // A title that asks is a question already.
  const copies = spec.asks ? (title !== undefined && /[?？؟]\s*$/u.test(title) ? [] : others.title) : [...others.title, ...others.question, ...others.statements]
  const asked: Asked = { words: 1, prompts: template.texts, ids: template.hypothesisId, copies: [...copyOf('its heading', section.title, 'name'), ...copies] }
  const faults = texts.map((said) => faultOf(said, asked))
  const [first] = faults
  const found = faults.includes(undefined) || first === undefined ? faultOf(texts.join(' '), { words: spec.words }) : first
  const at = section.content.find((block) => holdsContent(block, document.text, template))
  return found === undefined ? [] : place(found, at === undefined ? section.span : spanOf(at))
}

// ---------------------------------------------------------------- reasons

/** Reasons that say too little, and one reason for several sections. What says nothing is told by rules of their own. */
function inReasons({ skips, questions, allSections, spawned, spawnRationale }: Read): readonly Hollow[] {
  const weak = skips.flatMap((skip): Hollow[] => (skip.fault === undefined || skip.fault.certain ? [] : [{ place: 'reason', name: `The reason for skipping "${skip.section.title}"`, subject: skip.section.title, fault: skip.fault, span: skip.span, section: skip.section, spec: skip.spec }]))
  const explained = questions.flatMap((one): Hollow[] =>
    one.answer === undefined || one.answer === 'yes' || !one.explained || one.fault === undefined ? [] : [{ place: 'reason', name: `The explanation of "${one.label}"`, subject: one.label, fault: one.fault, span: one.explanationSpan, section: one.section, spec: one.spec }],
  )
  const why = spawned.length === 0 && spawnRationale?.fault?.certain === false ? whyNothing(spawnRationale.span, spawnRationale.fault, allSections) : []
  return [...weak, ...sharedSkips({ skips, allSections }), ...explained, ...sharedExplanations(questions), ...why]
}

function whyNothing(span: Hollow['span'], fault: Fault, allSections: readonly SectionFact[]): readonly Hollow[] {
  const around = allSections.findLast(({ section }) => section !== undefined && section.span.start <= span.start && span.end <= section.span.end)
  return around?.section === undefined ? [] : [{ place: 'reason', name: 'The reason why nothing follows', subject: around.spec.heading, fault, span, section: around.section, spec: around.spec }]
}

/** Two questions may have one answer for one reason; one reason for all of them is a reason for none. */
function sharedExplanations(questions: Read['questions']): readonly Hollow[] {
  const groups = new Map<string, Read['questions'][number][]>()
  for (const one of questions) {
    if (one.answer === undefined || one.answer === 'yes' || !one.explained || one.fault !== undefined) continue
    const core = essence(one.explanation)
    groups.set(core, [...(groups.get(core) ?? []), one])
  }
  return [...groups.values()].flatMap((group): readonly Hollow[] => {
    const [first, ...more] = group
    if (first === undefined || more.length === 0 || (group.length < 3 && group.length < questions.length)) return []
    return more.map(({ label, explanationSpan: span, section, spec }) => ({ place: 'reason', name: `The explanation of "${label}"`, subject: label, fault: { lack: 'repeated', certain: false, reason: `it repeats that of "${first.label}"` }, span, section, spec }))
  })
}

function sharedSkips({ skips, allSections }: Pick<Read, 'skips' | 'allSections'>): readonly Hollow[] {
  if (skips.length < 2) return []
  const parentOf = (skip: Read['skips'][number]): SectionFact | undefined => allSections.find((fact) => fact.sections.some(({ section }) => section === skip.section))
  const groups = new Map<string, Read['skips'][number][]>()
  for (const skip of skips) {
    const core = essence(skip.rationale)
    if (skip.fault !== undefined || core === '') continue
    groups.set(core, [...(groups.get(core) ?? []), skip])
  }
  return [...groups.values()].flatMap((group): readonly Hollow[] => {
    const [first, second, ...more] = group
    if (first === undefined || second === undefined) return []
    // Two parts of one section may well be left out for one reason.
    const parent = parentOf(first)
    const told = parent !== undefined && parent === parentOf(second) ? more : [second, ...more]
    return told.map(({ section, spec, span }) => ({ place: 'reason', name: `The reason for skipping "${section.title}"`, subject: section.title, fault: { lack: 'repeated', certain: false, reason: `it repeats the reason for skipping "${first.section.title}"` }, span, section, spec }))
  })
}
