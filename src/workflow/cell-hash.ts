/** Owns short hashes of table cells, by which a row is recognised in an earlier version of a document. */

import { createHash } from 'node:crypto'
import { normaliseText } from '../template/template.js'

/** Fewer characters say too little to be recognised. */
const shortestCell = 8

/** Undefined for a cell that says too little to be recognised. */
export function cellHash(cell: string): string | undefined {
  const text = normaliseText(cell)
  return text.length < shortestCell || /^[-:\s]+$/u.test(text) ? undefined : createHash('sha256').update(text).digest('hex').slice(0, 8)
}
