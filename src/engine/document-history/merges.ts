/**
 * Owns telling which entries of a history a merge left out. Where two branches each took a document further, whoever
 * merges them keeps the entries of one, and nothing was forged. Entries that every parent of a commit had, and those of a
 * branch that alone went on, have to stay.
 */

import type { WalkedCommit } from './walk.js'

type Keys = ReadonlySet<string>
const noKeys: Keys = new Set()

/**
 * The keys of the entries that the present version has to have.
 * @param commits oldest first, with all merges
 * @param keysOf the keys of the entries in a blob
 */
export function requiredKeys(commits: readonly WalkedCommit[], path: string, keysOf: (blob: string) => Keys): Keys {
  const states = new Map<string, { readonly blob: string | undefined; readonly required: Keys }>()
  let last: Keys = noKeys
  for (const { id, parents, changes } of commits) {
    const before = parents.flatMap((parent) => states.get(parent) ?? [])
    const [first] = before
    const change = changes.find((one) => one.path === path)
    if (before.length === 1 && change === undefined && first !== undefined) {
      states.set(id, first)
      last = first.required
      continue
    }
    const blob = change === undefined ? first?.blob : change.blob
    const own = blob === undefined ? noKeys : keysOf(blob)
    const required = union(own, ...kept(before.map((state) => state.required), own))
    states.set(id, { blob, required })
    last = required
  }
  return last
}

/** Of the keys that each parent requires, those that the merge has to have. */
function kept(parents: readonly Keys[], own: Keys): readonly Keys[] {
  const furthest = parents.filter((one, index) => !parents.some((other, at) => at !== index && isSubset(one, other) && (one.size < other.size || at < index)))
  if (furthest.length < 2) return furthest
  const whole = furthest.filter((one) => isSubset(one, own))
  if (whole.length > 0) return whole
  // None of them is there completely, so that one of them was changed: the one of which the most is left.
  const [closest] = furthest.toSorted((a, b) => countMissing(a, own) - countMissing(b, own))
  return closest === undefined ? [] : [closest]
}

function countMissing(keys: Keys, from: Keys): number {
  return [...keys].filter((key) => !from.has(key)).length
}

function isSubset(a: Keys, b: Keys): boolean {
  return a.size <= b.size && countMissing(a, b) === 0
}

function union(...sets: readonly Keys[]): Keys {
  return new Set(sets.flatMap((set) => [...set]))
}
