/** Owns the Document: a text read without losing a byte, and without ever failing. */

import type { Root, RootContent } from 'mdast'
import { blankOutside } from '../text/blank.js'
import { LineIndex } from '../text/lines.js'
import { findMarks } from '../text/marks.js'
import type { Span } from '../text/span.js'
import type { SwallowingFence } from './fence.js'
import { findSwallowingFence } from './fence.js'
import type { Frontmatter, FrontmatterData } from './frontmatter.js'
import { readFrontmatter } from './frontmatter.js'
import type { MarkdownEngine } from './markdown.js'
import { spanOf, walk } from './nodes.js'
import type { Section } from './section.js'
import { buildSections } from './section.js'

export interface Comment {
  /** With its `<!--` and `-->`. */
  readonly span: Span
  readonly value: string
}

export interface Document {
  readonly text: string
  readonly lines: LineIndex
  readonly frontmatter: Frontmatter
  /** The frontmatter's keys and values; empty where there is none or it cannot be read. */
  readonly data: FrontmatterData
  // What follows is read when it is first asked for: many files turn out by their frontmatter to be none of ours.
  /** The Markdown behind the frontmatter; offsets count from the start of `text`. */
  readonly root: Root
  /** The whole document as a tree of sections. */
  readonly top: Section
  readonly comments: readonly Comment[]
  readonly swallowingFences: readonly SwallowingFence[]
}

/** Every missing fence costs one more reading of what follows; past this many the rest is left as it is. */
const maxFenceRepairs = 16

/** Reads a document. Whatever the text is, there is a Document; what is wrong with it are findings. */
export function parseDocument(text: string, engine: MarkdownEngine): Document {
  return new ReadDocument(text, engine)
}

/**
 * A class, because getters in an object literal give every object a shape of its own: whoever reads a document would
 * look for each of its parts anew, and the shape holds on to the document until all of the memory is cleaned.
 */
class ReadDocument implements Document {
  readonly text: string
  readonly frontmatter: Frontmatter
  readonly data: FrontmatterData
  readonly #engine: MarkdownEngine
  #body: Body | undefined
  #top: Section | undefined
  #comments: readonly Comment[] | undefined
  #lines: LineIndex | undefined

  constructor(text: string, engine: MarkdownEngine) {
    this.text = text
    this.frontmatter = readFrontmatter(text)
    this.data = this.frontmatter.kind === 'read' ? this.frontmatter.data : {}
    this.#engine = engine
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text))
  }

  get root(): Root {
    return this.#read().root
  }

  get top(): Section {
    return (this.#top ??= buildSections(this.root, this.text))
  }

  get comments(): readonly Comment[] {
    return (this.#comments ??= [...commentsBefore(this.frontmatter, this.text), ...collectComments(this.root, this.text)])
  }

  get swallowingFences(): readonly SwallowingFence[] {
    return this.#read().swallowingFences
  }

  #read(): Body {
    // An unclosed block has no end of its own, so what follows its first line is read as Markdown.
    const start = this.frontmatter.kind === 'none' ? 0 : this.frontmatter.span.end
    return (this.#body ??= parseBody(this.text, start, this.#engine))
  }
}

type Body = Pick<Document, 'root' | 'swallowingFences'>

/**
 * The engine reads the text with all before `start` blanked, so that every offset stays true. Where a
 * fence swallowed headings, the text is read again from the first of them.
 */
function parseBody(text: string, start: number, engine: MarkdownEngine): Body {
  let root = engine.parse(blankOutside(text, { start, end: text.length }))
  const swallowingFences: SwallowingFence[] = []
  const before: RootContent[][] = []
  while (swallowingFences.length < maxFenceRepairs) {
    const fence = findSwallowingFence(root, text)
    if (fence === undefined) break
    swallowingFences.push(fence)
    const { opening, heading } = fence
    before.push(root.children.filter((node) => spanOf(node).start < opening.start))
    before.push(engine.parse(blankOutside(text, { start: opening.start, end: heading.start })).children)
    root = engine.parse(blankOutside(text, { start: heading.start, end: text.length }))
  }
  return { root: { ...root, children: [...before.flat(), ...root.children] }, swallowingFences }
}

function collectComments(root: Root, text: string): readonly Comment[] {
  const found: (readonly Comment[])[] = []
  // Looking for the mark is far cheaper than looking at every node.
  const marks = findMarks(text, '<!--')
  if (marks.none) return []
  for (const block of root.children) {
    if (!marks.lieIn(spanOf(block))) continue
    walk(block, (node) => {
      if (node.type === 'html' && node.value.includes('<!--')) found.push(commentsIn(text, spanOf(node)))
    })
  }
  return found.flat()
}

/** Comments may stand above the frontmatter, where no engine looks. */
function commentsBefore(frontmatter: Frontmatter, text: string): readonly Comment[] {
  return frontmatter.kind === 'none' ? [] : commentsIn(text, { start: 0, end: frontmatter.span.start })
}

/** A piece of HTML may hold several comments, or a comment and other HTML. `<!-->` and `<!--->` are whole comments. */
function commentsIn(text: string, { start, end }: Span): Comment[] {
  return [...text.slice(start, end).matchAll(/<!--(?:-?>|([\s\S]*?)(?:-->|$))/gu)].map((match) => ({
    span: { start: start + match.index, end: start + match.index + match[0].length },
    value: match[1] ?? '',
  }))
}
