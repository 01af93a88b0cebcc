/** Owns the rule `content-repeated`. */

import type { FactRule } from './rule.js'

export const contentRepeated: FactRule = {
  name: 'content-repeated',
  over: 'facts',
  each: 'hollows',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'A place that asks for words of its own repeats the title, the question, a hypothesis, or the reason for another verdict or skip.',
  why: 'A finding that is the hypothesis word for word shows that somebody supposed it, not that it is so.',
  remedy: 'Say what was found or how it is decided, in words of its own.',
  examples: [
    { good: '| Encoding errors end the job |', bad: '| Rows that cannot be encoded are dropped without a word |' },
    { good: '| Medium | Read the error handling of the encoder |', bad: '| Medium | Rows that cannot be encoded are dropped without a word |' },
    { good: '| H2 | **REFUTED** | The encoder stops at the first error |', bad: '| H2 | **REFUTED** | All 188 missing keys follow a delete during the run |' },
  ],
  *check({ hollows }) {
    for (const { fault, name, subject, span, section, spec } of hollows) {
      if (fault.lack !== 'repeated') continue
      yield { message: `${name} says nothing of its own: ${fault.reason}`, at: span, subject, section, spec }
    }
  },
}
