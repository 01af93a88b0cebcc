/** Texts that are kept outside the heap are given back as they were added, wherever they lie by then. */

import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openScratch } from '../../src/engine/files/scratch.js'
import type { Scratch } from '../../src/text/arena.js'
import { Arena, asciiJson, readPiece } from '../../src/text/arena.js'

const block = 1 << 20

/** Each fills a good part of a block, so that few of them take several. */
function textOf(number: number, length: number): string {
  return `${number} ${'x'.repeat(length)} ${number}`
}

const lengths = fc.array(fc.oneof(fc.nat({ max: 2000 }), fc.integer({ min: block / 4, max: block / 2 }), fc.constant(block * 2)), { minLength: 1, maxLength: 24 })

function expectAllGivenBack(arena: Arena, texts: readonly string[], order: readonly number[]): void {
  const pieces = texts.map((text) => arena.add(text))
  for (const at of [...texts.keys(), ...order.map((number) => number % texts.length)]) {
    const piece = pieces[at]
    if (piece === undefined || readPiece(piece) !== texts[at]) throw new Error(`text ${at} is another`)
  }
}

describe('texts', () => {
  test('are given back from memory and from a file, in any order', () => {
    fc.assert(
      fc.property(lengths, fc.array(fc.nat(), { maxLength: 20 }), fc.integer({ min: 0, max: 4 }), (wanted, order, blocks) => {
        expectAllGivenBack(new Arena(openScratch, blocks * block), wanted.map((length, number) => textOf(number, length)), order)
      }),
      { numRuns: 60 },
    )
  })

  test('stay in memory where there is no file, or no more room in it', () => {
    fc.assert(
      fc.property(lengths, fc.array(fc.nat(), { maxLength: 20 }), fc.option(fc.nat({ max: 4 }), { nil: undefined }), (wanted, order, room) => {
        let left = room ?? 0
        const full = (scratch: Scratch | undefined): Scratch | undefined => scratch && { ...scratch, write: (bytes, position) => left-- > 0 && scratch.write(bytes, position) }
        expectAllGivenBack(new Arena(() => (room === undefined ? undefined : full(openScratch())), block), wanted.map((length, number) => textOf(number, length)), order)
      }),
      { numRuns: 40 },
    )
  })

  test('leave memory once there are more than fit, and no file behind', () => {
    const scratches = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('inquest-scratch-'))
    const before = new Set(scratches())
    let moved = 0
    const arena = new Arena(() => {
      const scratch = openScratch()
      return scratch && { ...scratch, write: (bytes, position) => scratch.write(bytes, position) && (moved += bytes.length) > 0 }
    }, 2 * block)
    for (let number = 0; number < 40; number++) arena.add(textOf(number, block / 4))
    expect(moved).toBeGreaterThanOrEqual(7 * block)
    expect(scratches().filter((name) => !before.has(name))).toEqual([])
  })
})

test('JSON in ASCII says the same', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => JSON.parse(asciiJson(JSON.stringify(text))) === text && !/[^\0-\x7F]/u.test(asciiJson(JSON.stringify(text)))))
})
