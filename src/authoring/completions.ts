/** Owns what can be written at a place: words that the template or the repository knows, and pieces with places to fill. */

import { spanOf } from '../document/nodes.js'
import type { Document } from '../document/document.js'
import { eachSection } from '../document/section.js'
import type { Facts, TableFact } from '../facts/facts.js'
import { rules } from '../rules/registry.generated.js'
import type { DocumentEntry } from '../rules/world.js'
import type { ColumnSpec, Template } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import type { Span } from '../text/span.js'
import { frontmatterLineAt } from './frontmatter-line.js'
import { insertSection } from './insertions.js'
import { promptRow } from './rows.js'

export interface Completion {
  readonly label: string
  readonly detail: string | undefined
  readonly documentation: string | undefined
  readonly kind: 'word' | 'hypothesis' | 'document' | 'concept' | 'field' | 'rule' | 'file' | 'folder' | 'section' | 'snippet'
  /** What it takes the place of. */
  readonly span: Span
  readonly text: string
  /** True where prompts in brackets within the text are places to fill. */
  readonly prompts: boolean
}

/** What completing may know beyond the document. */
export interface Offering {
  /** All but the one that is written. */
  readonly documents: readonly DocumentEntry[]
  readonly templates: readonly { readonly name: string; readonly version: string }[]
  /** Names below a folder of the repository, folders with a `/` at their end. */
  namesIn(folder: string): readonly string[]
  /** A new document of the same template, whose prompts are used. */
  readonly scaffold: Facts | undefined
}

/** Where a concept of the store is named: in the list of the document, and in cells for one. */
export interface ConceptPlace {
  readonly span: Span
  /** What stands there before the place. */
  readonly typed: string
}

