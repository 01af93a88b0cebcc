/** Owns the section kind `table`: which of a section's tables is the declared one, and its rows by column. */

import type { RootContent } from 'mdast'
import type { Section } from '../../document/section.js'
import { eachSection } from '../../document/section.js'
import type { Cell, TableRowView, TableView } from '../../document/table.js'
import { viewTable } from '../../document/table.js'
import type { ColumnSpec, PartSpec, SectionSpec, Template } from '../../template/template.js'
import { normaliseName } from '../../template/template.js'
import type { RowFact, SectionFact, TableFact } from '../facts.js'
import { rowUntouched } from '../untouched.js'

type TablePart = Extract<PartSpec, { kind: 'table' }>

export interface FoundTable {
  readonly view: TableView
  readonly section: Section
}

/** A declared table part with the section spec it belongs to. */
interface Declared {
  readonly part: TablePart
  readonly spec: SectionSpec
}

/** The declared tables of some sections. */
export function readTables(open: readonly SectionFact[], text: string, template: Template): readonly TableFact[] {
  return open.flatMap((fact) => {
    const declared = declaredIn(fact)
    return declared.length === 0 ? [] : matchTables(tablesOf(fact, text), declared, template)
  })
}

/** The tables in a section outside those subsections that have a declaration of their own. */
export function tablesOf(fact: SectionFact, text: string): readonly FoundTable[] {
  const found: FoundTable[] = []
  for (const section of ownSections(fact)) {
    for (const block of section.content) {
      if (block.type !== 'table' && block.type !== 'blockquote') continue
      for (const table of tablesIn(block)) found.push({ view: viewTable(table, text), section })
    }
  }
  return found
}

/** The section with its undeclared subsections. */
export function ownSections(fact: SectionFact): readonly Section[] {
  if (fact.section === undefined) return []
  if (fact.section.sections.length === 0) return [fact.section]
  const declared = fact.sections.flatMap((below) => below.section ?? [])
  const open = eachSection(fact.section)
  return declared.length === 0 ? open : open.filter((section) => !declared.some((other) => other.span.start <= section.span.start && section.span.end <= other.span.end))
}

function tablesIn(block: RootContent): Extract<RootContent, { type: 'table' }>[] {
  if (block.type === 'table') return [block]
  if (block.type === 'blockquote') return block.children.flatMap((child) => tablesIn(child))
  return []
}

/** Parts of absent subsections are looked for in the section itself: some authors leave the subheading out. */
function declaredIn({ spec, sections }: SectionFact): readonly Declared[] {
  const specs = [spec, ...sections.flatMap((below) => (below.section === undefined ? below.spec : []))]
  return specs.flatMap((one) => one.parts.flatMap((part) => (part.kind === 'table' ? { part, spec: one } : [])))
}

function matchTables(tables: readonly FoundTable[], declared: readonly Declared[], template: Template): readonly TableFact[] {
  const facts: TableFact[] = []
  for (const table of tables) {
    const headings = table.view.header.cells.map((cell) => normaliseName(cell.text))
    const best = declared.map((one) => ({ ...one, score: likeness(headings, one.part) })).toSorted((a, b) => b.score - a.score)[0]
    if (best === undefined || best.score < 0.5) {
      // The only table under a heading that is there for one table is meant to be that, however little of it fits.
      const [only] = declared
      if (tables.length > 1 || declared.length > 1 || best === undefined || best.score === 0 || only?.spec.parts.length !== 1) continue
    }
    facts.push(tableFact(table, headings, best, template))
  }
  return facts
}

/** The share of the required columns that the table has; a key column in its place weighs a little more. */
function likeness(headings: readonly string[], part: TablePart): number {
  const required = part.columns.filter((column) => column.required)
  const present = required.filter((column) => headings.some((heading) => column.names.includes(heading)))
  const [first] = part.columns
  const keyed = first !== undefined && first.names.includes(headings[0] ?? '') ? 0.1 : 0
  return present.length / Math.max(1, required.length) + (present.length > 0 ? keyed : 0)
}

function tableFact(table: FoundTable, headings: readonly string[], { part, spec }: Declared, template: Template): TableFact {
  const places = placeColumns(headings, part.columns)
  const missing = part.columns.filter((column) => column.required && !places.has(column.role))
  const fact = { part, spec, section: table.section, view: table.view, missing }
  return { ...fact, rows: table.view.rows.map((row) => new ReadRow(row, places, fact, template)) }
}

/** Each heading serves one column, the first that claims it. */
function placeColumns(headings: readonly string[], columns: readonly ColumnSpec[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  const used = new Set<number>()
  const claim = (column: ColumnSpec, names: readonly string[]): void => {
    if (places.has(column.role)) return
    const index = headings.findIndex((heading, at) => !used.has(at) && names.includes(heading))
    if (index === -1) return
    used.add(index)
    places.set(column.role, index)
  }
  // Own headings go before aliases, so that `Hypothesis` is the statement where `#` is the id.
  for (const column of columns) claim(column, column.names.slice(0, 1))
  for (const column of columns) claim(column, column.names)
  return places
}

class ReadRow implements RowFact {
  readonly view: TableRowView
  readonly table: RowFact['table']
  readonly untouched: boolean
  readonly ragged: boolean
  /** Of each column by its role. */
  readonly #places: ReadonlyMap<string, number>

  constructor(view: TableRowView, places: ReadonlyMap<string, number>, table: RowFact['table'], template: Template) {
    this.view = view
    this.table = table
    this.untouched = rowUntouched(view.cells.map((cell) => cell.text), template)
    this.ragged = view.cells.length !== table.view.header.cells.length
    this.#places = places
  }

  cell(role: string): Cell | undefined {
    const index = this.#places.get(role)
    return index === undefined ? undefined : this.view.cells[index]
  }
}
