/** Owns the rule `hypothesis-duplicate`. */

import type { Hypothesis } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const hypothesisDuplicate: FactRule = {
  name: 'hypothesis-duplicate',
  over: 'facts',
  each: 'hypotheses',
  kind: 'defect',
  severity: 'error',
  summary: 'Two hypotheses have one id.',
  why: 'Evidence and verdicts refer to hypotheses by id; with two of them it is open which one was confirmed.',
  remedy: 'Give the second an id of its own, and look through the evidence for what was meant for it.',
  examples: [{ good: '| **H2** | Rows that cannot', bad: '| **H1** | Rows that cannot', setting: [['against H2', 'against H1'], ['| H2 | **REFUTED** | The encoder stops at the first error | High |\n', '']] }],
  *check({ hypotheses }) {
    const seen = new Map<string, Hypothesis>()
    for (const hypothesis of hypotheses) {
      const first = seen.get(hypothesis.id)
      if (first === undefined) {
        seen.set(hypothesis.id, hypothesis)
        continue
      }
      yield {
        message: `The id \`${hypothesis.id}\` is given to two hypotheses`,
        at: hypothesis.idSpan,
        subject: hypothesis.id,
        section: hypothesis.section,
        spec: hypothesis.spec,
        related: [{ message: 'the first one', at: first.idSpan }],
      }
    }
  },
}
