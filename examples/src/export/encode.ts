/** Writes rows as lines of the export. What INV-001 cites of it is line 17. */

import type { Row } from './pages.js'

const separator = '\t'

function encodeCell(cell: string): string {
  if (cell.includes('\u0000')) throw new TypeError('A cell holds a character that the export cannot hold')
  return cell.replaceAll('\\', '\\\\').replaceAll(separator, '\\t').replaceAll('\n', '\\n')
}

/** Nothing is dropped: the first row that cannot be encoded ends the job. */
export function encodeRow(row: Row): string {
  try {
    return row.cells.map(encodeCell).join(separator)
  } catch (error) {
    throw new Error(`Row ${row.key} cannot be encoded`, { cause: error })
  }
}
