/** Owns the rule `id-duplicate`. */

import type { FactRule } from './rule.js'

export const idDuplicate: FactRule = {
  name: 'id-duplicate',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'Two documents of one template have one id. A work item and its investigation may share one.',
  why: 'Every reference to the id means two documents at once.',
  remedy: 'Give the younger document an id of its own and mend what refers to it.',
  examples: [],
  *check({ id, idField, template }, world) {
    if (id === undefined || idField === undefined) return
    const namesakes = world.documentsWithId(id).filter((entry) => entry.template === template.name)
    const others = namesakes.filter((entry) => !world.isThis(entry.path))
    const [first] = others
    if (first === undefined) return
    const more = others.length > 1 ? ` and ${others.length - 1} more` : ''
    yield {
      message: `The id \`${id}\` is also that of \`${first.path}\`${more}`,
      at: { field: idField, part: 'value' },
      subject: id,
      related: others.slice(0, 5).map((other) => ({ message: 'has the same id', at: { start: 0, end: 0 }, path: other.path })),
    }
  },
}
