/** Owns the rule `spawn-unlinked`. */

import type { Applicability } from '../finding/finding.js'
import type { FactRule } from './rule.js'
import type { DocumentEntry } from './world.js'

export const spawnUnlinked: FactRule = {
  name: 'spawn-unlinked',
  over: 'facts',
  each: 'spawned',
  kind: 'omission',
  severity: 'warning',
  soundness: true,
  summary: 'A spawned document exists and does not point back to this one.',
  why: 'Whoever works on it cannot see why it was asked for, and the lineage breaks.',
  remedy: "Set `spawned_by` in the child to this document's id. `inquest fix` does where the entry has the title of the child and no other document spawns it; a document with the id and another title may have it by chance, so correct the id in the entry then.",
  fixable: 'safe',
  examples: [],
  *check({ spawned, id: own }, world) {
    if (own === undefined) return
    const reported = new Set<string>()
    for (const { id, idSpan, text, due, section, spec } of spawned) {
      if (!due || id === undefined || id === own || reported.has(id)) continue
      reported.add(id)
      const children = world.documentsWithId(id).filter((entry) => entry.tracked)
      const [child, ...more] = children
      if (child === undefined || children.some((entry) => entry.parents.some((parent) => parent.toLowerCase().includes(own.toLowerCase())))) continue
      const names = child.parents.length === 0 ? 'names no origin' : `names ${child.parents.map((parent) => `\`${parent}\``).join(', ')} as its origin`
      const applicability = more.length > 0 || child.parents.length > 0 ? undefined : certaintyOf(text, id, child)
      yield {
        message: `\`${id}\` ${names}, expected \`${own}\``,
        at: idSpan,
        subject: id,
        section,
        spec,
        ...(applicability !== undefined && child.parentField !== undefined && { fix: { applicability, edits: [], elsewhere: [{ path: child.path, field: child.parentField, value: own, id }] } }),
        related: [{ message: child.title === undefined ? 'the spawned document' : `the document with the id, "${child.title}"`, at: { start: 0, end: 0 }, path: child.path }],
      }
    }
  },
}

/** Whether an entry and the document with its id are of the same work: surely where their titles are the same, hardly where they share little. */
function certaintyOf(entry: string, id: string, { title }: DocumentEntry): Applicability | undefined {
  const told = entry.replace(id, '').replace(/^[\s:–—-]+/u, '')
  const wanted = wordsOf(title ?? '')
  if (wanted.length > 0 && [told, ...told.split(/\s[-–—|]\s|\s\(|[.:]\s/u)].some((piece) => wordsOf(piece).join(' ') === wanted.join(' '))) return 'safe'
  const said = new Set(wordsOf(told))
  return said.size === 0 || wanted.filter((word) => said.has(word)).length * 2 >= Math.max(1, wanted.length) ? 'unsafe' : undefined
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
