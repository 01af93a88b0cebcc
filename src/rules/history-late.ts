/** Owns the rule `history-late`. */

import { lateStart } from './late-start.js'
import type { FactRule } from './rule.js'

export const historyLate: FactRule = {
  name: 'history-late',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  summary: 'The history starts in a later phase, and nothing shows that the document went through the earlier ones.',
  why: 'Nothing shows that the hypotheses were there before the evidence, which is what their registration is for.',
  remedy: 'Start documents with `inquest new`, and commit them before the first `inquest advance`. For a document that was begun otherwise, the gates it did not pass cannot be made up for.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: conclude\n  at: 2026-03-02T09:00:00Z\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n',
    },
  ],
  *check(facts, world) {
    const { historyField } = facts.template.machine
    const phase = historyField === undefined ? undefined : lateStart(facts, world)
    if (historyField === undefined || phase === undefined) return
    yield { message: `The history starts in \`${phase.name}\`, and no gate before it is on record`, at: { field: historyField, path: ['0'] }, subject: historyField }
  },
}
