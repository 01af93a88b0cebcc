/** Owns reading the YAML block at a document's head. Writing it is done with edits, never by printing YAML. */

import matter from 'gray-matter'
import * as yaml from 'js-yaml'
import type { Span } from '../text/span.js'

declare module 'js-yaml' {
  /** Exported by the library and missing from its published types. */
  export const types: Readonly<Record<'null' | 'bool' | 'int', import('js-yaml').Type>>
}

/**
 * Core YAML without floats and timestamps: `version: 2.0` stays `"2.0"` and a date stays as it was
 * written, because turning them into numbers and `Date`s loses what the author wrote.
 */
const schema = yaml.FAILSAFE_SCHEMA.extend({
  implicit: [yaml.types.null, yaml.types.bool, yaml.types.int],
})

export type FrontmatterValue =
  | string
  | number
  | boolean
  | null
  | readonly FrontmatterValue[]
  | { readonly [key: string]: FrontmatterValue }

export type FrontmatterData = Readonly<Record<string, FrontmatterValue>>

export type Frontmatter =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'read'
      /** From the opening `---` through the closing one, without its line ending. */
      readonly span: Span
      /** The YAML between the two lines, line ending included. */
      readonly yaml: Span
      readonly data: FrontmatterData
    }
  | {
      readonly kind: 'invalid'
      readonly span: Span
      readonly problem: string
      readonly at: Span
    }

/** Lines that may stand before the opening `---`: blank ones, `#` comments and HTML comments. */
const preamble = /^(?:[ \t]*(?:#[^\r\n]*|<!--(?:(?!-->)[\s\S])*-->[ \t]*)?(?:\r\n|\n|\r))*/u
const opening = /^---([^\r\n]*)(?:\r\n|\n|\r|$)/u
/** What the first line of a YAML block looks like, to tell it from a thematic break after a title. */
const firstKey = /^(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*["']?[\w.-]+["']?[ \t]*:(?:\s|$)/u

const refuse = (language: string) => ({
  parse(): never {
    throw new Error(`frontmatter in "${language}" is not read, because reading it could run code; write YAML`)
  },
})

const engines = {
  yaml: { parse: (source: string) => toObject(yaml.load(source, { schema })), stringify: refuseToPrint },
  ...Object.fromEntries(['js', 'javascript', 'json', 'coffee', 'coffeescript', 'cson', 'toml'].map((l) => [l, refuse(l)])),
}

function refuseToPrint(): never {
  throw new TypeError('Frontmatter is edited in place, never printed')
}

function toObject(value: unknown): object {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error('the frontmatter is not a list of keys and values')
  return value
}

/** Reads the frontmatter of a whole document; never throws. */
export function readFrontmatter(text: string): Frontmatter {
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const before = preamble.exec(text.slice(bom))?.[0].length ?? 0
  const start = findOpening(text, bom, before)
  if (start === undefined) return { kind: 'none' }

  const head = opening.exec(text.slice(start))
  if (head === null) return { kind: 'none' }
  const yamlStart = start + head[0].length
  const language = (head[1] ?? '').trim()
  const close = findClosing(text, yamlStart)
  if (close === undefined) {
    if (!firstKey.test(text.slice(yamlStart, yamlStart + 2000))) return { kind: 'none' }
    return {
      kind: 'invalid',
      span: { start, end: start + 3 },
      problem: 'The frontmatter is opened by `---` and never closed; expected a second line `---` behind the last key',
      at: { start, end: start + 3 },
    }
  }
  const span = { start, end: close.end }
  const block = { start: yamlStart, end: close.start }
  // After a comment or title line, `---` may as well be a rule between paragraphs.
  if (before > 0 && language === '' && !firstKey.test(text.slice(block.start, block.end))) return { kind: 'none' }
  return readBlock(text, span, block, language)
}

function findOpening(text: string, bom: number, before: number): number | undefined {
  const start = bom + before
  if (!text.startsWith('---', start) || text.charAt(start + 3) === '-') return undefined
  return start
}

/** The closing line: `---` or `...` alone, the first such line behind the opening one. */
function findClosing(text: string, from: number): Span | undefined {
  const line = /(?:---|\.\.\.)[ \t]*(?=\r\n|\n|\r|$)/gu
  for (;;) {
    line.lastIndex = from
    const match = line.exec(text)
    if (match === null) return undefined
    const previous = text.charAt(match.index - 1)
    if (match.index === from || previous === '\n' || previous === '\r') {
      // A match at `from` is only at a line's start the first time round or when the line before ended.
      if (match.index === 0 || previous === '\n' || previous === '\r') {
        return { start: match.index, end: match.index + match[0].trimEnd().length }
      }
    }
    from = match.index + 1
  }
}

function readBlock(text: string, span: Span, block: Span, language: string): Frontmatter {
  const source = text.slice(block.start, block.end)
  const invalid = (problem: string, at: Span): Frontmatter => ({ kind: 'invalid', span, problem, at })
  try {
    // The options turn off gray-matter's cache, which returns empty data for a block that failed once.
    const read = matter(`---${language}\n${source}\n---\n`, { language: 'yaml', engines })
    return { kind: 'read', span, yaml: block, data: read.data as FrontmatterData }
  } catch (error) {
    if (error instanceof yaml.YAMLException) {
      const at = Math.min(block.start + (error.mark?.position ?? 0), block.end)
      const line = lineAround(text, at, block)
      return invalid(`The frontmatter is not valid YAML: ${error.reason}`, line)
    }
    const reason = error instanceof Error ? error.message : String(error)
    const problem = language === '' ? `The frontmatter cannot be read: ${reason}` : `The ${reason}`
    return invalid(problem, { start: span.start, end: span.start + 3 + language.length })
  }
}

/** The line of `block` that `at` stands on, or the one before where `at` stands behind the last. */
function lineAround(text: string, at: number, block: Span): Span {
  let start = Math.max(block.start, at)
  if (start >= block.end && start > block.start) start = block.end - 1
  while (start > block.start && /[\r\n]/u.test(text.charAt(start))) start--
  let end = start
  while (start > block.start && !/[\r\n]/u.test(text.charAt(start - 1))) start--
  while (end < block.end && !/[\r\n]/u.test(text.charAt(end))) end++
  return { start, end }
}
