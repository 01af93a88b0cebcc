/** Owns the relative links of a document: to files and folders, and not to addresses, headings or mail. */

import type { Document } from '../document/document.js'
import { spanOf, walk } from '../document/nodes.js'
import { findMarks } from '../text/marks.js'
import type { Span } from '../text/span.js'

export interface LinkFact {
  /** As written, without an anchor or a query. */
  readonly path: string
  readonly span: Span
}

export function findLinks(document: Document): readonly LinkFact[] {
  const marks = findMarks(document.text, '](', ']:')
  if (marks.none) return []
  const found: LinkFact[] = []
  for (const block of document.root.children) {
    if (!marks.lieIn(spanOf(block))) continue
    walk(block, (node) => {
      if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return
      const [path = ''] = node.url.split(/[#?]/u)
      if (path !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/\/|[^/]*@)/iu.test(path)) found.push({ path, span: spanOf(node) })
    })
  }
  return found
}
