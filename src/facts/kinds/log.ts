/** Owns reading the log: the table in which people note phase by phase how the work went. */

import type { LogRow, TableFact } from '../facts.js'
import { isBlank } from '../untouched.js'

export function logRows(table: TableFact): readonly LogRow[] {
  return table.rows.flatMap((row): LogRow[] => {
    const phase = row.cell('phase')?.text ?? ''
    if (row.ragged || isBlank(phase)) return []
    return [{ phase, progress: row.cell('progress')?.text ?? '', span: row.view.span, section: table.section, spec: table.spec }]
  })
}
