/** Owns the summary of a cluster that is made of its own sentences, where nothing else is asked to write one. */

import { indexedText } from './words.js'

const longestSummary = 600
const mostSentences = 3
/** A sentence this like one that was taken already adds nothing. */
const sameAgain = 0.5

interface Sentence {
  readonly text: string
  readonly terms: ReadonlySet<string>
  readonly order: number
}

/**
 * The sentences that say most of what many members say, and little twice. The same bodies give the same summary.
 * @param bodies at least one, the most central first
 */
export function extractSummary(bodies: readonly string[]): string {
  const [first = ''] = bodies
  const sentences = bodies.flatMap(sentencesOf).map((text, order): Sentence => ({ text, terms: new Set(indexedText(text).split(' ').filter((term) => term !== '')), order }))
  const bearers = new Map<string, number>()
  for (const body of bodies) for (const term of new Set(indexedText(body).split(' '))) bearers.set(term, (bearers.get(term) ?? 0) + 1)
  const covered = new Set<string>()
  const taken: Sentence[] = []
  let length = 0
  while (taken.length < mostSentences) {
    const left = sentences.filter((one) => !taken.includes(one) && length + one.text.length <= longestSummary)
    const best = left
      .filter((one) => taken.every((other) => shareOf(one.terms, other.terms) < sameAgain))
      .map((one) => ({ one, worth: worthOf(one, bearers, covered) }))
      .toSorted((a, b) => b.worth - a.worth || a.one.order - b.one.order)[0]
    if (best === undefined || (taken.length > 0 && best.worth <= 1)) break
    taken.push(best.one)
    length += best.one.text.length + 1
    for (const term of best.one.terms) covered.add(term)
  }
  if (taken.length === 0) return clip(first)
  return taken.toSorted((a, b) => a.order - b.order).map(({ text }) => text).join(' ')
}

/** What a sentence adds: terms that several members share, by how many do, for its length. */
function worthOf({ terms }: Sentence, bearers: ReadonlyMap<string, number>, covered: ReadonlySet<string>): number {
  let worth = 0
  for (const term of terms) if (!covered.has(term)) worth += (bearers.get(term) ?? 1) - 0.5
  return worth / Math.sqrt(Math.max(4, terms.size))
}

function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const term of a) if (b.has(term)) common++
  return common / Math.max(1, a.size + b.size - common)
}

function sentencesOf(body: string): readonly string[] {
  return body
    .split(/(?<=[.!?。！？])\s+|(?<=[。！？])|\n+/u)
    .map((one) => one.replaceAll(/\s+/gu, ' ').trim())
    .filter((one) => one !== '' && one.length <= longestSummary)
    .slice(0, 50)
}

function clip(body: string): string {
  const line = body.replaceAll(/\s+/gu, ' ').trim()
  return line.length <= longestSummary ? line : `${line.slice(0, longestSummary - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`
}
