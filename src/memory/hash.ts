/** Owns hashes: what names an operation, a concept and a cluster, and what tells that a body is still what was stored. */

import { createHash } from 'node:crypto'

export function sha256(...pieces: readonly string[]): string {
  const hash = createHash('sha256')
  // Lengths keep `a`, `bc` and `ab`, `c` apart.
  if (pieces.length > 1) for (const piece of pieces) hash.update(`${Buffer.byteLength(piece)}\n`)
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
