/** Owns the rule `history-misdated`. */

import { describeEntry, entryKey, originOf, writtenEntries } from '../workflow/entries.js'
import type { FactRule } from './rule.js'
import type { PastEntry } from './world.js'

/** Clocks of two machines differ by less, in seconds. */
const tolerance = 24 * 60 * 60

export const historyMisdated: FactRule = {
  name: 'history-misdated',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  summary: 'An entry of the history is dated after the commit that has it, or before the commit that it names.',
  why: 'A transition is recorded before it is committed, and after the commit that it names. Another order means that the entry was not written when it says.',
  remedy: 'Compare the entry with the commits. Where the clock of a machine was wrong by more than a day, disable the rule in the document with that reason.',
  examples: [],
  *check({ template, document }, world) {
    const { historyField } = template.machine
    if (historyField === undefined) return
    const entries = writtenEntries(document.data[historyField])
    const past = new Map(world.past(originOf(entries))?.entries.map((one) => [entryKey(one.entry), one]))
    for (const [index, entry] of entries.entries()) {
      const known = past.get(entryKey(entry))
      const why = known === undefined ? undefined : contradiction(known)
      if (why !== undefined) yield { message: `History entry ${describeEntry(entry)} is dated ${why}`, at: { field: historyField, path: [String(index)] }, subject: historyField }
    }
  },
}

function contradiction({ entry, commit, time, named }: PastEntry): string | undefined {
  const at = Date.parse(String(entry['at'])) / 1000
  if (Number.isNaN(at)) return undefined
  if (at > time + tolerance) return `after commit ${commit}, which has it`
  return typeof named === 'number' && at < named - tolerance ? `before commit ${String(entry['commit'])}, which it names` : undefined
}
