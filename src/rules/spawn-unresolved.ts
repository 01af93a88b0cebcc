/** Owns the rule `spawn-unresolved`. */

import type { FactRule } from './rule.js'

export const spawnUnresolved: FactRule = {
  name: 'spawn-unresolved',
  over: 'facts',
  each: 'spawned',
  kind: 'omission',
  severity: 'error',
  summary: 'Spawned work that should exist by now has an id that no document has, or is the document itself.',
  why: 'Work that is only listed is forgotten; an id that leads nowhere looks like work that was created. Where the repository has no documents of such a kind, `check` does not know and is silent; a gate asks for work that can be looked up.',
  remedy: 'Create the document, fix the id, or move the entry to what comes later. Where work is kept in a tracker, name it in `inquest.yaml`: `trackers: [{ prefix: ABC, url: "https://…/{id}" }]`; its ids are then taken as they are.',
  examples: [{ good: '- [ ] **WORK-002: Read', bad: '- [ ] **INV-001: Read' }],
  *check({ spawned, id: own }, world) {
    const tracks = world.tracksWork()
    const reported = new Set<string>()
    for (const { id, idSpan, due, section, spec } of spawned) {
      if (!due || id === undefined || reported.has(id)) continue
      const common = { at: idSpan, subject: id, section, spec }
      const documents = world.documentsWithId(id)
      // A work item and its inquiry may share an id.
      if (own !== undefined && id.toLowerCase() === own.toLowerCase() && documents.every((entry) => world.isThis(entry.path))) {
        reported.add(id)
        yield { ...common, message: `\`${id}\` is this document, which cannot follow from itself`, since: 2 }
      } else if (documents.length === 0 && world.tracker(id) === undefined) {
        reported.add(id)
        yield { ...common, message: `No document has the id \`${id}\`${tracks ? '' : ', and no tracker for it is configured'}`, ...(!tracks && { inCheck: 'off' as const }) }
      }
    }
  },
}
