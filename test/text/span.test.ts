import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankOutside } from '../../src/text/blank.js'
import type { Span } from '../../src/text/span.js'
import { contains, holdsOneOf, liesInOneOf, trimSpan } from '../../src/text/span.js'

describe('trimSpan', () => {
  test.each([
    ['  ab  ', 0, 6, 2, 4],
    ['\t\r\nab\u00a0', 0, 6, 3, 5],
    ['ab', 0, 2, 0, 2],
    ['    ', 1, 3, 1, 1],
    ['', 0, 0, 0, 0],
  ])('%j from %i to %i is %i to %i', (text, start, end, from, to) => {
    expect(trimSpan(text, { start, end })).toEqual({ start: from, end: to })
  })
})

describe('blankOutside', () => {
  test('keeps every line ending and the length before the span, and nothing behind it', () => {
    expect(blankOutside('日x\r\n🎉y\rz\nabc', { start: 9, end: 11 })).toBe('  \r\n   \r \nab'.slice(0, 11))
    expect(blankOutside('abc', { start: 0, end: 2 })).toBe('ab')
  })
})

const span: fc.Arbitrary<Span> = fc.tuple(fc.nat(30), fc.nat(10)).map(([start, length]) => ({ start, end: start + length }))

describe('one span among many', () => {
  test('liesInOneOf says what looking at each would', () => {
    fc.assert(
      fc.property(fc.array(span), span, (many, one) => {
        expect(liesInOneOf(many)(one)).toBe(many.some((outer) => contains(outer, one)))
      }),
    )
  })

  test('holdsOneOf says what looking at each would', () => {
    fc.assert(
      fc.property(fc.array(span), span, (many, one) => {
        expect(holdsOneOf(many)(one)).toBe(many.some((inner) => contains(one, inner)))
      }),
    )
  })
})
