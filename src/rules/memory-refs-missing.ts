/** Owns the rule `memory-refs-missing`. */

import type { FactRule } from './rule.js'

export const memoryRefsMissing: FactRule = {
  name: 'memory-refs-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'The document lists no stored learning once learnings are due.',
  why: 'What was learned and not stored will be found out again by the next inquiry.',
  remedy: 'Store the learnings, so that their ids stand in the frontmatter.',
  examples: [{ good: 'memory_refs: [101, 102]', bad: 'memory_refs: []', setting: [['- [x] **memory_refs populated** - 101 and 102\n', '']] }],
  *check({ template, memoryRefs, document }) {
    const { memoryField } = template
    if (memoryField === undefined || memoryRefs.length > 0) return
    // A value that holds something else is a wrong value, not a missing one.
    const value = document.data[memoryField]
    if (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '') return
    yield { message: `\`${memoryField}\` lists no concept, expected the ids of what was learned`, at: { field: memoryField }, subject: memoryField }
  },
}
