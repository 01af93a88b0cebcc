import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { describe, expect, test } from 'vitest'
import type { Document } from '../../src/document/document.js'
import { parseDocument } from '../../src/document/document.js'
import { labelledFields } from '../../src/document/label.js'
import { plainText, spanOf, walk } from '../../src/document/nodes.js'
import { locateFields } from '../../src/document/positions.js'
import type { Section } from '../../src/document/section.js'
import { eachSection } from '../../src/document/section.js'
import { viewTable } from '../../src/document/table.js'
import { taskItems } from '../../src/document/task.js'
import type { Span } from '../../src/text/span.js'
import { contains } from '../../src/text/span.js'
import { sample } from '../support/repository.js'
import { constructs } from './constructs.js'
import { engines } from './engines.js'

const fragments = fc.oneof(
  fc.constantFrom(...constructs),
  fc.constantFrom(
    ...[
      ['---', '---\n', '...\n', '\uFEFF', 'title: x\n', 'a: [\n', '# ', '## ', '- ', '- [x] ', '> ', '1. ', '    ', '\t', '\n', '\r\n', '\r', '\n\n'],
      ['```', '~~~', '```js\n', '|', '| a | b |\n|---|---|\n', '**', '**Label:** ', '*', '_', '`', '[', ']', '(', ')', '<!--', '-->', '<', '>', '\\', '&', '\0', '\uD800', '🎉', '日本', 'x'],
    ].flat(),
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const pieced = fc.array(fragments, { maxLength: 12 }).map((pieces) => pieces.join(''))
/** A real document with a piece taken out and another put in. */
const cut = fc.tuple(fc.nat(sample.length), fc.nat(200), fragments).map(([at, length, put]) => sample.slice(0, at) + put + sample.slice(at + length))
const texts = fc.oneof({ weight: 4, arbitrary: pieced }, { weight: 1, arbitrary: cut })

const runs = { numRuns: 400 }

function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end)
}

function expectNested(node: Nodes): void {
  const outer = spanOf(node)
  if (!('children' in node)) return
  let from = outer.start
  for (const child of node.children) {
    const span = spanOf(child)
    expect(contains(outer, span) && from <= span.start && span.start <= span.end, `${child.type} ${span.start}-${span.end} in ${node.type} ${outer.start}-${outer.end}`).toBe(true)
    from = span.end
    expectNested(child)
  }
}

function expectSections(section: Section): void {
  let from: number | undefined
  for (const below of section.sections) {
    expect(contains(section.span, below.span)).toBe(true)
    expect(below.level).toBeGreaterThan(section.level)
    // Sections follow each other without a gap.
    if (from !== undefined) expect(below.span.start).toBe(from)
    from = below.span.end
    expectSections(below)
  }
  if (from !== undefined) expect(from).toBe(section.span.end)
  for (const block of section.content) {
    const span = spanOf(block)
    expect(contains(section.span, span)).toBe(true)
    expect(section.sections.every((below) => span.end <= below.span.start || block.type === 'definition')).toBe(true)
  }
}

