/** Owns the rule `verdict-invalid`. */

import type { FactRule } from './rule.js'

export const verdictInvalid: FactRule = {
  name: 'verdict-invalid',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'error',
  summary: 'A verdict is none of confirmed, refuted, inconclusive, partially confirmed and subsumed.',
  why: 'Verdicts are counted and searched across inquiries; a word of its own falls out of every count.',
  remedy: 'Use one of the five words. A note may stand behind it: `Confirmed (for pages over 500 rows)`.',
  examples: [{ good: '| H2 | **REFUTED** |', bad: '| H2 | Probably not |' }],
  *check({ verdicts }) {
    for (const { invalid, cell, ids, section, spec } of verdicts) {
      if (!invalid) continue
      yield {
        message: `Unexpected verdict "${cell.text}", expected one of confirmed, refuted, inconclusive, partially confirmed, subsumed`,
        at: cell.span,
        subject: ids[0]?.id ?? '',
        section,
        spec,
      }
    }
  },
}
