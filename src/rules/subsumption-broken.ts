/** Owns the rule `subsumption-broken`. */

import type { Verdict } from '../facts/facts.js'
import { statedIds } from './stated.js'
import type { FactRule } from './rule.js'

export const subsumptionBroken: FactRule = {
  name: 'subsumption-broken',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'A hypothesis is subsumed by itself, in a circle, by one that is not stated, or by one without a verdict.',
  why: 'Subsumed hands the question on to another hypothesis. If that leads nowhere, the question was dropped without an answer.',
  remedy: 'Name the hypothesis that covers this one and has a verdict of its own: `Subsumed by H1`.',
  examples: [
    { good: '| H2 | **REFUTED** |', bad: '| H2 | Subsumed by H2 |' },
    { good: '| H2 | **REFUTED** |', bad: '| H2 | Subsumed by H9 |' },
  ],
  *check(facts) {
    const stated = statedIds(facts)
    if (stated === undefined) return
    const byId = new Map<string, Verdict>()
    for (const verdict of facts.verdicts) for (const { id } of verdict.ids) if (!byId.has(id)) byId.set(id, verdict)
    for (const { ids, value, subsumedBy, cell, section, spec } of facts.verdicts) {
      if (value !== 'subsumed') continue
      for (const { id } of ids) {
        const reason = brokenAt(id, subsumedBy, byId, stated.ids)
        if (reason !== undefined) yield { message: `\`${id}\` is subsumed ${reason}, expected a hypothesis with a verdict of its own`, at: cell.span, subject: id, section, spec }
      }
    }
  },
}

/** Why what a hypothesis is subsumed by decides nothing; undefined where each of them leads to a verdict. */
function brokenAt(id: string, by: readonly string[], verdicts: ReadonlyMap<string, Verdict>, stated: ReadonlySet<string>): string | undefined {
  if (by.length === 0) return 'without saying by which one'
  if (by.includes(id)) return 'by itself'
  const unknown = by.find((one) => !stated.has(one))
  if (unknown !== undefined) return `by \`${unknown}\`, which is not stated`
  const seen = new Set([id])
  const queue = [...by]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === id) return 'in a circle'
    if (seen.has(next)) continue
    seen.add(next)
    const verdict = verdicts.get(next)
    if (verdict?.value === undefined) return `by \`${next}\`, which has no verdict`
    if (verdict.value === 'subsumed') queue.push(...verdict.subsumedBy)
  }
  return undefined
}
