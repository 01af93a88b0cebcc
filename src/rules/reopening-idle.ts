/** Owns the rule `reopening-idle`. */

import { foldLedger } from '../workflow/ledger.js'
import type { FactRule } from './rule.js'

export const reopeningIdle: FactRule = {
  name: 'reopening-idle',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  summary: 'The document was reopened for a reason, and closed again with nothing in it changed.',
  why: 'The reason says that the answer is in doubt. Where nothing was looked at and nothing written, it still is.',
  remedy: 'Reopen it again and do what the reason asks for, or write down why nothing had to be done.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n- event: advance\n  phase: explore\n  at: 2026-03-02T10:00:00Z\n  hypotheses: 05765a97838379c1bdb01e76\n- event: advance\n  phase: conclude\n  at: 2026-03-03T10:00:00Z\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n  content: 0123456789abcdef01234567\n- event: reopen\n  phase: conclude\n  at: 2026-03-05T10:00:00Z\n  why: Rows are missing again\n- event: close\n  phase: conclude\n  at: 2026-03-05T10:05:00Z\n  content: 0123456789abcdef01234567\n',
    },
  ],
  *check({ template, document }) {
    const { historyField } = template.machine
    if (historyField === undefined) return
    const { entries } = foldLedger(document.data[historyField], template.machine)
    let closed: string | undefined
    let reopened = -1
    for (const [index, { event, content, at }] of entries.entries()) {
      if (event === 'reopen' && reopened === -1) reopened = index
      if (event !== 'close') continue
      if (reopened !== -1 && content !== undefined && content === closed) {
        yield {
          message: `The document was closed again at ${at} with nothing changed since it was reopened`,
          at: { field: historyField, path: [String(index)] },
          subject: historyField,
          related: [{ message: `the reason for reopening: ${entries[reopened]?.why ?? ''}`, at: { field: historyField, path: [String(reopened)] } }],
        }
      }
      closed = content
      reopened = -1
    }
  },
}
