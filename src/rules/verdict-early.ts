/** Owns the rule `verdict-early`. */

import { isFarBehind } from './phase-behind.js'
import type { FactRule } from './rule.js'

export const verdictEarly: FactRule = {
  name: 'verdict-early',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'A hypothesis is confirmed or refuted before the hypotheses are registered, or before there is any evidence.',
  why: 'A verdict that is written first is what the evidence is then looked for.',
  remedy: 'Take the verdict out, and write it when the evidence is in.',
  examples: [],
  *check(facts) {
    const { claim, template, verdicts, evidence } = facts
    const { phases } = template.machine
    if (claim.standing !== 'open' || claim.phase === undefined) return
    const first = verdicts.find(({ value }) => value === 'confirmed' || value === 'refuted' || value === 'partially confirmed')
    if (first === undefined) return
    const registering = phases.find(({ registers }) => registers)
    const isUnregistered = registering !== undefined && claim.phase.index < registering.index
    const isUnfounded = evidence.length === 0 && claim.phase.index < first.spec.phase
    if (!isUnregistered && !isUnfounded) return
    const id = first.ids[0]?.id ?? ''
    yield {
      message: `\`${id}\` has a verdict before ${isUnregistered ? 'the hypotheses are registered' : 'there is any evidence'}`,
      at: first.span,
      subject: id,
      section: first.section,
      spec: first.spec,
      phase: Math.max(0, (registering?.index ?? 1) - 1),
      // That all of them are there is told already, and keeps the gate shut all the same.
      kind: isFarBehind(facts) ? 'omission' : 'defect',
    }
  },
}
