/** Owns the rule `suppression-unexplained`. The judge makes its findings. */

import type { OutcomeRule } from './rule.js'

export const suppressionUnexplained: OutcomeRule = {
  name: 'suppression-unexplained',
  over: 'outcome',
  severity: 'warning',
  summary: 'An `inquest-disable` comment gives no reason.',
  why: 'Whoever reads it later cannot tell an exception from a shortcut.',
  remedy: 'Write the reason behind a colon: `<!-- inquest-disable rule: reason -->`.',
  examples: [
    {
      good: '- [x] **Findings synthesized** - the objective is answered',
      bad: '- [ ] **Findings synthesized** - the objective is answered\n\n<!-- inquest-disable checklist-incomplete -->\n',
    },
  ],
}