export function conceptPlaceAt(facts: Facts, offset: number): ConceptPlace | undefined {
  const { document, template } = facts
  const { text, frontmatter, lines } = document
  const line = lines.lineSpan(lines.pointAt(offset).line)
  const within = (span: Span): ConceptPlace => ({ span, typed: text.slice(span.start, offset) })
  if (frontmatter.kind !== 'none' && offset <= frontmatter.span.end) {
    const at = frontmatterLineAt(document, offset)
    if (template.memoryField === undefined || at?.key !== template.memoryField || at.value === undefined) return undefined
    return within(currentWord(text, at.value, offset, /[\s,[\]'"]/u))
  }
  const cell = cellAt({ facts, offset, line, before: text.slice(line.start, offset) })
  return cell?.column?.type === 'concept' ? within(cell.span) : undefined
}

export interface OfferedConcept {
  readonly id: number
  readonly body: string
  readonly type: string
}

export function conceptCompletions({ span }: ConceptPlace, concepts: readonly OfferedConcept[]): readonly Completion[] {
  return concepts.map(({ id, body, type }) => ({ ...plain, label: String(id), detail: body.split('\n', 1)[0] ?? '', documentation: `${body}\n\n*${type}*`, kind: 'concept', span, text: String(id) }))
}

export function completionsAt(facts: Facts, offset: number, offering: Offering): readonly Completion[] {
  const { document } = facts
  const line = document.lines.lineSpan(document.lines.pointAt(offset).line)
  const before = document.text.slice(line.start, offset)
  const place: Place = { facts, offset, line, before, offering }
  if (document.frontmatter.kind !== 'none' && offset <= document.frontmatter.span.end) return frontmatterCompletions(document, facts.template, offset, offering)
  if (isInCode(document, offset)) return []
  return inSuppression(place) ?? inPath(place) ?? inCell(place) ?? atHeading(place) ?? inText(place)
}

interface Place {
  readonly facts: Facts
  readonly offset: number
  readonly line: Span
  /** The line up to the place. */
  readonly before: string
  readonly offering: Offering
}

function isInCode({ root }: Document, offset: number): boolean {
  return root.children.some((node) => node.type === 'code' && spanOf(node).start < offset && offset < spanOf(node).end)
}

const plain = { detail: undefined, documentation: undefined, prompts: false } as const

function words(values: readonly string[], span: Span, detail?: string): readonly Completion[] {
  return [...new Set(values)].map((value) => ({ ...plain, label: value, detail, kind: 'word', span, text: value }))
}

// ---------------------------------------------------------------- frontmatter

/**
 * Keys and values of the frontmatter, which may be in the middle of being written and no YAML at the moment.
 * @param template undefined where the document names none that is known
 */
export function frontmatterCompletions(document: Document, template: Template | undefined, offset: number, offering: Pick<Offering, 'documents' | 'templates'>): readonly Completion[] {
  const line = frontmatterLineAt(document, offset)
  if (line === undefined) return []
  if (line.value === undefined) {
    const present = keysIn(document)
    const absent = [...(template?.fields.values() ?? [])].filter((field) => field.name === line.key || !present.has(field.name))
    return absent.map((field) => ({
      ...plain,
      label: field.name,
      detail: `${field.type}${field.required ? ', required' : ''}`,
      documentation: field.summary,
      kind: 'field',
      span: line.keySpan,
      text: line.key === '' ? `${field.name}: ` : field.name,
    }))
  }
  const span = currentWord(document.text, line.value, offset, /[\s,[\]]/u)
  if (line.key === 'template') return words(offering.templates.map(({ name }) => name), span)
  if (template === undefined) return []
  const values = valuesOf(line.key, template, offering)
  if (values.length > 0) return words(values, span)
  const type = template.fields.get(line.key)?.type
  const namesDocuments = template.parentFields.includes(line.key) || type === 'any' || type === 'list'
  return namesDocuments ? documents(offering, span) : []
}

/** The keys at the start of lines, whatever YAML would make of the rest. */
function keysIn({ text, frontmatter }: Document): ReadonlySet<string> {
  const head = frontmatter.kind === 'none' ? '' : text.slice(frontmatter.span.start, frontmatter.span.end)
  return new Set([...head.matchAll(/^(["']?)([\w.-]+)\1[ \t]*:/gmu)].map((match) => match[2] ?? ''))
}

function valuesOf(key: string, template: Template, { templates }: Pick<Offering, 'templates'>): readonly string[] {
  const { machine } = template
  if (key === 'version') return templates.filter(({ name }) => name === template.name).map(({ version }) => `'${version}'`)
  if (key === machine.statusField) return [...machine.statuses.keys()]
  if (key === machine.phaseField) return machine.phases.map(({ name }) => name)
  const field = template.fields.get(key)
  if (field?.type === 'boolean') return ['true', 'false']
  return field?.values ?? []
}

/** The piece of a value around a place. */
function currentWord(text: string, value: Span, offset: number, bound: RegExp): Span {
  let { start } = value
  for (let at = offset; at > value.start; at--) {
    if (bound.test(text.charAt(at - 1))) {
      start = at
      break
    }
  }
  let end = offset
  while (end < value.end && !bound.test(text.charAt(end))) end++
  return { start: Math.min(start, offset), end }
}

function documents({ documents: all }: Pick<Offering, 'documents'>, span: Span): readonly Completion[] {
  return all.flatMap(({ id, title, template, status }): Completion[] => {
    if (id === undefined) return []
    return [{ ...plain, label: id, detail: title, documentation: [template, status].filter((word) => word !== undefined).join(', '), kind: 'document', span, text: id }]
  })
}

// ---------------------------------------------------------------- comments, paths, headings

function inSuppression({ before, offset }: Place): readonly Completion[] | undefined {
  const typed = /<!--\s*inquest-disable\s+(?:[\w-]+\s*,\s*)*([\w-]*)$/u.exec(before)?.[1]
  if (typed === undefined) return undefined
  const span = { start: offset - typed.length, end: offset }
  return rules.filter((rule) => rule.over === 'facts').map((rule) => ({ ...plain, label: rule.name, detail: rule.summary, documentation: rule.why, kind: 'rule', span, text: rule.name }))
}

/** Behind an `@` at the start of a line, and in a cell for sources: names of the folder that is being written. */
function inPath(place: Place): readonly Completion[] | undefined {
  const typed = /^[ \t]*(?:[-*+][ \t]+)?@([\p{L}\p{N}._~/-]*)$/u.exec(place.before)?.[1]
  return typed === undefined ? undefined : names(place, typed)
}

function names({ offering, offset }: Place, typed: string): readonly Completion[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  const span = { start: offset - (typed.length - folder.length), end: offset }
  return offering.namesIn(folder).map((name) => ({ ...plain, label: name, kind: name.endsWith('/') ? 'folder' : 'file', span, text: name }))
}

function atHeading({ facts, before, line, offering }: Place): readonly Completion[] | undefined {
  if (!/^#{1,6}[ \t]*[^|]*$/u.test(before)) return undefined
  const missing = facts.allSections.filter((fact) => fact.section === undefined && (facts.sections.includes(fact) || isUnderPresent(facts, fact)))
  return missing.map((fact) => ({
    ...plain,
    label: fact.spec.heading,
    detail: fact.spec.required ? 'required' : 'optional',
    documentation: fact.spec.summary,
    kind: 'section',
    span: line,
    text: insertSection(facts, fact, offering.scaffold).text.trim().replace(/^---\s+/u, '').replace(/\s+---$/u, ''),
    prompts: true,
  }))
}

function isUnderPresent(facts: Facts, wanted: Facts['sections'][number]): boolean {
  return facts.allSections.some((parent) => parent.section !== undefined && parent.sections.includes(wanted))
}

// ---------------------------------------------------------------- tables

interface CellPlace {
  readonly table: TableFact
  readonly column: ColumnSpec | undefined
  readonly span: Span
  readonly typed: string
}

function inCell(place: Place): readonly Completion[] | undefined {
  const cell = cellAt(place)
  if (cell === undefined) return undefined
  const { facts, offering } = place
  const { column, span, typed, table } = cell
  const hypotheses = (): readonly Completion[] => hypothesisWords(facts, wordSpan(place, span))
  switch (column?.type) {
    case 'ref':
      return hypotheses()
    case 'verdict':
      return words(['**CONFIRMED**', '**REFUTED**', '**INCONCLUSIVE**', '**PARTIALLY CONFIRMED**', '**SUBSUMED**'], span)
    case 'checkbox':
      return words(['[x]', '[ ]'], span)
    case 'answer':
      return words(['Yes', 'No', 'N/A'], span)
    case 'disposition':
      return words(['SPAWNED', 'DEFERRED'], span)
    case 'id':
      return table.part.yields === 'spawned' ? documents(offering, wordSpan(place, span)) : undefined
    case 'citation':
      return names(place, /[\p{L}\p{N}._~/-]*$/u.exec(typed)?.[0] ?? '')
    case undefined:
    case 'text':
    case 'concept':
    case 'url':
      return choices(cell, offering)
  }
}

/** The alternatives that the template's own prompt for the cell lists: `[High/Medium/Low]`. */
function choices({ table, column, span }: CellPlace, { scaffold }: Offering): readonly Completion[] {
  if (column === undefined) return []
  const own = column.values
  const model = scaffold?.tables.find((one) => one.spec.heading === table.spec.heading && one.part.yields === table.part.yields)
  const prompt = /^\[([^\]]+\/[^\]]+)\]$/u.exec(model?.rows[0]?.cell(column.role)?.raw ?? '')?.[1]
  const listed = prompt?.split('/').map((one) => one.trim()) ?? []
  return words(own.length > 0 ? own : listed.every((one) => /^[\p{L}\d ]+$/u.test(one)) ? listed : [], span)
}

function cellAt({ facts, offset, line, before }: Omit<Place, 'offering'>): CellPlace | undefined {
  if (!/^[ \t>]*\|/u.test(before)) return undefined
  const table = facts.tables.find(({ view }) => view.span.start <= line.start && line.start <= view.span.end && view.header.span.end < line.start)
  if (table === undefined) return undefined
  const bars = [...before.matchAll(/(?<!\\)\|/gu)]
  const last = bars.at(-1)
  const heading = table.view.header.cells[bars.length - 1]
  if (last === undefined || heading === undefined) return undefined
  const name = normaliseName(heading.text)
  const column = table.part.columns.find((one) => one.names[0] === name) ?? table.part.columns.find((one) => one.names.includes(name))
  const rest = facts.document.text.slice(offset, line.end)
  const behind = /^(?:\\\||[^|])*/u.exec(rest)?.[0].trimEnd().length ?? 0
  const typed = before.slice(last.index + 1).trimStart()
  return { table, column, span: { start: offset - typed.length, end: offset + behind }, typed }
}

function wordSpan({ facts, offset }: Place, cell: Span): Span {
  return currentWord(facts.document.text, cell, offset, /[\s,;/|]/u)
}

function hypothesisWords({ hypotheses }: Facts, span: Span): readonly Completion[] {
  return hypotheses.map(({ id, statement }) => ({ ...plain, label: id, detail: statement, kind: 'hypothesis', span, text: id }))
}

// ---------------------------------------------------------------- text

function inText(place: Place): readonly Completion[] {
  const { facts, before, offset, line, offering } = place
  const typed = /[\p{L}\p{N}_-]*$/u.exec(before)?.[0] ?? ''
  const span = { start: offset - typed.length, end: offset }
  const atStart = before.trim() === typed
  const section = [...eachSection(facts.document.top)].findLast((one) => one.span.start <= offset && offset <= one.span.end)
  const rows = !atStart
    ? []
    : facts.tables
        .filter((table) => table.section === section && offset > table.view.span.end - 1)
        .map((table): Completion => ({ ...plain, label: `row: ${table.spec.heading}`, detail: 'a row to fill in', kind: 'snippet', span: line, text: promptRow(table, {}, offering.scaffold), prompts: true }))
  const skip: readonly Completion[] = atStart ? [{ ...plain, label: '**SKIPPED:**', detail: 'leave the section out, with a reason', kind: 'snippet', span: line, text: '**SKIPPED:** [Why this does not apply here]', prompts: true }] : []
  const wanted = typed.length === 0 ? [] : [...hypothesisWords(facts, span), ...documents(offering, span)]
  const entry = isEntryOfFollowUps(facts, offset) && /^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?[*]{0,2}[\w-]*$/u.test(before) ? documents(offering, span) : []
  return [...rows, ...skip, ...(wanted.length > 0 ? wanted : entry)]
}

function isEntryOfFollowUps(facts: Facts, offset: number): boolean {
  return facts.allSections.some(({ section, spec }) => {
    return section !== undefined && section.span.start <= offset && offset <= section.span.end && spec.parts.some((part) => part.kind === 'items' && part.yields === 'spawned')
  })
}
