/** Owns the rule `date-reversed`. */

import { textOf } from '../facts/extract.js'
import type { FactRule } from './rule.js'

export const dateReversed: FactRule = {
  name: 'date-reversed',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  summary: 'A day in the frontmatter lies before one that it has to follow, such as `last_updated` before `date`.',
  why: 'One of the two is wrong, and evidence is looked up by them.',
  remedy: 'Mend the one that is wrong.',
  examples: [{ good: 'last_updated: 2026-03-04T16:20:00', bad: 'last_updated: 2026-02-04T16:20:00' }],
  *check({ document, template }) {
    const dayOf = (field: string): string | undefined => /^\d{4}-\d{2}-\d{2}/u.exec(textOf(document.data[field]) ?? '')?.[0]
    for (const { name, after } of template.fields.values()) {
      if (after === undefined) continue
      const day = dayOf(name)
      const before = dayOf(after)
      if (day === undefined || before === undefined || day >= before) continue
      yield { message: `\`${name}\` is ${day}, before \`${after}\` at ${before}`, at: { field: name, part: 'value' }, subject: name }
    }
  },
}
