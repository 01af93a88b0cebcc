/** Owns the rule `phase-behind`. */

import { phaseNamed } from '../workflow/ledger.js'
import type { FactRule } from './rule.js'

export const phaseBehind: FactRule = {
  name: 'phase-behind',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  summary: 'The content is further than the phase says: all verdicts are given, or the work is noted to be in a later phase.',
  why: 'A document that claims less than it holds is held to less, and its gates were never passed.',
  remedy: 'Let `inquest status` say what blocks the next phase, and move the phase on.',
  examples: [{ good: 'status: complete\n', bad: 'status: active\n', setting: [['lifecycle_phase: conclude', 'lifecycle_phase: hypothesize']] }],
  *check({ claim, template, hypotheses, verdicts, log }) {
    const { machine } = template
    for (const row of log) {
      const noted = phaseNamed(machine, row.phase)
      if (noted === undefined || claim.phase === undefined || machine.phaseField === undefined || noted.index <= claim.phase.index) continue
      const message = `The work is noted to be in \`${noted.name}\`, and the phase is still \`${claim.phaseName}\``
      yield { message, at: row.span, subject: noted.name, section: row.section, spec: row.spec }
      return
    }
    if (claim.phase === undefined || machine.phaseField === undefined || claim.standing !== 'open' || hypotheses.length === 0) return
    const withVerdict = new Set(verdicts.flatMap((verdict) => (verdict.value === undefined ? [] : verdict.ids.map((ref) => ref.id))))
    const decided = hypotheses.every(({ id }) => withVerdict.has(id))
    const phase = verdicts[0]?.spec.phase ?? 0
    // One phase ahead is work in progress: verdicts are written before the phase is moved on.
    if (!decided || phase - claim.phase.index < 2) return
    const name = machine.phases[phase]?.name ?? ''
    yield {
      message: `All verdicts are given, and the phase is still \`${claim.phaseName}\`, expected \`${name}\``,
      at: { field: machine.phaseField, part: 'value' },
      subject: claim.phaseName ?? '',
    }
  },
}
