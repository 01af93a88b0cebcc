/** Owns the rule `skip-not-allowed`. */

import type { FactRule } from './rule.js'

export const skipNotAllowed: FactRule = {
  name: 'skip-not-allowed',
  over: 'facts',
  each: 'skips',
  kind: 'omission',
  severity: 'error',
  summary: 'A section is skipped that the template does not allow to be skipped.',
  why: 'Without these sections there is no inquiry left: no question, no hypotheses, no answer, nothing that closes it.',
  remedy: 'Write the section. If there is nothing to say under it, another template may fit the document better.',
  examples: [
    {
      good: '**Question:** Which rows does the nightly export lose, and what is the smallest change that stops it?',
      bad: '**SKIPPED:** The trigger says it all.',
    },
  ],
  *check({ skips }) {
    for (const skip of skips) {
      if (skip.spec.skippable) continue
      const message = `"${skip.section.title}" cannot be skipped, expected it to be written`
      yield { message, at: skip.span, subject: skip.spec.heading, section: skip.section, spec: skip.spec }
    }
  },
}
