/** Owns showing which evidence speaks for and against which hypothesis. */

import type { EvidenceRow } from '../../engine/matrix.js'
import { alignColumns } from './columns.js'

/** A row for each piece of evidence, a column for each hypothesis: `+` for, `-` against. */
export function showMatrix(hypotheses: readonly string[], rows: readonly EvidenceRow[]): string {
  const sign = (row: EvidenceRow, id: string): string => (row.against.includes(id) ? '-' : row.for.includes(id) ? '+' : '')
  return alignColumns([['line', ...hypotheses, 'evidence'], ...rows.map((row) => [String(row.line), ...hypotheses.map((id) => sign(row, id)), row.finding])])
}
