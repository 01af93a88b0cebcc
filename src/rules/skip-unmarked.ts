/** Owns the rule `skip-unmarked`. */

import type { Facts, SectionFact } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const skipUnmarked: FactRule = {
  name: 'skip-unmarked',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'A section says only N/A, None, TBD or the like, with no reason behind it.',
  why: 'One word does not tell whether the section was weighed and found empty, or never looked at.',
  remedy: 'Say why (`N/A - no schema changes`), or write `**SKIPPED:**` and the reason.',
  examples: [{ good: '- The import on the other side', bad: 'TBD' }],
  *check(facts) {
    for (const fact of facts.allSections) {
      if (fact.section === undefined || fact.bareWord === undefined || fact.skipped || explainedElsewhere(fact, facts)) continue
      yield {
        message: `"${fact.section.title}" says only "${fact.bareWord.text}", expected a reason, as in \`N/A - why\``,
        at: fact.bareWord.span,
        subject: fact.spec.heading,
        section: fact.section,
        spec: fact.spec,
      }
    }
  },
}

/** An empty list is an answer where other entries, or the reason for none, stand beside it. */
function explainedElsewhere(fact: SectionFact, facts: Facts): boolean {
  const listsWork = fact.spec.parts.some((part) => part.kind === 'items' && part.yields === 'spawned')
  return listsWork && (facts.spawnRationale || facts.spawned.length > 0)
}
