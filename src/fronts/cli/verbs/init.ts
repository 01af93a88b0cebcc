/** Owns the verb `init`. */

import { init } from '../../../engine/operations/init.js'
import { alignColumns } from '../columns.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const initVerb: Verb = {
  name: 'init',
  summary: 'set a repository up',
  positional: [],
  options: [jsonOption],
  examples: [{ command: 'inquest init', summary: 'write inquest.yaml, folders and lines of .gitignore; what is there is kept' }],
  async run({ host, out }, _positional, options) {
    const result = init(host)
    if (options['json'] === true) out(jsonAnswer(result))
    else {
      out(alignColumns(result.steps.map((step) => [step.change, step.path])))
      out('\nnext: inquest new investigation "What is to be found out"\n')
    }
    return 0
  },
}
