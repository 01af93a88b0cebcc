/** Owns what all engines' trees have in common once they are settled: every node placed, within its parent, behind its sibling. */

import type { Nodes, Parents, Root, RootContent } from 'mdast'

/**
 * Makes the tree of any engine one that spans can be trusted of, in place:
 * - Nodes lie within their parent and behind the sibling before them. Engines let a heading that is
 *   underlined begin with the definitions above it, and an unclosed fence end behind the list item it is in.
 * - The paragraph of a task begins behind the box. remark includes the box where a mark follows it.
 * - A bare address is text. Engines differ most on where one ends, and whoever looks for one reads the text.
 */
export function settle(root: Root, text: string): Root {
  place(root, 0, text.length)
  const open: Parents[] = [root]
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    if (parent.type === 'listItem' && typeof parent.checked === 'boolean') startBehindBox(parent.children[0], text)
    settleChildren(parent, text)
    for (const child of parent.children) if ('children' in child) open.push(child)
  }
  return root
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
  if (bare) setChildren(parent, withoutBareAddresses(parent.children, text))
}

/** Moves a node between where the one before it ends and where its parent does. */
function settleNode(node: RootContent, from: number, until: number, text: string): void {
  let start = Math.min(offsetOf(node, 'start', from), until)
  const end = Math.min(Math.max(offsetOf(node, 'end', start), start, from), until)
  if (start < from) {
    start = from
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

function startBehindBox(paragraph: RootContent | undefined, text: string): void {
  if (paragraph?.type !== 'paragraph') return
  const [first] = paragraph.children
  if (first === undefined) return
  const end = offsetOf(first, 'end', 0)
  let start = offsetOf(first, 'start', end)
  if (first.type === 'text') while (start < end && /\s/u.test(text.charAt(start))) start++
  place(first, start, end)
  place(paragraph, start, offsetOf(paragraph, 'end', end))
}

/** A link that is neither `[…](…)` nor `<…>`. */
function isBareAddress(node: Nodes, text: string): boolean {
  return node.type === 'link' && !/[[<]/u.test(text.charAt(offsetOf(node, 'start', 0)))
}

/** The children with bare addresses unwrapped, and the pieces of text around them made one again. */
function withoutBareAddresses(children: readonly RootContent[], text: string): RootContent[] {
  const merged: RootContent[] = []
  for (const child of children.flatMap((one) => (isBareAddress(one, text) && 'children' in one ? one.children : [one]))) {
    const last = merged.at(-1)
    if (last?.type === 'text' && child.type === 'text' && last.position !== undefined && child.position !== undefined) {
      merged[merged.length - 1] = { ...last, value: last.value + child.value, position: { start: last.position.start, end: child.position.end } }
    } else merged.push(child)
  }
  return merged
}

/** mdast types say what each parent may hold; taking a child's own children in its place keeps to it. */
function setChildren(parent: { children: RootContent[] }, children: RootContent[]): void {
  parent.children = children
}
