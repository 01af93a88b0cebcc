/** Owns the rule `evidence-unsourced`. */

import type { Evidence } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const evidenceUnsourced: FactRule = {
  name: 'evidence-unsourced',
  over: 'facts',
  each: 'evidence',
  kind: 'omission',
  severity: 'error',
  summary: 'An evidence row names no place where it can be looked up.',
  why: 'A claim that nobody can look up has to be believed.',
  remedy: 'Give a file with its line (`path:12`, `path:12-20`, or `path` (whole file)), a concept id, or an address.',
  examples: [
    { good: '`src/export/encode.ts:17`', bad: '`src/export/encode.ts`' },
    { good: '| 88 | Offsets skip rows when the table changes while it is read | H1 |', bad: '| the archive job | Offsets skip rows when the table changes while it is read | H1 |' },
  ],
  *check({ evidence }) {
    for (const row of evidence) {
      if (row.located || row.source === undefined) continue
      const written = row.source.text === '' ? 'has no source' : `has the source "${row.source.text}"`
      yield {
        message: `The evidence "${row.finding}" ${written}, expected ${expected(row.sourceKind)}`,
        at: row.source.text === '' ? row.span : row.source.span,
        subject: row.finding,
        section: row.section,
        spec: row.spec,
      }
    }
  },
}

function expected(kind: Evidence['sourceKind']): string {
  if (kind === 'concept') return 'a concept id'
  return kind === 'url' ? 'an address' : 'a file with its line, such as `path:12-20`, or "(whole file)" behind it'
}
