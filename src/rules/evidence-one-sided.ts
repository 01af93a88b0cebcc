/** Owns the rule `evidence-one-sided`. */

import { headingSpan } from '../document/section.js'
import type { FactRule } from './rule.js'

export const evidenceOneSided: FactRule = {
  name: 'evidence-one-sided',
  over: 'facts',
  each: 'evidence',
  kind: 'omission',
  severity: 'info',
  summary: 'Every hypothesis is confirmed, and no evidence speaks against any.',
  why: 'Whoever confirms all they expected has mostly looked for what confirms it.',
  remedy: 'Write down what speaks against a hypothesis as well (`against H1`), or say what would have refuted it and that it was looked for.',
  examples: [{ good: '| against H2 | Nothing is dropped |', bad: '| H2 | Nothing is dropped |', setting: [['**REFUTED**', '**CONFIRMED**']] }],
  *check({ verdicts, hypotheses, evidence }) {
    const decided = verdicts.filter((verdict) => verdict.value !== undefined)
    if (hypotheses.length < 2 || decided.length < hypotheses.length || evidence.length === 0) return
    if (decided.some((verdict) => verdict.value !== 'confirmed') || evidence.some((row) => row.refs.some((ref) => ref.stance === 'against'))) return
    const [first] = decided
    if (first === undefined) return
    const message = `All ${hypotheses.length} hypotheses are confirmed, and no evidence speaks against any of them`
    yield { message, at: headingSpan(first.section), section: first.section, spec: first.spec }
  },
}
