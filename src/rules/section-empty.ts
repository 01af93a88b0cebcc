/** Owns the rule `section-empty`. */

import { headingSpan } from '../document/section.js'
import type { FactRule } from './rule.js'

export const sectionEmpty: FactRule = {
  name: 'section-empty',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: "A required section holds nothing of the author's: comments, table headers and the template's own text are not content.",
  why: 'A heading with nothing under it passes every check that only looks for headings.',
  remedy: 'Write what the section asks for, or `**SKIPPED:**` and the reason.',
  examples: [{ good: '**Question:** Which rows does the nightly export lose, and what is the smallest change that stops it?\n', bad: '<!-- later -->\n' }],
  *check({ allSections }) {
    for (const fact of allSections) {
      if (fact.section === undefined || fact.skipped || fact.written || !fact.spec.required) continue
      yield {
        message: `The section "${fact.section.title}" holds nothing but what the template put there${asked(fact.spec.summary)}`,
        at: headingSpan(fact.section),
        subject: fact.spec.heading,
        section: fact.section,
        spec: fact.spec,
      }
    }
  },
}

function asked(summary: string | undefined): string {
  return summary === undefined ? '' : `, expected: ${summary.charAt(0).toLowerCase()}${summary.slice(1).replace(/\.$/u, '')}`
}
