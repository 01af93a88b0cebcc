import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/document/document.js'
import { eachSection } from '../../src/document/section.js'
import type { TaskItem } from '../../src/document/task.js'
import { taskItems } from '../../src/document/task.js'
import { engines } from './engines.js'

describe.each(engines)('read with $name', (engine) => {
  function tasks(text: string): readonly TaskItem[] {
    return [...eachSection(parseDocument(text, engine).top)].flatMap((section) => taskItems(section, text))
  }

  test.each([
    ['- [x] a', [[true, 'a', '[x]']]],
    ['* [X] a', [[true, 'a', '[X]']]],
    ['+ [ ] a', [[false, 'a', '[ ]']]],
    ['1. [ ] a\n2) [x] b', [[false, 'a', '[ ]'], [true, 'b', '[x]']]],
    ['- [\t] a', [[false, 'a', '[\t]']]],
    ['- [x] **bold** `code` [x] more', [[true, 'bold code [x] more', '[x]']]],
    ['- [x] a\n  - [ ] b\n    1. [x] c', [[true, 'a', '[x]'], [false, 'b', '[ ]'], [true, 'c', '[x]']]],
    ['- a\n  - [x] b', [[true, 'b', '[x]']]],
    ['> - [x] a', [[true, 'a', '[x]']]],
    ['- [x] a\n  goes on\n\n  and on', [[true, 'a goes on and on', '[x]']]],
    ['- [ ]\n  a', [[false, 'a', '[ ]']]],
    ['- [x] 日本 🎉\r\n- [ ] b\r\n', [[true, '日本 🎉', '[x]'], [false, 'b', '[ ]']]],
    ['- [x] a\r- [ ] b', [[true, 'a', '[x]'], [false, 'b', '[ ]']]],
    ['- [x] https://example.org', [[true, 'https://example.org', '[x]']]],
    ['- [y] a\n- [x]b\n- [] c\n- [  ] d\n- \\[x] e\n- `[x]` f', []],
    ['[x] no item', []],
    ['- [x]', []],
    ['```\n- [x] code\n```\n\n<!--\n- [x] comment\n-->', []],
  ])('%j holds %j', (text, expected) => {
    const found = tasks(text)
    expect(found.map(({ ticked, text: said, box }) => [ticked, said, text.slice(box.start, box.end)])).toEqual(expected)
  })

  test('an item is its first lines with marker and box, without what is nested in it', () => {
    const text = '- [x] one\n  more\n  - [ ] two\n- [ ] three\n'
    expect(tasks(text).map(({ span }) => text.slice(span.start, span.end))).toEqual(['- [x] one\n  more', '- [ ] two', '- [ ] three'])
  })

  test('items belong to the section they stand under', () => {
    const text = '- [ ] a\n# One\n- [x] b\n## Two\n- [ ] c\n'
    const { top } = parseDocument(text, engine)
    expect([...eachSection(top)].map((section) => taskItems(section, text).map((item) => item.text))).toEqual([['a'], ['b'], ['c']])
  })
})
