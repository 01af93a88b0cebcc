/** Owns the rule `evidence-missing`. */

import { headingSpan } from '../document/section.js'
import type { SectionFact } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const evidenceMissing: FactRule = {
  name: 'evidence-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'No evidence row at all, once evidence is due.',
  why: 'Verdicts without evidence are opinions.',
  remedy: 'Write down what was found, where it stands, and which hypothesis it speaks for or against. One of the tables is enough.',
  examples: [
    {
      good: '| Pages are read by offset | `src/export/pages.ts:41-58` | H1 | No order that survives a delete |\n| Encoding errors end the job | `src/export/encode.ts:17` | against H2 | Nothing is dropped |\n',
      bad: '',
      setting: [['| 88 | Offsets skip rows when the table changes while it is read | H1 | Seen in the archive job before |\n', '']],
    },
  ],
  *check({ sections, evidence, tables }) {
    if (evidence.length > 0 || tables.some((table) => table.part.yields === 'evidence' && table.missing.length > 0)) return
    const fact = sections.find(declaresEvidence)
    if (fact?.section === undefined || fact.skipped) return
    yield { message: 'No evidence row is filled in, expected at least one with its source', at: headingSpan(fact.section), section: fact.section, spec: fact.spec }
  },
}

function declaresEvidence(fact: SectionFact): boolean {
  return fact.spec.parts.some((part) => part.kind === 'table' && part.yields === 'evidence') || fact.sections.some(declaresEvidence)
}
