/** Owns reading what closes a document: checklists, rows to verify and Yes/No questions. */

import type { Cell } from '../../document/table.js'
import { taskItems } from '../../document/task.js'
import type { Binding, Template } from '../../template/template.js'
import { normaliseText } from '../../template/template.js'
import type { ClaimedItem, Question, SectionFact, TableFact } from '../facts.js'
import { copyOf, reasonFault } from '../substance.js'
import { givesNoReason, isBlank } from '../untouched.js'
import { ownSections } from './table.js'

/** The closing items of a checklist section; none where a subsection has them. */
export function closingItems(fact: SectionFact, text: string): readonly ClaimedItem[] {
  const part = fact.spec.parts.find((one) => one.kind === 'checklist')
  if (part === undefined || part.kind !== 'checklist' || !part.closes) return []
  const closingBelow = fact.sections.some((child) => {
    return child.section !== undefined && child.spec.parts.some((one) => one.kind === 'checklist' && one.closes)
  })
  if (closingBelow) return []
  return ownSections(fact).flatMap((section) => {
    return taskItems(section, text).map((item): ClaimedItem => ({
      kind: 'closing',
      label: itemLabel(item.text),
      text: item.text,
      claimed: item.ticked,
      mark: item.box,
      bindings: boundTo(item.text, part.bindings),
      span: item.span,
      section,
      spec: fact.spec,
    }))
  })
}

/** `Memory stored - ingester called …` is known by its first words. */
function itemLabel(text: string): string {
  return text.split(/\s+[-–—]\s+|:\s/u)[0]?.trim() ?? text
}

function boundTo(text: string, bindings: readonly Binding[]): readonly Binding[] {
  const said = normaliseText(text)
  return bindings.filter((binding) => binding.words.every((word) => said.includes(word)))
}

export function verificationRows(table: TableFact): readonly ClaimedItem[] {
  return table.rows.flatMap((row): ClaimedItem[] => {
    const item = row.cell('item')
    const box = row.cell('checked')
    if (item === undefined || isBlank(item.text) || row.ragged) return []
    const notes = row.cell('notes')?.text ?? ''
    return [
      {
        kind: 'verification',
        label: item.text,
        text: `${item.text} ${notes}`,
        claimed: box !== undefined && isTicked(box),
        mark: box?.span ?? item.span,
        bindings: boundTo(item.text, table.part.bindings),
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
    const question: Question = { ...common, answer: read.answer, answerSpan, explained, explanation: said, fault, explanationSpan }
    const claim: ClaimedItem = {
      ...common,
      kind: 'question',
      text: `${asked.text} ${said}`,
      claimed: read.answer === 'yes',
      mark: answerSpan,
      bindings: boundTo(asked.text, table.part.bindings),
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
