/** Owns the rule `citation-malformed`. */

import type { FactRule } from './rule.js'

export const citationMalformed: FactRule = {
  name: 'citation-malformed',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'error',
  summary: 'A citation names lines that cannot be: a range that runs backwards, has no end or two, a line before the first, a part of one, a list with nothing between two commas.',
  why: 'Nobody can tell which lines were meant, so the evidence cannot be looked up. In running text a colon with a version or a date behind it (`node.js:18.2`, `notes.txt:2026-01-02`) is no citation, and is passed over; in a column for sources it is one.',
  remedy: 'Open the file and cite the lines that are meant.',
  examples: [
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:58-41`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41-`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:0`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:-3`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41,,58`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41.5`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41-58-60`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:99999999999999999999`' },
  ],
  *check({ citations }) {
    for (const { path, problem, span, section, spec } of citations) {
      if (problem !== undefined) yield { message: `The citation of \`${path}\` cannot be: ${problem}`, at: span, subject: path, section, spec }
    }
  },
}
