/** Owns the rule `checklist-untrue`. The judge makes its findings, because they depend on what all other rules see. */

import type { OutcomeRule } from './rule.js'

export const checklistUntrue: OutcomeRule = {
  name: 'checklist-untrue',
  over: 'outcome',
  severity: 'error',
  summary: 'A ticked item, or a Yes, that the document itself contradicts.',
  why: 'A tick is a claim, and claims are made in passing. What the document itself says otherwise is not so, however often it is ticked.',
  remedy: 'Mend what the item speaks of, or take the tick back. Where the contradiction is a finding of its own, the tick is named with it.',
  examples: [{ good: '| Yes | All 2 hypotheses |', bad: '| Yes | All 3 hypotheses |' }],
}
