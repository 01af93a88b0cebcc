/** Owns the rule `verification-incomplete`. */

import { missing } from './missing.js'
import type { FactRule } from './rule.js'

export const verificationIncomplete: FactRule = {
  name: 'verification-incomplete',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'A row of the verification table is not ticked, or is missing.',
  why: 'Each row is something that was to be looked at again with open eyes.',
  remedy: 'Look at it, tick the box, and note what you saw.',
  examples: [
    { good: '| Evidence has sources | Every row names a file with its line, a concept or an address | [x] |', bad: '| Evidence has sources | Every row names a file with its line, a concept or an address | [ ] |' },
    { good: '| Hypothesis verdicts documented | Every hypothesis has a verdict | [x] | H1 and H2 |\n', bad: '' },
  ],
  *check({ claims, missingItems }) {
    for (const { kind, claimed, label, mark, section, spec } of claims) {
      if (kind !== 'verification' || claimed) continue
      yield { message: `"${label}" is not verified`, at: mark, subject: label, section, spec }
    }
    yield* missing(missingItems, 'verification', 'row')
  },
}
