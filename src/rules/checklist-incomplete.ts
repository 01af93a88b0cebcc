/** Owns the rule `checklist-incomplete`. */

import type { FactRule } from './rule.js'

export const checklistIncomplete: FactRule = {
  name: 'checklist-incomplete',
  over: 'facts',
  each: 'claims',
  kind: 'omission',
  severity: 'error',
  summary: 'A required item of the closing checklist is not ticked.',
  why: 'The list is what the team agreed has to hold before an inquiry counts as answered.',
  remedy: 'Do what the item asks for and tick it. Items elsewhere, such as spawned work, are to-dos and stay as they are.',
  examples: [{ good: '- [x] **Findings synthesized**', bad: '- [ ] **Findings synthesized**' }],
  *check({ claims }) {
    for (const { kind, claimed, label, mark, section, spec } of claims) {
      if (kind !== 'closing' || claimed) continue
      yield { message: `"${label}" is required for closing and not ticked`, at: mark, subject: label, section, spec }
    }
  },
}
