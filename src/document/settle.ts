/** Owns what all engines' trees have in common once they are settled: every node placed, within its parent, behind its sibling. */

import type { Html, ListItem, Nodes, Parents, Root, RootContent } from 'mdast'
import { isUnread } from './line.js'

/**
 * Makes the tree of any engine one that spans can be trusted of, in place:
 * - Nodes lie within their parent and behind the sibling before them. Engines let a heading that is
 *   underlined begin with the definitions above it, and an unclosed fence end behind the list item it is in.
 * - A container ends with the last block in it, and HTML with its last line. Engines differ on the blanks behind.
 * - The paragraph of a task begins behind the box. remark includes the box where a mark follows it, and satteri
 *   overlooks a box that stands alone on its line within a quote or before CRLF.
 * - A bare address is text. Engines differ most on where one ends, and whoever looks for one reads the text.
 */
export function settle(root: Root, text: string): Root {
  place(root, 0, text.length)
  settleBelow(root, text, (line) => settleBelow(line, text))
  return root
}

/** @param settleLine what is done with a line once it is read; left out within one */
function settleBelow(top: Parents, text: string, settleLine: (line: Parents) => void = () => undefined): void {
  const open: Parents[] = [top]
  const containers: Parents[] = []
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    if (parent.type === 'listItem') settleTask(parent, text)
    settleChildren(parent, text)
    for (const child of parent.children) {
      if (child.type === 'html') endWithLine(child, text)
      if (isUnread(child)) child.settleLater(settleLine)
      else if ('children' in child) open.push(child)
      if (child.type === 'list' || child.type === 'listItem' || child.type === 'blockquote' || child.type === 'footnoteDefinition') containers.push(child)
    }
  }
  // From the innermost outwards, since each ends where what it holds does.
  for (let container = containers.pop(); container !== undefined; container = containers.pop()) {
    const last = container.children.at(-1)
    if (last !== undefined) place(container, offsetOf(container, 'start', 0), offsetOf(last, 'end', 0))
  }
}

function endWithLine(node: Html, text: string): void {
  const value = node.value.trimEnd()
  if (value === node.value && value.endsWith('>')) return
  node.value = value
  const start = offsetOf(node, 'start', 0)
  const source = text.slice(start, offsetOf(node, 'end', start))
  // Within a quote the marks of the lines behind count as blanks.
  place(node, start, start + source.replace(/(?:[\r\n][ \t>]*)+$/u, '').trimEnd().length)
}

/** Every node of every document comes by here, so this looks at each once and touches only what is out of place. */
function settleChildren(parent: Parents, text: string): void {
  let from = offsetOf(parent, 'start', 0)
  const until = offsetOf(parent, 'end', from)
  let last: RootContent | undefined
  let bare = false
  for (const child of parent.children) {
    const start = child.position?.start.offset
    const end = child.position?.end.offset
    // A sibling that starts before the last one ended cuts it short, unless both start at one place.
    if (last !== undefined && start !== undefined && start < from && start > offsetOf(last, 'start', from)) {
      place(last, offsetOf(last, 'start', from), start)
      from = start
    }
    if (start === undefined || end === undefined || start < from || end < start || end > until) settleNode(child, from, until, text)
    if (child.type === 'link' && isBareAddress(child, text)) bare = true
    from = offsetOf(child, 'end', from)
    last = child
  }
  if (bare) setChildren(parent, withoutBareAddresses(parent, text))
}

/** Moves a node between where the one before it ends and where its parent does. */
function settleNode(node: RootContent, from: number, until: number, text: string): void {
  let start = Math.min(offsetOf(node, 'start', from), until)
  const end = Math.min(Math.max(offsetOf(node, 'end', start), start, from), until)
  if (start < from) {
    const first = 'children' in node ? node.children[0] : undefined
    start = Math.min(Math.max(first === undefined ? from : offsetOf(first, 'start', from), from), end)
    while (start < end && /\s/u.test(text.charAt(start))) start++
  }
  place(node, start, end)
}

function offsetOf(node: Nodes, side: 'start' | 'end', otherwise: number): number {
  return node.position?.[side].offset ?? otherwise
}

function place(node: Nodes, start: number, end: number): void {
  const { position } = node
  if (position?.start.offset === start && position.end.offset === end) return
  node.position = {
    start: { line: position?.start.line ?? 1, column: position?.start.column ?? 1, offset: start },
    end: { line: position?.end.line ?? 1, column: position?.end.column ?? 1, offset: end },
  }
}

function settleTask(item: ListItem, text: string): void {
  const [paragraph] = item.children
  if (paragraph?.type !== 'paragraph') return
  // Before it is read a paragraph begins where its first word does, and a box that was overlooked is its first word.
  if (isUnread(paragraph) && !/[[\s]/u.test(text.charAt(offsetOf(paragraph, 'start', 0)))) return
  const [first] = paragraph.children
  if (first === undefined) return
  if (first.type === 'text' && typeof item.checked !== 'boolean') {
    const box = /^\[([ \txX])\][ \t]*\r?\n\s*/u.exec(first.value)
    if (box === null) return
    item.checked = /x/iu.test(box[1] ?? '')
    first.value = first.value.slice(box[0].length)
    place(first, offsetOf(first, 'start', 0) + 3, offsetOf(first, 'end', 0))
  }
  const end = offsetOf(first, 'end', 0)
  let start = offsetOf(first, 'start', end)
  if (first.type === 'text') {
    first.value = first.value.replace(/^\s+/u, '')
    while (start < end && /\s/u.test(text.charAt(start))) start++
  }
  place(first, start, end)
  place(paragraph, start, offsetOf(paragraph, 'end', end))
}

/** A link that is neither `[…](…)` nor `<…>`. */
function isBareAddress(node: Nodes, text: string): boolean {
  return node.type === 'link' && !/[[<]/u.test(text.charAt(offsetOf(node, 'start', 0)))
}

/** The children with bare addresses unwrapped, and the pieces of text around them made one again. */
function withoutBareAddresses(parent: Parents, text: string): RootContent[] {
  const merged: RootContent[] = []
  for (const child of parent.children) {
    // What an address says reaches as far as it did before it was cut to its parent.
    if (child.type === 'link') settleChildren(child, text)
    for (const piece of isBareAddress(child, text) && 'children' in child ? child.children : [child]) {
      // remark leaves the backslash of a stroke in an address, which is none in a table.
      if (piece !== child && piece.type === 'text' && parent.type === 'tableCell') piece.value = piece.value.replaceAll('\\|', '|')
      const last = merged.at(-1)
      if (last?.type === 'text' && piece.type === 'text' && last.position !== undefined && piece.position !== undefined) {
        merged[merged.length - 1] = { ...last, value: last.value + piece.value, position: { start: last.position.start, end: piece.position.end } }
      } else merged.push(piece)
    }
  }
  return merged
}

/** mdast types say what each parent may hold; taking a child's own children in its place keeps to it. */
function setChildren(parent: { children: RootContent[] }, children: RootContent[]): void {
  parent.children = children
}
