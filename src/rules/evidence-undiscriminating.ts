/** Owns the rule `evidence-undiscriminating`. */

import type { FactRule } from './rule.js'

export const evidenceUndiscriminating: FactRule = {
  name: 'evidence-undiscriminating',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'info',
  summary: 'An evidence row says the same of every hypothesis, and so helps to choose between no two of them.',
  why: 'What would be seen whichever hypothesis is true decides nothing. Many such rows look like much evidence.',
  remedy: 'Name only the hypotheses that the row sets apart from the others, or say which of them it speaks against.',
  examples: [{ good: '| against H2 | Nothing is dropped |', bad: '| H1, H2 | Nothing is dropped |' }],
  *check({ evidence, hypotheses }) {
    const stated = new Set(hypotheses.map((one) => one.id))
    if (stated.size < 2) return
    for (const row of evidence) {
      const [first] = row.refs
      if (first === undefined || row.refs.some((ref) => ref.stance !== first.stance)) continue
      const named = new Set(row.refs.map((ref) => ref.id))
      if (![...stated].every((id) => named.has(id))) continue
      const says = first.stance === 'for' ? 'supports' : 'speaks against'
      yield { message: `The evidence "${row.finding}" ${says} all ${stated.size} hypotheses, and sets none apart from another`, at: first.span, subject: row.finding, section: row.section, spec: row.spec }
    }
  },
}
