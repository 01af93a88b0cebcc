/** Owns the rule `history-rewritten`. */

import type { Related } from '../finding/finding.js'
import type { WrittenEntry } from '../workflow/entries.js'
import { describeEntry, entryKey, isSameTransition, originOf, writtenEntries } from '../workflow/entries.js'
import type { FactRule } from './rule.js'
import type { DocumentPast, PastEntry } from './world.js'

/** More of them are counted. */
const mostNamed = 5

export const historyRewritten: FactRule = {
  name: 'history-rewritten',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  evenArchived: true,
  summary: 'An entry of the history was removed or changed after it was committed.',
  why: 'The history is what shows that a document passed its gates. Entries are only added, so git has every one that was ever committed, and a missing one was taken out.',
  remedy: 'Restore the entries from the commit that the finding names, and let `inquest advance`, `close`, `reopen` and the other verbs add to them.',
  examples: [],
  *check({ template, document }, world) {
    const { historyField, statusField } = template.machine
    const value = historyField === undefined ? undefined : document.data[historyField]
    const entries = writtenEntries(value)
    const past = world.past(originOf(entries))
    const missing = past === undefined ? [] : missingFrom(entries, past)
    const [first] = missing
    if (first === undefined) return
    const twin = ({ entry }: PastEntry): number => entries.findIndex((one) => isSameTransition(one, entry))
    const changed = missing.filter((one) => twin(one) !== -1)
    const at = changed[0] === undefined ? undefined : String(twin(changed[0]))
    const place = historyField === undefined || value === undefined ? { field: statusField } : { field: historyField, ...(at !== undefined && { path: [at] }) }
    const related = missing.slice(0, mostNamed).map((one): Related => ({ message: detailOf(one, entries[twin(one)]), at: place }))
    yield {
      message: missing.length === 1 ? `History entry ${describeEntry(first.entry)} was ${changed.length === 1 ? 'changed' : 'removed'}` : `${missing.length} history entries that git has were ${changed.length === missing.length ? 'changed' : changed.length === 0 ? 'removed' : 'removed or changed'}`,
      at: place,
      subject: historyField ?? statusField,
      related: missing.length > mostNamed ? [...related, { message: `${missing.length - mostNamed} more entries`, at: place }] : related,
    }
  },
}

/** Where a merge is under way, its result may keep the entries of either side. */
function missingFrom(entries: readonly WrittenEntry[], { entries: required, merging }: DocumentPast): readonly PastEntry[] {
  const keys = new Set(entries.map(entryKey))
  const missing = required.filter(({ entry }) => !keys.has(entryKey(entry)))
  if (missing.length === 0 || merging === undefined) return missing
  const ours = new Set(required.map(({ entry }) => entryKey(entry)))
  const theirs = merging.map(entryKey)
  return theirs.some((key) => !ours.has(key)) && theirs.every((key) => keys.has(key)) ? [] : missing
}

function detailOf({ entry, commit }: PastEntry, now: WrittenEntry | undefined): string {
  const has = `commit ${commit} has ${describeEntry(entry)}`
  if (now === undefined) return has
  const keys = [...new Set([...Object.keys(entry), ...Object.keys(now)])].filter((key) => JSON.stringify(entry[key] ?? null) !== JSON.stringify(now[key] ?? null))
  return `${has}, with another \`${keys.join('`, `')}\``
}
