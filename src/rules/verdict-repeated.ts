/** Owns the rule `verdict-repeated`. */

import type { Verdict } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const verdictRepeated: FactRule = {
  name: 'verdict-repeated',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'A hypothesis has two verdicts. Where both are the same, the finding is a warning.',
  why: 'Two different verdicts cancel each other, and whoever reads only one of them learns something false.',
  remedy: 'Keep one row for each hypothesis. A verdict that applies in part is `partially confirmed`, with a note.',
  examples: [
    {
      good: '| H2 | **REFUTED** | The encoder stops at the first error | High |\n',
      bad: '| H2 | **REFUTED** | The encoder stops at the first error | High |\n| H1 | Inconclusive | The log covers one night | Low |\n',
    },
  ],
  *check({ verdicts, hypotheses }) {
    const stated = new Set(hypotheses.map(({ id }) => id))
    const first = new Map<string, Verdict>()
    for (const verdict of verdicts) {
      const { cell, value, section, spec } = verdict
      if (value === undefined) continue
      for (const { id } of verdict.ids) {
        const before = first.get(id)
        if (before === undefined) first.set(id, verdict)
        // A verdict for what is not stated is a finding of its own.
        if (before === undefined || before === verdict || !stated.has(id)) continue
        const same = before.value === value
        yield {
          message: same ? `\`${id}\` has its verdict twice, expected one row` : `\`${id}\` has two verdicts, ${before.value} and ${value}, expected one`,
          at: cell.span,
          subject: id,
          section,
          spec,
          related: [{ message: `the other verdict for \`${id}\``, at: before.cell.span }],
          ...(same && { severity: 'warning' as const }),
        }
      }
    }
  },
}
