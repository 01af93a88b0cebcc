/** Owns how well a concept answers a query. Pure: the index finds candidates, and this puts them in order. */

import type { Clause } from './query.js'

/** A clause with how many concepts hold it, counted or estimated. */
export interface WeighedClause extends Clause {
  readonly frequency: number
}

export interface Rank {
  /** Larger is better; comparable within one answer only. */
  readonly score: number
  /** How many of the clauses it holds. */
  readonly held: number
}

/** What BM25 is usually set to, and the number of terms in a usual concept. */
const saturation = 1.2
const lengthWeight = 0.75
const usualLength = 30
/** Neighbours in the query that are neighbours in the text say more than the two apart. */
const neighbourBonus = 0.25

/** @param terms of the concept, as they stand in the index @param size how many concepts there are */
export function rank(terms: readonly string[], clauses: readonly WeighedClause[], size: number): Rank {
  const norm = saturation * (1 - lengthWeight + (lengthWeight * terms.length) / usualLength)
  let score = 0
  let held = 0
  let previous: ReadonlySet<number> | undefined
  for (const clause of clauses) {
    const places = placesOf(terms, clause)
    const weight = Math.log(1 + (size - clause.frequency + 0.5) / (clause.frequency + 0.5))
    const ends = new Set<number>()
    let near = false
    for (const { start, end } of places) {
      ends.add(end)
      near ||= previous?.has(start) === true
    }
    if (places.length > 0) {
      held++
      score += Math.max(0, weight) * ((places.length * (saturation + 1)) / (places.length + norm) + (near ? neighbourBonus : 0))
    }
    previous = ends
  }
  return { score, held }
}

interface Place {
  readonly start: number
  /** The place behind the last term. */
  readonly end: number
}

function placesOf(terms: readonly string[], { alternatives, open }: Clause): readonly Place[] {
  const places: Place[] = []
  for (const row of alternatives) {
    const [first = ''] = row
    const single = row.length === 1
    if (!(open && single) && !terms.includes(first)) continue
    for (let start = 0; start + row.length <= terms.length; start++) {
      const term = terms[start] ?? ''
      if (single ? !(term === first || (open && term.startsWith(first))) : term !== first || !row.every((one, at) => holds(terms[start + at] ?? '', one, open && at === row.length - 1))) continue
      places.push({ start, end: start + row.length })
    }
  }
  return places
}

function holds(term: string, wanted: string, open: boolean): boolean {
  return term === wanted || (open && term.startsWith(wanted))
}
