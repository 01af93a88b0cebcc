/** Owns `@path` references: files that a reader of the document is told to read first. */

import type { Document } from '../document/document.js'
import { spanOf, walkBlocks } from '../document/nodes.js'
import { findMarks } from '../text/marks.js'
import type { Span } from '../text/span.js'
import type { PathReference } from './facts.js'

/** At the start of a line or list item; elsewhere an `@` is a person, a decorator or a package. */
const atPath = /^[ \t]*(?:[-*+][ \t]+)?@((?:\.{0,2}\/)?[\p{L}\p{N}._~-]+(?:\/[\p{L}\p{N}._~@ -]*[\p{L}\p{N}._~-])*\/?)(?=[\s),;:]|$)/gmu

export function findPathReferences(document: Document): readonly PathReference[] {
  const found: PathReference[] = []
  const marks = findMarks(document.text, '@')
  if (marks.none) return found
  for (const block of document.root.children) {
    if (!marks.lieIn(spanOf(block))) continue
    walkBlocks(block, (node) => {
      const span = spanOf(node)
      if (node.type === 'paragraph' && marks.lieIn(span)) found.push(...readPaths(document.text, span))
    })
  }
  return found
}

function readPaths(text: string, { start, end }: Span): readonly PathReference[] {
  const found: PathReference[] = []
  for (const match of text.slice(start, end).matchAll(atPath)) {
    const [whole, path] = match
    if (path === undefined || !/[./]/u.test(path)) continue
    const at = start + match.index + whole.length - path.length
    found.push({ path, span: { start: at - 1, end: at + path.length } })
  }
  return found
}
