/** Owns the section tree: what stands under which heading. */

import type { Heading, Paragraph, Root, RootContent } from 'mdast'
import type { Span } from '../text/span.js'
import { plainText, spanOf } from './nodes.js'

export interface Section {
  /** Undefined for the part before the first heading, which holds all other sections. */
  readonly heading: Heading | undefined
  readonly title: string
  /** 1 to 6; 0 for the whole document. */
  readonly level: number
  /** From the heading to the end of the last subsection. */
  readonly span: Span
  /** What stands directly under the heading, before the first subsection. */
  readonly content: readonly RootContent[]
  readonly sections: readonly Section[]
}

interface OpenSection {
  heading: Heading | undefined
  level: number
  start: number
  content: RootContent[]
  sections: Section[]
}

/** Headings within quotes and lists do not open sections, as in every reader of Markdown. */
export function buildSections(root: Root, text: string): Section {
  const open: OpenSection[] = [{ heading: undefined, level: 0, start: 0, content: [], sections: [] }]
  const closeTo = (level: number, at: number): void => {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) >= level) {
      const closed = open.pop()
      if (closed !== undefined) open.at(-1)?.sections.push(finish(closed, at))
    }
  }
  const marked = root.children.some((node) => node.type === 'heading' && node.depth === 2 && text.startsWith('#', spanOf(node).start))
  for (const child of root.children) {
    const node = marked && child.type === 'heading' && isUnderlined(child, text) ? asParagraph(child) : child
    if (node.type === 'heading') {
      const { start } = spanOf(node)
      closeTo(node.depth, start)
      open.push({ heading: node, level: node.depth, start, content: [], sections: [] })
    } else {
      open.at(-1)?.content.push(node)
    }
  }
  closeTo(1, text.length)
  const [whole] = open
  if (whole === undefined) throw new TypeError('The root section cannot be closed')
  return finish(whole, text.length)
}

/**
 * Text directly above `---` is a heading in Markdown. Among headings with `##` it is a paragraph above a rule,
 * the blank line between them forgotten, and is read as what its author sees in it.
 */
function isUnderlined(heading: Heading, text: string): boolean {
  const { start, end } = spanOf(heading)
  return /[\r\n] {0,3}---[ \t]*$/u.test(text.slice(start, end))
}

function asParagraph({ children, position }: Heading): Paragraph {
  const end = children.at(-1)?.position?.end
  return { type: 'paragraph', children, ...(position !== undefined && { position: { ...position, ...(end !== undefined && { end }) } }) }
}

function finish(section: OpenSection, end: number): Section {
  return {
    heading: section.heading,
    title: section.heading === undefined ? '' : plainText(section.heading),
    level: section.level,
    span: { start: section.start, end },
    content: section.content,
    sections: section.sections,
  }
}

/** The span a finding about the whole section points at: its heading line. */
export function headingSpan(section: Section): Span {
  return section.heading === undefined ? { start: section.span.start, end: section.span.start } : spanOf(section.heading)
}

/** The section and all below it, in document order. */
export function eachSection(section: Section): readonly Section[] {
  const all: Section[] = []
  const open = [section]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    all.push(next)
    for (let at = next.sections.length - 1; at >= 0; at--) {
      const below = next.sections[at]
      if (below !== undefined) open.push(below)
    }
  }
  return all
}
