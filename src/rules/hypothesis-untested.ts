/** Owns the rule `hypothesis-untested`. */

import type { FactRule } from './rule.js'

export const hypothesisUntested: FactRule = {
  name: 'hypothesis-untested',
  over: 'facts',
  each: 'evidence',
  kind: 'omission',
  severity: 'warning',
  summary: 'No evidence row speaks for or against a hypothesis, once evidence is due.',
  why: 'A hypothesis that nobody looked into is still a guess, and its verdict would be one too.',
  remedy: 'Name the hypothesis in the rows that speak to it, look for some, or give it as inconclusive and say why.',
  examples: [
    {
      good: '| against H2 | Nothing is dropped |',
      bad: '| H1 | Nothing is dropped |',
      setting: [['| H2 | **REFUTED** | The encoder', '| H2 | Inconclusive | The encoder']],
    },
  ],
  *check({ hypotheses, evidence, verdicts, tables }) {
    if (evidence.length === 0 || tables.some((table) => table.part.yields === 'evidence' && table.missing.length > 0)) return
    const named = new Set(evidence.flatMap((row) => row.refs.map((ref) => ref.id)))
    for (const { id, idSpan, section } of hypotheses) {
      if (named.has(id)) continue
      // A verdict without evidence is told by a rule of its own.
      const decided = verdicts.some((one) => one.ids.some((ref) => ref.id === id) && (one.value === 'confirmed' || one.value === 'refuted'))
      const spec = evidence[0]?.spec
      if (!decided) yield { message: `No evidence row speaks for or against \`${id}\``, at: idSpan, subject: id, section, spec }
    }
  },
}
