/** The file of what was found: what was written is read again, and what nobody wrote is as good as nothing. */

import { describe, expect, test } from 'vitest'
import type { Kept } from '../src/engine/kept.js'
import { format, readKept, writeKept } from '../src/engine/kept.js'
import { Arena, readPiece } from '../src/text/arena.js'

const now = { format, program: 'p', configuration: 'c', templates: 't' }
const stamp = { size: 1, modified: 2.5, changed: 3.5, inode: 4, settled: true }

/** A file with so many documents. @param outcome what was found in each, a line in a file as it should be */
function written(documents: number, outcome: (number: number) => string): Buffer {
  const arena = new Arena(() => undefined)
  const kept = new Map(
    Array.from({ length: documents }, (_, number): [string, Kept] => {
      const gist = { counts: [0, number % 3, 0] as const, asked: ['verdict-missing'] }
      return [`docs/${number}.md`, { named: false, stamp, hash: `h${number}`, asked: arena.add(`{"free":[${number}]}`), outcome: arena.add(outcome(number)), gist }]
    }),
  )
  const pieces: Uint8Array[] = []
  writeKept(kept, { ...now, files: documents, history: '' }, (bytes) => pieces.push(bytes))
  return Buffer.concat(pieces)
}

describe('a file', () => {
  test.each([0, 1, 7, 3000])('of %i documents is read as it was written', (documents) => {
    const { kept, files } = readKept(written(documents, (number) => `${number} ${'x'.repeat(1000)}`), now)
    expect([kept.size, files]).toEqual([documents, documents])
    for (const [number, [path, { hash, outcome, asked, gist, stamp: known }]] of [...kept].entries()) {
      expect([path, hash, readPiece(asked), gist.counts[1], known]).toEqual([`docs/${number}.md`, `h${number}`, `{"free":[${number}]}`, number % 3, stamp])
      expect(readPiece(outcome)).toBe(`${number} ${'x'.repeat(1000)}`)
    }
  })

  test('with a bit bent, or cut short, is none', () => {
    const bytes = written(7, (number) => `${number}`)
    for (let at = 0; at < bytes.length; at += 11) {
      const bent = Buffer.from(bytes)
      bent[at] = (bent[at] ?? 0) ^ 1
      expect(readKept(bent, now).kept.size, `byte ${at}`).toBe(0)
      expect(readKept(bytes.subarray(0, at), now).kept.size, `the first ${at}`).toBe(0)
    }
  })

  test('with more or fewer lines than there should be is none, however well its sum fits', () => {
    for (const outcome of ['a\nb', 'a\nb\nc', '\n\n\n', 'a\n[]']) expect(readKept(written(2, () => outcome), now)).toMatchObject({ reason: 'what was kept is damaged' })
  })
})
