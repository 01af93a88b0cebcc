/** Owns the verb `doctor`. */

import { doctor } from '../../../engine/operations/doctor.js'
import { inert } from '../../../text/display.js'
import { alignColumns } from '../columns.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const doctorVerb: Verb = {
  name: 'doctor',
  summary: 'look over the whole repository',
  positional: [],
  options: [jsonOption],
  examples: [{ command: 'inquest doctor', summary: 'ids used twice, settings and gates that do nothing, dead references, broken templates, operations that a crash left' }],
  async run({ host, out }, _positional, options) {
    const result = await doctor(host)
    if (options['json'] === true) out(jsonAnswer(result))
    else {
      out(alignColumns(result.checks.map(({ check, summary }) => [check, summary])))
      for (const { severity, message, remedy } of result.diagnoses) out(`\n${severity}: ${inert(message)}\n  ${inert(remedy)}\n`)
    }
    return result.diagnoses.some((diagnosis) => diagnosis.severity === 'error') ? 1 : 0
  },
}
