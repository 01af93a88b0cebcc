/** Owns small questions to mdast nodes: where one stands and what it says. */

import type { Nodes } from 'mdast'
import type { Span } from '../text/span.js'

/** The node's place in the document; a node that no engine placed is an empty span at 0. */
export function spanOf(node: Nodes): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
}

/** From the first node's start to the last node's end. */
export function spanOfAll(nodes: readonly Nodes[]): Span | undefined {
  const [first] = nodes
  const last = nodes.at(-1)
  if (first === undefined || last === undefined) return undefined
  return { start: spanOf(first).start, end: spanOf(last).end }
}

/** What stands within a line. All else, hard breaks included, parts the words before it from those behind. */
const withinLine: ReadonlySet<Nodes['type']> = new Set([
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'html',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'footnoteReference',
])

/** What a reader sees of a node: text and code on one line, without marks, comments or HTML. */
export function plainText(node: Nodes | readonly Nodes[]): string {
  // Most cells and items hold one text and nothing else.
  if ('children' in node && node.children.length === 1 && node.children[0]?.type === 'text') return onOneLine(node.children[0].value)
  let said = ''
  for (const root of 'type' in node ? [node] : node) {
    walk(root, (below) => {
      if (!withinLine.has(below.type)) said += ' '
      if (below.type === 'html') return
      if ('value' in below) said += below.value
      else if ('alt' in below) said += below.alt ?? ''
    })
  }
  return onOneLine(said)
}

/** More than single blanks between words; looking is cheaper than replacing each by itself. */
const uneven = /\s\s|[^\S ]/u

function onOneLine(text: string): string {
  const trimmed = text.trim()
  return uneven.test(trimmed) ? trimmed.replaceAll(/\s+/gu, ' ') : trimmed
}

/** Calls `visit` for the node and all below it, in document order. */
export function walk(node: Nodes, visit: (node: Nodes) => void): void {
  walkInto(node, visit, () => true)
}

/** The same for blocks: what stands within their lines is neither visited nor read. */
export function walkBlocks(node: Nodes, visit: (node: Nodes) => void): void {
  walkInto(node, visit, ({ type }) => type !== 'paragraph' && type !== 'heading' && type !== 'tableCell')
}

function walkInto(node: Nodes, visit: (node: Nodes) => void, isOpen: (node: Nodes) => boolean): void {
  // A stack of its own, because documents may nest deeper than the call stack is long.
  const open: Nodes[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    visit(next)
    if (!isOpen(next) || !('children' in next)) continue
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at]
      if (child !== undefined) open.push(child)
    }
  }
}
