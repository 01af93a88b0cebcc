/** Owns the rule `confidence-invalid`. */

import { confidencesIn, hasOwnScale } from './confidences.js'
import type { FactRule } from './rule.js'

export const confidenceInvalid: FactRule = {
  name: 'confidence-invalid',
  over: 'facts',
  each: 'tables',
  kind: 'defect',
  severity: 'error',
  since: 2,
  summary: "A confidence is no word of the template's scale and no share from 0 to 100 percent, in a document that uses that scale elsewhere.",
  why: 'Confidences are held against verdicts to show how well somebody guesses. A word of its own counts for nothing, and nobody can be surer than sure.',
  remedy: 'Use a word of the scale that the message names, or a share such as `80 %`.',
  examples: [
    { good: '| Medium | Read the error handling', bad: '| banana | Read the error handling' },
    { good: '| Medium | Read the error handling', bad: '| 140 % | Read the error handling' },
  ],
  *check(facts) {
    const confidences = confidencesIn(facts)
    const foreign = hasOwnScale(confidences)
    for (const { cell, read, column, subject, table } of confidences) {
      if (read.kind !== 'impossible' && (read.kind !== 'foreign' || foreign)) continue
      const values = column.values.map((value) => `\`${value}\``).join(', ')
      yield { message: `"${cell.text}" is not a confidence, expected one of ${values}, or a share from 0 to 100 %`, at: cell.span, subject, section: table.section, spec: table.spec }
    }
  },
}
