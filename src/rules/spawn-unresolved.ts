/** Owns the rule `spawn-unresolved`. */

import type { FactRule } from './rule.js'

export const spawnUnresolved: FactRule = {
  name: 'spawn-unresolved',
  over: 'facts',
  each: 'spawned',
  kind: 'omission',
  severity: 'error',
  summary: 'Spawned work that should exist by now has an id that no document has.',
  why: 'Work that is only listed is forgotten; an id that leads nowhere looks like work that was created.',
  remedy: 'Create the document, mend the id, or move the entry to what comes later.',
  examples: [],
  *check({ spawned }, world) {
    if (!world.tracksWork()) return
    const reported = new Set<string>()
    for (const { id, idSpan, due, section, spec } of spawned) {
      if (!due || id === undefined || reported.has(id) || world.documentsWithId(id).length > 0) continue
      reported.add(id)
      yield { message: `No document has the id \`${id}\``, at: idSpan, subject: id, section, spec }
    }
  },
}
