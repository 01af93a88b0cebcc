/** Owns what can be written at a place: words that the template or the repository knows, and pieces with places to fill. */

import { spanOf } from '../document/nodes.js'
import type { Document } from '../document/document.js'
import type { Facts, TableFact } from '../facts/facts.js'
import { rules } from '../rules/registry.generated.js'
import type { DocumentEntry } from '../rules/world.js'
import type { ColumnSpec, Template } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import { newlineOf } from '../text/lines.js'
import type { Span } from '../text/span.js'
import type { FrontmatterLine } from './frontmatter-line.js'
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
  /** What begins as that which is typed does, where the label does not. */
  readonly filter?: string
}

export interface Completions {
  readonly items: readonly Completion[]
  /** True where others would be offered were less typed, or something else. */
  readonly narrowed: boolean
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
  /** The sign that was typed, where no person asked: then nothing is offered but where it opens a place for something. */
  readonly trigger: string | undefined
}

/** Where a concept of the store is named: in the list of the document, and in cells for one. */
export interface ConceptPlace {
  readonly span: Span
  /** What stands there before the place, and behind it. */
  readonly typed: string
  readonly behind: string
}

export function conceptPlaceAt(facts: Facts, offset: number): ConceptPlace | undefined {
  const { document, template } = facts
  const { text, frontmatter, lines } = document
  const line = lines.lineSpan(lines.pointAt(offset).line)
  const within = (span: Span): ConceptPlace => ({ span, typed: text.slice(span.start, offset), behind: text.slice(offset, span.end) })
  if (frontmatter.kind !== 'none' && offset <= frontmatter.span.end) {
    const at = frontmatterLineAt(document, offset)
    if (template.memoryField === undefined || at?.key !== template.memoryField || at.value === undefined) return undefined
    return within(currentWord(text, at.value, offset, /[\s,[\]'"]/u))
  }
  const cell = cellAt({ facts, offset, line, before: text.slice(line.start, offset) })
  return cell?.column?.type === 'concept' ? within(cell.span) : undefined
}

/** True for what somebody who looks for a concept types: a number, or words; a dash stands for none. */
export function isConceptSought({ typed, behind }: ConceptPlace, trigger: string | undefined): boolean {
  if (!/^\d*\s*$/u.test(behind)) return false
  return typed.trim() === '' ? trigger === undefined || trigger === '|' : trigger === undefined && /\p{L}\p{L}|\d/u.test(typed)
}

export interface OfferedConcept {
  readonly id: number
  readonly body: string
  readonly type: string
}

/** Those that are found for what is typed need not begin as it does. */
export function conceptCompletions({ span, typed }: ConceptPlace, concepts: readonly OfferedConcept[]): readonly Completion[] {
  return concepts.map(({ id, body, type }) => ({ ...plain, filter: String(id).startsWith(typed.trim()) ? String(id) : `${typed} ${id}`, label: String(id), detail: body.split('\n', 1)[0] ?? '', documentation: `${body}\n\n*${type}*`, kind: 'concept', span, text: String(id) }))
}

export function completionsAt(facts: Facts, offset: number, offering: Offering): Completions {
  const { document } = facts
  const { text } = document
  const line = document.lines.lineSpan(document.lines.pointAt(offset).line)
  const place: Place = { facts, offset, line, before: text.slice(line.start, offset), behind: text.slice(offset, line.end), offering }
  if (document.frontmatter.kind !== 'none' && offset <= document.frontmatter.span.end) return frontmatterCompletions(document, facts.template, offset, offering)
  const around = document.root.children.find((node) => spanOf(node).start < offset && offset < spanOf(node).end)
  if (around?.type === 'code') return { items: [], narrowed: false }
  const found = inSuppression(place) ?? (around?.type === 'html' ? [] : (inPath(place) ?? inRow(place) ?? atHeading(place) ?? inText(place)))
  return narrow(found, text, offset)
}

interface Place {
  readonly facts: Facts
  readonly offset: number
  readonly line: Span
  /** The line up to the place, and from there on. */
  readonly before: string
  readonly behind: string
  readonly offering: Offering
}

/** True where a person asked, or one of the signs was typed that open this kind of place. */
function isAsked({ trigger }: Pick<Offering, 'trigger'>, ...signs: readonly string[]): boolean {
  return trigger === undefined || signs.includes(trigger)
}

/** Marks that people leave out before a word: `R` is how `**REFUTED**` begins. */
const openingMarks = /^["'*`[(]*/u

/**
 * Those that go on from what is typed in their place: clients that take whatever they are given would put any of them there.
 * Names of several words may be known by a later one.
 */
function narrow(found: readonly Completion[], text: string, offset: number): Completions {
  const items = found.flatMap((one): Completion[] => {
    const typed = text.slice(one.span.start, offset)
    const marks = openingMarks.exec(typed)?.[0] ?? ''
    const wanted = typed.slice(marks.length).toLowerCase()
    const filter = one.filter ?? one.label
    const bare = filter.startsWith(typed) ? filter.slice(marks.length) : filter.replace(openingMarks, '')
    // A mark alone begins what opens with it.
    if (wanted === '' && !filter.startsWith(marks)) return []
    if (bare.toLowerCase().startsWith(wanted)) return [{ ...one, filter: marks + bare }]
    const parts = one.kind === 'rule' || one.kind === 'field' ? filter.toLowerCase().split(/[_-]/u) : []
    return parts.some((part) => part.startsWith(wanted)) ? [{ ...one, filter }] : []
  })
  return { items, narrowed: items.length < found.length }
}

/** True where what is written in front of the place ends there: a word that is put in would grow together with what goes on. */
function endsHere(behind: string, sign: RegExp): boolean {
  return !sign.test(behind.charAt(0))
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
export function frontmatterCompletions(document: Document, template: Template | undefined, offset: number, offering: Pick<Offering, 'documents' | 'templates' | 'trigger'>): Completions {
  return narrow(inFrontmatter(document, template, offset, offering), document.text, offset)
}

function inFrontmatter(document: Document, template: Template | undefined, offset: number, offering: Pick<Offering, 'documents' | 'templates' | 'trigger'>): readonly Completion[] {
  const { text } = document
  const line = frontmatterLineAt(document, offset)
  if (line === undefined) return []
  if (line.value === undefined) return isAsked(offering) ? keys(document, template, offset, line) : []
  // A colon needs a blank behind it, which comes with the value; a dash without one is no item yet.
  const mark = text.charAt(line.value.start - 1)
  if (!isAsked(offering, ':', ' ') || mark === '-') return []
  const span = currentWord(text, line.value, offset, /[\s,[\]]/u)
  const spaced = (found: readonly Completion[]): readonly Completion[] => (mark === ':' && span.start === line.value?.start ? found.map((one) => ({ ...one, text: ` ${one.text}` })) : found)
  // What stands beside the word belongs to a text, or to a list.
  const before = text.slice(line.value.start, span.start).trim()
  const alone = before === '' && /^\s*(?:#.*)?$/u.test(text.slice(span.end, line.value.end))
  // A value that goes on behind the place is not taken away.
  if (span.end > offset) return []
  const known = (values: readonly string[]): readonly Completion[] => (alone ? spaced(words(values, span)) : [])
  if (line.key === 'template') return known(offering.templates.map(({ name }) => name))
  if (template === undefined) return []
  const values = valuesOf(line.key, template, offering)
  if (values.length > 0) return known(values)
  const type = template.fields.get(line.key)?.type
  const namesDocuments = template.parentFields.includes(line.key) || type === 'any' || type === 'list'
  if (!namesDocuments || !(alone || /[[,]$/u.test(before) || span.start < offset)) return []
  return spaced(documents(offering, span))
}

/** Keys that the frontmatter lacks, in the place of one that is being written; one that the template knows is not renamed. */
function keys(document: Document, template: Template | undefined, offset: number, line: FrontmatterLine): readonly Completion[] {
  const { text } = document
  if (template === undefined || template.fields.has(line.key)) return []
  if (text.slice(offset, line.keySpan.end).trim() !== '') return []
  const present = keysIn(document)
  return [...template.fields.values()].filter((field) => !present.has(field.name)).map((field) => ({
    ...plain,
    label: field.name,
    detail: `${field.type}${field.required ? ', required' : ''}`,
    documentation: field.summary,
    kind: 'field',
    span: line.keySpan,
    text: line.key === '' ? `${field.name}: ` : field.name,
  }))
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

function inSuppression({ before, behind, offset, offering }: Place): readonly Completion[] | undefined {
  const typed = /<!--\s*inquest-disable\s+(?:[\w-]+\s*,\s*)*([\w-]*)$/u.exec(before)?.[1]
  if (typed === undefined) return undefined
  if (!isAsked(offering, ' ') || !endsHere(behind, /[\w-]/u)) return []
  const span = { start: offset - typed.length, end: offset }
  return rules.filter((rule) => rule.over === 'facts').map((rule) => ({ ...plain, label: rule.name, detail: rule.summary, documentation: rule.why, kind: 'rule', span, text: rule.name }))
}

/** Behind an `@` at the start of a line, and in a cell for sources: names of the folder that is being written. */
function inPath(place: Place): readonly Completion[] | undefined {
  const typed = /^[ \t]*(?:[-*+][ \t]+)?@([\p{L}\p{N}._~/-]*)$/u.exec(place.before)?.[1]
  return typed === undefined ? undefined : isAsked(place.offering, '@', '/') ? names(place, typed) : []
}

const pathSign = /[\p{L}\p{N}._~/-]/u

function names({ offering, offset, behind }: Place, typed: string): readonly Completion[] {
  if (!endsHere(behind, pathSign)) return []
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  const span = { start: offset - (typed.length - folder.length), end: offset }
  return offering.namesIn(folder).map((name) => ({ ...plain, label: name, kind: name.endsWith('/') ? 'folder' : 'file', span, text: name }))
}

/** Sections that are missing where the heading is written: those of the whole document anywhere, others under theirs. */
function atHeading({ facts, before, behind, line, offset, offering }: Place): readonly Completion[] | undefined {
  const [, signs = '', blank = ''] = /^(#{1,6})([ \t]*)[^|]*$/u.exec(before) ?? []
  if (signs === '') return undefined
  if (!isAsked(offering, '#', ' ') || behind.trim() !== '') return []
  const missing = facts.allSections.filter((fact) => fact.section === undefined && (facts.sections.includes(fact) || isUnder(facts, fact, offset)))
  return missing.map((fact) => {
    const text = insertSection(facts, fact, offering.scaffold).text.trim().replace(/^---\s+/u, '').replace(/\s+---$/u, '')
    return {
      ...plain,
      label: fact.spec.heading,
      detail: fact.spec.required ? 'required' : 'optional',
      documentation: fact.spec.summary,
      kind: 'section',
      span: line,
      text: text + gapBelow(facts.document.text, line, /^[ \t]*(?:[\r\n]|$)/u),
      prompts: true,
      filter: `${/^#+/u.exec(text)?.[0] ?? ''}${blank === '' ? ' ' : blank}${fact.spec.heading}`,
    }
  })
}

function isUnder(facts: Facts, wanted: Facts['sections'][number], offset: number): boolean {
  return facts.allSections.some(({ section, sections }) => section !== undefined && sections.includes(wanted) && section.span.start < offset && offset <= section.span.end)
}

// ---------------------------------------------------------------- tables

interface CellPlace {
  readonly table: TableFact
  readonly column: ColumnSpec | undefined
  /** All that stands in the cell. */
  readonly span: Span
  /** Before the place, and behind it. */
  readonly typed: string
  readonly behind: string
}

function inRow(place: Place): readonly Completion[] | undefined {
  const cell = cellAt(place)
  return cell === undefined ? undefined : [...rowsBelow(place), ...inCell(place, cell)]
}

function inCell(place: Place, cell: CellPlace): readonly Completion[] {
  const { facts, offering } = place
  const { column, span, typed, behind, table } = cell
  // A blank or a stroke that is typed opens an empty cell, and behind a comma or `against` a place for the next word.
  const isOpen = isAsked(offering) || (typed.trim() === '' && behind === '' && isAsked(offering, '|', ' ')) || (offering.trigger === '/' && column?.type === 'citation')
  const isNext = offering.trigger === ' ' && column?.type === 'ref' && /(?:^|[\s,;])(?:against|and|[,;])\s+$/iu.test(typed)
  if (!isOpen && !isNext) return []
  // What goes on behind the place is not taken away.
  const ofList = (values: readonly string[]): readonly Completion[] => (behind === '' ? words(values, span) : [])
  const ofWords = (all: (word: Span) => readonly Completion[]): readonly Completion[] => {
    const word = wordSpan(place, span)
    return word.end > place.offset ? [] : all(word)
  }
  switch (column?.type) {
    case 'ref':
      return ofWords((word) => hypothesisWords(facts, word))
    case 'verdict':
      return ofList(['**CONFIRMED**', '**REFUTED**', '**INCONCLUSIVE**', '**PARTIALLY CONFIRMED**', '**SUBSUMED**'])
    case 'checkbox':
      return ofList(['[x]', '[ ]'])
    case 'answer':
      return ofList(['Yes', 'No', 'N/A'])
    case 'disposition':
      return ofList(['SPAWNED', 'DEFERRED'])
    case 'id':
      return table.part.yields === 'spawned' ? ofWords((word) => documents(offering, word)) : []
    case 'citation':
      // A stroke in a name would end the cell.
      return names(place, /[\p{L}\p{N}._~/-]*$/u.exec(typed)?.[0] ?? '').filter((one) => !/[|`]/u.test(one.text))
    case undefined:
    case 'text':
    case 'concept':
    case 'url':
      return ofList(choices(cell, offering))
  }
}

/** The alternatives that the template's own prompt for the cell lists: `[High/Medium/Low]`. */
function choices({ table, column }: CellPlace, { scaffold }: Offering): readonly string[] {
  if (column === undefined) return []
  const own = column.values
  const model = scaffold?.tables.find((one) => one.spec.heading === table.spec.heading && one.part.yields === table.part.yields)
  const prompt = /^\[([^\]]+\/[^\]]+)\]$/u.exec(model?.rows[0]?.cell(column.role)?.raw ?? '')?.[1]
  const listed = prompt?.split('/').map((one) => one.trim()) ?? []
  return own.length > 0 ? own : listed.every((one) => /^[\p{L}\d ]+$/u.test(one)) ? listed : []
}

/** Undefined outside the rows of a table: its header and the line below are no cells to fill. */
function cellAt({ facts, offset, line, before }: Pick<Place, 'facts' | 'offset' | 'line' | 'before'>): CellPlace | undefined {
  if (!/^[ \t>]*\|/u.test(before)) return undefined
  const table = facts.tables.find(({ view }) => view.rows.some((row) => line.start <= row.span.start && row.span.start <= line.end))
  if (table === undefined) return undefined
  const bars = [...before.matchAll(/(?<!\\)\|/gu)]
  const last = bars.at(-1)
  const heading = table.view.header.cells[bars.length - 1]
  if (last === undefined || heading === undefined) return undefined
  const name = normaliseName(heading.text)
  const column = table.part.columns.find((one) => one.names[0] === name) ?? table.part.columns.find((one) => one.names.includes(name))
  const rest = facts.document.text.slice(offset, line.end)
  const behind = /^(?:\\\||[^|])*/u.exec(rest)?.[0].trimEnd() ?? ''
  const typed = before.slice(last.index + 1).trimStart()
  return { table, column, span: { start: offset - typed.length, end: offset + behind.length }, typed, behind: behind.trim() }
}

function wordSpan({ facts, offset }: Place, cell: Span): Span {
  return currentWord(facts.document.text, cell, offset, /[\s,;/|]/u)
}

function hypothesisWords({ hypotheses }: Facts, span: Span): readonly Completion[] {
  return hypotheses.map(({ id, statement }) => ({ ...plain, label: id, detail: statement, kind: 'hypothesis', span, text: id }))
}

// ---------------------------------------------------------------- text

/** A word that is an id, or the beginning of one: signs that no id begins with are none. */
const idBegun = /(?<![\p{L}\p{N}_@/.\\-])[\p{L}\p{N}][\p{L}\p{N}_-]*$/u

function inText(place: Place): readonly Completion[] {
  const { facts, before, behind, offset, offering } = place
  const rows = rowsBelow(place)
  if (!isAsked(offering)) return rows
  const typed = idBegun.exec(before)?.[0] ?? ''
  const span = { start: offset - typed.length, end: offset }
  if (!endsHere(behind, /[\p{L}\p{N}_-]/u)) return []
  const wanted = typed === '' ? [] : [...hypothesisWords(facts, span), ...documents(offering, span)]
  const isEntry = isEntryOfFollowUps(facts, offset) && /^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?[*]{0,2}$/u.test(before)
  return [...rows, ...skipped(place), ...wanted, ...(isEntry ? documents(offering, span) : [])]
}

/** On the line right below a table, where it goes on: empty, or with the stroke that opens a row. */
function rowsBelow({ facts, line, offset, offering }: Place): readonly Completion[] {
  const { text, lines } = facts.document
  const written = text.slice(line.start, line.end).trim()
  if (written !== '' && written !== '|') return []
  if (!isAsked(offering, ...(written === '|' ? ['|'] : []))) return []
  const above = lines.lineSpan(lines.pointAt(line.start).line - 1)
  if (line.start === 0 || !/^[ \t]*\|/u.test(text.slice(above.start, above.end))) return []
  const gap = gapBelow(text, line, /^[ \t]*(?:[|\r\n]|$)/u)
  return facts.tables
    .filter(({ view }) => view.span.start <= above.start && above.start <= view.span.end && view.header.span.end < above.start && !/^[ \t]*>/u.test(text.slice(above.start)))
    .map((table): Completion => {
      const row = promptRow(table, {}, offering.scaffold)
      return { ...plain, label: `row: ${table.spec.heading}`, detail: 'a row to fill in', kind: 'snippet', span: { start: line.start, end: Math.max(offset, line.end) }, text: row + gap, prompts: true, filter: row }
    })
}

/** A line of its own where the next one would become a part of what is written. @param fitting matches next lines that may stand below at once */
function gapBelow(text: string, line: Span, fitting: RegExp): string {
  return fitting.test(text.slice(line.end).replace(/^(?:\r\n|\n|\r)/u, '')) ? '' : newlineOf(text)
}

/** In a section that may be left out and in which nothing else stands. */
function skipped({ facts, line, before, behind }: Place): readonly Completion[] {
  if (behind.trim() !== '' || !/^(?:\*{0,2}[A-Za-z]*)?$/u.test(before)) return []
  const { text } = facts.document
  const empty = facts.allSections.find(({ section, spec, skip }) => {
    if (section?.heading === undefined || !spec.skippable || skip !== undefined || !(section.span.start < line.start && line.end <= section.span.end)) return false
    return (text.slice(spanOf(section.heading).end, line.start) + text.slice(line.end, section.span.end)).replace(/\s---\s*$/u, '').trim() === ''
  })
  return empty === undefined ? [] : [{ ...plain, label: '**SKIPPED:**', detail: 'leave the section out, with a reason', kind: 'snippet', span: line, text: '**SKIPPED:** [Why this does not apply here]', prompts: true }]
}

function isEntryOfFollowUps(facts: Facts, offset: number): boolean {
  return facts.allSections.some(({ section, spec }) => {
    return section !== undefined && section.span.start <= offset && offset <= section.span.end && spec.parts.some((part) => part.kind === 'items' && part.yields === 'spawned')
  })
}
