/** Owns the rule `verification-incomplete`. */

import type { FactRule } from './rule.js'

export const verificationIncomplete: FactRule = {
  name: 'verification-incomplete',
  over: 'facts',
  each: 'claims',
  kind: 'omission',
  severity: 'error',
  summary: 'A row of the verification table is not ticked.',
  why: 'Each row is something that was to be looked at again with open eyes.',
  remedy: 'Look at it, tick the box, and note what you saw.',
  examples: [{ good: '| Evidence has sources | Every row can be looked up | [x] |', bad: '| Evidence has sources | Every row can be looked up | [ ] |' }],
  *check({ claims }) {
    for (const { kind, claimed, label, mark, section, spec } of claims) {
      if (kind !== 'verification' || claimed) continue
      yield { message: `"${label}" is not verified`, at: mark, subject: label, section, spec }
    }
  },
}
