/** Owns the rule `evidence-concept-unknown`. */

import type { FactRule } from './rule.js'

export const evidenceConceptUnknown: FactRule = {
  name: 'evidence-concept-unknown',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'An evidence row cites a concept that neither the concept store nor its export has.',
  why: 'A number that leads nowhere is no source. Where there is no store at all, `check` does not know and is silent; a gate asks for sources that can be looked up.',
  remedy: 'Cite the id of a stored concept, which `inquest memory search` shows, or fetch the export that has it. Where concepts are kept in another store, set `memory: { external: true }` in `inquest.yaml`; they are then taken as they are.',
  examples: [],
  *check({ evidence }, world) {
    for (const { concepts, source, span, section, spec } of evidence) {
      if (concepts.length === 0) continue
      const kept = world.keepsConcepts()
      const [unknown] = kept === 'elsewhere' ? [] : world.unknownConcepts(concepts)
      if (unknown === undefined) continue
      const message = kept === 'here' ? `The concept store does not have ${unknown}, expected the id of a stored concept` : `There is no concept store that could have ${unknown}, expected a source that can be looked up`
      yield { message, at: source?.span ?? span, subject: String(unknown), section, spec, inCheck: kept === 'here' ? 'warning' : 'off' }
    }
  },
}
