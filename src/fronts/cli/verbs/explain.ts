/** Owns the verb `explain`. */

import { explain, listRules } from '../../../engine/operations/explain.js'
import { alignColumns } from '../columns.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const explainVerb: Verb = {
  name: 'explain',
  summary: 'explain a rule',
  positional: [{ form: '[rule]', summary: 'its name; all rules are listed where none is given', completes: 'rules' }],
  options: [jsonOption],
  examples: [
    { command: 'inquest explain verdict-missing', summary: 'what it finds, why, and how to mend it' },
    { command: 'inquest explain', summary: 'all rules, a line each' },
  ],
  async run({ out }, [rule], options) {
    if (typeof rule !== 'string') {
      const rules = listRules()
      out(options['json'] === true ? jsonAnswer({ rules }) : alignColumns(rules.map((one) => [one.rule, one.severity, one.summary])))
      return 0
    }
    const page = explain(rule)
    out(options['json'] === true ? jsonAnswer(page) : page.page)
    return 0
  },
}
