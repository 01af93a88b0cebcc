/** Owns the rule `hypothesis-repeated`. */

import type { Hypothesis } from '../facts/facts.js'
import { wording } from '../text/words.js'
import type { FactRule } from './rule.js'

export const hypothesisRepeated: FactRule = {
  name: 'hypothesis-repeated',
  over: 'facts',
  each: 'hypotheses',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  summary: 'Two hypotheses say the same, but for case, emphasis or punctuation.',
  why: 'A second hypothesis is there so that the evidence can choose. Between two that say the same there is nothing to choose.',
  remedy: 'Take one of them out, or write down what else would explain it.',
  examples: [{ good: 'Rows that cannot be encoded are dropped without a word', bad: 'Rows deleted between two pages shift the OFFSET, so that others are *skipped*.' }],
  *check({ hypotheses, template }) {
    const seen = new Map<string, Hypothesis>()
    for (const hypothesis of hypotheses) {
      const { id, statement, section, spec } = hypothesis
      // An id in front of the wording is the row's own.
      const said = wording(statement.replace(new RegExp(`^(?:${template.hypothesisId.source})\\s*[:.–—-]\\s*`, 'iu'), ''))
      const first = seen.get(said)
      if (said === '') continue
      if (first === undefined) {
        seen.set(said, hypothesis)
        continue
      }
      // Two with one id are told by a rule of its own.
      if (first.id === id) continue
      yield { message: `Hypothesis \`${id}\` says the same as \`${first.id}\``, at: hypothesis.span, subject: id, section, spec, related: [{ message: `\`${first.id}\` is stated here`, at: first.idSpan }] }
    }
  },
}
