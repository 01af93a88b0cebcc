import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import type { RootContent } from 'mdast'
import { describe, expect, test } from 'vitest'
import type { Document } from '../../src/document/document.js'
import { parseDocument } from '../../src/document/document.js'
import { labelledFields } from '../../src/document/label.js'
import { createEngine, loadMarkdown } from '../../src/document/markdown.js'
import { plainText, spanOf, walk } from '../../src/document/nodes.js'
import { eachSection } from '../../src/document/section.js'
import { viewTable } from '../../src/document/table.js'
import { taskItems } from '../../src/document/task.js'
import { constructs } from './constructs.js'
import { remark, satteri } from './engines.js'
import { shapeOf } from './shape.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const corpus = path.join(root, '../shared/corpus/haios')

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
    .map((file) => path.join(folder, file))
}

test('the fast engine is the one that is used where it loads', async () => {
  expect((await loadMarkdown()).name).toBe('satteri')
})

describe('both engines make one tree', () => {
  test.each(constructs.map((markdown) => [markdown]))('of %j', (markdown) => {
    expect(shapeOf(satteri.parse(markdown))).toBe(shapeOf(remark.parse(markdown)))
  })

  test.each([
    ['quoted', (text: string) => text.replaceAll(/^/gmu, '> ')],
    ['in a list item', (text: string) => `- ${text.replaceAll('\n', '\n  ')}`],
    ['with carriage returns', (text: string) => text.replaceAll(/\r?\n/gu, '\r\n')],
    ['with lone carriage returns', (text: string) => text.replaceAll(/\r?\n/gu, '\r')],
    ['without their last line ending', (text: string) => text.replace(/\s+$/u, '')],
    ['behind prose and before more of it', (text: string) => `words\n\n${text}\n\nwords\n`],
  ])('of the same %s', (_, change) => {
    for (const construct of constructs) {
      const markdown = change(construct.replace('\uFEFF', ''))
      expect(blocksOf(remark.parse(markdown).children), JSON.stringify(markdown)).toEqual(blocksOf(satteri.parse(markdown).children))
    }
  })

  const own = ['examples', 'templates', 'docs'].map((folder) => path.join(root, folder)).filter((folder) => existsSync(folder))
  test.each(own.flatMap((folder) => markdownBelow(folder)).map((file) => [path.relative(root, file)]))('of %s', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    expect(shapeOf(parseDocument(text, satteri).root)).toBe(shapeOf(parseDocument(text, remark).root))
  })

  const files = existsSync(corpus) ? markdownBelow(corpus) : []
  if (files.length === 0) console.log(`skipped: no corpus of real documents at ${path.relative(root, corpus)}, so the engines are not compared on it`)
  test.skipIf(files.length === 0)('of every document of the corpus', { timeout: 300_000 }, () => {
    const different = files.filter((file) => {
      const text = readFileSync(file, 'utf8')
      return shapeOf(parseDocument(text, satteri).root) !== shapeOf(parseDocument(text, remark).root)
    })
    expect(different).toEqual([])
  })
})

/** remark at times makes a block of every line of indented code, which leaves out the blank ones between. */
function withWholeCode(nodes: readonly RootContent[]): readonly RootContent[] {
  const whole: RootContent[] = []
  for (const node of nodes) {
    const last = whole.at(-1)
    if (node.type === 'code' && last?.type === 'code' && node.lang === null && last.lang === null) {
      whole[whole.length - 1] = { ...last, value: `${last.value}\n${node.value}` }
    } else whole.push(node)
  }
  return whole
}

/** The blocks of a tree with where they start and what they say. Where a container ends is left out (see `markdown.ts`). */
function blocksOf(nodes: readonly RootContent[]): readonly unknown[] {
  return withWholeCode(nodes).map((node) => {
    const { start } = spanOf(node)
    switch (node.type) {
      case 'heading':
        return [node.type, start, node.depth, plainText(node)]
      case 'code':
        return [node.type, start, node.lang, node.value.split(/\s+/u)]
      case 'listItem':
        return [node.type, start, node.checked, blocksOf(node.children)]
      case 'tableRow':
        return [node.type, start, node.children.map((cell) => plainText(cell))]
      case 'html':
        return [node.type, start, node.value.trimEnd()]
      case 'paragraph':
        return [node.type, start, plainText(node)]
      case 'definition':
        return [node.type, start, node.identifier, node.url]
      default:
        return 'children' in node ? [node.type, start, blocksOf(node.children)] : [node.type, start]
    }
  })
}

/** All that the rest of the program looks at in a document. */
function factsOf({ text, top, root: tree, comments, swallowingFences }: Document): unknown {
  const inner: unknown[] = []
  walk(tree, (node) => {
    if (node.type === 'paragraph') inner.push(labelledFields(node, text).map(({ label, value, valueSpan }) => [label, value, valueSpan]))
    if (node.type !== 'table') return
    const { header, rows } = viewTable(node, text)
    inner.push([header, ...rows].map(({ cells }) => cells.map(({ span, raw, text: said }) => [span, raw, said])))
  })
  return {
    sections: [...eachSection(top)].map((section) => ({
      title: section.title,
      level: section.level,
      span: section.span,
      content: blocksOf(section.content),
      tasks: taskItems(section, text).map(({ ticked, box, text: said, span }) => [ticked, box, said, span.start]),
    })),
    inner,
    comments: comments.map(({ span }) => span),
    swallowingFences,
  }
}

