/** Owns reading what closes a document: checklists, rows to verify and Yes/No questions. */

import { headingSpan } from '../../document/section.js'
import type { Cell } from '../../document/table.js'
import { itemLabel, taskItems } from '../../document/task.js'
import { rowText } from '../../template/items.js'
import type { Binding, ItemSpec, Template } from '../../template/template.js'
import { normaliseText } from '../../template/template.js'
import type { ClaimedItem, MissingItem, Question, SectionFact, TableFact } from '../facts.js'
import { copyOf, reasonFault } from '../substance.js'
import { givesNoReason, isBlank } from '../untouched.js'
import { ownSections } from './table.js'

/** The closing items of a checklist section; none where a subsection has them. */
export function closingItems(fact: SectionFact, text: string): readonly ClaimedItem[] {
  const part = fact.spec.parts.find((one) => one.kind === 'checklist')
  if (part === undefined || part.kind !== 'checklist' || !part.closes) return []
  if (hasClosingBelow(fact)) return []
  return ownSections(fact).flatMap((section) => {
    return taskItems(section, text).map((item): ClaimedItem => ({
      kind: 'closing',
      label: itemLabel(item.text),
      text: item.text,
      claimed: item.ticked && !item.struck,
      mark: item.box,
      ...boundTo(item.text, item.text, part),
      note: undefined,
      struck: item.struck,
      span: item.span,
      section,
      spec: fact.spec,
    }))
  })
}

/**
 * The rules that a claim is bound to, and whether it says no more than they prove.
 * @param named what the claim is known by
 * @param whole all that it claims
 */
function boundTo(named: string, whole: string, { bindings, items }: { readonly bindings: readonly Binding[]; readonly items: readonly ItemSpec[] }): Pick<ClaimedItem, 'bindings' | 'provable'> {
  const bound = bindingsOf(named, bindings)
  const said = normaliseText(whole)
  const provable = items.some((item) => item.text === said) || bound.some((binding) => binding.aliases.includes(said))
  return { bindings: bound, provable }
}

function bindingsOf(named: string, bindings: readonly Binding[]): readonly Binding[] {
  const said = normaliseText(named)
  return bindings.filter((binding) => binding.words.every((word) => said.includes(word)))
}

/** The items of the template that the sections of a document lack; a section that is missing is told by itself. */
export function missingItems(open: readonly SectionFact[], tables: readonly TableFact[], claims: readonly ClaimedItem[]): readonly MissingItem[] {
  return open.flatMap((fact) => {
    const { section, spec } = fact
    if (section === undefined) return []
    return spec.parts.flatMap((part): MissingItem[] => {
      const kind = part.kind === 'checklist' ? 'closing' : part.kind === 'table' ? itemKinds.get(part.yields) : undefined
      if (kind === undefined || !('items' in part) || part.items.length === 0 || (part.kind === 'checklist' && hasClosingBelow(fact))) return []
      // Rows that cannot be told apart are a finding of their own.
      const own = tables.filter((table) => table.part === part)
      if (own.some((table) => table.missing.length > 0 || table.rows.some((row) => row.ragged))) return []
      const there = claims.filter((claim) => claim.kind === kind && claim.spec === spec)
      const labels = part.items.filter((item) => !there.some((claim) => isItem(claim, item, part.bindings))).map(({ label }) => label)
      const place = { kind, span: headingSpan(section), section, spec }
      if (labels.length === part.items.length && labels.length > 1) return [{ ...place, labels }]
      return labels.map((label) => ({ ...place, labels: [label] }))
    })
  })
}

const itemKinds: ReadonlyMap<string | undefined, ClaimedItem['kind']> = new Map([
  ['verification', 'verification'],
  ['questions', 'question'],
])

/** Items are known by their label, and where authors word it in their own way by what it is bound to. */
function isItem(claim: ClaimedItem, item: ItemSpec, bindings: readonly Binding[]): boolean {
  if (normaliseText(claim.label) === item.name) return true
  const wanted = bindingsOf(item.text, bindings)
  return wanted.length > 0 && wanted.some((binding) => claim.bindings.includes(binding))
}

