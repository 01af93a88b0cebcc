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
    // Of several entries one with an id is enough: the others may be parts of it.
    const [nameless, ...more] = spawned.filter(({ due, id, text }) => due && id === undefined && !saysWhyNot.test(text))
    if (nameless !== undefined && !spawnRationale && !spawned.some(({ due, id }) => due && id !== undefined)) {
      const message = `The entry "${nameless.text}" names no id, expected that of a document${more.length === 0 ? '' : `; so do ${more.length} more`}`
      yield { message, at: nameless.span, subject: nameless.text, section: nameless.section, spec: nameless.spec, since: 2, inCheck: 'warning' }
    }
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

/** An entry may be the reason for none. */
const saysWhyNot = /\b(?:no|not|none|nothing|already|instead)\b/iu
