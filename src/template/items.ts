/** Owns the items of a scaffold that every document of the template has to have: closing boxes, rows to verify, questions. */

import type { Document } from '../document/document.js'
import type { Section } from '../document/section.js'
import { eachSection } from '../document/section.js'
import { viewTable } from '../document/table.js'
import { itemLabel, taskItems } from '../document/task.js'
import type { ItemSpec, PartSpec, SectionSpec } from './template.js'
import { normaliseName, normaliseText } from './template.js'

/** The columns that name an item, by what the table yields, and the one that says what is expected of it. */
const itemColumns: Readonly<Record<string, { readonly name: string; readonly expected?: string }>> = {
  verification: { name: 'item', expected: 'expected' },
  questions: { name: 'question' },
}

/** The sections with the items that the scaffold, read as a document, has in them. */
export function scaffoldItems(specs: readonly SectionSpec[], scaffold: Document): readonly SectionSpec[] {
  return within(specs, scaffold.top.sections, scaffold.text)
}

function within(specs: readonly SectionSpec[], sections: readonly Section[], text: string): readonly SectionSpec[] {
  return specs.map((spec) => {
    const section = sections.flatMap((one) => eachSection(one)).find((one) => spec.names.includes(normaliseName(one.title)))
    if (section === undefined) return spec
    const below = within(spec.sections, section.sections, text)
    return { ...spec, sections: below, parts: spec.parts.map((part) => withItems(part, section, below, text)) }
  })
}

function withItems(part: PartSpec, section: Section, below: readonly SectionSpec[], text: string): PartSpec {
  if (part.kind === 'checklist' && part.closes) {
    const declared = new Set(below.flatMap((spec) => spec.names))
    const own = eachSection(section).filter((one) => !declared.has(normaliseName(one.title)))
    const ofOwn = own.flatMap((one) => taskItems(one, text)).map((item) => itemOf(itemLabel(item.text), item.text))
    // A document may leave the subheadings out, and its one list then has the items of all of them.
    const ofBelow = below.flatMap((spec) => spec.parts.flatMap((one) => (one.kind === 'checklist' && one.closes ? one.items : [])))
    return { ...part, items: written([...ofOwn, ...ofBelow]) }
  }
  const columns = part.kind === 'table' && part.yields !== undefined ? itemColumns[part.yields] : undefined
  if (part.kind !== 'table' || columns === undefined) return part
  return { ...part, items: written(rowsOf(part, section, text, columns)) }
}

function rowsOf(part: Extract<PartSpec, { kind: 'table' }>, section: Section, text: string, { name, expected }: { readonly name: string; readonly expected?: string }): readonly ItemSpec[] {
  const place = (headings: readonly string[], role: string | undefined): number => {
    const column = part.columns.find((one) => one.role === role)
    return headings.findIndex((heading) => column?.names.includes(heading) === true)
  }
  return section.content.flatMap((block) => {
    if (block.type !== 'table') return []
    const view = viewTable(block, text)
    const headings = view.header.cells.map((cell) => normaliseName(cell.text))
    const at = place(headings, name)
    if (at === -1) return []
    const beside = place(headings, expected)
    return view.rows.map(({ cells }) => {
      const label = cells[at]?.text ?? ''
      return itemOf(label, rowText(label, cells[beside]?.text))
    })
  })
}

/** What a tick in a row claims: the item, and what is expected of it. */
export function rowText(label: string, expected: string | undefined): string {
  return expected === undefined || expected.trim() === '' ? label : `${label}: ${expected}`
}

function itemOf(label: string, text: string): ItemSpec {
  return { label, name: normaliseText(label), text: normaliseText(text) }
}

/** Prompts and expressions are for the author to replace, so they name nothing that has to be there. */
function written(items: readonly ItemSpec[]): readonly ItemSpec[] {
  return items.filter(({ label }) => label !== '' && !/^\[|\{\{/u.test(label))
}
