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

/** The declared tables of all sections that are there and not skipped. */
export function readTables(sections: readonly SectionFact[], text: string, template: Template): readonly TableFact[] {
  return sections.flatMap((fact) => {
    if (fact.section === undefined || fact.skipped) return []
    const own = matchTables(tablesOf(fact, text), declaredIn(fact), template)
    return [...own, ...readTables(fact.sections, text, template)]
  })
}

/** The tables in a section outside those subsections that have a declaration of their own. */
export function tablesOf(fact: SectionFact, text: string): readonly FoundTable[] {
  return ownSections(fact).flatMap((section) => {
    return section.content.flatMap((block): FoundTable[] => tablesIn(block).map((table) => ({ view: viewTable(table, text), section })))
  })
}

/** The section with its undeclared subsections. */
export function ownSections(fact: SectionFact): readonly Section[] {
  if (fact.section === undefined) return []
  const declared = fact.sections.flatMap((below) => below.section ?? [])
  const open = [...eachSection(fact.section)]
  return open.filter((section) => !declared.some((other) => other.span.start <= section.span.start && section.span.end <= other.span.end))
}

function tablesIn(block: RootContent): Extract<RootContent, { type: 'table' }>[] {
  if (block.type === 'table') return [block]
  if (block.type === 'blockquote') return block.children.flatMap((child) => tablesIn(child))
  return []
}

/** Parts of absent subsections are looked for in the section itself: some authors leave the subheading out. */
function declaredIn(fact: SectionFact): readonly Declared[] {
  const own = fact.spec.parts.filter((part): part is TablePart => part.kind === 'table').map((part) => ({ part, spec: fact.spec }))
  const absent = fact.sections.filter((below) => below.section === undefined)
  return [
    ...own,
    ...absent.flatMap(({ spec }) => spec.parts.filter((part): part is TablePart => part.kind === 'table').map((part) => ({ part, spec }))),
  ]
}

function matchTables(tables: readonly FoundTable[], declared: readonly Declared[], template: Template): readonly TableFact[] {
  if (declared.length === 0) return []
  const facts: TableFact[] = []
  for (const table of tables) {
    const best = declared.map((one) => ({ ...one, score: likeness(table.view, one.part) })).toSorted((a, b) => b.score - a.score)[0]
    if (best === undefined || best.score < 0.5) {
      // The only table under a heading that is there for one table is meant to be that, however little of it fits.
      const [only] = declared
      if (tables.length > 1 || declared.length > 1 || best === undefined || best.score === 0 || only?.spec.parts.length !== 1) continue
    }
    facts.push(tableFact(table, best.part, best.spec, template))
  }
  return facts
}

/** The share of the required columns that the table has; a key column in its place weighs a little more. */
function likeness(view: TableView, part: TablePart): number {
  const headings = view.header.cells.map((cell) => normaliseName(cell.text))
  const required = part.columns.filter((column) => column.required)
  const present = required.filter((column) => headings.some((heading) => column.names.includes(heading)))
  const [first] = part.columns
  const keyed = first !== undefined && first.names.includes(headings[0] ?? '') ? 0.1 : 0
  return present.length / Math.max(1, required.length) + (present.length > 0 ? keyed : 0)
}

function tableFact(table: FoundTable, part: TablePart, spec: SectionSpec, template: Template): TableFact {
  const headings = table.view.header.cells.map((cell) => normaliseName(cell.text))
  const places = placeColumns(headings, part.columns)
  const missing = part.columns.filter((column) => column.required && !places.has(column.role))
  const fact = { part, spec, section: table.section, view: table.view, missing }
  return { ...fact, rows: table.view.rows.map((row) => rowFact(row, places, fact, template)) }
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

function rowFact(view: TableRowView, places: ReadonlyMap<string, number>, table: Omit<TableFact, 'rows'>, template: Template): RowFact {
  return {
    view,
    table,
    cell(role): Cell | undefined {
      const index = places.get(role)
      return index === undefined ? undefined : view.cells[index]
    },
    untouched: rowUntouched(view.cells.map((cell) => cell.text), template),
    ragged: view.cells.length !== table.view.header.cells.length,
  }
}
