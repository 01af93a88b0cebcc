/** Owns the rule `registration-missing`. */

import { foldLedger } from '../workflow/ledger.js'
import type { FactRule } from './rule.js'

export const registrationMissing: FactRule = {
  name: 'registration-missing',
  over: 'facts',
  each: 'hypotheses',
  kind: 'defect',
  severity: 'info',
  summary: 'The work went on past the phase that registers the hypotheses, and they were never registered.',
  why: 'A hypothesis that can be reworded once the evidence is in is always right.',
  remedy: 'Let `inquest advance` take the document through its phases: it registers the hypotheses on the way. For one that is done already nothing can be made up for.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n',
    },
  ],
  *check({ claim, template, hypotheses, document }) {
    const { historyField, phaseField, phases } = template.machine
    const registering = phases.find((phase) => phase.registers)
    if (historyField === undefined || registering === undefined || claim.phase === undefined || hypotheses.length === 0) return
    const { entries, state } = foldLedger(document.data[historyField], template.machine)
    // Documents that keep no history at all were never meant to.
    if (entries.length === 0 || state === undefined || state.registered !== undefined || claim.phase.index < registering.index) return
    yield { message: `The document went past \`${registering.name}\` without registered hypotheses`, at: { field: historyField }, subject: phaseField ?? historyField }
  },
}
