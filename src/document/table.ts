/** Owns tables as rows of cells with their spans. */

import type { Table, TableCell } from 'mdast'
import type { Span } from '../text/span.js'
import { trimSpan } from '../text/span.js'
import { plainText, spanOf, spanOfAll } from './nodes.js'

export interface Cell {
  /** The cell's content without its pipes and padding; empty cells have an empty span. */
  readonly span: Span
  /** As written, marks included. */
  readonly raw: string
  /** As read, without marks. */
  readonly text: string
  readonly node: TableCell
}

export interface TableRowView {
  readonly span: Span
  readonly cells: readonly Cell[]
}

export interface TableView {
  readonly span: Span
  readonly header: TableRowView
  readonly rows: readonly TableRowView[]
}

const seen: unique symbol = Symbol('view')

/**
 * Several readers look at each table of a document, and all see the same. The view is kept with the table: a WeakMap
 * would hold on to the views of tables that are gone until all of the memory is cleaned, which nobody wants at every key.
 */
export function viewTable(table: Table & { [seen]?: TableView }, text: string): TableView {
  return (table[seen] ??= makeView(table, text))
}

function makeView(table: Table, text: string): TableView {
  const rows = table.children.map((row): TableRowView => {
    return { span: spanOf(row), cells: row.children.map((cell) => viewCell(cell, text)) }
  })
  const [header, ...body] = rows
  return { span: spanOf(table), header: header ?? { span: spanOf(table), cells: [] }, rows: body }
}

function viewCell(node: TableCell, text: string): Cell {
  const span = spanOfAll(node.children) ?? emptyCell(node, text)
  return { span, raw: text.slice(span.start, span.end), text: plainText(node), node }
}

/** An empty cell's node holds its pipes and blanks; its content stands between them. */
function emptyCell(node: TableCell, text: string): Span {
  const whole = spanOf(node)
  let { start, end } = whole
  if (text.charAt(start) === '|') start++
  if (end > start && text.charAt(end - 1) === '|') end--
  const inner = trimSpan(text, { start, end })
  // The middle of the blanks is where the author would write.
  return inner.start === inner.end ? { start: Math.min(start + 1, end), end: Math.min(start + 1, end) } : inner
}
