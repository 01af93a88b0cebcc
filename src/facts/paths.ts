/** Owns `@path` references: files that a reader of the document is told to read first. */

import type { Document } from '../document/document.js'
import { spanOf, walk } from '../document/nodes.js'
import type { PathReference } from './facts.js'

/** At the start of a line or list item; elsewhere an `@` is a person, a decorator or a package. */
const atPath = /^[ \t]*(?:[-*+][ \t]+)?@((?:\.{0,2}\/)?[\p{L}\p{N}._~-]+(?:\/[\p{L}\p{N}._~@ -]*[\p{L}\p{N}._~-])*\/?)(?=[\s),;:]|$)/gmu

export function findPathReferences(document: Document): readonly PathReference[] {
  const found: PathReference[] = []
  if (!document.text.includes('@')) return found
  walk(document.root, (node) => {
    if (node.type !== 'paragraph') return
    const { start, end } = spanOf(node)
    const source = document.text.slice(start, end)
    if (!source.includes('@')) return
    for (const match of source.matchAll(atPath)) {
      const [whole, path] = match
      if (path === undefined || !/[./]/u.test(path)) continue
      const at = start + match.index + whole.length - path.length
      found.push({ path, span: { start: at - 1, end: at + path.length } })
    }
  })
  return found
}
