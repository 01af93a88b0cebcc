/** Owns which confidences a document states, as the template's scale reads them. */

import type { Cell } from '../document/table.js'
import type { Confidence } from '../facts/confidence.js'
import { readConfidence } from '../facts/confidence.js'
import type { Facts, TableFact } from '../facts/facts.js'
import { isAlternatives, isBareWord, isBlank } from '../facts/untouched.js'
import type { ColumnSpec } from '../template/template.js'

interface Stated {
  readonly cell: Cell
  readonly read: Confidence
  readonly column: ColumnSpec
  readonly subject: string
  readonly table: TableFact
}

/** What is given in columns that have a scale; cells that nobody filled in are told by other rules. */
export function confidencesIn({ tables }: Facts): readonly Stated[] {
  return tables.flatMap((table) =>
    table.part.columns.flatMap((column) =>
      column.type !== 'confidence'
        ? []
        : table.rows.flatMap((row): Stated[] => {
            const cell = row.cell(column.role)
            if (cell === undefined || row.untouched || row.ragged || isBlank(cell.text) || isBareWord(cell.text) || isAlternatives(cell.text)) return []
            const read = readConfidence(cell.text, column)
            return read === undefined ? [] : [{ cell, read, column, subject: row.view.cells[0]?.text ?? '', table }]
          }),
    ),
  )
}

/** True where no confidence is a word of the scale or a number: then all are on another scale. */
export function hasOwnScale(confidences: readonly Stated[]): boolean {
  return confidences.length > 0 && confidences.every(({ read }) => read.kind === 'foreign')
}
