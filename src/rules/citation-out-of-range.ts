/** Owns the rule `citation-out-of-range`. */

import { writeLines } from '../text/span.js'
import type { FactRule } from './rule.js'

export const citationOutOfRange: FactRule = {
  name: 'citation-out-of-range',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'warning',
  summary: 'A citation names lines behind the end of the file.',
  why: 'The file is shorter than it was, or the number has a slip in it; either way the lines do not show what they are cited for.',
  remedy: 'Open the file and cite the lines that are meant. `inquest verify` tells where they went, if git has seen them move.',
  examples: [
    { good: '`src/export/encode.ts:17`', bad: '`src/export/encode.ts:1700`' },
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/pages.ts:41-580`' },
  ],
  *check({ citations }, world) {
    for (const citation of citations) {
      if (citation.problem !== undefined || citation.lines.length === 0) continue
      const cited = world.cited(citation.path)
      if (cited.kind !== 'file' && cited.kind !== 'several') continue
      const count = cited.lines
      if (count === undefined) continue
      const beyond = citation.lines.filter(({ end }) => end > count)
      if (beyond.length === 0) continue
      const named = cited.kind === 'file' ? `\`${cited.path}\` has` : `the longest of the ${cited.paths.length} files that \`${citation.path}\` may mean has`
      const lines = count === 1 ? 'one line' : `${count} lines`
      yield {
        message: `${beyond.length === 1 && beyond[0]?.start === beyond[0]?.end ? 'Line' : 'Lines'} ${writeLines(beyond)} cannot be: ${named} ${lines}`,
        at: citation.span,
        subject: citation.written,
        section: citation.section,
        spec: citation.spec,
      }
    }
  },
}
