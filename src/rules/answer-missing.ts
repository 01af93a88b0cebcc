/** Owns the rule `answer-missing`. */

import { missing } from './missing.js'
import type { FactRule } from './rule.js'

export const answerMissing: FactRule = {
  name: 'answer-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'A Yes/No question has no answer, or is missing.',
  why: 'The questions are few and plain so that they cannot be talked around.',
  remedy: 'Answer Yes, or No or N/A with an explanation.',
  examples: [
    { good: '| Was the fix measured? | No |', bad: '| Was the fix measured? |  |' },
    { good: '| Was the fix measured? | No |', bad: '| Was the fix measured? | Pending |' },
    { good: '| Were all hypotheses tested, and does each have a verdict? | Yes | All 2 hypotheses |\n', bad: '' },
  ],
  *check({ questions, missingItems }) {
    for (const { answer, answerSpan, span, label, section, spec } of questions) {
      if (answer !== undefined) continue
      const at = answerSpan.start === answerSpan.end ? span : answerSpan
      yield { message: `"${label}" is not answered, expected Yes, No or N/A`, at, subject: label, section, spec }
    }
    yield* missing(missingItems, 'question', 'question')
  },
}
