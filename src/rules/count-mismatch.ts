/** Owns the rule `count-mismatch`. */

import { isPlainlyPath } from '../facts/citation.js'
import { plainText, spanOf } from '../document/nodes.js'
import { eachSection } from '../document/section.js'
import { claimedCounts, countsNamed } from './counts.js'
import type { FactRule } from './rule.js'

/** How many files a row about files lists; undefined unless it lists files and nothing else. */
function filesListed(metric: string, source: string | undefined): number | undefined {
  if (source === undefined || !/^\W*files?\b/iu.test(metric)) return undefined
  const names = source.split(/[,;]|\s(?:and|&)\s/u).map((name) => name.replaceAll('`', '').trim()).filter((name) => name !== '')
  return names.length > 0 && names.every((name) => !/[\s*?]/u.test(name) && isPlainlyPath(name)) ? new Set(names).size : undefined
}

/** Without the flag `u`, with which a pattern that ignores case takes ten times as long. */
const countsAll = /\ball\s+(?:of the\s+)?\d/i

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
    {
      good: '- The paging of the export and its error handling\n',
      bad: '- The paging of the export and its error handling\n\n### Scope Metrics\n\n| Metric | Value | Source |\n|---|---|---|\n| Files to examine | 3 | `pages.ts`, `encode.ts` |\n',
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
        const claimed = Number(value.text)
        const listed = filesListed(metric.text, row.cell('source')?.text)
        if (listed !== undefined && listed !== claimed) {
          yield { message: `"${metric.text}" is ${claimed}, and the row names ${listed} ${listed === 1 ? 'file' : 'files'}`, at: value.span, subject: metric.text, section: table.section, spec: table.spec }
          continue
        }
        const found = countsNamed(metric.text, facts)
        if (found === undefined || found.counts.includes(claimed)) continue
        yield { message: `"${metric.text}" is ${claimed}, and the document holds ${found.counts[0]} ${found.phrase}`, at: value.span, subject: metric.text, section: table.section, spec: table.spec }
      }
    }
    if (!countsAll.test(facts.document.text)) return
    // A ticked item that counts wrongly is a finding of its own.
    const ticked = facts.claims.map((claim) => claim.span)
    for (const section of eachSection(facts.document.top)) {
      for (const block of section.content) {
        if (block.type !== 'paragraph' && block.type !== 'list') continue
        const span = spanOf(block)
        if (!countsAll.test(facts.document.text.slice(span.start, span.end)) || ticked.some((one) => one.start < span.end && span.start < one.end)) continue
        for (const wrong of claimedCounts({ text: plainText(block) }, facts)) yield { message: `The text counts wrongly: ${wrong}`, at: span, section }
      }
    }
  },
}
