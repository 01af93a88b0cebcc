/** Owns the rule `registration-erased`. */

import { foldLedger, phaseNamed } from '../workflow/ledger.js'
import type { Facts } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const registrationErased: FactRule = {
  name: 'registration-erased',
  over: 'facts',
  each: 'hypotheses',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'The history enters the phase that registers the hypotheses, and has no digest of them.',
  why: '`inquest advance` never enters that phase without a digest, so the entry was typed, or the digest was taken out. Without it nobody can tell whether the hypotheses were changed.',
  remedy: 'Restore the entry from git, or reopen the document to the phase before with `inquest reopen <id> --to <phase> --why "…"` and advance it again.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n- event: advance\n  phase: explore\n  at: 2026-03-02T10:00:00Z\n- event: advance\n  phase: conclude\n  at: 2026-03-03T10:00:00Z\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n',
    },
  ],
  *check(facts) {
    const entry = erasedRegistration(facts)
    const { template } = facts
    if (entry === undefined || template.machine.historyField === undefined) return
    const phase = template.machine.phases.find(({ registers }) => registers)?.name ?? ''
    yield {
      message: `History entry ${entry + 1} enters \`${phase}\` without the digest of the hypotheses`,
      at: { field: template.machine.historyField, path: [String(entry)] },
      subject: template.machine.historyField,
      // The built-in templates registered hypotheses from the start; one of the repository may have learned to.
      neverAccepted: template.source.startsWith('builtin:'),
    }
  },
}

/** The index of the first entry that registers hypotheses and has no digest; undefined where it may have had none to register. */
export function erasedRegistration({ template, document, hypotheses }: Facts): number | undefined {
  const { machine } = template
  const registering = machine.phases.find(({ registers }) => registers)
  if (machine.historyField === undefined || registering === undefined || hypotheses.length === 0) return undefined
  const wereStated = machine.phases.some(({ index, gate }) => index < registering.index && gate.has('hypothesis-missing'))
  if (!wereStated) return undefined
  const { entries, faults } = foldLedger(document.data[machine.historyField], machine)
  if (faults.length > 0) return undefined
  // The entry before tells that it came from the phase before, and not into a history that begins there.
  const found = entries.findIndex(({ event, phase, hypotheses: digest }, index) => index > 0 && event === 'advance' && digest === undefined && phaseNamed(machine, phase)?.index === registering.index)
  return found === -1 ? undefined : found
}
