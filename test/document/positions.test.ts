import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldPositions } from '../../src/document/positions.js'
import { locateFields } from '../../src/document/positions.js'
import { parse } from './engines.js'

async function locate(text: string): Promise<FieldPositions> {
  const positions = await locateFields(parse(text))
  if (positions === undefined) throw new Error('The frontmatter cannot be read')
  return positions
}

function written(text: string, span: { readonly start: number; readonly end: number } | undefined): string | undefined {
  return span === undefined ? undefined : text.slice(span.start, span.end)
}

const lines = [
  '---',
  '# a comment',
  'title: "Quoted: 題 🎉"   # behind it',
  'version: 2.0',
  "'quoted key': plain",
  'empty:',
  'emptyToo:   # nothing',
  'list: [1, two]',
  'block:',
  '  - first',
  '  - name: second',
  '    tags: {a: 1, "b": 2}',
  'text: |',
  '  one',
  '  two',
  'anchored: &x [7]',
  'alias: *x',
  '? explicit',
  ': value',
  'last: end',
  '---',
  '# Title',
]

describe.each([
  ['newlines', '\n', ''],
  ['carriage returns with newlines', '\r\n', ''],
  ['lone carriage returns', '\r', ''],
  ['a byte order mark and a comment', '\n', '\uFEFF# generated\n'],
])('with %s', (_, ending, before) => {
  const text = before + lines.join(ending)

  test('every key and value stands where it is written', async () => {
    const { fields } = await locate(text)
    const found = Object.fromEntries([...fields].map(([key, at]) => [key, [written(text, at.key), written(text, at.value)]]))
    expect(found).toEqual({
      title: ['title', '"Quoted: 題 🎉"'],
      version: ['version', '2.0'],
      'quoted key': ["'quoted key'", 'plain'],
      empty: ['empty', ''],
      emptyToo: ['emptyToo', ''],
      list: ['list', '[1, two]'],
      block: ['block', ['- first', '  - name: second', '    tags: {a: 1, "b": 2}'].join(ending)],
      text: ['text', ['|', '  one', '  two'].join(ending)],
      anchored: ['anchored', '[7]'],
      alias: ['alias', '*x'],
      explicit: ['explicit', 'value'],
      last: ['last', 'end'],
    })
  })

  test('an empty value stands behind its colon', async () => {
    const { fields } = await locate(text)
    for (const key of ['empty', 'emptyToo']) {
      expect(text.slice(fields.get(key)?.key.start, fields.get(key)?.value.start)).toBe(`${key}:`)
    }
  })

  test('a key that is missing would be added before the closing line', async () => {
    const { closing } = await locate(text)
    expect(written(text, closing)).toBe('---')
    expect(text.slice(0, closing.start).endsWith(`last: end${ending}`)).toBe(true)
  })

  test.each([
    [['title'], '"Quoted: 題 🎉"'],
    [['list', '1'], 'two'],
    [['block', '0'], 'first'],
    [['block', '1', 'name'], 'second'],
    [['block', '1', 'tags', 'b'], '2'],
    [['block', '1'], 'name: second'],
    [['alias', '0'], '7'],
    [['text'], '|'],
  ])('%j is %j', async (path, value) => {
    expect(written(text, (await locate(text)).find(path))).toBe(value)
  })

  test('what is missing is placed at the last thing above it', async () => {
    const { find } = await locate(text)
    expect(written(text, find(['list', '9']))).toBe('[1, two]')
    expect(written(text, find(['title', 'below', 'it']))).toBe('"Quoted: 題 🎉"')
    expect(find(['absent'])).toBeUndefined()
    expect(find([])).toBeUndefined()
  })
})

test('a number as a key is found as it is written', async () => {
  const text = '---\n007: a\n1.0: b\n---\n'
  const { fields } = await locate(text)
  expect([...fields.keys()]).toEqual(['007', '1.0'])
})

test('an explicit key without a value has an empty one', async () => {
  const text = '---\na: 1\n? b\n---\nx: y\n'
  const { fields } = await locate(text)
  const { key, value } = fields.get('b') ?? {}
  expect(value).toEqual({ start: key?.end, end: key?.end })
})

test.each([['# no frontmatter\n'], ['---\na: [\n---\n'], ['---\na: never closed\n']])('%j has no places', async (text) => {
  expect(await locateFields(parse(text))).toBeUndefined()
})

/** Scalars as people write them, each on one line. */
const scalar = fc.constantFrom('', '1', '2.0', 'word', 'two words', '"q: #"', "'it''s'", '[a, b]', '{a: b}', '日本 🎉', '*nothing*'.slice(1), '~', '2026-01-01')

test('places of generated fields slice back to what was written', async () => {
  const entries = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b-c', 'd.e', 'f_g', 'ключ', '"h i"'), scalar), { selector: ([key]) => key, minLength: 1 })
  await fc.assert(
    fc.asyncProperty(entries, fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom('', ' # note'), async (pairs, ending, note) => {
      const text = ['---', ...pairs.map(([key, value]) => `${key}: ${value}${note}`), '---', 'text'].join(ending)
      const { fields } = await locate(text)
      expect([...fields.values()].map(({ key, value }) => [written(text, key), written(text, value)])).toEqual(pairs.map((pair) => [...pair]))
    }),
  )
})
