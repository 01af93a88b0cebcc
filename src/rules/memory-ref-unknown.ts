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
  waivable: false,
  summary: 'The document lists an id that neither the concept store nor its export has.',
  why: 'Whoever looks up what was learned finds nothing there. Where there is no store at all, `check` does not know and is silent; a gate asks for ids that can be looked up.',
  remedy: 'Store the learning with `inquest memory ingest --document <id>`, or take the id off the list. Where a colleague stored it, fetch their export. Where concepts are kept in another store, set `memory: { external: true }` in `inquest.yaml`; the ids are then taken as they are.',
  examples: [],
  *check({ template, memoryRefs }, world) {
    const { memoryField } = template
    if (memoryField === undefined || memoryRefs.length === 0) return
    const kept = world.keepsConcepts()
    const unknown = kept === 'elsewhere' ? [] : world.unknownConcepts(memoryRefs)
    if (unknown.length === 0) return
    const named = `${unknown.slice(0, mostNamed).join(', ')}${unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : ''}`
    const common = { at: { field: memoryField, part: 'value' as const }, subject: named }
    if (kept === 'here') yield { ...common, message: `The concept store does not have ${named}, expected ids of stored concepts` }
    else yield { ...common, message: `There is no concept store that could have ${named}, expected ids of stored concepts`, inCheck: 'off' }
  },
}
