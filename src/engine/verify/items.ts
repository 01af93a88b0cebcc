/** Owns the citations of documents as things to be asked of the history, with the edits that follow a moved line. */

import type { Cited } from '../../evidence/cited.js'
import { nameCitation, pinFor, sameLines } from '../../evidence/pins.js'
import type { CitationState, Place } from '../../evidence/state.js'
import { readCitations, renumberLines } from '../../facts/citation.js'
import { textOf } from '../../facts/extract.js'
import type { CitationFact, Facts } from '../../facts/facts.js'
import { isDocumentId } from '../../facts/references.js'
import type { Edit } from '../../text/edit.js'
import { applyEdits } from '../../text/edit.js'
import type { Span } from '../../text/span.js'
import { evidenceFile } from '../pins.js'
import type { Workspace } from '../workspace.js'
import type { Answer, Asked } from './question.js'
import { verifyCitations } from './verify.js'

export interface ReadDocument {
  readonly path: string
  readonly text: string
  readonly facts: Facts
}

export interface Item {
  readonly document: ReadDocument
  readonly fact: Pick<CitationFact, 'path' | 'lines' | 'span' | 'linesSpan' | 'written'>
  readonly role: CitationFact['role'] | 'reference'
  readonly asked: Asked
}

export interface Verified {
  readonly item: Item
  readonly answer: Answer
  /** What makes the document say where the lines are. */
  readonly edits: readonly Edit[]
}

export function verifyItems(workspace: Workspace, documents: readonly ReadDocument[], onAnswer: (done: number, total: number) => void): readonly Verified[] {
  const items = documents.flatMap((document) => itemsOf(workspace, document))
  const answers = verifyCitations(workspace, items.map((item) => item.asked), (done) => onAnswer(done, items.length))
  // The path of a citation such as `:20` stands in the one before it.
  let owner: Place | undefined
  return items.map((item, index): Verified => {
    const answer = answers[index] ?? { state: 'unknown' }
    const owned = !item.asked.source.includes(item.fact.path)
    const edits = answer.state === 'moved' && answer.to !== undefined ? relocate(workspace, item, answer.to, owned ? owner : undefined) : []
    if (!owned) owner = edits.length > 0 ? answer.to : undefined
    return { item, answer, edits }
  })
}

export interface Relocation {
  readonly citation: string
  readonly state: CitationState
  readonly reason: string | undefined
  /** What makes the document say where the lines are; none unless they moved. */
  readonly edits: readonly Edit[]
}

/** One citation of a document as it stands in an editor, held against the history. @param offset within the citation */
export function relocateAt(workspace: Workspace, document: ReadDocument, offset: number): Relocation | undefined {
  const found = verifyItems(workspace, [document], () => undefined).find(({ item: { fact } }) => fact.span.start <= offset && offset <= fact.span.end)
  return found === undefined ? undefined : { citation: found.item.fact.written, state: found.answer.state, reason: found.answer.reason, edits: found.edits }
}

function itemsOf(workspace: Workspace, document: ReadDocument): readonly Item[] {
  const { facts, text, path } = document
  const dateField = [...facts.template.fields.values()].find((field) => field.type === 'date')?.name ?? 'date'
  const day = /^\d{4}-\d{2}-\d{2}/u.exec(textOf(facts.document.data[dateField]) ?? '')?.[0]
  const pins = workspace.pinsOf(evidenceFile({ id: facts.id, path }, 'pins')).filter((pin) => pin.template === facts.template.name)
  const full = new Map<string, Set<string>>()
  for (const citation of facts.citations) {
    const name = citation.path.slice(citation.path.lastIndexOf('/') + 1)
    if (name !== citation.path) full.set(name, (full.get(name) ?? new Set()).add(citation.path))
  }
  const ask = (fact: Item['fact'], role: Item['role']): Item => {
    const paths = [...(full.get(fact.path) ?? [])]
    const documents = isDocumentId(fact.path) ? workspace.index().withId(fact.path) : []
    const pin = pinFor(pins, fact, (one) => workspace.cited.lines(one.path, 1, Number.POSITIVE_INFINITY))
    return { document, fact, role, asked: { document: path, text, source: text.slice(fact.span.start, fact.span.end), target: documents.length === 1 ? (documents[0]?.path ?? fact.path) : fact.path, written: fact.path, full: paths.length === 1 ? paths[0] : undefined, lines: fact.lines, day, pin } }
  }
  const references = facts.pathReferences.map(({ path: target, span }) => ({ path: target, lines: [], span, linesSpan: { start: span.end, end: span.end }, written: target }))
  const cited = facts.citations.filter((citation) => citation.problem === undefined).map((citation) => ask(citation, citation.role))
  // `@a.py:3` is a citation already.
  const alone = references.filter(({ span }) => !cited.some(({ fact }) => fact.span.start < span.end && span.start < fact.span.end))
  return [...cited, ...alone.map((reference) => ask(reference, 'reference'))].toSorted((a, b) => a.fact.span.start - b.fact.span.start)
}

/**
 * Edits only numbers and path, so that marks, dashes and notes stay; where the new place cannot be written in the old form, as
 * with a blank in its name, the citation is written anew.
 * @param owner where the citation before went, for one that leaves its path to that
 */
function relocate(workspace: Workspace, { document, fact, asked }: Item, to: Place, owner: Place | undefined): readonly Edit[] {
  const { text } = document
  const slice = ({ start, end }: Span): string => text.slice(start, end)
  const numbers = renumberLines(slice(fact.linesSpan), to.lines)
  if (numbers === undefined && fact.lines.length > 0) return []
  const edits: Edit[] = numbers === undefined || numbers === slice(fact.linesSpan) ? [] : [{ span: fact.linesSpan, text: numbers }]
  const folder = document.path.slice(0, document.path.lastIndexOf('/') + 1)
  const now: Cited = workspace.cited.find(fact.path, folder)
  if (now.kind === 'file' && now.path === to.path) return edits
  const at = asked.source.indexOf(fact.path)
  if (at === -1) return owner?.path === to.path ? edits : []
  const start = fact.span.start + at
  const whole = [{ span: { start, end: start + fact.path.length }, text: to.path }, ...edits]
  return isRead(text, fact.span, whole, to) ? whole : rewrite(text, fact.span, to)
}

/** True where the line still cites the place once it is edited. */
function isRead(text: string, { start, end }: Span, edits: readonly Edit[], to: Place): boolean {
  const first = text.lastIndexOf('\n', start) + 1
  const last = text.indexOf('\n', end)
  const line = text.slice(first, last === -1 ? undefined : last)
  const edited = applyEdits(line, edits.map((edit) => ({ span: { start: edit.span.start - first, end: edit.span.end - first }, text: edit.text })))
  return readCitations(edited).some((one) => one.path === to.path && sameLines(one.lines, to.lines))
}

/** In code marks, be they opened before the citation or not; none where that is not read either. */
function rewrite(text: string, { start, end }: Span, to: Place): readonly Edit[] {
  const opened = text.charAt(start - 1) === '`'
  const closed = text.charAt(end) === '`'
  const span = { start: opened ? start - 1 : start, end: opened && closed ? end + 1 : end }
  const edits = [{ span, text: `\`${nameCitation(to)}\`` }]
  return isRead(text, span, edits, to) ? edits : []
}
