/** Owns the rule `spawn-deferred`. */

import type { FactRule } from './rule.js'

export const spawnDeferred: FactRule = {
  name: 'spawn-deferred',
  over: 'facts',
  each: 'spawned',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  summary: 'Spawned work is said to be deferred, without a reason, and no document has its id.',
  why: 'An entry that waits need not exist yet. Without a reason it is only a way around creating it.',
  remedy: 'Say why it waits, or until when (`deferred until the new encoder is in use`), create the document, or remove the entry.',
  examples: [{ good: "- [ ] **WORK-002: Read the export's pages by key**\n", bad: "- [ ] **WORK-009: Read the export's pages by key** - deferred\n- [ ] **WORK-002: Read the export's pages by key**\n" }],
  *check({ spawned }, world) {
    for (const { id, idSpan, due, detailed, text, section, spec } of spawned) {
      const reason = due || detailed || id === undefined ? undefined : /\bdeferred\b(.*)$/isu.exec(text)?.[1]
      if (id === undefined || reason === undefined || saysWhy(reason) || world.documentsWithId(id).length > 0 || world.tracker(id) !== undefined) continue
      yield { message: `\`${id}\` is deferred, expected a reason, or a document with that id`, at: idSpan, subject: id, section, spec }
    }
  },
}

/** Behind the word, or in a column for reasons. */
function saysWhy(reason: string): boolean {
  return /[\p{L}\p{N}]/u.test(reason)
}
