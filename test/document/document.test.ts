import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/document/document.js'
import { plainText, spanOf, walk } from '../../src/document/nodes.js'
import { eachSection } from '../../src/document/section.js'
import { engines, parse } from './engines.js'

function written(text: string, span: { readonly start: number; readonly end: number }): string {
  return text.slice(span.start, span.end)
}

describe.each(engines)('read with $name', (engine) => {
  test.each([
    ['newlines', '\n'],
    ['carriage returns with newlines', '\r\n'],
    ['lone carriage returns', '\r'],
  ])('the same document comes of lines that end in %s', (_, ending) => {
    const lines = ['---', 'a: 1', '---', '', '# Title', '', '## One', '', '| a | b |', '|---|---|', '| 1 | 2 |', '', '- [x] done', '- [ ] open', '', '**Label:** value', '', '```js', 'code', '```', '', '<!-- c -->', '## Two']
    const text = lines.join(ending)
    const document = parseDocument(text, engine)
    expect(document.text).toBe(text)
    expect(document.data).toEqual({ a: 1 })
    expect([...eachSection(document.top)].map(({ title, level }) => [level, title])).toEqual([[0, ''], [1, 'Title'], [2, 'One'], [2, 'Two']])
    expect(document.top.sections[0]?.sections[0]?.content.map((node) => node.type)).toEqual(['table', 'list', 'paragraph', 'code', 'html'])
    expect(document.comments.map(({ value }) => value)).toEqual([' c '])
    const two = document.top.sections[0]?.sections[1]
    expect(two?.heading === undefined ? '' : written(text, spanOf(two.heading))).toBe('## Two')
  })

  test('a byte order mark belongs to no block', () => {
    for (const text of ['\uFEFF# Title', '\uFEFF   # Title', '\uFEFF\n# Title', '\uFEFFTitle\n=====']) {
      const { heading, title } = parseDocument(text, engine).top.sections[0] ?? {}
      expect(title).toBe('Title')
      expect(heading === undefined ? '' : written(text, spanOf(heading)).startsWith(text.includes('#') ? '# ' : 'Title')).toBe(true)
    }
  })

  test('frontmatter and what stands before it are no Markdown, and offsets stay true behind them', () => {
    const text = '\uFEFF# not a title\n<!-- inquest-disable x: y -->\n---\n# no title either\nlist:\n- a\n---\n# Title\n'
    const document = parseDocument(text, engine)
    expect([...eachSection(document.top)].map(({ title }) => title)).toEqual(['', 'Title'])
    expect(document.root.children.map((node) => written(text, spanOf(node)))).toEqual(['# Title'])
    expect(document.comments.map(({ span, value }) => [written(text, span), value])).toEqual([['<!-- inquest-disable x: y -->', ' inquest-disable x: y ']])
  })

  test('frontmatter that is never closed leaves the text behind its first line as Markdown', () => {
    const text = '---\ntitle: x\n\n# Title\n\n- item\n\n> quote\n'
    const document = parseDocument(text, engine)
    expect(document.frontmatter.kind).toBe('invalid')
    expect(document.root.children.map((node) => node.type)).toEqual(['paragraph', 'heading', 'list', 'blockquote'])
  })

  test('frontmatter that cannot be read hides nothing behind it', () => {
    const document = parseDocument('---\na: [\n---\n# Title\n', engine)
    expect(document.data).toEqual({})
    expect(document.top.sections.map(({ title }) => title)).toEqual(['Title'])
  })

  test('a last line without an ending is read to its last character', () => {
    for (const text of ['# Title', 'a\n\n- [x] item', '| a |\n|---|\n| b', '```\ncode', '<!-- open', '**Label:**']) {
      expect(parseDocument(text, engine).top.span).toEqual({ start: 0, end: text.length })
      const last = parseDocument(text, engine).root.children.at(-1)
      expect(last === undefined ? -1 : spanOf(last).end).toBe(text.length)
    }
  })

  test('offsets count UTF-16 units behind CJK, emoji and combining characters', () => {
    const text = '# 日本 🎉\n\nクラッシュ e\u0301 👩‍👩‍👧 **太字:** 値\n\n| 列 🎉 | b |\n|---|---|\n| 値 | 🎉🎉 |\n'
    const { root } = parseDocument(text, engine)
    const found: string[] = []
    walk(root, (node) => {
      if (node.type === 'heading' || node.type === 'strong' || node.type === 'tableCell') found.push(written(text, spanOf(node)))
    })
    expect(found.map((one) => one.replaceAll(/^\|?\s*|\s*\|?$/gu, ''))).toEqual(['# 日本 🎉', '**太字:**', '列 🎉', 'b', '値', '🎉🎉'])
  })

  test('NUL and halves of characters stay in the text and harm nothing around them', () => {
    const text = '# a\0b\n\n\uD800 x \uDC00\n\n## \uD83C\n\n- [x] \0\n'
    const document = parseDocument(text, engine)
    expect(document.text).toBe(text)
    expect([...eachSection(document.top)].map(({ title }) => title)).toEqual(['', 'a\uFFFDb', '\uFFFD'])
    expect(document.root.children.map((node) => written(text, spanOf(node)))).toEqual(['# a\0b', '\uD800 x \uDC00', '## \uD83C', '- [x] \0'])
  })

  test('bytes that are no text are read as some document', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 2_654_435_761) >>> 13)
    const text = new TextDecoder().decode(bytes)
    expect(parseDocument(text, engine).top.span).toEqual({ start: 0, end: text.length })
  })

  test.each([
    ['quotes', '> '.repeat(20_000)],
    ['lists', '- '.repeat(20_000)],
    ['numbered lists', '1. '.repeat(20_000)],
    ['quotes on many lines', `${'>'.repeat(400)} a\n`.repeat(20)],
    ['lists, each line further in', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['emphasis', `${'*'.repeat(1500)}a${'*'.repeat(1500)}`],
  ])('%s nested without end are read, and what stands behind them too', (_, deep) => {
    const text = `${deep}\n\n# Behind\n`
    const document = parseDocument(text, engine)
    expect(document.top.sections.map(({ title }) => title)).toEqual(['Behind'])
    expect(plainText(document.root)).toContain('Behind')
  })

  test('a reader of the tree that calls itself does not run out of stack', () => {
    const deep = Array.from({ length: 4 }, (_, line) => '\t'.repeat(line * 120) + '- '.repeat(240)).join('\n')
    const { root } = parseDocument(`${deep}x\n`, engine)
    const depthOf = (node: { readonly children?: readonly object[] }): number => 1 + Math.max(0, ...(node.children ?? []).map((child) => depthOf(child)))
    expect(depthOf(root)).toBeLessThan(5000)
  })
})

