/**
 * Owns code fences that swallow the sections after them. CommonMark lets a fence run on to the end of
 * the document, or to the next bare fence line, so one missing line hides half of an inquiry.
 */

import type { Code, Root } from 'mdast'
import type { Span } from '../text/span.js'
import { spanOf } from './nodes.js'

export interface SwallowingFence {
  /** The opening line. */
  readonly opening: Span
  /** Where the first swallowed heading starts; everything from here on was meant as document. */
  readonly heading: Span
}

interface Line {
  readonly start: number
  readonly text: string
}

const fenceOpening = /^[ \t]{0,3}(`{3,}|~{3,})[ \t]*([^`\r\n]*)$/u
const headingLine = /^ {0,3}(#{1,6})[ \t]+\S/u
/** A fence in one of these shows Markdown, so headings within it are what it is for. */
const markdownLanguages = /^(?:md|mdx|markdown|mdown|rmd|qmd)\b/iu

/** The first fence at the document's own level that swallows a heading. */
export function findSwallowingFence(root: Root, text: string): SwallowingFence | undefined {
  for (const node of root.children) {
    if (node.type !== 'code') continue
    const found = inspect(node, text)
    if (found !== undefined) return found
  }
  return undefined
}

function inspect(node: Code, text: string): SwallowingFence | undefined {
  const span = spanOf(node)
  const [first, ...rest] = linesOf(text, span)
  const mark = first === undefined ? null : fenceOpening.exec(first.text)
  if (first === undefined || mark === null) return undefined
  const [, fence = '', language = ''] = mark
  const closing = rest.at(-1)
  const closed = closing !== undefined && closes(closing.text, fence)
  const heading = closed
    ? swallowedByLaterFence(rest.slice(0, -1), fence, language)
    : swallowedToTheEnd(rest, language)
  if (heading === undefined) return undefined
  return {
    opening: { start: first.start, end: first.start + first.text.length },
    heading: { start: heading.start, end: heading.start + heading.text.length },
  }
}

function closes(line: string, fence: string): boolean {
  const bare = line.trim()
  return bare.length >= fence.length && bare === fence.charAt(0).repeat(bare.length)
}

/** In most languages a single `#` opens a comment, so only a bare fence gives it the benefit. */
function isHeading(line: Line, language: string): boolean {
  const level = headingLine.exec(line.text)?.[1]?.length ?? 0
  return level >= 2 || (level === 1 && language === '')
}

function swallowedToTheEnd(lines: readonly Line[], language: string): Line | undefined {
  return lines.find((line) => isHeading(line, language))
}

/**
 * A fence that opens with a language cannot close another, so one found inside means that the closing
 * line of the outer fence is missing, if a heading stands between the two.
 */
function swallowedByLaterFence(lines: readonly Line[], fence: string, language: string): Line | undefined {
  if (markdownLanguages.test(language)) return undefined
  const inner = lines.findIndex((line) => {
    const mark = fenceOpening.exec(line.text)
    return mark !== null && mark[1]?.charAt(0) === fence.charAt(0) && (mark[2] ?? '') !== ''
  })
  if (inner === -1) return undefined
  return lines.slice(0, inner).find((line, index) => {
    const before = lines[index - 1]
    return isHeading(line, language) && (before === undefined || before.text.trim() === '')
  })
}

function linesOf(text: string, span: Span): Line[] {
  const lines: Line[] = []
  const line = /([^\r\n]*)(?:\r\n|\n|\r|$)/gu
  line.lastIndex = span.start
  while (line.lastIndex < span.end) {
    const { lastIndex: start } = line
    const match = line.exec(text)
    if (match === null || match[0] === '') break
    lines.push({ start, text: match[1] ?? '' })
  }
  return lines
}
