/** Owns numbers that a claim states ("all 8 evidence items"), held against what the document holds. */

import type { ClaimedItem, Facts } from '../facts/facts.js'
import { normaliseText } from '../template/template.js'

/** What the claim counts wrongly, each as the end of a sentence. */
export function claimedCounts(item: Pick<ClaimedItem, 'text'>, facts: Facts): readonly string[] {
  const wrong: string[] = []
  for (const match of normaliseText(item.text).matchAll(/\ball (?:of the )?(\d{1,6}) ((?:[\p{L}-]+ ){0,3}[\p{L}-]+)/gu)) {
    const claimed = Number(match[1])
    const found = countOf(match[2] ?? '', facts)
    if (found === undefined || found.counts.includes(claimed)) continue
    wrong.push(`the document holds ${found.counts[0]} ${found.phrase}, not ${claimed}`)
  }
  return wrong
}

/** The count that a metric such as "hypotheses to test" is about; undefined where it is about nothing that is counted. */
export function countsNamed(metric: string, facts: Facts): { readonly phrase: string; readonly counts: readonly number[] } | undefined {
  const found = countOf(normaliseText(metric), facts)
  // "Evidence sources" counts kinds of sources as often as rows.
  return found === undefined || /^(?:pieces of )?evidence$/u.test(found.phrase) ? undefined : found
}

interface Counted {
  readonly phrase: string
  readonly counts: readonly number[]
}

const counted = new WeakMap<Facts, Map<string, Counted | undefined>>()

/** The counts that a phrase may mean; undefined where it counts nothing that the template knows. Each is counted once. */
function countOf(words: string, facts: Facts): Counted | undefined {
  const known = counted.get(facts) ?? new Map<string, Counted | undefined>()
  counted.set(facts, known)
  if (!known.has(words)) known.set(words, count(words, facts))
  return known.get(words)
}

function count(words: string, facts: Facts): Counted | undefined {
  const named = facts.tables
    .flatMap((table) => table.part.called.map((phrase) => ({ phrase, table })))
    .filter(({ phrase }) => words === phrase || words.startsWith(`${phrase} `))
    .toSorted((a, b) => b.phrase.length - a.phrase.length)
  const [best] = named
  if (best !== undefined) {
    const { part } = best.table
    // What cannot be read is not counted against anybody.
    if (facts.tables.some((table) => table.part === part && table.missing.length > 0)) return undefined
    if (part.yields === 'hypotheses') return { phrase: best.phrase, counts: [facts.hypotheses.length, new Set(facts.hypotheses.map((one) => one.id)).size] }
    return { phrase: best.phrase, counts: [facts.evidence.filter((row) => row.table.part === part).length] }
  }
  const general = /^(?:evidence (?:items|rows|entries)|pieces of evidence|evidence)\b/u.exec(words)?.[0]
  if (general === undefined) return undefined
  // Without a table named, any one table or all of them may be meant.
  const parts = new Set(facts.evidence.map((row) => row.table.part))
  const each = [...parts].map((part) => facts.evidence.filter((row) => row.table.part === part).length)
  return { phrase: general, counts: [facts.evidence.length, ...each] }
}
