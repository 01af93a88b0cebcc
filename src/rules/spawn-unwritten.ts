/** Owns the rule `spawn-unwritten`. */

import type { FactRule } from './rule.js'

export const spawnUnwritten: FactRule = {
  name: 'spawn-unwritten',
  over: 'facts',
  each: 'spawned',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  summary: 'A spawned document exists and contains only the text of its template.',
  why: 'Work without a description will not be done, and looks as if it was taken care of.',
  remedy: 'Write into the document what is to be done and why.',
  examples: [],
  *check({ spawned, id: own }, world) {
    const reported = new Set<string>()
    for (const { id, idSpan, due, section, spec } of spawned) {
      if (!due || id === undefined || id === own || reported.has(id)) continue
      reported.add(id)
      const [child, ...more] = world.documentsWithId(id).filter((entry) => entry.tracked)
      if (child === undefined || more.length > 0 || child.standing !== 'open' || !world.isUnwritten(child.path)) continue
      yield { message: `\`${id}\` contains only the text of its template, expected what is to be done`, at: idSpan, subject: id, section, spec, related: [{ message: 'the spawned document', at: { start: 0, end: 0 }, path: child.path }] }
    }
  },
}
