/** Owns putting pairs together to clusters. Pure, and the same pairs in any order give the same clusters. */

import type { Pair } from './similar.js'

export interface Cluster {
  /** The place of the one that is most like the others. */
  readonly centre: number
  /** All places, the centre too, ascending. */
  readonly members: readonly number[]
  /** How like the centre each member is, in the order of the members. */
  readonly scores: readonly number[]
}

/**
 * Stars: whoever has most neighbours becomes a centre and takes those neighbours that have none yet. Every member is thus
 * like the centre itself; a chain of small steps does not join what has nothing in common.
 * @param pairs of groups of the same @param groups the places of each group, ascending
 */
export function clustersOf(pairs: readonly Pair[], groups: readonly (readonly number[])[]): readonly Cluster[] {
  const neighbours = new Map<number, Map<number, number>>()
  for (const { a, b, likeness } of pairs) {
    neighboursOf(neighbours, a).set(b, likeness)
    neighboursOf(neighbours, b).set(a, likeness)
  }
  for (const [group, places] of groups.entries()) if (places.length > 1) neighboursOf(neighbours, group)
  const count = (group: number): number => groups[group]?.length ?? 0
  const ranked = [...neighbours].map(([group, near]) => {
    // Summed in one order, since the order of sums of fractions is not without effect.
    const others = [...near].toSorted((a, b) => a[0] - b[0])
    const likeness = others.reduce((total, [other, how]) => total + how * count(other), count(group))
    return { group, others, likeness, reach: others.reduce((total, [other]) => total + count(other), count(group)) }
  })
  const taken = new Set<number>()
  const clusters: Cluster[] = []
  for (const { group, others } of ranked.toSorted((a, b) => b.reach - a.reach || b.likeness - a.likeness || a.group - b.group)) {
    if (taken.has(group)) continue
    const scored = [[group, 1] as const, ...others.filter(([other]) => !taken.has(other))].flatMap(([one, score]) => (groups[one] ?? []).map((place) => [place, score] as const))
    if (scored.length < 2) continue
    for (const [other] of others) taken.add(other)
    taken.add(group)
    const members = scored.toSorted((a, b) => a[0] - b[0])
    clusters.push({ centre: groups[group]?.[0] ?? 0, members: members.map(([place]) => place), scores: members.map(([, score]) => score) })
  }
  return clusters.toSorted((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0))
}

function neighboursOf(all: Map<number, Map<number, number>>, place: number): Map<number, number> {
  const known = all.get(place)
  if (known !== undefined) return known
  const made = new Map<number, number>()
  all.set(place, made)
  return made
}
