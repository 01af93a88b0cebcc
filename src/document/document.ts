/** Owns the Document: a text read without losing a byte, and without ever failing. */

import type { Html, Root } from 'mdast'
import { LineIndex } from '../text/lines.js'
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
  const frontmatter = readFrontmatter(text)
  const bodyStart = frontmatter.kind === 'none' ? Number(text.charCodeAt(0) === 0xfeff) : bodyStartOf(frontmatter)
  const { root, swallowingFences } = parseBody(text, bodyStart, engine)
  let lines: LineIndex | undefined
  return {
    text,
    get lines() {
      return (lines ??= new LineIndex(text))
    },
    frontmatter,
    data: frontmatter.kind === 'read' ? frontmatter.data : {},
    root,
    top: buildSections(root, text),
    comments: collectComments(root, text),
    swallowingFences,
  }
}

/** An unclosed block has no end of its own, so what follows is read as Markdown. */
function bodyStartOf(frontmatter: Exclude<Frontmatter, { kind: 'none' }>): number {
  return frontmatter.span.end
}

/**
 * The engine reads the text with all before `start` blanked, so that every offset stays true. Where a
 * fence swallowed headings, the text is read again from the first of them.
 */
function parseBody(text: string, start: number, engine: MarkdownEngine): Pick<Document, 'root' | 'swallowingFences'> {
  let root = engine.parse(blank(text, start))
  const swallowingFences: SwallowingFence[] = []
  const children: Root['children'] = []
  while (swallowingFences.length < maxFenceRepairs) {
    const fence = findSwallowingFence(root, text)
    if (fence === undefined) break
    swallowingFences.push(fence)
    const cut = fence.heading.start
    children.push(...root.children.filter((node) => spanOf(node).start < fence.opening.start))
    children.push(...engine.parse(blank(text.slice(0, cut), fence.opening.start)).children)
    root = engine.parse(blank(text, cut))
  }
  return { root: { ...root, children: [...children, ...root.children] }, swallowingFences }
}

function blank(text: string, until: number): string {
  if (until === 0) return text
  return text.slice(0, until).replaceAll(/[^\r\n]/gu, (character) => ' '.repeat(character.length)) + text.slice(until)
}

function collectComments(root: Root, text: string): readonly Comment[] {
  const comments: Comment[] = []
  walk(root, (node) => {
    if (node.type === 'html' && node.value.includes('<!--')) comments.push(...commentsIn(node, text))
  })
  return comments
}

/** An HTML node may hold several comments, or a comment and other HTML. */
function commentsIn(node: Html, text: string): Comment[] {
  const { start, end } = spanOf(node)
  const source = text.slice(start, end)
  return [...source.matchAll(/<!--([\s\S]*?)(?:-->|$)/gu)].map((match) => ({
    span: { start: start + match.index, end: start + match.index + match[0].length },
    value: match[1] ?? '',
  }))
}
