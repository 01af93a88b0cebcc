/** Owns the rule `id-duplicate`. */

import type { FactRule } from './rule.js'
import type { DocumentEntry } from './world.js'

export const idDuplicate: FactRule = {
  name: 'id-duplicate',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'Two documents of one template have one id, or of two templates for one kind of document. A work item and its investigation may share one.',
  why: 'Every reference to the id means two documents at once.',
  remedy: 'Give the younger document an id of its own and mend what refers to it.',
  examples: [],
  *check({ id, idField, template }, world) {
    if (id === undefined || idField === undefined) return
    const entries = world.documentsWithId(id)
    const own = entries.find((entry) => world.isThis(entry.path))
    const namesakes = entries.filter((entry) => entry.template === template.name || isSibling(entry, own))
    const others = namesakes.filter((entry) => !world.isThis(entry.path))
    const [first] = others
    if (first === undefined) return
    // Documents of one kind were not held against each other by the first version of the rules.
    const isNew = !others.some((entry) => entry.template === template.name)
    const more = others.length > 1 ? ` and ${others.length - 1} more` : ''
    yield {
      message: `The id \`${id}\` is also that of \`${first.path}\`${more}`,
      at: { field: idField, part: 'value' },
      subject: id,
      ...(isNew && { since: 2, inCheck: 'warning' as const }),
      related: others.slice(0, 5).map((other) => ({ message: 'has the same id', at: { start: 0, end: 0 }, path: other.path })),
    }
  },
}

/** The short form and the long one number the same kind of document; a plan and its inquiry are two kinds. */
function isSibling({ prefix, tracked }: DocumentEntry, own: DocumentEntry | undefined): boolean {
  return prefix !== undefined && prefix === own?.prefix && tracked === own.tracked
}
