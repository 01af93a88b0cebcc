/** Owns the rule `table-invalid`. */

import { tablesOf } from '../facts/kinds/table.js'
import { isBlank } from '../facts/untouched.js'
import type { FactRule } from './rule.js'

/** A row that lacks more cells than that is none of this table. */
const mostPadding = 50

export const tableInvalid: FactRule = {
  name: 'table-invalid',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'A table lacks a column that its section declares, a row has more or fewer cells than its header, or a cell holds a value outside its list.',
  why: 'Cells past the header are not shown at all, and a missing column takes the answers of every row with it. Most often a `|` in code was not escaped.',
  remedy: "Give every row as many cells as the header; write `\\|` for a stroke within a cell; add the column.",
  fixable: 'safe',
  examples: [
    { good: '| H2 | **REFUTED** | The encoder stops at the first error | High |', bad: '| H2 | **REFUTED** | The encoder stops at the first error |' },
    { good: '| Pages are read by offset | `src/export/pages.ts:41-58` | H1 | No order', bad: '| Pages are read by `a | b` | `src/export/pages.ts:41-58` | H1 | No order' },
  ],
  *check({ tables, allSections, document }) {
    for (const table of tables) {
      for (const column of table.missing) {
        yield {
          message: `The table has no column "${column.heading}"`,
          at: table.view.header.span,
          subject: column.heading,
          section: table.section,
          spec: table.spec,
        }
      }
      for (const column of table.part.columns) {
        if (column.values.length === 0) continue
        for (const row of table.rows) {
          const cell = row.cell(column.role)
          if (cell === undefined || isBlank(cell.text) || row.untouched || column.values.includes(cell.text.toLowerCase())) continue
          const values = column.values.map((value) => `\`${value}\``).join(', ')
          yield {
            message: `"${cell.text}" is no value of "${column.heading}", expected one of ${values}`,
            at: cell.span,
            subject: cell.text,
            section: table.section,
            spec: table.spec,
          }
        }
      }
    }
    for (const fact of allSections) {
      for (const { view, section } of tablesOf(fact, document.text)) {
        const width = view.header.cells.length
        for (const row of view.rows) {
          const { length } = row.cells
          if (length === width) continue
          const padding = ' |'.repeat(Math.min(Math.max(0, width - length), mostPadding))
          const closed = document.text.slice(row.span.start, row.span.end).trimEnd().endsWith('|')
          yield {
            message: `The row has ${count(length)}, its header ${count(width)}${length > width ? '; a `|` within a cell is written `\\|`' : ''}`,
            at: row.span,
            subject: row.cells[0]?.text ?? '',
            section,
            spec: fact.spec,
            ...(length < width && width - length <= mostPadding && { fix: { applicability: 'safe' as const, edits: [{ span: { start: row.span.end, end: row.span.end }, text: closed ? padding : ` |${padding}` }] } }),
          }
        }
      }
    }
  },
}

function count(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`
}
