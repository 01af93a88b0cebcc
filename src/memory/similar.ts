/**
 * Owns finding concepts that say nearly the same, among as many as there are and without comparing each with each.
 *
 * How alike two concepts are is the share of their different terms that they have in common (Jaccard). Each is hashed so
 * that two fall into one bucket of a band with a probability that grows steeply with their likeness (MinHash in bands);
 * only what shares a bucket is compared, and compared exactly. The cost grows with the number of concepts and of
 * pairs that are alike, not with the number of all pairs.
 */

import { saysNothing } from './words.js'

/** The different terms of many concepts as numbers, one concept behind the other, those of each ascending. */
export interface Sketches {
  readonly size: number
  readonly terms: Int32Array
  /** Where the terms of each begin; the last is where those of the last end. */
  readonly starts: Uint32Array
}

/** Fewer terms than this say too little to be compared. */
const fewestTerms = 3
/** The terms of longer bodies beyond this are left out. */
const mostTerms = 4000

export interface Sketcher {
  /** @param indexed terms with a space between, as in the index */
  add(indexed: string): void
  finish(): Sketches
}

export function createSketcher(): Sketcher {
  let terms = new Int32Array(1 << 16)
  let starts = new Uint32Array(1 << 12)
  let size = 0
  let end = 0
  return {
    add(indexed) {
      const hashes = hashesOf(indexed)
      if (end + hashes.length > terms.length) terms = grown(terms, new Int32Array(2 * terms.length + hashes.length))
      if (size + 2 > starts.length) starts = grown(starts, new Uint32Array(2 * starts.length))
      terms.set(hashes, end)
      end += hashes.length
      starts[++size] = end
    },
    finish: () => ({ size, terms: terms.slice(0, end), starts: starts.slice(0, size + 1) }),
  }
}

function grown<A extends Int32Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}

function hashesOf(indexed: string): Int32Array {
  const hashes = new Set<number>()
  for (const term of indexed.split(' ')) {
    if (hashes.size >= mostTerms) break
    if (term !== '' && !saysNothing(term)) hashes.add(hashOf(term))
  }
  return Int32Array.from(hashes).toSorted()
}

/** FNV-1a with a last stir, for its low bits are used as well. */
function hashOf(term: string): number {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01_00_01_93)
  return stir(hash)
}

function stir(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
  return hash ^ (hash >>> 16)
}

/** @param a @param b places in the list */
export function likeness({ terms, starts }: Sketches, a: number, b: number): number {
  const endA = starts[a + 1] ?? 0
  const endB = starts[b + 1] ?? 0
  let i = starts[a] ?? 0
  let j = starts[b] ?? 0
  const all = endA - i + endB - j
  let common = 0
  while (i < endA && j < endB) {
    const left = terms[i] as number
    const right = terms[j] as number
    if (left === right) common++
    if (left <= right) i++
    if (right <= left) j++
  }
  return common === 0 ? 0 : common / (all - common)
}

export interface Groups {
  /** One of each. */
  readonly distinct: Sketches
  /** For each place in `distinct`, the places of all that have the same terms, ascending. */
  readonly members: readonly (readonly number[])[]
}

/** Puts together what has the very same terms, so that much of the same costs no more than one of it. */
export function groupSame(sketches: Sketches): Groups {
  const { size, terms, starts } = sketches
  const firsts = new Map<number, number[]>()
  const members: number[][] = []
  const kept: number[] = []
  for (let place = 0; place < size; place++) {
    let hash = 0
    for (let at = starts[place] as number; at < (starts[place + 1] as number); at++) hash = Math.imul(hash, 31) ^ (terms[at] as number)
    const groups = firsts.get(hash)
    const group = lengthOf(starts, place) < fewestTerms ? undefined : groups?.find((one) => likeness(sketches, kept[one] as number, place) === 1)
    if (group !== undefined) {
      members[group]?.push(place)
      continue
    }
    if (groups === undefined) firsts.set(hash, [kept.length])
    else groups.push(kept.length)
    kept.push(place)
    members.push([place])
  }
  const lengths = kept.map((place) => lengthOf(starts, place))
  const own = new Uint32Array(kept.length + 1)
  for (const [index, length] of lengths.entries()) own[index + 1] = (own[index] as number) + length
  const packed = new Int32Array(own[kept.length] as number)
  for (const [index, place] of kept.entries()) packed.set(terms.subarray(starts[place], starts[place + 1]), own[index])
  return { distinct: { size: kept.length, terms: packed, starts: own }, members }
}

