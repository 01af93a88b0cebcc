/** Owns the rule `quote-differs`. */

import { findDifference } from '../evidence/quote.js'
import type { FactRule } from './rule.js'

/** Lines of a file that a quote without lines of its own is looked for in. */
const mostLines = 20_000

export const quoteDiffers: FactRule = {
  name: 'quote-differs',
  over: 'facts',
  each: 'quotes',
  kind: 'defect',
  severity: 'warning',
  summary: 'A block of code under an "Evidence" label does not stand in the lines that it cites.',
  why: 'Readers take a quote for what the file says and look no further. One that was written from memory, or is out of date, misleads all of them.',
  remedy: 'Quote what stands there, or cite the lines that say it. Indentation and empty lines do not matter, `...` stands for what is left out, and comments of your own may be added.',
  examples: [
    {
      good: '**Evidence:** The deletes in the log of 1 March stand right before the gaps.\n',
      bad: '**Evidence:** `src/export/pages.ts:41-58`\n\n```ts\nlet offset = 1\n```\n',
    },
  ],
  *check({ quotes, id, template }, world) {
    for (const { citation, lines, span, section } of quotes) {
      if (citation.problem !== undefined) continue
      const cited = world.cited(citation.path)
      if (cited.kind !== 'file') continue
      const ranges = citation.lines.length === 0 ? [{ start: 1, end: mostLines }] : citation.lines
      const standing = ranges.flatMap(({ start, end }) => world.citedLines(cited.path, start, end) ?? [])
      const difference = standing.length === 0 ? undefined : findDifference(lines, standing)
      if (difference === undefined) continue
      // A citation that is bound and has drifted is told as such; that its quote is of its time is no second defect.
      const drift = world.drift({ id, template: template.name, path: citation.path, lines: citation.lines })
      if (drift !== undefined && drift.state !== 'same') continue
      const instead = difference.standing === undefined ? '' : `; there stands "${shorten(difference.standing)}"`
      yield { message: `"${shorten(difference.quoted)}" is not in \`${citation.written}\`${instead}`, at: span, subject: citation.written, section }
    }
  },
}

function shorten(line: string): string {
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
