/** Owns the rule `evidence-weak`. */

import { addressesIn, weaknessOf } from '../evidence/address.js'
import type { Weakness } from '../evidence/resolution.js'
import type { Citation } from '../facts/citation.js'
import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'

export const evidenceWeak: FactRule = {
  name: 'evidence-weak',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: "The source of an evidence row shows little: an address of one machine, a front page, search results, a line that contains only signs, a name that several files have, inquest's own files, a concept that the document itself stored.",
  why: 'The row has a place, and whoever looks it up does not find there what the row says.',
  remedy: 'Cite the place that shows it: the lines that say something, the page itself, a saved copy that is committed, the evidence from which the concept was learned.',
  examples: [
    { good: '`src/export/encode.ts:17`', bad: '`src/export/encode.ts:19`', setting: [['status: complete', 'status: active']] },
    { good: '`src/export/encode.ts:17`', bad: 'http://localhost:3000/export' },
    { good: '`src/export/encode.ts:17`', bad: 'https://www.example.com' },
    { good: '`src/export/encode.ts:17`', bad: 'https://duckduckgo.com/?q=export+rows' },
  ],
  *check({ evidence, template, id, claim }, world) {
    const isClosed = claim.standing === 'closed'
    for (const { citations, source, concepts, section, spec, span } of evidence) {
      const at = source?.span ?? span
      for (const citation of citations) {
        const resolution = resolve(citation, world)
        const weak = resolution?.state === 'resolved' ? resolution.weak?.find((one) => one !== 'untracked') : undefined
        if (weak !== undefined) yield { message: describe(citation, weak), at: citation.span, subject: citation.written, section, spec, ...(weak === 'signs' && isClosed && mayHaveMoved) }
      }
      for (const address of addressesIn(source?.raw ?? '')) {
        const weakness = weaknessOf(address)
        if (weakness !== undefined) yield { message: `${address} ${weakness}, expected the page or file that shows the finding`, at, subject: address, section, spec }
      }
      const own = concepts.length === 0 ? [] : world.recordedConcepts(template.name, id ?? world.path)
      const itself = concepts.find((concept) => own.includes(concept))
      if (itself !== undefined) yield { message: `Concept ${itself} is what this document itself stored, expected where it was learned`, at, subject: String(itself), section, spec }
    }
  },
}

/** Lines move once an inquiry is closed, and mostly that is all. */
const mayHaveMoved = { inCheck: 'info' } as const

function describe({ path, written }: Citation, weak: Weakness): string {
  if (weak === 'signs') return `\`${written}\` contains only signs, expected lines with words`
  if (weak === 'ambiguous') return `\`${path}\` may be any of several files, expected its path from the root`
  return `\`${path}\` belongs to inquest itself, expected a file of what is looked into`
}
