/** Owns the rule `evidence-untracked`. */

import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'

export const evidenceUntracked: FactRule = {
  name: 'evidence-untracked',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'An evidence row of a document that git has cites a file that git does not have.',
  why: 'No other clone has the file, and git does not know what it said when it was cited.',
  remedy: 'Commit the file in a commit before the row that cites it.',
  examples: [],
  *check({ evidence }, world) {
    for (const { citations, section, spec } of evidence) {
      for (const citation of citations) {
        const resolution = resolve(citation, world)
        if (resolution?.state !== 'resolved' || resolution.weak?.includes('untracked') !== true) continue
        yield { message: `\`${citation.path}\` is not committed, expected a file that others can look up`, at: citation.span, subject: citation.written, section, spec }
      }
    }
  },
}
