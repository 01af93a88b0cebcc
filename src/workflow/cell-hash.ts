/** Owns hashes of table cells, by which a row is recognised in an earlier version of a document. */

import { normaliseText } from '../template/template.js'
import { shortHash } from './short-hash.js'

/** Fewer characters say too little to be recognised. */
const shortestCell = 8

/** Undefined for a cell that says too little to be recognised. */
export function cellHash(cell: string): string | undefined {
  const text = normaliseText(cell)
  return text.length < shortestCell || /^[-:\s]+$/u.test(text) ? undefined : shortHash(text)
}
