/** Owns the rule `count-mismatch`. */

import { plainText, spanOf } from '../document/nodes.js'
import { eachSection } from '../document/section.js'
import { claimedCounts, countsNamed } from './counts.js'
import type { FactRule } from './rule.js'

export const countMismatch: FactRule = {
  name: 'count-mismatch',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  summary: 'A number that the text or a table gives is not what the document holds.',
  why: 'A count is written once and the rows change later. Readers take the number for what was looked at.',
  remedy: 'Count again, and write the number that is true; or add what is missing.',
  examples: [
    {
      good: '- The paging of the export and its error handling\n',
      bad: '- The paging of the export and its error handling\n\n### Scope Metrics\n\n| Metric | Value | Source |\n|---|---|---|\n| hypotheses to test | 3 | Table below |\n',
    },
    { good: '**Implication:** Read the pages by key.', bad: '**Implication:** Read the pages by key, as all 4 hypotheses say.' },
  ],
  *check(facts) {
    for (const table of facts.tables) {
      if (table.part.yields !== undefined) continue
      for (const row of table.rows) {
        const metric = row.cell('metric')
        const value = row.cell('value')
        if (metric === undefined || value === undefined || row.ragged || !/^\d{1,6}$/u.test(value.text.trim())) continue
        const found = countsNamed(metric.text, facts)
        const claimed = Number(value.text)
        if (found === undefined || found.counts.includes(claimed)) continue
        yield { message: `"${metric.text}" is ${claimed}, and the document holds ${found.counts[0]} ${found.phrase}`, at: value.span, subject: metric.text, section: table.section, spec: table.spec }
      }
    }
    // A ticked item that counts wrongly is a finding of its own.
    const ticked = facts.claims.map((claim) => claim.span)
    for (const section of eachSection(facts.document.top)) {
      for (const block of section.content) {
        if (block.type !== 'paragraph' && block.type !== 'list') continue
        const span = spanOf(block)
        if (!/\ball\s+(?:of the\s+)?\d/iu.test(facts.document.text.slice(span.start, span.end)) || ticked.some((one) => one.start < span.end && span.start < one.end)) continue
        for (const wrong of claimedCounts({ text: plainText(block) }, facts)) yield { message: `The text counts wrongly: ${wrong}`, at: span, section }
      }
    }
  },
}
