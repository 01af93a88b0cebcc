/** Owns the rule `registration-uncommitted`. */

import { foldLedger } from '../workflow/ledger.js'
import type { FactRule } from './rule.js'

export const registrationUncommitted: FactRule = {
  name: 'registration-uncommitted',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  summary: 'The hypotheses were registered and the next gate was passed at one and the same commit.',
  why: 'Nothing shows that the hypotheses were written before the evidence: the document may have been written at once and taken through its gates afterwards.',
  remedy: 'Commit the document when its hypotheses are registered, before evidence is gathered.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n  commit: 0123456789ab\n- event: advance\n  phase: explore\n  at: 2026-03-02T10:00:00Z\n  commit: 0123456789ab\n  hypotheses: 05765a97838379c1bdb01e76\n- event: advance\n  phase: conclude\n  at: 2026-03-02T10:00:05Z\n  commit: 0123456789ab\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n',
    },
  ],
  *check({ template, document }) {
    const { historyField } = template.machine
    if (historyField === undefined) return
    const { entries } = foldLedger(document.data[historyField], template.machine)
    for (const [index, { event, hypotheses, commit }] of entries.entries()) {
      if (event !== 'advance' || hypotheses === undefined || commit === undefined) continue
      const left = entries.slice(index + 1).find((entry) => entry.event !== 'amend')
      if (left === undefined || (left.event !== 'advance' && left.event !== 'close') || left.commit !== commit) continue
      yield {
        message: `The hypotheses were registered and \`${left.phase}\` was reached at one commit, \`${commit}\``,
        at: { field: historyField, path: [String(index)] },
        subject: historyField,
      }
    }
  },
}