test('a paragraph of nested emphasis, longer than the call stack, has its words', () => {
  const { root } = parse(`${'*a _b '.repeat(10_000)}c_ d*\n`)
  expect(plainText(root).endsWith('c d')).toBe(true)
})

test('ten million characters are one document', () => {
  const section = '## Section\n\nwords and **words**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] item\n\n'
  const text = section.repeat(Math.ceil(10_000_000 / section.length))
  const document = parse(text)
  expect(document.top.sections.length).toBe(text.length / section.length)
  expect(document.top.sections.at(-1)?.span).toEqual({ start: text.length - section.length, end: text.length })
})

test('a table of 200,000 rows is one table', () => {
  const { root } = parse(`| a |\n|---|\n${'| b |\n'.repeat(200_000)}`)
  let cells = 0
  walk(root, (node) => {
    if (node.type === 'tableCell') cells++
  })
  expect(cells).toBe(200_001)
})

describe('comments', () => {
  test.each([
    ['<!-- one -->', ['<!-- one -->']],
    ['text <!-- within --> text', ['<!-- within -->']],
    ['<!-- one --><!-- two -->', ['<!-- one -->', '<!-- two -->']],
    ['<div><!-- in a block --></div>', ['<!-- in a block -->']],
    ['<!--\nover\n\nlines\n-->', ['<!--\nover\n\nlines\n-->']],
    ['<!-- never closed\n\n# hidden', ['<!-- never closed\n\n# hidden']],
    ['<!-->\n\ntext', ['<!-->']],
    ['<!--->\n\ntext', ['<!--->']],
    ['<!---->', ['<!---->']],
    ['> <!-- quoted -->\n\n- <!-- item -->', ['<!-- quoted -->', '<!-- item -->']],
    ['| a |\n|---|\n| <!-- cell --> |', ['<!-- cell -->']],
    ['`<!-- code -->`', []],
    ['```\n<!-- code -->\n```', []],
    ['\\<!-- escaped -->', []],
  ])('%j holds %j', (text, comments) => {
    const document = parse(text)
    expect(document.comments.map(({ span }) => written(text, span))).toEqual(comments)
    for (const { span, value } of document.comments) expect(written(text, span)).toContain(value)
  })
})

describe('plainText', () => {
  test.each([
    ['**bold** *and* `code` [link](x) ![image](y)', 'bold and code link image'],
    ['one\ntwo\t three', 'one two three'],
    ['one\\\ntwo', 'one two'],
    ['one  \ntwo', 'one two'],
    ['un**bel**ievable', 'unbelievable'],
    ['a <!-- c --> b <br> c', 'a b c'],
    ['- one\n- two\n\n  more', 'one two more'],
    ['> a\n\nb', 'a b'],
    ['| a | b |\n|---|---|\n| c | d |', 'a b c d'],
    ['https://example.org/a_b_c and me@example.org', 'https://example.org/a_b_c and me@example.org'],
    ['[a][b] [b]\n\n[b]: x', 'a b'],
    ['&amp; &copy; \\*', '& © *'],
  ])('%j says %j', (text, said) => {
    for (const engine of engines) expect(plainText(parseDocument(text, engine).root)).toBe(said)
  })
})
