/** Owns the rule `verdict-undecided`. */

import type { FactRule } from './rule.js'

export const verdictUndecided: FactRule = {
  name: 'verdict-undecided',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'Every hypothesis is inconclusive, and no evidence row sets one of them apart from the others.',
  why: 'An inquiry may end without a verdict where the evidence points both ways. Where nothing was found that could decide, nothing was looked into.',
  remedy: 'Look for what would be seen under one hypothesis and not under the other. An inquiry that nobody has time for is archived: `inquest archive <id> --why "…"`.',
  examples: [],
  *check({ verdicts, hypotheses, evidence }) {
    const given = verdicts.filter(({ value }) => value !== undefined)
    const [first] = given
    const stated = new Set(hypotheses.map(({ id }) => id))
    if (first === undefined || stated.size < 2 || given.some(({ value }) => value !== 'inconclusive')) return
    const decided = new Set(given.flatMap(({ ids }) => ids.map(({ id }) => id)))
    if (![...stated].every((id) => decided.has(id))) return
    const tellsApart = evidence.some(({ refs }) => {
      const stances = new Map(refs.filter(({ id }) => stated.has(id)).map(({ id, stance }) => [id, stance]))
      return stances.size > 0 && (stances.size < stated.size || new Set(stances.values()).size > 1)
    })
    if (tellsApart) return
    yield { message: `All ${stated.size} hypotheses are inconclusive, and no evidence row sets one apart`, at: first.span, subject: first.ids[0]?.id ?? '', section: first.section, spec: first.spec }
  },
}
