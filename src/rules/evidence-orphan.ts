/** Owns the rule `evidence-orphan`. */

import type { Related } from '../finding/finding.js'
import type { HypothesisRef, Stated } from '../facts/facts.js'
import { statedIds } from './stated.js'
import type { FactRule } from './rule.js'

export const evidenceOrphan: FactRule = {
  name: 'evidence-orphan',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'error',
  summary: 'An evidence row names a hypothesis that is not stated.',
  why: 'Evidence for a hypothesis that nobody stated supports nothing, and the one it was meant for lacks it.',
  remedy: 'State the hypothesis, or mend the id.',
  examples: [{ good: '| against H2 | Nothing', bad: '| against H2, H9 | Nothing' }],
  *check(facts) {
    const stated = statedIds(facts)
    if (stated === undefined) return
    // One unknown id is one defect, in however many rows it stands.
    const unknown = new Map<string, { ref: HypothesisRef; row: Stated; more: Related[] }>()
    for (const row of facts.evidence) {
      for (const ref of row.refs) {
        if (stated.ids.has(ref.id)) continue
        const first = unknown.get(ref.id)
        if (first === undefined) unknown.set(ref.id, { ref, row, more: [] })
        else first.more.push({ message: 'named here too', at: ref.span })
      }
    }
    for (const [id, { ref, row, more }] of unknown) {
      yield {
        message: `Unexpected hypothesis \`${id}\`, expected one of ${stated.list}`,
        at: ref.span,
        subject: id,
        section: row.section,
        spec: row.spec,
        ...(more.length > 0 && { related: more }),
      }
    }
  },
}
