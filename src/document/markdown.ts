/**
 * Owns the choice of Markdown engine. mdast with offsets is the contract; satteri makes it fast, and
 * remark makes the same where satteri's native part does not load. Tests hold the two equal.
 *
 * Both are given the same readable text (`readable.ts`), and their trees are settled the same way (`settle.ts`).
 * What still differs after that is left, because it hides or makes no finding in a text that people write:
 * - Emphasis with nothing but marks within it (`*_*o`), beside an escaped mark (`\**a**`), or beside a sign that only
 *   newer tables of Unicode, or only the whole of a surrogate pair, call punctuation (`z*🎉*`). Labels and words at
 *   blanks and line starts read the same.
 * - Where a fence that is never closed, or an empty quote, ends within a container: by the blanks and marks behind.
 * - An empty list item behind a definition, which satteri takes for text; and what remark makes of the lines behind
 *   an empty list item or heading: several blocks of indented code for one.
 * - A task that is underlined as a heading, or whose first line is a table's header: satteri alone calls it a task.
 * - Inline HTML at the start of a line within a table or a quote that goes on without its mark.
 * - `meta` of a fence, where remark keeps blanks. Nothing reads it.
 */

import type { Root, RootContent } from 'mdast'
import type { Processor } from 'unified'
import { blankOutside } from '../text/blank.js'
import { disguiseAddresses, revealAddresses } from './addresses.js'
import { readInFull } from './line.js'
import { readable } from './readable.js'
import { loadReader } from './satteri.js'
import { settle } from './settle.js'

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
  const read = await loadReader()
  return createEngine('satteri', (markdown) => {
    const tree = read(markdown)
    const disguised = disguiseAddresses(markdown, tree)
    if (disguised === markdown) return tree
    const again = readInFull(read(disguised))
    revealAddresses(again)
    return again
  })
}

export async function loadRemark(): Promise<MarkdownEngine> {
  const [{ unified }, { default: remarkParse }, { default: remarkGfm }] = await Promise.all([
    import('unified'),
    import('remark-parse'),
    import('remark-gfm'),
  ])
  const processor = unified().use(remarkParse).use(remarkGfm).use(withoutTransforms).freeze()
  return createEngine('remark', (markdown) => processor.parse(markdown))
}

/** The transforms of remark-gfm look for addresses in finished text and put nodes there that have no place. */
function withoutTransforms(this: Processor): void {
  const settings = this.data()
  settings.fromMarkdownExtensions = settings.fromMarkdownExtensions?.flat().map((extension) => ({ ...extension, transforms: [] })) ?? []
}

/**
 * An engine that cannot throw.
 * @param read a parser, which may throw and may misplace nodes
 */
export function createEngine(name: MarkdownEngine['name'], read: (markdown: string) => Root): MarkdownEngine {
  return {
    name,
    parse(markdown) {
      const text = readable(markdown)
      return settle(readWhatCanBeRead(text, read), text)
    },
  }
}

/**
 * No text is known that an engine refuses. Should there be one, it is halved until what is refused is a
 * single line, which stands as a paragraph, so that all around it is still read.
 */
function readWhatCanBeRead(text: string, read: (markdown: string) => Root): Root {
  const root: Root = { type: 'root', children: [], position: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: text.length } } }
  const open = [{ start: 0, end: text.length }]
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    try {
      const tree = read(blankOutside(text, piece))
      if (piece.start === 0 && piece.end === text.length) return tree
      for (const child of tree.children) root.children.push(child)
    } catch {
      const middle = lineNear(text, piece)
      if (middle === undefined) root.children.push(asWritten(text, piece))
      else open.push({ start: middle, end: piece.end }, { start: piece.start, end: middle })
    }
  }
  return root
}

/** The start of the line nearest to the middle of a piece; undefined where the piece is one line. */
function lineNear(text: string, { start, end }: { readonly start: number; readonly end: number }): number | undefined {
  const middle = start + Math.floor((end - start) / 2)
  const before = text.lastIndexOf('\n', middle - 1) + 1
  if (before > start) return before
  const behind = text.indexOf('\n', middle) + 1
  return behind > 0 && behind < end ? behind : undefined
}

function asWritten(text: string, { start, end }: { readonly start: number; readonly end: number }): RootContent {
  const position = { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } }
  return { type: 'paragraph', children: [{ type: 'text', value: text.slice(start, end), position }], position }
}
