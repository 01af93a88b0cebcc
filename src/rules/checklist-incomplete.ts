/** Owns the rule `checklist-incomplete`. */

import { missing } from './missing.js'
import type { FactRule } from './rule.js'

export const checklistIncomplete: FactRule = {
  name: 'checklist-incomplete',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'A required item of the closing checklist is not ticked, or is missing.',
  why: 'The list is what the team agreed has to hold before an inquiry counts as answered.',
  remedy: 'Do what the item asks for and tick it. Items elsewhere, such as spawned work, are to-dos and stay as they are.',
  examples: [
    { good: '- [x] **Findings synthesized**', bad: '- [ ] **Findings synthesized**' },
    { good: '- [x] **Findings synthesized**', bad: '- [-] **Findings synthesized**' },
    { good: '- [x] **Evidence sourced** - every row can be looked up\n', bad: '' },
  ],
  *check({ claims, missingItems }) {
    for (const { kind, claimed, struck, label, mark, section, spec } of claims) {
      if (kind !== 'closing' || claimed) continue
      yield { message: `"${label}" is required for closing and ${struck ? 'struck out' : 'not ticked'}`, at: mark, subject: label, section, spec }
    }
    yield* missing(missingItems, 'closing', 'item')
  },
}
