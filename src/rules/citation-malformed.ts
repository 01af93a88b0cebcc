/** Owns the rule `citation-malformed`. */

import type { FactRule } from './rule.js'

export const citationMalformed: FactRule = {
  name: 'citation-malformed',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'A citation names lines that cannot be: a range that runs backwards, has no end, or starts at 0.',
  why: 'Nobody can tell which lines were meant, so the evidence cannot be looked up.',
  remedy: 'Open the file and cite the lines that are meant.',
  examples: [
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:58-41`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41-`' },
  ],
  *check({ evidence }) {
    for (const row of evidence) {
      for (const citation of row.citations) {
        if (citation.problem === undefined) continue
        yield {
          message: `The citation of \`${citation.path}\` cannot be: ${citation.problem}`,
          at: citation.span,
          subject: citation.path,
          section: row.section,
          spec: row.spec,
        }
      }
    }
  },
}
