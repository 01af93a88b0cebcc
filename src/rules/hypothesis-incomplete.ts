/** Owns the rule `hypothesis-incomplete`. */

import type { FactRule } from './rule.js'

export const hypothesisIncomplete: FactRule = {
  name: 'hypothesis-incomplete',
  over: 'facts',
  each: 'hypotheses',
  kind: 'omission',
  severity: 'error',
  summary: 'A hypothesis lacks its wording, its confidence or its test method.',
  why: 'Without a test there is no way to be wrong, and without a confidence beforehand nobody learns how good their guesses are.',
  remedy: 'Fill the cell: how sure you are before looking, and what you would read, run or measure.',
  examples: [
    { good: '| Medium | Read the error handling of the encoder |', bad: '|  | Read the error handling of the encoder |' },
    { good: '| Medium | Read the error handling of the encoder |', bad: '| Medium | TBD |' },
  ],
  *check({ hypotheses }) {
    for (const hypothesis of hypotheses) {
      const lacks = [
        hypothesis.statement === '' ? 'wording' : undefined,
        hypothesis.confidence === '' ? 'confidence' : undefined,
        hypothesis.test === '' ? 'test method' : undefined,
        hypothesis.refutedBy === '' ? 'word on what would refute it' : undefined,
      ].filter((part) => part !== undefined)
      if (lacks.length === 0) continue
      yield {
        message: `Hypothesis \`${hypothesis.id}\` has no ${lacks.join(' and no ')}`,
        at: hypothesis.span,
        subject: hypothesis.id,
        section: hypothesis.section,
        spec: hypothesis.spec,
      }
    }
  },
}
