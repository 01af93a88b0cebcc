/** Owns the rule `verdict-missing`. */

import { headingSpan } from '../document/section.js'
import type { Facts, SectionFact, Verdict } from '../facts/facts.js'
import { eachSectionFact } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const verdictMissing: FactRule = {
  name: 'verdict-missing',
  over: 'facts',
  each: 'hypotheses',
  kind: 'omission',
  severity: 'error',
  summary: 'A hypothesis has no verdict once verdicts are due.',
  why: 'A hypothesis that is left open is the part of the question that nobody answered.',
  remedy: 'Give it a verdict: confirmed, refuted, partially confirmed, inconclusive, or subsumed by another.',
  examples: [
    { good: '| H2 | **REFUTED** | The encoder stops at the first error | High |\n', bad: '' },
    { good: '| H2 | **REFUTED** |', bad: '| H2 | Confirmed/Refuted/Inconclusive |' },
  ],
  *check(facts) {
    const { hypotheses, verdicts, tables } = facts
    // Where the verdict column itself is gone, that is the one finding.
    if (tables.some((table) => table.part.yields === 'verdicts' && table.missing.length > 0)) return
    const place = verdictSection(facts)
    if (place === undefined || place.skipped) return
    const byId = new Map<string, Verdict[]>()
    for (const verdict of verdicts) {
      for (const { id } of verdict.ids) {
        const given = byId.get(id)
        if (given === undefined) byId.set(id, [verdict])
        else given.push(verdict)
      }
    }
    const asked = new Set<string>()
    for (const { id, idSpan } of hypotheses) {
      const given = byId.get(id) ?? []
      if (asked.has(id) || given.some((verdict) => verdict.value !== undefined || verdict.invalid || verdict.unreadable)) continue
      asked.add(id)
      const [row] = given
      const at = row?.span ?? (place.section === undefined ? idSpan : headingSpan(place.section))
      yield {
        message: `Hypothesis \`${id}\` has no verdict, expected confirmed, refuted, partially confirmed, inconclusive or subsumed`,
        at,
        subject: id,
        ...(place.section !== undefined && { section: place.section }),
        spec: place.spec,
        related: [{ message: `\`${id}\` is stated here`, at: idSpan }],
      }
    }
  },
}

/** The innermost section in which verdicts stand; undefined where none is asked for, or all of it is missing. */
function verdictSection({ sections }: Facts): SectionFact | undefined {
  let found: SectionFact | undefined
  for (const fact of sections.filter((top) => top.section !== undefined).flatMap((top) => eachSectionFact([top]))) {
    const yields = declaresVerdicts(fact)
    if (yields && (found === undefined || fact.section !== undefined)) found = fact
  }
  return found
}

function declaresVerdicts(fact: SectionFact): boolean {
  const own = fact.spec.parts.some((part) => part.kind === 'table' && part.yields === 'verdicts')
  return own || (fact.section !== undefined && fact.sections.some((below) => below.section === undefined && declaresVerdicts(below)))
}
