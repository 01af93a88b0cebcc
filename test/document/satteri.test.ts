/** The tree that is made of satteri's answer, held against the one that satteri makes of it. */

import fc from 'fast-check'
import { markdownToMdast } from 'satteri'
import { describe, expect, test } from 'vitest'
import { readInFull } from '../../src/document/line.js'
import { createEngine } from '../../src/document/markdown.js'
import { loadReader } from '../../src/document/satteri.js'
import { constructs } from './constructs.js'
import { satteri } from './engines.js'
import { shapeOf } from './shape.js'

const features = { gfm: true, frontmatter: false }
const read = await loadReader()

/** Every type of node, and everything that one may hold. */
const everything = [
  '# a\n\n## **b** `c`\n\nunder\n=====\n\n***\n\n> q\n> - r\n',
  '1. a\n\n   b\n2. c\n- [x] d\n- [ ] e\n\n7) f\n',
  '| a | b | c | d |\n|:--|:-:|--:|---|\n| *x* | **y** | ~~z~~ | `w` |\n',
  '```js title="x"\ncode\n```\n\n    indented\n\n~~~\n~~~\n',
  '[l](u "t") ![i](u "t") [r][d] [c][] [s] ![f][d] ![g][] ![h] hard  \nbreak<br>html <!-- c -->\n\n<div>\n</div>\n\n[d]: /u "t"\n[c]: <u>\n[s]: u\n[g]: u\n[h]: u\n',
  'a[^n] b[^N]\n\n[^n]: c\n\n    d\n',
  'https://example.org/a www.example.org me@example.org <https://example.org>\n',
  '日本 **語** 🎉 `é`\n\n| 日 | 🎉 |\n|---|---|\n| [本](語) | é |\n',
]

describe('the tree of satteri', () => {
  test.each([...everything, ...constructs].map((markdown) => [markdown]))('is made as it makes it of %j', (markdown) => {
    expect(readInFull(read(markdown))).toEqual(markdownToMdast(markdown, { features }))
  })

  test('is settled alike whether its lines are read before or after', () => {
    const atOnce = createEngine('satteri', (markdown) => readInFull(read(markdown)))
    const piece = fc.constantFrom(...everything, ...constructs)
    const opening = fc.constantFrom('', '> ', '- ', '1. ', '  ', '- [ ] ', '- [x]\n  ', '> - [x]\r\n> ')
    const texts = fc.array(fc.tuple(opening, piece), { maxLength: 4 }).map((pieces) => pieces.map(([start, text]) => start + text).join(''))
    fc.assert(
      fc.property(texts, (text) => {
        // Such addresses are disguised before a text is read, which the second engine does not do.
        fc.pre(!/(?:\/\/|www\.)[^\s|<]*\|/iu.test(text))
        expect(shapeOf(satteri.parse(text))).toBe(shapeOf(atOnce.parse(text)))
      }),
      { numRuns: 1000, seed: 20_260_302 },
    )
  })
})
