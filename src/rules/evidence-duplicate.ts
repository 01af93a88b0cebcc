/** Owns the rule `evidence-duplicate`. */

import { copiesIn } from '../facts/copies.js'
import type { FactRule } from './rule.js'

export const evidenceDuplicate: FactRule = {
  name: 'evidence-duplicate',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'An evidence row appears more than once.',
  why: 'A row counts once, however often it is copied. Copies only look like more evidence.',
  remedy: 'Remove the copies, or say what each of them adds.',
  examples: [
    {
      good: '| Encoding errors end the job | `src/export/encode.ts:17` | against H2 | Nothing is dropped |\n',
      bad: '| Encoding errors end the job | `src/export/encode.ts:17` | against H2 | Nothing is dropped |\n| Encoding errors end the job. | `src/export/encode.ts:17` | against H2 | Seen twice |\n',
    },
  ],
  *check({ evidence }) {
    if (evidence.length < 2) return
    for (const [first, ...copies] of copiesIn(evidence)) {
      const [copy] = copies
      if (first === undefined || copy === undefined) continue
      yield {
        message: `The evidence "${first.finding}" appears ${copies.length === 1 ? 'twice' : `${copies.length + 1} times`}, and counts once`,
        at: copy.span,
        subject: first.finding,
        section: copy.section,
        spec: copy.spec,
        related: [{ message: 'the first of them', at: first.span }],
      }
    }
  },
}