/** What people put on a line. Marks stand around words: engines differ where they stand around nothing but marks. */
const inline = fc.constantFrom(
  ...[
    ['word', 'two words', '日本', 'e\u0301', '**bold**', '*it*', '**Label:**', '`code`', '[link](x)', '[a]', '[^1]', 'https://example.org/a_b', 'me@example.org'],
    ['<!-- c -->', 'a<br>b', '~~gone~~', '\\|', '|', ' | ', '[ ]', '[x]', '&amp;', '\\*', '`', '(', ')', ':', '#', '<', '>', '\t', '  ', '!'],
  ].flat(),
)
const opening = fc.constantFrom('', '', '', '# ', '## ', '- ', '* ', '1. ', '> ', '  ', '    ', '- [x] word', '- [ ] **Label:**', '- [x] `code`', '| ', '```', '```js', '~~~', '***', '| a | b |\n|---|---|\n| ', '<!--', '-->', '<div>', '[a]: /b\n\n', '+ ')
const ending = fc.constantFrom('\n', '\n', '\n', '\n\n', '\r\n', '\n> ', '\n  ', '\n    ', '\n- item ', '')
const lines = fc
  .array(
    fc.tuple(opening, fc.array(inline, { maxLength: 5 }), ending).map(([start, words, end]) => {
      const said = words.join(' ')
      // Each engine has cases in which it takes an item without words, or what follows it, for text.
      return start + (!/\p{L}/u.test(said.replaceAll('[x]', '')) && /^(?:[-+*]|1\.) $/u.test(start) ? 'word' : said) + end
    }),
    { maxLength: 14 },
  )
  .map((written) => written.join(''))

describe('on texts that are made up', () => {
  test('both engines make one document', () => {
    fc.assert(
      fc.property(lines, (text) => {
        expect(factsOf(parseDocument(text, satteri))).toEqual(factsOf(parseDocument(text, remark)))
      }),
      { numRuns: 1500, seed: 20_260_302 },
    )
  })
})

describe('a parser that fails', () => {
  test('is asked again for all but the line it fails on', () => {
    const engine = createEngine('satteri', (markdown) => {
      if (markdown.includes('BAD')) throw new Error('refused')
      return satteri.parse(markdown)
    })
    const text = '# a\n\ntext\n\n## b\n\nBAD\n\n## c\n\n- [x] d\n'
    const { top } = parseDocument(text, engine)
    expect([...eachSection(top)].map(({ title }) => title)).toEqual(['', 'a', 'b', 'c'])
    expect([...eachSection(top)].flatMap((section) => taskItems(section, text)).length).toBe(1)
    expect(plainText(top.sections[0]?.sections[0]?.content ?? [])).toBe('BAD')
  })

  test('on everything leaves each line as it is written', () => {
    const engine = createEngine('satteri', () => {
      throw new Error('refused')
    })
    const text = '# a\nb\n\nc'
    const tree = engine.parse(text)
    expect(tree.children.map((node) => text.slice(spanOf(node).start, spanOf(node).end)).join('')).toBe(text)
    expect(engine.parse('').children.length).toBeLessThanOrEqual(1)
  })

  test('by placing nodes outside the text, or nowhere, is put right', () => {
    const at = (start: number, end: number): NonNullable<RootContent['position']> => ({
      start: { line: 1, column: 1, offset: start },
      end: { line: 1, column: 1, offset: end },
    })
    const engine = createEngine('satteri', () => ({
      type: 'root',
      position: at(0, 999),
      children: [
        { type: 'paragraph', position: at(2, 50), children: [{ type: 'text', value: 'a', position: at(1, 3) }, { type: 'text', value: 'b' }] },
        { type: 'paragraph', position: at(4, 1), children: [] },
        { type: 'thematicBreak' },
      ],
    }))
    const spans: [string, number, number][] = []
    walk(engine.parse('0123456789'), (node) => spans.push([node.type, spanOf(node).start, spanOf(node).end]))
    expect(spans).toEqual([
      ['root', 0, 10],
      ['paragraph', 2, 4],
      ['text', 2, 3],
      ['text', 3, 3],
      ['paragraph', 4, 4],
      ['thematicBreak', 4, 4],
    ])
  })
})

test('addresses without a blank between them are each read once', () => {
  const texts = ['/'.repeat(120_000), 'http://'.repeat(60_000), `| a |\n|---|\n| ${'www.'.repeat(30_000)}`]
  for (const text of texts) expect(plainText(satteri.parse(text)).length).toBeGreaterThan(text.length - 20)
})
