import type { Table } from 'mdast'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/document/document.js'
import { walk } from '../../src/document/nodes.js'
import type { TableView } from '../../src/document/table.js'
import { viewTable } from '../../src/document/table.js'
import { engines } from './engines.js'

describe.each(engines)('read with $name', (engine) => {
  function view(text: string): TableView {
    const tables: Table[] = []
    walk(parseDocument(text, engine).root, (node) => {
      if (node.type === 'table') tables.push(node)
    })
    const [table] = tables
    if (table === undefined) throw new Error('There is no table')
    return viewTable(table, text)
  }

  function raw(text: string): string[][] {
    const { header, rows } = view(text)
    return [header, ...rows].map(({ cells }) => {
      for (const cell of cells) expect(text.slice(cell.span.start, cell.span.end)).toBe(cell.raw)
      return cells.map((cell) => cell.raw)
    })
  }

  test.each([
    ['pipes at both ends', '| a | b |\n|---|---|\n| c | d |', [['a', 'b'], ['c', 'd']]],
    ['no pipes at the ends', 'a | b\n--|--\nc | d', [['a', 'b'], ['c', 'd']]],
    ['padding of any width, tabs too', '|a|\tb   |\n|:-|-:|\n|   c|d|', [['a', 'b'], ['c', 'd']]],
    ['empty cells', '| a |  |\n|---|---|\n||\n| | x |', [['a', ''], [''], ['', 'x']]],
    ['more and fewer cells than the header', '| a | b |\n|---|---|\n| c |\n| d | e | f |', [['a', 'b'], ['c'], ['d', 'e', 'f']]],
    ['escaped strokes', '| a |\n|---|\n| b \\| c |', [['a'], ['b \\| c']]],
    ['strokes in code, which part cells unless they are escaped', '| a | b |\n|---|---|\n| `x\\|y` | `p|q` |', [['a', 'b'], ['`x\\|y`', '`p', 'q`']]],
    ['marks and links', '| **a** | [b](c) |\n|---|---|\n| *d* `e` | ~~f~~ |', [['**a**', '[b](c)'], ['*d* `e`', '~~f~~']]],
    ['comments and HTML', '| a | b |\n|---|---|\n| <!-- c --> | <br> |', [['a', 'b'], ['<!-- c -->', '<br>']]],
    ['addresses', '| a |\n|---|\n| https://example.org/x_y me@example.org |', [['a'], ['https://example.org/x_y me@example.org']]],
    ['CJK and emoji', '| 列 | 🎉 |\n|---|---|\n| 値🎉 | 👩‍👩‍👧 |', [['列', '🎉'], ['値🎉', '👩‍👩‍👧']]],
    ['carriage returns', '| a |\r\n|---|\r\n| b |\r\n', [['a'], ['b']]],
    ['lone carriage returns', '| a |\r|---|\r| b |\r', [['a'], ['b']]],
    ['indentation', '  | a |\n  |---|\n  | b |', [['a'], ['b']]],
    ['a quote', '> | a |\n> |---|\n> | b |', [['a'], ['b']]],
    ['a list item', '- x\n\n  | a |\n  |---|\n  | b |', [['a'], ['b']]],
    ['a header alone', '| a | b |\n|---|---|', [['a', 'b']]],
    ['no ending', '| a |\n|---|\n| b', [['a'], ['b']]],
    ['a paragraph above', 'words\n| a |\n|---|\n| b |', [['a'], ['b']]],
    ['text below, up to the blank line', '| a |\n|---|\nb\nc | d\n\ne', [['a'], ['b'], ['c', 'd']]],
  ])('cells with %s', (_, text, expected) => {
    expect(raw(text)).toEqual(expected)
  })

  test('the text of a cell is what a reader sees', () => {
    const { rows } = view('| a |\n|---|\n| **H1** `x\\|y` [b](c) <!-- d --> &amp; \\* |')
    expect(rows[0]?.cells[0]?.text).toBe('H1 x|y b & *')
  })

  test('an empty cell points between its strokes', () => {
    for (const text of ['| a | b |\n|---|---|\n|   | x |', '| a | b |\n|---|---|\n|| x |']) {
      const cell = view(text).rows[0]?.cells[0]
      expect(cell?.raw).toBe('')
      expect(text.slice(text.lastIndexOf('\n') + 1, cell?.span.start)).toMatch(/^\|? ?$/u)
    }
  })

  test('rows and the table lie where they are written', () => {
    const text = 'x\n\n| a | b |\n|---|---|\n| c | d |\n| e |\n\ny'
    const { span, header, rows } = view(text)
    expect([span, header.span, ...rows.map((row) => row.span)].map(({ start, end }) => text.slice(start, end))).toEqual([
      '| a | b |\n|---|---|\n| c | d |\n| e |',
      '| a | b |',
      '| c | d |',
      '| e |',
    ])
  })
})
