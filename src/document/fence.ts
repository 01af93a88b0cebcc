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

/** Behind backticks none may follow on the line, or the mark would be one of code within text. */
const fenceOpening = /^ {0,3}(?:(`{3,})[ \t]*([^`\r\n]*)|(~{3,})[ \t]*([^\r\n]*))$/u
const fenceClosing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/u
const headingLine = /^ {0,3}(#{1,6})[ \t]+\S/u
const maybeHeading = /[\r\n] {0,3}#/u
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
  // Hardly any code holds what could be a heading.
  if (!maybeHeading.test(text.slice(span.start, span.end))) return undefined
  const [first, ...rest] = linesOf(text, span)
  const opening = first === undefined ? undefined : readOpening(first)
  if (first === undefined || opening === undefined) return undefined
  const last = rest.at(-1)
  const closed = last !== undefined && closes(last, opening.fence)
  const heading = closed ? swallowedByLaterFence(rest.slice(0, -1), opening) : swallowedToTheEnd(rest, opening.language)
  if (heading === undefined) return undefined
  return {
    opening: { start: first.start, end: first.start + first.text.length },
    heading: { start: heading.start, end: heading.start + heading.text.length },
  }
}

interface Opening {
  readonly fence: string
  readonly language: string
}

function readOpening(line: Line): Opening | undefined {
  if (!line.text.includes('```') && !line.text.includes('~~~')) return undefined
  const mark = fenceOpening.exec(line.text)
  if (mark === null) return undefined
  return { fence: mark[1] ?? mark[3] ?? '', language: (mark[2] ?? mark[4] ?? '').trimEnd() }
}

function closes(line: Line, fence: string): boolean {
  const mark = fenceClosing.exec(line.text)?.[1] ?? ''
  return mark.length >= fence.length && mark.startsWith(fence)
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
function swallowedByLaterFence(lines: readonly Line[], { fence, language }: Opening): Line | undefined {
  if (markdownLanguages.test(language)) return undefined
  const inner = lines.findIndex((line) => {
    const mark = readOpening(line)
    return mark !== undefined && mark.fence.charAt(0) === fence.charAt(0) && mark.language !== ''
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
