/** Owns the rule `verdict-shared`. */

import type { FactRule } from './rule.js'

export const verdictShared: FactRule = {
  name: 'verdict-shared',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'One row confirms or refutes several hypotheses.',
  why: 'Each hypothesis was a guess of its own, with a test of its own. One reason for several verdicts shows that they were not decided one by one.',
  remedy: 'Give each hypothesis its own row and its own reason.',
  examples: [{ good: '| H1 | **CONFIRMED** | All 188 missing keys follow a delete during the run | High |\n| H2 | **REFUTED** | The encoder stops at the first error | High |', bad: '| H1-H2 | **CONFIRMED** | All 188 missing keys follow a delete during the run | High |', setting: [['against H2', 'H2']] }],
  *check({ verdicts }) {
    for (const { ids, value, cell, section, spec } of verdicts) {
      const [first, second] = ids
      if (first === undefined || second === undefined || (value !== 'confirmed' && value !== 'refuted')) continue
      const named = new Set(ids.map(({ id }) => id))
      if (named.size > 1) yield { message: `${named.size} hypotheses are ${value} in one row, expected a row for each`, at: cell.span, subject: first.id, section, spec }
    }
  },
}
