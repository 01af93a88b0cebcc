/** Owns a tree as text, so that two trees can be held against each other. */

import type { Nodes, Root } from 'mdast'
import { spanOf } from '../../src/document/nodes.js'

const said = ['depth', 'checked', 'ordered', 'start', 'lang', 'value', 'alt', 'url', 'title', 'identifier', 'referenceType', 'align'] as const

function line(node: Nodes, depth: number): string {
  const { start, end } = spanOf(node)
  const values = said.flatMap((key) => {
    const value: unknown = key in node ? Reflect.get(node, key) : undefined
    return value === undefined || value === null ? [] : [`${key}=${JSON.stringify(value)}`]
  })
  return [`${'  '.repeat(depth)}${node.type} ${start}-${end}`, ...values].join(' ')
}

/** Every node with its place and all that it says, one to a line. */
export function shapeOf(root: Root): string {
  const lines: string[] = []
  const visit = (node: Nodes, depth: number): void => {
    lines.push(line(node, depth))
    if ('children' in node) for (const child of node.children) visit(child, depth + 1)
  }
  visit(root, 0)
  return lines.join('\n')
}
