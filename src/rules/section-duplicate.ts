/** Owns the rule `section-duplicate`. */

import { headingSpan } from '../document/section.js'
import type { FactRule } from './rule.js'

export const sectionDuplicate: FactRule = {
  name: 'section-duplicate',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'A section that the template declares once stands there twice.',
  why: 'Two sections of one name can contradict each other, and readers and programs look at the first only.',
  remedy: 'Put both into one, or give the second a heading of its own.',
  examples: [{ good: '## References\n', bad: '## Scope\n\nThe export only.\n\n## References\n' }],
  *check({ allSections }) {
    for (const fact of allSections) {
      for (const section of fact.duplicates) {
        yield {
          message: `The section "${fact.spec.heading}" stands there twice, expected it once`,
          at: headingSpan(section),
          subject: fact.spec.heading,
          section,
          spec: fact.spec,
          ...(fact.section === undefined ? {} : { related: [{ message: 'the first one', at: headingSpan(fact.section) }] }),
        }
      }
    }
  },
}
