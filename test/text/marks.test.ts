import { describe, expect, it } from 'vitest'
import { findMarks, matchMarks } from '../../src/text/marks.js'

describe('marks', () => {
  const text = 'a [b] c {d} e'

  it('are found in one pass, whichever piece comes first', () => {
    const marks = findMarks(text, '{', '[')
    expect(marks.none).toBe(false)
    expect(marks.lieIn({ start: 0, end: 3 })).toBe(true)
    expect(marks.lieIn({ start: 3, end: 8 })).toBe(false)
    expect(marks.lieIn({ start: 8, end: 9 })).toBe(true)
    expect(marks.lieIn({ start: 9, end: text.length })).toBe(false)
  })

  it('lie in no empty span', () => {
    expect(findMarks(text, '[').lieIn({ start: 2, end: 2 })).toBe(false)
  })

  it('of a pattern lie where its matches end', () => {
    const marks = matchMarks('x:12 and x:3', /:\d/g)
    expect(marks.lieIn({ start: 0, end: 2 })).toBe(false)
    expect(marks.lieIn({ start: 0, end: 3 })).toBe(true)
    expect(marks.lieIn({ start: 3, end: 11 })).toBe(false)
    expect(marks.lieIn({ start: 4, end: 12 })).toBe(true)
  })

  it('say that there are none', () => {
    expect(findMarks(text, '@').none).toBe(true)
    expect(findMarks(text, '@').lieIn({ start: 0, end: text.length })).toBe(false)
  })
})
