/**
 * Owns the choice of Markdown engine. mdast with offsets is the contract; satteri makes it fast, and
 * remark makes the same where satteri's native part does not load. Tests hold the two equal.
 */

import type { Root } from 'mdast'

/** Parses GitHub-flavoured Markdown (no frontmatter) into mdast with UTF-16 offsets. Never throws. */
export interface MarkdownEngine {
  readonly name: 'satteri' | 'remark'
  parse(markdown: string): Root
}

let loaded: Promise<MarkdownEngine> | undefined

/** The fast engine where it loads, else remark; loaded once per process. */
export function loadMarkdown(): Promise<MarkdownEngine> {
  loaded ??= loadSatteri().catch(loadRemark)
  return loaded
}

export async function loadSatteri(): Promise<MarkdownEngine> {
  const { markdownToMdast } = await import('satteri')
  const features = { gfm: true, frontmatter: false }
  return {
    name: 'satteri',
    parse(markdown) {
      const tree = markdownToMdast(markdown, { features })
      if (tree.type !== 'root') throw new TypeError(`satteri answered a ${tree.type} for a document`)
      return tree
    },
  }
}

export async function loadRemark(): Promise<MarkdownEngine> {
  const [{ unified }, { default: remarkParse }, { default: remarkGfm }] = await Promise.all([
    import('unified'),
    import('remark-parse'),
    import('remark-gfm'),
  ])
  const processor = unified().use(remarkParse).use(remarkGfm).freeze()
  return { name: 'remark', parse: (markdown) => processor.parse(markdown) }
}
