/** Owns which evidence speaks for and against which hypothesis, row by row. */

import type { Facts } from '../facts/facts.js'

export interface EvidenceRow {
  readonly finding: string
  readonly source: string
  readonly line: number
  /** The ids that the row supports, and those that it speaks against. */
  readonly for: readonly string[]
  readonly against: readonly string[]
}

export function evidenceRows({ document, evidence }: Facts): readonly EvidenceRow[] {
  return evidence.map(({ finding, source, span, refs }) => ({
    finding,
    source: source?.text ?? '',
    line: document.lines.pointAt(span.start).line,
    for: idsOf(refs, 'for'),
    against: idsOf(refs, 'against'),
  }))
}

function idsOf(refs: Facts['evidence'][number]['refs'], stance: 'for' | 'against'): readonly string[] {
  return [...new Set(refs.filter((ref) => ref.stance === stance).map((ref) => ref.id))]
}
