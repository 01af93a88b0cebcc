/** Owns the registration of hypotheses: what of them is frozen, as canonical lines and as a digest of those. */

import { createHash } from 'node:crypto'
import type { Facts } from '../facts/facts.js'

/**
 * The hypotheses as one line each, in order of id: id, wording, confidence, test, and what would refute it
 * where the template asks for that. Marks, case of ids and runs of blanks do not count, wording does.
 */
export function canonicalHypotheses({ hypotheses }: Facts): readonly string[] {
  return hypotheses
    .map(({ id, statement, confidence, test, refutedBy }) => [id, statement, confidence ?? '', test ?? '', refutedBy ?? ''].map(canonicalText).join(' | '))
    .toSorted()
}

function canonicalText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}

/** Undefined where no hypothesis is stated. */
export function hypothesesDigest(facts: Facts): string | undefined {
  const lines = canonicalHypotheses(facts)
  if (lines.length === 0) return undefined
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 24)
}
