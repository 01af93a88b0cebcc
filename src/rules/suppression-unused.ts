/** Owns the rule `suppression-unused`. The judge makes its findings. */

import type { OutcomeRule } from './rule.js'

export const suppressionUnused: OutcomeRule = {
  name: 'suppression-unused',
  over: 'outcome',
  severity: 'warning',
  summary: 'An `inquest-disable` comment hides no finding, or names a rule that does not exist.',
  why: 'A comment that once hid something will hide the next thing as well, unseen.',
  remedy: 'Remove the comment.',
  fixable: 'safe',
  examples: [{ good: '## References\n', bad: '## References\n\n<!-- inquest-disable evidence-missing: the log was deleted -->\n' }],
}
