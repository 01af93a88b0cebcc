/** Owns the rule `history-diverged`. */

import { describeEntry, originOf, writtenEntries } from '../workflow/entries.js'
import type { FactRule } from './rule.js'

export const historyDiverged: FactRule = {
  name: 'history-diverged',
  over: 'facts',
  kind: 'defect',
  severity: 'info',
  since: 2,
  lasting: true,
  summary: 'Two branches each took the document further, and the merge kept the history of one of them.',
  why: 'A document has one history. What the other branch recorded is no longer part of it, although git still has it.',
  remedy: 'Nothing has to be done where the merge kept the right entries. Otherwise restore the file from before the merge.',
  examples: [],
  *check({ template, document }, world) {
    const { historyField } = template.machine
    if (historyField === undefined) return
    const left = world.past(originOf(writtenEntries(document.data[historyField])))?.leftOut ?? []
    if (left.length === 0) return
    yield {
      message: `A merge left out ${left.length === 1 ? 'a history entry' : `${left.length} history entries`} of another branch`,
      at: { field: historyField },
      subject: historyField,
      related: left.slice(0, 5).map(({ entry, commit }) => ({ message: `commit ${commit} has ${describeEntry(entry)}`, at: { field: historyField } })),
    }
  },
}
