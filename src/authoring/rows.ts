/** Owns rows that an author is to finish: what is known already stands in them, the rest are the template's prompts. */

import type { Cell } from '../document/table.js'
import type { Facts, TableFact } from '../facts/facts.js'
import type { Relation } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import type { Edit } from '../text/edit.js'
import { newlineOf } from '../text/lines.js'

/**
 * The row as Markdown.
 * @param scaffold a new document of the same template, whose prompts are used
 */
export function promptRow(table: TableFact, known: Readonly<Record<string, string>>, scaffold: Facts | undefined): string {
  const model = scaffold?.tables.find((one) => one.spec.heading === table.spec.heading && one.part.yields === table.part.yields)
  const cells = table.view.header.cells.map((cell) => {
    const role = roleOf(table, cell)
    if (role !== undefined && known[role] !== undefined) return escapeCell(known[role])
    const prompt = role === undefined ? undefined : model?.rows[0]?.cell(role)?.raw
    return prompt !== undefined && /^\[.*\]$/u.test(prompt) ? prompt : `[${escapeCell(cell.text)}]`
  })
  return `| ${cells.join(' | ')} |`
}

function roleOf(table: TableFact, heading: Cell): string | undefined {
  const name = normaliseName(heading.text)
  return (table.part.columns.find((column) => column.names[0] === name) ?? table.part.columns.find((column) => column.names.includes(name)))?.role
}

function escapeCell(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('|', String.raw`\|`).trim()
}

/** Rows behind the last one; a table in a quote goes on with the marks of its last row. */
export function rowsAtEnd(table: TableFact, rows: readonly string[], text: string): Edit {
  const last = table.view.rows.at(-1) ?? table.view.header
  const lineStart = Math.max(text.lastIndexOf('\n', last.span.start - 1), text.lastIndexOf('\r', last.span.start - 1)) + 1
  const marks = text.slice(lineStart, last.span.start)
  const at = table.view.rows.length === 0 ? table.view.span.end : last.span.end
  return { span: { start: at, end: at }, text: rows.map((row) => `${newlineOf(text)}${marks}${row}`).join('') }
}

export function tablesYielding(facts: Facts, relation: Relation): readonly TableFact[] {
  return facts.tables.filter((table) => table.part.yields === relation)
}
