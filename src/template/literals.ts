/** Owns what counts as untouched: the texts of a scaffold, and prompts in brackets. */

import type { Document } from '../document/document.js'
import { plainText, walk } from '../document/nodes.js'
import { normaliseText } from './template.js'

/** The normalised text of every block of a scaffold that has no expression in it. */
export function scaffoldLiterals(document: Document): ReadonlySet<string> {
  const literals = new Set<string>()
  walk(document.root, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'tableRow' && node.type !== 'code') return
    const text = node.type === 'code' ? node.value : rowOrParagraph(node)
    if (!text.includes('{{')) literals.add(normaliseText(text))
  })
  literals.delete('')
  return literals
}

function rowOrParagraph(node: Parameters<typeof plainText>[0]): string {
  if ('type' in node && node.type === 'tableRow') return node.children.map((cell) => plainText(cell)).join(' | ')
  return plainText(node)
}