function hasClosingBelow(fact: SectionFact): boolean {
  return fact.sections.some((child) => child.section !== undefined && child.spec.parts.some((one) => one.kind === 'checklist' && one.closes))
}

export function verificationRows(table: TableFact): readonly ClaimedItem[] {
  return table.rows.flatMap((row): ClaimedItem[] => {
    const item = row.cell('item')
    const box = row.cell('checked')
    if (item === undefined || isBlank(item.text) || row.ragged) return []
    const notes = row.cell('notes')?.text
    return [
      {
        kind: 'verification',
        label: item.text,
        text: `${item.text} ${notes ?? ''}`,
        claimed: box !== undefined && isTicked(box),
        mark: box?.span ?? item.span,
        ...boundTo(item.text, rowText(item.text, row.cell('expected')?.text), table.part),
        note: notes,
        struck: false,
        span: row.view.span,
        section: table.section,
        spec: table.spec,
      },
    ]
  })
}

function isTicked(cell: Cell): boolean {
  return /^(?:\[[xX]\]|[xX]|✓|✔️?|✅|☑️?|yes|done|verified)(?:$|[\s.,;:(—–-])/iu.test(cell.raw.trim())
}

export function questionsIn(table: TableFact, template: Template): readonly { question: Question; claim: ClaimedItem }[] {
  return table.rows.flatMap((row) => {
    const asked = row.cell('question')
    const answer = row.cell('answer')
    if (asked === undefined || isBlank(asked.text) || row.ragged) return []
    const explanation = row.cell('explanation')
    const read = readAnswer(answer?.text ?? '')
    const common = { label: asked.text, span: row.view.span, section: table.section, spec: table.spec }
    const answerSpan = answer?.span ?? asked.span
    const said = explanation?.text.trim() ?? ''
    const reasons = [{ reason: said, raw: explanation?.raw }, { reason: read.note, raw: answer?.raw }].filter(({ reason }) => !givesNoReason(reason))
    const copies = reasons.length === 0 ? [] : copyOf('the question', asked.text, 'name')
    const faults = reasons.map(({ reason, raw }) => reasonFault(reason, { copies, prompts: template.texts, ids: template.hypothesisId }, raw))
    const explained = faults.some((fault) => fault?.certain !== true) && reasons.length > 0
    const fault = faults.includes(undefined) ? undefined : (faults.find((one) => one?.certain === false) ?? faults[0])
    // Where something stands in place of the explanation, that is what has to go.
    const explanationSpan = said === '' || explanation === undefined ? answerSpan : explanation.span
    const question: Question = { ...common, answer: read.answer, answerSpan, explained, fault, explanationSpan }
    const claim: ClaimedItem = {
      ...common,
      kind: 'question',
      text: `${asked.text} ${said}`,
      claimed: read.answer === 'yes',
      mark: answerSpan,
      ...boundTo(asked.text, asked.text, table.part),
      note: undefined,
      struck: false,
    }
    return [{ question, claim }]
  })
}

/** The answer with what stands behind it. */
function readAnswer(text: string): { answer: Question['answer']; note: string } {
  const said = text.trim().replace(/^[^\p{L}]+/u, '')
  // `Yes/No` is the choice itself.
  if (/^yes\s*\/\s*no\b/iu.test(said)) return { answer: undefined, note: '' }
  const match = /^(yes|no|n\s*\/\s*a|not applicable)(?![\p{L}\p{N}])(.*)$/isu.exec(said)
  const word = match?.[1]?.toLowerCase()
  if (match === null || word === undefined) return { answer: undefined, note: '' }
  const note = (match[2] ?? '').replace(/^[\s:.,;(–—-]+/u, '')
  return { answer: word === 'yes' ? 'yes' : word === 'no' ? 'no' : 'not-applicable', note }
}
