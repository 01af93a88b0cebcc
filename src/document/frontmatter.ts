/** Owns reading the YAML block at a document's head. Writing it is done with edits, never by printing YAML. */

import matter from 'gray-matter'
import * as yaml from 'js-yaml'
import type { Span } from '../text/span.js'

declare module 'js-yaml' {
  /** Exported by the library and missing from its published types. */
  export const types: Readonly<Record<'null' | 'bool', import('js-yaml').Type>>
}

/** A number is one only where writing it back gives what the author wrote: `007`, `0x1F` and `1_000` stay texts. */
const int = new yaml.Type('tag:yaml.org,2002:int', {
  kind: 'scalar',
  resolve: (written: unknown) => typeof written === 'string' && /^(?:0|-?[1-9]\d{0,14})$/u.test(written),
  construct: Number,
})

/**
 * Core YAML without floats and timestamps: `version: 2.0` stays `"2.0"` and a date stays as it was
 * written, because turning them into numbers and `Date`s loses what the author wrote.
 */
const schema = yaml.FAILSAFE_SCHEMA.extend({
  implicit: [yaml.types.null, yaml.types.bool, int],
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

/** The rest of the opening line: nothing, a comment, or the one word that names a language. */
const openingRest = /[ \t]*(?:#[^\r\n]*|([A-Za-z][\w+.-]*))?[ \t]*(?:\r\n|\n|\r|$)/uy
const closing = /(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/gu
/** A key with its colon, or a comment: what a YAML block starts with and a paragraph seldom does. */
const keyLine = /^["']?[\p{L}\p{N}_.-]+["']?[ \t]*:(?:\s|$)/u
/** What a line of a YAML block may start with where it is not indented. */
const yamlLine = /^(?:["'\p{L}\p{N}_.-][^:]*:(?:\s|$)|[-?:](?:\s|$)|[\s#[\]{}]|$)/u

/** More values than anybody writes down; aliases of aliases stand for billions. */
const mostValues = 100_000

/**
 * What was read lately, by the YAML it was read from: a run reads each document for itself and once more for others, and while a
 * document is written its frontmatter mostly stays as it is. It is frozen, because it is shared.
 */
const lately = new Map<string, FrontmatterData>()
const mostKept = 16_384
/** Longer blocks are rare, and read anew. */
const longestKept = 8192

/** Reads the frontmatter of a whole document; never throws. */
export function readFrontmatter(text: string): Frontmatter {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const start = skipPreamble(text, from)
  if (!text.startsWith('---', start) || text.charAt(start + 3) === '-') return { kind: 'none' }
  openingRest.lastIndex = start + 3
  const rest = openingRest.exec(text)
  // `--- and so on` is prose.
  if (rest === null) return { kind: 'none' }
  const yamlStart = openingRest.lastIndex
  const close = findClosing(text, yamlStart)
  if (close === undefined) {
    if (!startsWithKey(linesFrom(text, { start: yamlStart, end: text.length }))) return { kind: 'none' }
    const opening = { start, end: start + 3 }
    const problem = 'The frontmatter is opened by `---` and never closed; expected a second line `---` behind the last key'
    return { kind: 'invalid', span: opening, problem, at: opening }
  }
  const block = { start: yamlStart, end: close.start }
  // Behind a comment or a title, `---` may as well be a rule between paragraphs.
  if (start > from && !looksLikeYaml(text, block)) return { kind: 'none' }
  return readBlock(text, { start, end: close.end }, block, rest[1] ?? '')
}

/** Where the first line starts that is neither blank nor a comment, be it YAML's or HTML's. */
function skipPreamble(text: string, from: number): number {
  let lineStart = from
  for (let at = from; at < text.length; ) {
    const character = text.charAt(at)
    if (character === '\n' || character === '\r') lineStart = ++at
    else if (character === ' ' || character === '\t') at++
    else if (character === '#') at = lineEnd(text, at)
    else if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4)
      if (end === -1) break
      at = end + 3
    } else break
  }
  return lineStart
}

function lineEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && text.charAt(end) !== '\n' && text.charAt(end) !== '\r') end++
  return end
}

/** The closing line: `---` or `...` alone, the first such line behind the opening one. */
function findClosing(text: string, from: number): Span | undefined {
  closing.lastIndex = from
  const match = closing.exec(text)
  return match === null ? undefined : { start: match.index, end: match.index + match[0].trimEnd().length }
}

function* linesFrom(text: string, { start, end }: Span): Generator<string> {
  for (let at = start; at < end; ) {
    const stop = lineEnd(text, at)
    yield text.slice(at, Math.min(stop, end))
    at = stop + (text.startsWith('\r\n', stop) ? 2 : 1)
  }
}

/** True where a key stands directly below the opening line, comments left aside. */
function startsWithKey(lines: Iterable<string>): boolean {
  for (const line of lines) {
    if (!line.startsWith('#')) return keyLine.test(line)
  }
  return false
}

function looksLikeYaml(text: string, block: Span): boolean {
  if (!startsWithKey(linesFrom(text, block))) return false
  for (const line of linesFrom(text, block)) {
    if (!yamlLine.test(line)) return false
  }
  return true
}

function readBlock(text: string, span: Span, block: Span, language: string): Frontmatter {
  const invalid = (problem: string, at: Span): Frontmatter => ({ kind: 'invalid', span, problem, at })
  const isYaml = /^(?:ya?ml)?$/iu.test(language)
  const known = isYaml ? lately.get(text.slice(block.start, block.end)) : undefined
  if (known !== undefined) return { kind: 'read', span, yaml: block, data: known }
  const source = copyOf(text.slice(block.start, block.end))
  const readYaml = (): FrontmatterData => toData(yaml.load(source, { schema }), source)
  try {
    const data = language === '' ? readYaml() : readNamed(language, isYaml, readYaml)
    // What an alias stands for may hold itself.
    if (isYaml && source.length <= longestKept && !source.includes('&')) keep(source, data)
    return { kind: 'read', span, yaml: block, data }
  } catch (error) {
    if (error instanceof yaml.YAMLException) {
      const at = Math.min(block.start + (error.mark?.position ?? 0), block.end)
      return invalid(`The frontmatter is not valid YAML: ${error.reason}`, lineAround(text, at, block))
    }
    const reason = error instanceof Error ? error.message : String(error)
    return invalid(`The frontmatter cannot be read: ${reason}`, { start: span.start, end: lineEnd(text, span.start) })
  }
}

/**
 * gray-matter chooses the reader by the word behind the opening `---`; where none stands there is nothing to choose. Of
 * the block itself it is told nothing, because it ends it at the first line that starts with `---`, even `--- |`, and
 * takes the square of the blank lines in it.
 */
function readNamed(language: string, isYaml: boolean, readYaml: () => FrontmatterData): FrontmatterData {
  const engines = {
    yaml: { parse: readYaml, stringify: refuseToPrint },
    ...(!isYaml && { [language]: { parse: () => refuseToRun(language), stringify: refuseToPrint } }),
  }
  // Options turn off gray-matter's cache, which returns empty data for a block that failed once.
  return matter(`---${language}\n…\n---\n`, { language: 'yaml', engines }).data as FrontmatterData
}

function keep(source: string, data: FrontmatterData): void {
  const [oldest] = lately.keys()
  if (oldest !== undefined && lately.size >= mostKept) lately.delete(oldest)
  lately.set(source, frozen(data))
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const below of Object.values(value)) frozen(below)
  return Object.freeze(value)
}

/** A piece of a text keeps all of it in memory, and so does every value that is cut out of it. */
function copyOf(piece: string): string {
  const copy = Buffer.from(piece).toString()
  return copy === piece ? copy : piece
}

/** gray-matter would evaluate `---js`. */
function refuseToRun(language: string): never {
  throw new Error(`it is in the language \`${language}\`, and reading that could run code; expected YAML`)
}

function refuseToPrint(): never {
  throw new TypeError('Frontmatter is edited in place, never printed')
}

/** Without a prototype, so that a key nobody wrote (`constructor`) is absent and `__proto__` is a key like any other. */
function toData(value: unknown, source: string): FrontmatterData {
  if (value === undefined || value === null) return Object.create(null) as FrontmatterData
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error('it is not a list of keys and values')
  if (source.includes('&') && holdsMoreThan(value, mostValues)) throw new Error(`its aliases stand for more than ${mostValues.toLocaleString('en')} values`)
  return Object.assign(Object.create(null) as FrontmatterData, value)
}

/** Counts what an alias stands for each time it is used, as everybody who walks the value would; one that holds itself never ends. */
function holdsMoreThan(value: object, limit: number): boolean {
  const open: object[] = [value]
  let count = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const below of Object.values(next) as unknown[]) {
      if (++count > limit) return true
      if (typeof below === 'object' && below !== null) open.push(below)
    }
  }
  return false
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
