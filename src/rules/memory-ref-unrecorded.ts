/** Owns the rule `memory-ref-unrecorded`. */

import type { FactRule } from './rule.js'

export const memoryRefUnrecorded: FactRule = {
  name: 'memory-ref-unrecorded',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'A concept is recorded for the document, and the list of the document lacks it.',
  why: 'What was learned here cannot be found from here.',
  remedy: 'Add the id to the list; `inquest fix` and `inquest memory check --fix` do.',
  fixable: 'safe',
  examples: [],
  *check({ template, memoryRefs, id }, world) {
    const { memoryField } = template
    if (memoryField === undefined) return
    const listed = new Set(memoryRefs)
    const missing = world.recordedConcepts(template.name, id ?? world.path).filter((concept) => !listed.has(concept))
    if (missing.length === 0) return
    const named = missing.join(', ')
    yield {
      message: `The concept store has ${named} recorded for this document, expected ${missing.length === 1 ? 'it' : 'them'} in \`${memoryField}\``,
      at: { field: memoryField, part: 'value' },
      subject: named,
      fix: { applicability: 'safe', edits: [], append: { field: memoryField, values: missing } },
    }
  },
}
