/** Owns the rule `answer-missing`. */

import type { FactRule } from './rule.js'

export const answerMissing: FactRule = {
  name: 'answer-missing',
  over: 'facts',
  each: 'questions',
  kind: 'omission',
  severity: 'error',
  summary: 'A Yes/No question has no answer.',
  why: 'The questions are few and plain so that they cannot be talked around.',
  remedy: 'Answer Yes, or No or N/A with an explanation.',
  examples: [
    { good: '| Was the fix measured? | No |', bad: '| Was the fix measured? |  |' },
    { good: '| Was the fix measured? | No |', bad: '| Was the fix measured? | Pending |' },
  ],
  *check({ questions }) {
    for (const { answer, answerSpan, span, label, section, spec } of questions) {
      if (answer !== undefined) continue
      const at = answerSpan.start === answerSpan.end ? span : answerSpan
      yield { message: `"${label}" is not answered, expected Yes, No or N/A`, at, subject: label, section, spec }
    }
  },
}
