/** Owns the verb `stats`. */

import { stats } from '../../../engine/operations/stats.js'
import { alignColumns } from '../columns.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const statsVerb: Verb = {
  name: 'stats',
  summary: 'count verdicts, and how well confidence foretold them',
  positional: [],
  options: [jsonOption],
  examples: [
    { command: 'inquest stats', summary: 'over all inquiries of the repository' },
    { command: 'inquest stats --json', summary: 'for programs' },
  ],
  async run({ host, out }, _positional, options) {
    const counted = await stats(host)
    if (options['json'] === true) {
      out(jsonAnswer(counted))
      return 0
    }
    const { documents, hypotheses, verdicts, calibration, citations } = counted
    const standing = Object.entries(documents).filter(([, count]) => count > 0)
    if (standing.length === 0) {
      out('no document states a hypothesis\n')
      return 0
    }
    out(alignColumns([['inquiries', ''], ...standing.map(([name, count]) => [name, String(count)])]))
    out('\n')
    out(alignColumns([['verdicts', `of ${hypotheses} hypotheses`], ...Object.entries(verdicts).filter(([, count]) => count > 0).map(([name, count]) => [name, String(count)])]))
    if (citations.total > 0) out(`\n${alignColumns([['citations', String(citations.total)], ['stale', String(citations.stale)]])}`)
    if (calibration.length === 0) return 0
    out('\n')
    const rows = calibration.map((one) => [one.confidence, String(one.decided), String(one.confirmed), String(one.refuted), `${Math.round((100 * one.confirmed) / one.decided)} %`])
    out(alignColumns([['confidence', 'decided', 'confirmed', 'refuted', 'share confirmed'], ...rows]))
    return 0
  },
}
