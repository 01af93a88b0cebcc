/** Owns the rule `verdict-contradicted`. */

import type { Evidence } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const verdictContradicted: FactRule = {
  name: 'verdict-contradicted',
  over: 'facts',
  each: 'verdicts',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'A hypothesis is confirmed with only evidence against it, or refuted with only evidence for it.',
  why: 'The evidence of the document leads to the opposite of what the document concludes. One of the two is wrong.',
  remedy: 'Change the verdict, add the evidence that decides it, or correct what the rows speak to: `against H2`.',
  examples: [
    { good: '| H2 | **REFUTED** |', bad: '| H2 | **CONFIRMED** |' },
    { good: '| against H2 | Nothing is dropped |', bad: '| H2 | Nothing is dropped |' },
  ],
  *check({ verdicts, evidence, tables }) {
    if (tables.some((table) => table.part.yields === 'evidence' && table.missing.length > 0)) return
    for (const { ids, value, cell, section, spec } of verdicts) {
      if (value !== 'confirmed' && value !== 'refuted' && value !== 'partially confirmed') continue
      const opposite = value === 'refuted' ? 'for' : 'against'
      for (const { id } of ids) {
        const rows = evidence.filter((row) => row.refs.some((ref) => ref.id === id))
        if (rows.length === 0 || !rows.every((row) => stancesOf(row, id).every((stance) => stance === opposite))) continue
        const all = rows.length === 1 ? 'the one evidence row that names it is' : `all ${rows.length} evidence rows that name it are`
        yield {
          message: `\`${id}\` is ${value}, and ${all} ${opposite} it`,
          at: cell.span,
          subject: id,
          section,
          spec,
          related: rows.slice(0, 5).map((row) => ({ message: `${opposite} \`${id}\``, at: row.span })),
          ...(value === 'partially confirmed' && { severity: 'warning' as const }),
        }
      }
    }
  },
}

function stancesOf({ refs }: Evidence, id: string): readonly ('for' | 'against')[] {
  return refs.filter((ref) => ref.id === id).map(({ stance }) => stance)
}
