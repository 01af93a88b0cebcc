/** Owns the rule `citation-out-of-range`. */

import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'
import { describeUnresolved } from './unresolved.js'

export const citationOutOfRange: FactRule = {
  name: 'citation-out-of-range',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'warning',
  soundness: true,
  summary: 'A citation names lines behind the end of the file.',
  why: 'The file is shorter than it was, or the number has a slip in it; either way the lines do not show what they are cited for.',
  remedy: 'Open the file and cite the lines that are meant. `inquest verify` tells where they went, if git has seen them move.',
  examples: [
    { good: '`src/export/encode.ts:17`', bad: '`src/export/encode.ts:1700`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41-580`' },
  ],
  *check({ citations }, world) {
    for (const citation of citations) {
      if (citation.lines.length === 0) continue
      const resolution = resolve(citation, world)
      if (resolution?.state !== 'unresolved' || (resolution.reason !== 'beyond' && resolution.reason !== 'empty')) continue
      yield {
        message: describeUnresolved(citation, resolution),
        at: citation.span,
        subject: citation.written,
        section: citation.section,
        spec: citation.spec,
      }
    }
  },
}
