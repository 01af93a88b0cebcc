/** Owns the rule `evidence-indecisive`. */

import type { Evidence, Hypothesis } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const evidenceIndecisive: FactRule = {
  name: 'evidence-indecisive',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'Every evidence row says the same of every hypothesis, so that nothing decides between them.',
  why: 'What would be seen whichever hypothesis is true decides nothing. Verdicts that differ cannot rest on it.',
  remedy: 'Look for what only one of the hypotheses explains, or say which of them a row speaks against.',
  examples: [
    {
      good: '| against H2 | Nothing is dropped |',
      bad: '| H1, H2 | Nothing is dropped |',
      setting: [
        ['| H2 | **REFUTED** |', '| H2 | Inconclusive |'],
        ['`src/export/pages.ts:41-58` | H1 |', '`src/export/pages.ts:41-58` | H1-H2 |'],
        ['| 88 | Offsets skip rows when the table changes while it is read | H1 | Seen in the archive job before |\n', ''],
      ],
    },
  ],
  *check({ evidence, hypotheses }) {
    if (!decidesNothing(evidence, hypotheses)) return
    const [first] = evidence.filter(({ refs }) => refs.length > 0)
    const at = first?.refs[0]?.span
    if (first === undefined || at === undefined) return
    yield { message: 'Every evidence row says the same of all hypotheses, expected one that sets them apart', at, subject: first.finding, section: first.section, spec: first.spec }
  },
}

/** True where each row that names a hypothesis says the same of all of them. */
export function decidesNothing(evidence: readonly Evidence[], hypotheses: readonly Hypothesis[]): boolean {
  const stated = new Set(hypotheses.map(({ id }) => id))
  const naming = evidence.filter(({ refs }) => refs.length > 0)
  return stated.size > 1 && naming.length > 0 && naming.every((row) => saysOneOfAll(row, stated))
}

/** True for a row that supports all hypotheses, or speaks against all. */
export function saysOneOfAll({ refs }: Evidence, stated: ReadonlySet<string>): boolean {
  const named = new Set(refs.map(({ id }) => id))
  return refs.every(({ stance }) => stance === refs[0]?.stance) && [...stated].every((id) => named.has(id))
}
