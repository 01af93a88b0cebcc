/** Owns the rule `evidence-one-source`. */

import { distinctEvidence, sourceKey } from '../facts/copies.js'
import type { FactRule } from './rule.js'

export const evidenceOneSource: FactRule = {
  name: 'evidence-one-source',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'All evidence rows of a document with several hypotheses cite one and the same place.',
  why: 'One place seldom decides between several hypotheses. Rows that all cite it were mostly filled in afterwards.',
  remedy: 'Cite for each row the place that shows it. Where one place does decide everything, say so in a comment that turns the rule off.',
  examples: [
    {
      good: '`src/export/pages.ts:41-58`',
      bad: '`src/export/encode.ts:17`',
      setting: [['| 88 | Offsets skip rows when the table changes while it is read | H1 | Seen in the archive job before |\n', '']],
    },
  ],
  *check({ evidence, hypotheses }) {
    const [first, second] = evidence
    const cited = first?.citations[0]
    if (first === undefined || second === undefined || cited === undefined || hypotheses.length < 2) return
    const key = sourceKey(first)
    if (evidence.some((row) => sourceKey(row) !== key)) return
    const rows = distinctEvidence(evidence)
    if (rows.length < 2 || new Set(hypotheses.map(({ id }) => id)).size < 2) return
    yield { message: `All ${rows.length} evidence rows cite \`${cited.written}\``, at: cited.span, subject: cited.written, section: first.section, spec: first.spec }
  },
}