describe.each(engines)('whatever the text is, read with $name', (engine) => {
  function everywhere(check: (document: Document, text: string) => void): void {
    fc.assert(fc.property(texts, (text) => check(parseDocument(text, engine), text)), runs)
  }

  test('the text is kept, and nodes lie in it, in their parent, behind each other', () => {
    everywhere((document, text) => {
      expect(document.text).toBe(text)
      expect(contains({ start: 0, end: text.length }, spanOf(document.root))).toBe(true)
      expectNested(document.root)
    })
  })

  test.each(['e||\n|-|-\n`0http://e|2', '| a | b |\n|---|---|\n| `https://e|\uFDD0 |\n'])('nodes lie in their parent, behind each other, in %j', (text) => {
    expectNested(parseDocument(text, engine).root)
  })

  test('sections cover the text', () => {
    everywhere(({ top }, text) => {
      expect(top.span).toEqual({ start: 0, end: text.length })
      expectSections(top)
    })
  })

  test('every block stands under one section', () => {
    everywhere(({ root, top }) => {
      const below = [...eachSection(top)].reduce((count, section) => count + section.content.length + Number(section.heading !== undefined), 0)
      expect(below).toBe(root.children.length)
    })
  })

  test('a section starts with the words of its heading', () => {
    everywhere(({ top }, text) => {
      for (const section of eachSection(top)) {
        if (section.heading === undefined) continue
        const span = spanOf(section.heading)
        expect(span.start).toBe(section.span.start)
        expect(section.title).toBe(plainText(section.heading))
        // Either it has its signs, or it is underlined.
        expect(slice(text, span)).toMatch(/^(?:#{1,6}(?:[ \t\r\n]|$)|[\s\S]*[\r\n][ \t>]*(?:=+|-+)[ \t]*$)/u)
      }
    })
  })

  test('frontmatter and the rest are the text', () => {
    everywhere(({ frontmatter, root }, text) => {
      if (frontmatter.kind === 'none') return
      const { start, end } = frontmatter.span
      expect(text.slice(0, start) + text.slice(start, end) + text.slice(end)).toBe(text)
      expect(text.startsWith('---', start)).toBe(true)
      for (const node of root.children) expect(spanOf(node).start).toBeGreaterThanOrEqual(end)
      if (frontmatter.kind === 'invalid') {
        expect(contains({ start: 0, end: text.length }, frontmatter.at)).toBe(true)
        return
      }
      expect(contains(frontmatter.span, frontmatter.yaml)).toBe(true)
      expect(slice(text, frontmatter.span)).toMatch(/^---[^\r\n]*(?:\r\n|\n|\r)[\s\S]*(?:---|\.\.\.)$/u)
      expect(text.slice(frontmatter.yaml.end, end)).toMatch(/^(?:---|\.\.\.)$/u)
    })
  })

  test('cells lie in their rows and are what is written there', () => {
    everywhere(({ root }, text) => {
      walk(root, (node) => {
        if (node.type !== 'table') return
        const { span, header, rows } = viewTable(node, text)
        expect(span).toEqual(spanOf(node))
        for (const row of [header, ...rows]) {
          expect(contains(span, row.span)).toBe(true)
          let from = row.span.start
          for (const cell of row.cells) {
            expect(cell.span.start >= from && cell.span.end <= row.span.end).toBe(true)
            expect(cell.raw).toBe(slice(text, cell.span))
            expect(cell.raw).not.toMatch(/^[ \t\r\n]|[ \t\r\n]$/u)
            from = cell.span.end
          }
        }
      })
    })
  })

  test('boxes are what is written, one to an item', () => {
    everywhere(({ top }, text) => {
      for (const section of eachSection(top)) {
        for (const { ticked, span, box } of taskItems(section, text)) {
          expect(slice(text, box)).toMatch(ticked ? /^\[[xX]\]$/u : /^\[\s\]$/u)
          expect(contains(section.span, span) && contains(span, box)).toBe(true)
        }
      }
    })
  })

  test('labels and their values follow each other within their paragraph', () => {
    everywhere(({ root }, text) => {
      walk(root, (node) => {
        if (node.type !== 'paragraph') return
        let from = spanOf(node).start
        for (const { labelSpan, valueSpan } of labelledFields(node, text)) {
          expect(from <= labelSpan.start && labelSpan.end <= valueSpan.start && valueSpan.start <= valueSpan.end && valueSpan.end <= spanOf(node).end).toBe(true)
          expect(slice(text, labelSpan)).toMatch(/^(?:\*\*|__)[\s\S]*(?:\*\*|__)$/u)
          from = valueSpan.end
        }
      })
    })
  })

  test('comments and swallowing fences are what is written', () => {
    everywhere(({ comments, swallowingFences }, text) => {
      for (const { span, value } of comments) {
        expect(slice(text, span).startsWith('<!--')).toBe(true)
        expect(slice(text, span)).toContain(value)
      }
      for (const { opening, heading } of swallowingFences) {
        expect(slice(text, opening)).toMatch(/^(?:```|~~~)/u)
        expect(slice(text, heading)).toMatch(/^ {0,3}#{1,6}[ \t]/u)
        expect(opening.end).toBeLessThanOrEqual(heading.start)
      }
    })
  })

  test('the same text gives the same document', () => {
    everywhere((document, text) => {
      const again = parseDocument(text, engine)
      expect([again.data, again.root, again.comments, again.swallowingFences]).toEqual([document.data, document.root, document.comments, document.swallowingFences])
    })
  })
})

describe('fields of whatever frontmatter', () => {
  const pieces = fc.constantFrom('a', 'b', ': ', ':', '- ', '  ', '\n', '\n', '\r\n', '[', ']', '{', '}', ', ', '"', "'", '&x ', '*x', '? ', '# c', '|', '>', '!t ', '%', '~', '1', '\t', '日本', '🎉', '---', '...')

  test('lie in the block, each value behind its key', async () => {
    const blocks = fc.array(pieces, { maxLength: 25 }).map((parts) => `---\n${parts.join('')}\n---\ntext`)
    await fc.assert(
      fc.asyncProperty(blocks, async (text) => {
        const document = parseDocument(text, engines[0] ?? expect.fail())
        const positions = await locateFields(document)
        if (document.frontmatter.kind !== 'read') {
          expect(positions).toBeUndefined()
          return
        }
        const { yaml } = document.frontmatter
        for (const { key, value } of positions?.fields.values() ?? []) {
          expect(contains(yaml, key) && contains(yaml, value) && key.end <= value.start).toBe(true)
        }
        expect(positions === undefined ? '' : slice(text, positions.closing)).toMatch(/^(?:---|\.\.\.)$/u)
        for (const path of [['a'], ['b', '0'], ['a', 'b'], ['x', '1', 'y']]) {
          const found = positions?.find(path)
          if (found !== undefined) expect(contains(yaml, found)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
