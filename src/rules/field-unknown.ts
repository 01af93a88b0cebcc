/** Owns the rule `field-unknown`. */

import type { FactRule } from './rule.js'

export const fieldUnknown: FactRule = {
  name: 'field-unknown',
  over: 'facts',
  kind: 'defect',
  severity: 'info',
  summary: 'The frontmatter holds a field that the template does not know.',
  why: 'A field with a slip in its name looks filled and is read by nobody.',
  remedy: 'Mend the name, or declare the field in the template.',
  examples: [{ good: 'related: []\n', bad: 'related: []\nrelatd: [INV-000]\n' }],
  *check({ document, template }) {
    if (!template.closedFields) return
    for (const field of Object.keys(document.data)) {
      if (template.fields.has(field)) continue
      const near = nearest(field, [...template.fields.keys()])
      const hint = near === undefined ? '' : `; did you mean \`${near}\`?`
      yield { message: `The template knows no field \`${field}\`${hint}`, at: { field, part: 'key' }, subject: field }
    }
  },
}

/** The known name one or two slips away, if there is one. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const limit = name.length > 5 ? 2 : 1
  const ranked = known.map((other) => ({ other, distance: editDistance(name, other, limit) })).toSorted((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best !== undefined && best.distance <= limit ? best.other : undefined
}

/** Levenshtein distance, given up past `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost))
    }
    row = next
  }
  return row[b.length] ?? limit + 1
}
