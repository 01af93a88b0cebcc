/** Owns the rule `section-missing`. */

import type { SectionFact } from '../facts/facts.js'
import { expectedPlace } from '../facts/sections.js'
import type { Observation, FactRule } from './rule.js'
import type { Document } from '../document/document.js'

export const sectionMissing: FactRule = {
  name: 'section-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'A section that the template requires is not there, and nothing says that it was left out on purpose.',
  why: 'A section that is silently gone reads as if there had been nothing to say. Keeping the heading with a reason costs one line.',
  remedy: 'Write the section, or keep its heading with `**SKIPPED:**` and the reason.',
  examples: [{ good: '## Objective\n\n**Question:** Which rows does the nightly export lose, and what is the smallest change that stops it?\n\n', bad: '' }],
  check({ sections, document }) {
    return missingIn(sections, document)
  },
}

function* missingIn(sections: readonly SectionFact[], document: Document): Generator<Observation> {
  for (const fact of sections) {
    if (fact.section !== undefined) {
      if (!fact.skipped) yield* missingIn(fact.sections, document)
      continue
    }
    if (!fact.spec.required) continue
    yield {
      message: `The section "${fact.spec.heading}" is missing, expected it or its heading with \`**SKIPPED:**\` and a reason`,
      at: expectedPlace(fact, sections, document),
      subject: fact.spec.heading,
      spec: fact.spec,
    }
  }
}
