/** Owns the rule `verdict-orphan`. */

import { statedIds } from './stated.js'
import type { FactRule } from './rule.js'

export const verdictOrphan: FactRule = {
  name: 'verdict-orphan',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'error',
  summary: 'A verdict is given for a hypothesis that is not stated.',
  why: 'A verdict without a hypothesis was written after the fact, or the hypothesis was removed once it turned out wrong.',
  remedy: 'State the hypothesis, or mend the id.',
  examples: [{ good: '| H2 | **REFUTED** | The encoder stops at the first error | High |\n', bad: '| H2 | **REFUTED** | The encoder stops at the first error | High |\n| H3 | Confirmed | Seen once | Low |\n' }],
  *check(facts) {
    const stated = statedIds(facts)
    if (stated === undefined) return
    const reported = new Set<string>()
    for (const { ids, value, invalid, section, spec } of facts.verdicts) {
      if (value === undefined && !invalid) continue
      for (const { id, span } of ids) {
        if (stated.ids.has(id) || reported.has(id)) continue
        reported.add(id)
        yield { message: `Unexpected verdict for \`${id}\`, expected one of ${stated.list}`, at: span, subject: id, section, spec }
      }
    }
  },
}
