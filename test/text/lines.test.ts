import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineIndex } from '../../src/text/lines.js'

describe('lines', () => {
  test.each([
    ['', 1],
    ['a', 1],
    ['a\n', 2],
    ['a\r\n', 2],
    ['a\r', 2],
    ['a\rb\r\nc\nd', 4],
    ['\n\r', 3],
    ['\r\r\n', 3],
    ['a\u2028b\u0085c\vd', 1],
  ])('%j has %i', (text, count) => {
    expect(new LineIndex(text).count).toBe(count)
  })

  test('columns count UTF-16 units, so an emoji takes two and a CJK character one', () => {
    const lines = new LineIndex('x\n🎉日本 end')
    expect(lines.pointAt('x\n🎉'.length)).toEqual({ line: 2, column: 3 })
    expect(lines.pointAt('x\n🎉日本'.length)).toEqual({ line: 2, column: 5 })
  })

  test('an offset past the end is the end, one before the start the start', () => {
    const lines = new LineIndex('ab\ncd')
    expect(lines.pointAt(99)).toEqual({ line: 2, column: 3 })
    expect(lines.pointAt(-1)).toEqual({ line: 1, column: 1 })
  })

  test('a point past the end of its line or of the text is the nearest that exists', () => {
    const lines = new LineIndex('ab\r\ncd\n')
    expect(lines.offsetAt({ line: 1, column: 99 })).toBe(2)
    expect(lines.offsetAt({ line: 99, column: 1 })).toBe(7)
    expect(lines.offsetAt({ line: 0, column: 0 })).toBe(0)
  })

  test('a line is taken without its ending', () => {
    const text = 'one\r\ntwo\rthree\n\nfive'
    const lines = new LineIndex(text)
    const written = Array.from({ length: lines.count }, (_, index) => {
      const { start, end } = lines.lineSpan(index + 1)
      return text.slice(start, end)
    })
    expect(written).toEqual(['one', 'two', 'three', '', 'five'])
  })

  test('a range covers the lines of a span', () => {
    expect(new LineIndex('ab\ncd\nef').rangeOf({ start: 1, end: 7 })).toEqual({ start: { line: 1, column: 2 }, end: { line: 3, column: 2 } })
  })
})

/** Texts in which line endings of all kinds meet. */
const texts = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '\r', '\r\n', '🎉', '日', '\u2028', '\0')).map((pieces) => pieces.join(''))

describe('properties of lines', () => {
  test('every offset but the one within a CRLF comes back from its point', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = new LineIndex(text)
        for (let offset = 0; offset <= text.length; offset++) {
          if (text.slice(offset - 1, offset + 1) === '\r\n') continue
          expect(lines.offsetAt(lines.pointAt(offset))).toBe(offset)
        }
      }),
    )
  })

  test('points go up with offsets', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = new LineIndex(text)
        for (let offset = 1; offset <= text.length; offset++) {
          const before = lines.pointAt(offset - 1)
          const point = lines.pointAt(offset)
          expect(point.line > before.line ? point.column === 1 && point.line === before.line + 1 : point.column === before.column + 1).toBe(true)
        }
      }),
    )
  })

  test('lines and their endings put together are the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = new LineIndex(text)
        let rebuilt = ''
        for (let line = 1; line <= lines.count; line++) {
          const { start, end } = lines.lineSpan(line)
          const next = line === lines.count ? text.length : lines.lineSpan(line + 1).start
          expect(text.slice(start, end)).not.toMatch(/[\r\n]/u)
          expect(text.slice(end, next)).toMatch(line === lines.count ? /^$/u : /^(?:\r\n|\r|\n)$/u)
          rebuilt += text.slice(start, next)
        }
        expect(rebuilt).toBe(text)
      }),
    )
  })
})
