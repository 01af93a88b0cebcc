/** Owns the rule `answer-unexplained`. */

import type { FactRule } from './rule.js'

export const answerUnexplained: FactRule = {
  name: 'answer-unexplained',
  over: 'facts',
  each: 'questions',
  kind: 'omission',
  severity: 'error',
  summary: 'A question is answered No or N/A without an explanation.',
  why: 'A No is allowed, and it is worth knowing why: it is where the inquiry is weak.',
  remedy: 'Write the reason into the cell beside the answer.',
  examples: [
    { good: '| No | It is WORK-002 |', bad: '| No |  |' },
    { good: '| No | It is WORK-002 |', bad: '| No | [explain] |' },
    { good: '| No | It is WORK-002 |', bad: '| No | [If No, explain] |' },
  ],
  *check({ questions }) {
    for (const { answer, explanationSpan, explained, label, section, spec } of questions) {
      if (answer === undefined || answer === 'yes' || explained) continue
      const said = answer === 'no' ? 'No' : 'N/A'
      yield { message: `"${label}" is answered ${said} without an explanation`, at: explanationSpan, subject: label, section, spec }
    }
  },
}
