import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Edit } from '../../src/text/edit.js'
import { applyEdits, editsOverlap } from '../../src/text/edit.js'

function edit(start: number, end: number, text: string): Edit {
  return { span: { start, end }, text }
}

describe('applyEdits', () => {
  test('replaces, inserts and deletes, in whatever order the edits come', () => {
    expect(applyEdits('abcdef', [edit(5, 5, '!'), edit(0, 1, 'X'), edit(2, 4, '')])).toBe('Xbe!f')
  })

  test('edits that touch are both made', () => {
    expect(applyEdits('abcd', [edit(0, 2, '1'), edit(2, 4, '2')])).toBe('12')
  })

  test('an insertion stands before what is replaced at its place, and insertions stand in the order given', () => {
    expect(applyEdits('abc', [edit(1, 2, 'B'), edit(1, 1, '1'), edit(1, 1, '2')])).toBe('a12Bc')
  })

  test.each([
    ['overlap', [edit(0, 3, ''), edit(2, 4, '')]],
    ['lie one within the other', [edit(0, 4, ''), edit(1, 2, '')]],
    ['start before the text', [edit(-1, 1, '')]],
    ['end behind it', [edit(3, 5, '')]],
    ['end before they start', [edit(2, 1, '')]],
  ])('edits that %s are a mistake of the caller', (_, edits) => {
    expect(() => applyEdits('abcd', edits)).toThrow(TypeError)
  })
})

describe('editsOverlap', () => {
  test.each([
    [edit(0, 2, ''), edit(1, 3, ''), true],
    [edit(0, 3, ''), edit(1, 1, 'x'), true],
    [edit(1, 1, 'x'), edit(1, 1, 'y'), true],
    [edit(0, 2, ''), edit(2, 4, ''), false],
    [edit(0, 1, ''), edit(3, 4, ''), false],
  ])('%j and %j: %s', (a, b, overlap) => {
    expect(editsOverlap(a, b)).toBe(overlap)
    expect(editsOverlap(b, a)).toBe(overlap)
  })
})

/** A text with edits of it that do not overlap, shuffled. */
const edited = fc.string({ unit: 'binary' }).chain((text) => {
  return fc
    .tuple(
      fc.uniqueArray(fc.nat(text.length), { maxLength: 10 }).map((cuts) => cuts.toSorted((a, b) => a - b)),
      fc.array(fc.string(), { minLength: 5, maxLength: 5 }),
    )
    .chain(([cuts, texts]) => {
      const edits = texts.flatMap((replacement, index) => {
        const start = cuts[index * 2]
        const end = cuts[index * 2 + 1]
        return start === undefined || end === undefined ? [] : [edit(start, end, replacement)]
      })
      return fc.record({ text: fc.constant(text), edits: fc.shuffledSubarray(edits, { minLength: edits.length }) })
    })
})

describe('properties of edits', () => {
  test('no edits give the same string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => applyEdits(text, []) === text))
  })

  test('nothing outside the spans changes', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const result = applyEdits(text, edits)
        const ordered = edits.toSorted((a, b) => a.span.start - b.span.start)
        let before = 0
        let after = 0
        for (const { span, text: replacement } of [...ordered, edit(text.length, text.length, '')]) {
          const kept = text.slice(before, span.start)
          expect(result.slice(after, after + kept.length)).toBe(kept)
          after += kept.length
          expect(result.slice(after, after + replacement.length)).toBe(replacement)
          after += replacement.length
          before = span.end
        }
        expect(result.length).toBe(after)
      }),
    )
  })

  test('putting back what stood there gives the same text', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        expect(applyEdits(text, edits.map(({ span }) => ({ span, text: text.slice(span.start, span.end) })))).toBe(text)
      }),
    )
  })
})
