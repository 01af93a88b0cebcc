/** Owns the rule `memory-ref-unknown`. */

import type { FactRule } from './rule.js'

/** More are counted, not named. */
const mostNamed = 10

export const memoryRefUnknown: FactRule = {
  name: 'memory-ref-unknown',
  over: 'facts',
  each: 'memoryRefs',
  kind: 'defect',
  severity: 'error',
  summary: 'The document lists an id that neither the concept store nor its export has.',
  why: 'Whoever looks up what was learned finds nothing there.',
  remedy: 'Store the learning with `inquest memory ingest --document <id>`, or take the id off the list. Where a colleague stored it, fetch their export.',
  examples: [],
  *check({ template, memoryRefs }, world) {
    const { memoryField } = template
    if (memoryField === undefined || memoryRefs.length === 0) return
    const unknown = world.unknownConcepts(memoryRefs)
    if (unknown.length === 0) return
    const named = `${unknown.slice(0, mostNamed).join(', ')}${unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : ''}`
    yield { message: `The concept store does not have ${named}, expected ids of stored concepts`, at: { field: memoryField, part: 'value' }, subject: named }
  },
}