/** How many hashes make a bucket, and how many buckets each concept falls into. */
export interface Bands {
  readonly rows: number
  readonly bands: number
}

/** Pairs exactly as alike as the threshold are missed no more often than this; pairs more alike far more seldom. */
const missed = 0.03
const mostBands = 60

/** The narrowest buckets that still catch pairs of a likeness. @param threshold between 0 and 1 */
export function planBands(threshold: number): Bands {
  for (let rows = 8; rows > 1; rows--) {
    const bands = Math.ceil(Math.log(missed) / Math.log(1 - threshold ** rows))
    if (bands <= mostBands) return { rows, bands: Math.max(bands, 8) }
  }
  return { rows: 1, bands: mostBands }
}

/** Two concepts by their places in the list, the first before the second. */
export interface Pair {
  readonly a: number
  readonly b: number
  readonly likeness: number
}

export interface Search {
  readonly threshold: number
  readonly bands?: Bands
}

export interface Progress {
  readonly done: number
  readonly of: number
}

/** In one bucket, a concept is compared with no more than this many earlier ones. */
const mostInBucket = 32
const betweenPauses = 4096

/**
 * Pairs that are at least as alike as the threshold, in the order of bands and places, each once. Stops now and then, so
 * that the caller can do something else meanwhile. The same sketches give the same pairs.
 */
export function* findPairs(sketches: Sketches, { threshold, bands: plan = planBands(threshold) }: Search): Generator<Progress, readonly Pair[]> {
  const { size, starts } = sketches
  const pairs: Pair[] = []
  const seen = new Set<number>()
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, size)))
  const heads = new Int32Array(slots)
  const next = new Int32Array(size)
  const keys = new Int32Array(size)
  for (let band = 0; band < plan.bands; band++) {
    const salts = Int32Array.from({ length: plan.rows }, (_, row) => stir(band * plan.rows + row + 1))
    heads.fill(-1)
    for (let b = 0; b < size; b++) {
      if (b % betweenPauses === 0) yield { done: band * size + b, of: plan.bands * size }
      const length = lengthOf(starts, b)
      if (length < fewestTerms) continue
      const key = bucketOf(sketches, b, salts)
      keys[b] = key
      const slot = key & (slots - 1)
      let compared = 0
      let alike = false
      for (let a = heads[slot] as number; a !== -1 && compared < mostInBucket; a = next[a] as number) {
        if (keys[a] !== key) continue
        compared++
        const other = lengthOf(starts, a)
        // Two of very different length cannot be alike enough.
        if (Math.min(other, length) < threshold * Math.max(other, length)) continue
        const how = likeness(sketches, a, b)
        if (how < threshold) continue
        alike = true
        const name = a * size + b
        if (seen.has(name)) continue
        seen.add(name)
        pairs.push({ a, b, likeness: how })
      }
      // A crowded bucket takes in only what is unlike all that was seen of it, so that it stays short.
      if (alike && compared >= mostInBucket) continue
      next[b] = heads[slot] as number
      heads[slot] = b
    }
  }
  return pairs
}

function lengthOf(starts: Uint32Array, place: number): number {
  return (starts[place + 1] as number) - (starts[place] as number)
}

/** The least of all terms under each hash, stirred together. */
function bucketOf({ terms, starts }: Sketches, place: number, salts: Int32Array): number {
  const from = starts[place] as number
  const to = starts[place + 1] as number
  let key = 0
  for (let row = 0; row < salts.length; row++) {
    const salt = salts[row] as number
    let least = 0x7f_ff_ff_ff
    for (let at = from; at < to; at++) {
      // Multiplying by an odd number after mixing with the salt puts all terms into another order.
      let hash = Math.imul((terms[at] as number) ^ salt, 0x9e_37_79_b1 | 0)
      hash ^= hash >>> 15
      if (hash < least) least = hash
    }
    key = stir(Math.imul(key, 31) ^ least)
  }
  return key
}
