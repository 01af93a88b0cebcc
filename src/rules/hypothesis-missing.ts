/** Owns the rule `hypothesis-missing`. */

import { headingSpan } from '../document/section.js'
import type { FactRule } from './rule.js'

export const hypothesisMissing: FactRule = {
  name: 'hypothesis-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'The document states no hypothesis.',
  why: 'Whoever looks without saying first what they expect finds what they like.',
  remedy: 'State at least one hypothesis, with how sure you are and how you would find out that it is wrong.',
  examples: [
    {
      good: '| **H1** | Rows deleted between two pages shift the offset, so that others are skipped | High | Delete rows during a run and compare the keys | 1st |\n| **H2** | Rows that cannot be encoded are dropped without a word | Medium | Read the error handling of the encoder | 2nd |\n',
      bad: '',
      setting: [
        ['| H1 | **CONFIRMED** | All 188 missing keys follow a delete during the run | High |\n| H2 | **REFUTED** | The encoder stops at the first error | High |\n', ''],
        ['| H1 | No order', '|  | No order'],
        ['| against H2 | Nothing', '|  | Nothing'],
        ['| H1 | Seen in', '|  | Seen in'],
      ],
    },
  ],
  *check({ allSections, hypotheses, tables }) {
    if (hypotheses.length > 0 || tables.some((table) => table.part.yields === 'hypotheses' && table.missing.length > 0)) return
    for (const fact of allSections) {
      const states = fact.spec.parts.some((part) => (part.kind === 'table' || part.kind === 'items') && part.yields === 'hypotheses')
      if (!states || fact.section === undefined || fact.skipped) continue
      yield { message: 'No hypothesis is stated, expected at least one with its id', at: headingSpan(fact.section), section: fact.section, spec: fact.spec }
    }
  },
}
