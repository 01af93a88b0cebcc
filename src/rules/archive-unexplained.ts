/** Owns the rule `archive-unexplained`. */

import { originOf, writtenEntries } from '../workflow/entries.js'
import { foldLedger, isPutAway } from '../workflow/ledger.js'
import type { FactRule } from './rule.js'

export const archiveUnexplained: FactRule = {
  name: 'archive-unexplained',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  evenArchived: true,
  summary: 'The status says that the document is archived or superseded, and the history has no reason for it.',
  why: 'An archived document is held to nothing any more. Without a reason nobody can tell an inquiry that was given up from one whose answer was not wanted.',
  remedy: 'Record it: `inquest archive <id> --why "…"`, or `inquest supersede <id> --by <id>`.',
  examples: [
    {
      good: 'status: complete',
      bad: 'status: archived',
      setting: [['related: []\n', 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n']],
    },
  ],
  *check({ claim, template, document }, world) {
    const { historyField, statusField } = template.machine
    if (claim.standing !== 'archived' || historyField === undefined) return
    const value = document.data[historyField]
    const { entries, state } = foldLedger(value, template.machine)
    const at = { field: statusField, part: 'value' as const }
    if (state?.archived !== true) {
      // Of a document that inquest never handled nothing is known in any case.
      const isUnknown = entries.length === 0 && world.past(originOf(writtenEntries(value))) === undefined
      yield { message: `The status is \`${claim.status}\`, and the history has no reason for it`, at, subject: claim.status ?? '', ...(isUnknown && { severity: 'info' as const }) }
      return
    }
    const successor = entries.findLast((entry) => isPutAway(entry))?.successor
    if (successor === undefined || world.documentsWithId(successor).length > 0) return
    yield { message: `The document is superseded by \`${successor}\`, and no document has that id`, at, subject: successor }
  },
}
