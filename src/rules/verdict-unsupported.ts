/** Owns the rule `verdict-unsupported`. */

import type { FactRule } from './rule.js'

export const verdictUnsupported: FactRule = {
  name: 'verdict-unsupported',
  over: 'facts',
  each: 'verdicts',
  kind: 'omission',
  severity: 'warning',
  summary: 'A hypothesis is confirmed or refuted, and no evidence row names it.',
  why: 'A verdict that rests on nothing that was written down cannot be checked by anybody else.',
  remedy: 'Name the hypothesis in the rows that decide it, or give the verdict as inconclusive.',
  examples: [{ good: '| against H2 | Nothing is dropped |', bad: '| H1 | Nothing is dropped |' }],
  *check({ verdicts, evidence, tables, hypotheses }) {
    if (evidence.length === 0 || tables.some((table) => table.part.yields === 'evidence' && table.missing.length > 0)) return
    const named = new Set(evidence.flatMap((row) => row.refs.map((ref) => ref.id)))
    for (const { ids, value, cell, section, spec } of verdicts) {
      if (value !== 'confirmed' && value !== 'refuted') continue
      for (const { id } of ids) {
        if (named.has(id) || !hypotheses.some((one) => one.id === id)) continue
        yield { message: `\`${id}\` is ${value}, and no evidence row names it`, at: cell.span, subject: id, section, spec }
      }
    }
  },
}
