import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/document/document.js'
import { findSwallowingFence } from '../../src/document/fence.js'
import { eachSection } from '../../src/document/section.js'
import { engines } from './engines.js'

describe.each(engines)('read with $name', (engine) => {
  /** Each fence that swallows sections: its opening line, and the first heading it swallows. */
  function swallowing(text: string): string[][] {
    return parseDocument(text, engine).swallowingFences.map(({ opening, heading }) => [text.slice(opening.start, opening.end), text.slice(heading.start, heading.end)])
  }

  function titles(text: string): string[] {
    return [...eachSection(parseDocument(text, engine).top)].slice(1).map(({ title }) => title)
  }

  test.each([
    ['a fence that is never closed', '# a\n\n```\ncode\n\n## b\n\ntext\n', ['```', '## b']],
    ['one with a language', '# a\n\n```js\ncode\n\n## b\n', ['```js', '## b']],
    ['one of tildes, with backticks in its info', '# a\n\n~~~ a`b\ncode\n\n## b\n', ['~~~ a`b', '## b']],
    ['one whose closing line is too short', '# a\n\n````\ncode\n```\n\n## b\n', ['````', '## b']],
    ['one whose closing line is of the other kind', '# a\n\n```\ncode\n~~~\n\n## b\n', ['```', '## b']],
    ['one whose closing line is indented too far', '# a\n\n```\ncode\n    ```\n\n## b\n', ['```', '## b']],
    ['one closed by the opening of the next', '# a\n\n```\ncode\n\n## b\n\n```js\nmore\n```\n', ['```', '## b']],
    ['carriage returns', '# a\r\n\r\n```\r\ncode\r\n\r\n## b\r\n', ['```', '## b']],
    ['lone carriage returns', '# a\r\r```\rcode\r\r## b\r', ['```', '## b']],
    ['no ending', '# a\n\n```\n## b', ['```', '## b']],
    ['an indented fence', '# a\n\n  ```\n  code\n\n## b\n', ['```', '## b']],
  ])('%s swallows what stands behind it, and that is read all the same', (_, text, found) => {
    expect(swallowing(text)).toEqual([found])
    expect(titles(text)).toEqual(['a', 'b'])
  })

  test.each([
    ['a fence that is closed', '# a\n\n```\n## code\n```\n\n## b\n', ['a', 'b']],
    ['one closed by a longer line with blanks', '# a\n\n```\n## code\n`````  \n\n## b\n', ['a', 'b']],
    ['one with nothing behind it', '# a\n\n```\ncode\n', ['a']],
    ['comments of a script', '# a\n\n```sh\n# comment\necho\n', ['a']],
    ['Markdown shown within Markdown', '# a\n\n````md\n## shown\n\n```js\n```\n````\n\n## b\n', ['a', 'b']],
    ['backticks within a line', '# a\n\n``` a ``` b\n\n## b\n', ['a', 'b']],
    ['an indented code block', '# a\n\n    ```\n\n## b\n', ['a', 'b']],
    ['a fence in a list item, which ends with it', '# a\n\n- ```\n  code\n\n## b\n', ['a', 'b']],
    ['a fence in a quote, which ends with it', '# a\n\n> ```\n> code\n\n## b\n', ['a', 'b']],
    ['a fence in a comment', '# a\n\n<!--\n```\n-->\n\n## b\n', ['a', 'b']],
  ])('%s swallows nothing', (_, text, expected) => {
    expect(swallowing(text)).toEqual([])
    expect(titles(text)).toEqual(expected)
  })

  test('what stands before, within and behind such a fence is read as it would be with the fence closed', () => {
    const head = '# a\n\n- [x] before\n\n'
    const tail = '## b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```js\nclosed\n```\n\n### c\n\nend\n'
    const open = parseDocument(`${head}\`\`\`\ncode\n\n${tail}`, engine)
    const closed = parseDocument(`${head}\`\`\`\ncode\n\`\`\`\n\n${tail}`, engine)
    const shape = (document: typeof open): unknown => [...eachSection(document.top)].map(({ title, level, content }) => [title, level, content.map((node) => node.type)])
    expect(shape(open)).toEqual(shape(closed))
    expect(open.root.children.find((node) => node.type === 'code')?.value.trimEnd()).toBe('code')
  })

  test('several of them are each found', () => {
    const text = '# a\n\n```\none\n\n## b\n\n~~~js\ntwo\n\n## c\n\ntext\n'
    expect(swallowing(text)).toEqual([['```', '## b'], ['~~~js', '## c']])
    expect(titles(text)).toEqual(['a', 'b', 'c'])
  })

  test('past some number they are left as they are, and nothing is lost', () => {
    const text = Array.from({ length: 60 }, (_, index) => `\`\`\`l${index}\ncode\n\n## s${index}\n\n`).join('')
    const document = parseDocument(text, engine)
    expect(document.swallowingFences.length).toBe(16)
    expect(document.top.span).toEqual({ start: 0, end: text.length })
    const { root } = document
    for (const [index, node] of root.children.entries()) {
      expect(node.position?.start.offset ?? -1).toBeGreaterThanOrEqual(root.children[index - 1]?.position?.end.offset ?? 0)
    }
  })

  test('it is found in a tree by itself', () => {
    const text = '```\n## a\n'
    expect(findSwallowingFence(engine.parse(text), text)).toEqual({ opening: { start: 0, end: 3 }, heading: { start: 4, end: 8 } })
    expect(findSwallowingFence(engine.parse('text'), 'text')).toBeUndefined()
  })
})
