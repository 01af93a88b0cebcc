/** What synthesis computes: pairs that are alike, clusters of them, and summaries of clusters. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clustersOf } from '../../src/memory/cluster.js'
import type { Pair, Sketches } from '../../src/memory/similar.js'
import { createSketcher, findPairs, groupSame, likeness, planBands } from '../../src/memory/similar.js'
import { extractSummary } from '../../src/memory/summary.js'
import { indexedText } from '../../src/memory/words.js'

function sketchesOf(texts: readonly string[]): Sketches {
  const sketcher = createSketcher()
  for (const text of texts) sketcher.add(indexedText(text))
  return sketcher.finish()
}

function pairsOf(sketches: Sketches, threshold: number): readonly Pair[] {
  const search = findPairs(sketches, { threshold })
  for (;;) {
    const step = search.next()
    if (step.done === true) return step.value
  }
}

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Texts of which some are others with some words changed. */
function someTexts(count: number, seed: number): readonly string[] {
  const random = numbers(seed)
  const word = (): string => `word${Math.floor(random() ** 2 * 5000)}x`
  const texts: string[][] = []
  for (let index = 0; index < count; index++) {
    const origin = index > 10 && random() < 0.3 ? texts[Math.floor(random() * index)] : undefined
    if (origin === undefined) texts.push(Array.from({ length: 8 + Math.floor(random() * 20) }, word))
    else texts.push(origin.map((one) => (random() < 0.12 ? word() : one)))
  }
  return texts.map((words) => words.join(' '))
}

/** Every place a group of its own. */
const alone = (size: number): readonly (readonly number[])[] => Array.from({ length: size }, (_, place) => [place])

describe('pairs', () => {
  test.each([0.5, 0.7, 0.9])('of a likeness of %f and more are nearly all found, and no others', (threshold) => {
    const sketches = sketchesOf(someTexts(1500, 7))
    const found = new Set(pairsOf(sketches, threshold).map(({ a, b }) => `${a} ${b}`))
    const there: string[] = []
    for (let a = 0; a < sketches.size; a++) for (let b = a + 1; b < sketches.size; b++) if (likeness(sketches, a, b) >= threshold) there.push(`${a} ${b}`)
    expect(there.length).toBeGreaterThan(50)
    expect(there.filter((one) => found.has(one)).length / there.length).toBeGreaterThanOrEqual(0.95)
    expect([...found].filter((one) => !there.includes(one))).toEqual([])
  })

  test('stand for the share of different terms that two texts have in common', () => {
    const sketches = sketchesOf(['alpha beta gamma delta', 'alpha beta gamma delta', 'alpha beta gamma omega', 'quite other words here'])
    expect([likeness(sketches, 0, 1), likeness(sketches, 0, 2), likeness(sketches, 0, 3)]).toEqual([1, 0.6, 0])
  })

  test('are not looked for among texts that say too little, and many of the same do not multiply', () => {
    expect(pairsOf(sketchesOf(['lock', 'lock', 'the lock is', '']), 0.5)).toEqual([])
    const many = sketchesOf(Array.from({ length: 3000 }, () => 'the ingester crashed because of a lock'))
    const { distinct, members } = groupSame(many)
    expect(distinct.size).toBe(1)
    expect(clustersOf(pairsOf(distinct, 0.5), members).map((cluster) => cluster.members.length)).toEqual([3000])
    // Those that differ a little crowd the same buckets.
    const crowd = sketchesOf(Array.from({ length: 2000 }, (_, index) => `the ingester of store s${index} crashed because another process held its lock`))
    const pairs = pairsOf(crowd, 0.5)
    expect(pairs.length).toBeLessThan((2000 * 1999) / 2 / 10)
    expect(clustersOf(pairs, alone(2000)).map((cluster) => cluster.members.length)).toEqual([2000])
  })

  test('are caught by buckets that get narrower the more alike they have to be', () => {
    expect(planBands(0.9).rows).toBeGreaterThan(planBands(0.5).rows)
    for (let threshold = 0.2; threshold < 1; threshold += 0.05) {
      const { rows, bands } = planBands(threshold)
      expect((1 - threshold ** rows) ** bands).toBeLessThanOrEqual(0.05)
    }
  })
})

describe('clusters', () => {
  const somePairs = fc
    .array(fc.tuple(fc.nat(20), fc.nat(20), fc.double({ min: 0.5, max: 1, noNaN: true })), { maxLength: 60 })
    .map((all) => [...new Map(all.filter(([a, b]) => a !== b).map(([a, b, how]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, { a: Math.min(a, b), b: Math.max(a, b), likeness: how }])).values()])

  test('are the same in whatever order the pairs come', () => {
    fc.assert(fc.property(somePairs, fc.array(fc.nat()), fc.constantFrom(alone(21), alone(21).map(([place = 0]) => [place, place + 21])), (pairs, keys, groups) => {
      const shuffled = pairs.map((pair, index) => ({ pair, key: keys[index] ?? 0 })).toSorted((a, b) => a.key - b.key).map(({ pair }) => pair)
      expect(clustersOf(shuffled, groups)).toEqual(clustersOf(pairs, groups))
    }))
  })

  test('hold each place once, and only what is like their centre', () => {
    fc.assert(fc.property(somePairs, (pairs) => {
      const clusters = clustersOf(pairs, alone(21))
      const members = clusters.flatMap((cluster) => cluster.members)
      expect(new Set(members).size).toBe(members.length)
      for (const { centre, members: own } of clusters) {
        expect(own.length).toBeGreaterThan(1)
        for (const member of own) expect(member === centre || pairs.some(({ a, b }) => Math.min(centre, member) === a && Math.max(centre, member) === b)).toBe(true)
      }
    }))
  })
})

describe('a summary', () => {
  test('says what many say, once, in their words', () => {
    const summary = extractSummary([
      'SQLite allows one writer at a time. The ingester crashed.',
      'Only one writer at a time is allowed by SQLite! Busy timeouts make the others wait.',
      'SQLite allows one writer at a time. Set busy_timeout.',
    ])
    expect(summary).toContain('SQLite allows one writer at a time.')
    expect(summary.match(/writer at a time/gu)).toHaveLength(1)
  })

  test('is never empty, never long, and the same again', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 900 }).filter((text) => text.trim() !== ''), { minLength: 1, maxLength: 6 }), (bodies) => {
      const summary = extractSummary(bodies)
      expect(summary.length).toBeGreaterThan(0)
      expect(summary.length).toBeLessThanOrEqual(620)
      expect(extractSummary(bodies)).toBe(summary)
    }))
  })
})
