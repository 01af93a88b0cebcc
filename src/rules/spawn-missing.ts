/** Owns the rule `spawn-missing`. */

import { headingSpan } from '../document/section.js'
import type { FactRule } from './rule.js'

export const spawnMissing: FactRule = {
  name: 'spawn-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'The document names neither work that follows from it nor a reason why there is none.',
  why: 'An answer that nobody acts on was not worth asking for, unless somebody says why.',
  remedy: 'Spawn the work that follows, or write why nothing does.',
  examples: [
    {
      good: "- [ ] **WORK-002: Read the export's pages by key**\n  - Fixes: Rows skipped after a delete\n",
      bad: '',
      setting: [['None - nothing else came up.', '']],
    },
  ],
  *check({ allSections, spawned, spawnRationale, tables }) {
    if (spawned.length > 0 || spawnRationale || tables.some((table) => table.part.yields === 'spawned' && table.missing.length > 0)) return
    for (const fact of allSections) {
      const lists = fact.spec.required && fact.spec.parts.some((part) => 'yields' in part && part.yields === 'spawned')
      if (!lists || fact.section === undefined || fact.skipped) continue
      yield {
        message: `"${fact.section.title}" names no work and no reason for none`,
        at: headingSpan(fact.section),
        subject: fact.spec.heading,
        section: fact.section,
        spec: fact.spec,
      }
    }
  },
}
