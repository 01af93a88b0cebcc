import { describe, expect, test } from 'vitest'
import type { Section } from '../../src/document/section.js'
import { parseDocument } from '../../src/document/document.js'
import { eachSection, headingSpan } from '../../src/document/section.js'
import { engines, parse } from './engines.js'

interface Outline {
  readonly [title: string]: Outline
}

function outline(section: Section): Outline {
  return Object.fromEntries(section.sections.map((below) => [below.title, outline(below)]))
}

describe.each(engines)('read with $name', (engine) => {
  test.each<[string, string, Outline]>([
    ['headings nest by level', '# a\n## b\n### c\n## d\n# e', { a: { b: { c: {} }, d: {} }, e: {} }],
    ['a level that is left out nests all the same', '# a\n#### b\n## c', { a: { b: {}, c: {} } }],
    ['the first heading may be a deep one', '### a\n## b\n# c', { a: {}, b: {}, c: {} }],
    ['underlined headings count', 'a\n=\n\nb\n-\n\ntext', { a: { b: {} } }],
    ['headings in quotes and lists open nothing', '# a\n> # b\n\n- # c\n\n1. ## d', { a: {} }],
    ['nor do those in code, comments and HTML', '# a\n\n    # b\n\n```\n# c\n```\n\n<!--\n# d\n-->\n\n<div>\n# e\n</div>', { a: {} }],
    ['seven signs, and none with a blank behind, are text', '####### a\n#b\n#\tc', { c: {} }],
    ['closing signs and marks are not in the title', '## **a** `b` ##\n# c #x', { 'a b': {}, 'c #x': {} }],
    ['a heading may be empty', '#\n## b', { '': { b: {} } }],
    ['up to three blanks may stand before it', '   # a\n    # b', { a: {} }],
    ['none at all', 'text', {}],
  ])('%s', (_, text, expected) => {
    expect(outline(parseDocument(text, engine).top)).toEqual(expected)
  })

  test('a section holds all from its heading to the next of its level, and its content only up to the next heading', () => {
    const text = 'before\n\n# a\n\none\n\n## b\n\n- two\n\n# c\n\n> three'
    const { top } = parseDocument(text, engine)
    const [a, c] = top.sections
    const slice = (section: Section | undefined): string => text.slice(section?.span.start, section?.span.end)
    expect(slice(top)).toBe(text)
    expect(slice(a)).toBe('# a\n\none\n\n## b\n\n- two\n\n')
    expect(slice(a?.sections[0])).toBe('## b\n\n- two\n\n')
    expect(slice(c)).toBe('# c\n\n> three')
    expect([top, a, a?.sections[0], c].map((section) => section?.content.map((node) => node.type))).toEqual([['paragraph'], ['paragraph'], ['list'], ['blockquote']])
  })

  test('a heading that is underlined starts behind the definitions above it', () => {
    const text = '[ref]: /target\nTitle\n=====\n'
    const { sections } = parseDocument(text, engine).top
    const [section] = sections
    expect(section?.title).toBe('Title')
    expect(text.slice(section?.span.start, section?.span.end)).toBe('Title\n=====\n')
  })
})

test('text right above a rule is a paragraph among headings with signs, and a heading where there are none', () => {
  expect(outline(parse('# a\n## b\ntext\n---\n## c').top)).toEqual({ a: { b: {}, c: {} } })
  expect(outline(parse('a\n===\ntext\n---\n').top)).toEqual({ a: { text: {} } })
})

test('each section comes before those below it, in the order they stand in', () => {
  expect([...eachSection(parse('# a\n## b\n# c\n## d').top)].map(({ title }) => title)).toEqual(['', 'a', 'b', 'c', 'd'])
})

test('a finding about a section stands on its heading, one about the whole document at its start', () => {
  const text = 'x\n\n## Title ##\n\ntext'
  const { top } = parse(text)
  const [section] = top.sections
  expect(headingSpan(top)).toEqual({ start: 0, end: 0 })
  expect(section === undefined ? '' : text.slice(headingSpan(section).start, headingSpan(section).end)).toBe('## Title ##')
})
