/** Owns the rule `spawn-unlinked`. */

import type { FactRule } from './rule.js'

export const spawnUnlinked: FactRule = {
  name: 'spawn-unlinked',
  over: 'facts',
  each: 'spawned',
  kind: 'omission',
  severity: 'warning',
  summary: 'A spawned document exists and does not point back to this one.',
  why: 'Whoever works on it cannot see why it was asked for, and the lineage breaks.',
  remedy: "Set `spawned_by` in the child to this document's id.",
  fixable: 'safe',
  examples: [],
  *check({ spawned, id: own }, world) {
    if (own === undefined) return
    const reported = new Set<string>()
    for (const { id, idSpan, due, section, spec } of spawned) {
      if (!due || id === undefined || id === own || reported.has(id)) continue
      reported.add(id)
      const children = world.documentsWithId(id).filter((entry) => entry.tracked)
      const [child] = children
      if (child === undefined || children.some((entry) => entry.parents.some((parent) => parent.toLowerCase().includes(own.toLowerCase())))) continue
      const names = child.parents.length === 0 ? 'names no origin' : `names ${child.parents.map((parent) => `\`${parent}\``).join(', ')} as its origin`
      yield {
        message: `\`${id}\` ${names}, expected \`${own}\``,
        at: idSpan,
        subject: id,
        section,
        spec,
        ...(child.parents.length === 0 && child.parentField !== undefined && { fix: { applicability: 'safe' as const, edits: [], elsewhere: [{ path: child.path, field: child.parentField, value: own }] } }),
        related: [{ message: 'the spawned document', at: { start: 0, end: 0 }, path: child.path }],
      }
    }
  },
}
