/** Owns the rule `suppression-unexplained`. The judge makes its findings. */

import type { OutcomeRule } from './rule.js'

export const suppressionUnexplained: OutcomeRule = {
  name: 'suppression-unexplained',
  over: 'outcome',
  severity: 'warning',
  waivable: false,
  summary: 'An `inquest-disable` comment gives no reason, or one that says nothing.',
  why: 'Whoever reads it later cannot tell an exception from a shortcut.',
  remedy: 'Write the reason behind a colon: `<!-- inquest-disable rule: reason -->`.',
  examples: [
    {
      good: '## Evidence Collection\n',
      bad: '## Evidence Collection\n\n<!-- inquest-disable evidence-undiscriminating -->\n',
      setting: [
        ['| against H2 | Nothing is dropped |', '| H1, H2 | Nothing is dropped |'],
        ['| H2 | **REFUTED** |', '| H2 | Inconclusive |'],
      ],
    },
  ],
}
