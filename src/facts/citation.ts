/** Owns reading citations in every form that people write: `path:12`, ranges, lists, whole files, addresses, concepts. */

import { detach } from '../text/detach.js'
import type { LineRange, Span } from '../text/span.js'

export interface Citation {
  /** As written, without an `@` or marks around it; empty never. */
  readonly path: string
  /** Cited lines; empty where the whole file is meant. */
  readonly lines: readonly LineRange[]
  /** The citation as written, in the text it was read from. */
  readonly span: Span
  /** Where the lines stand within it; an empty span where there are none. */
  readonly linesSpan: Span
  /** The same without code marks: what findings call it. */
  readonly written: string
  /** Why its lines cannot be, such as a range that runs backwards. */
  readonly problem: string | undefined
}

const lineRange = String.raw`L?\d+(?:\s*[-–—]\s*L?\d+)?`
/** A number with a word behind it counts something, and one with more of a number behind it is a date, a time or a part. */
const noCount = String.raw`(?![\w%]|[-–—:/.]\d|\s+(?!and\b)\p{L})`
/** A range may have words behind it. */
const alsoCited = String.raw`(?:L?\d+\s*[-–—]\s*L?\d+(?![\w%/-]|[:.]\d)|L?\d+${noCount})`
/** A list without blanks, or one that says "lines", is one whatever stands behind it. */
const plainlyMore = String.raw`(?:,:?|(?<=\blines\s+[\dL,\s–—-]{1,99})(?:\s*,\s*|\s+(?:and|&)\s+))${lineRange}(?![\w%])`
const lineList = String.raw`${lineRange}(?:${plainlyMore}|(?:\s*,\s*:?|\s+(?:and|&)\s+)${alsoCited})*`
/** A path ends at the colon before its lines; a drive letter is part of it. It is only tried from its first character on. */
const pathChars = String.raw`(?<![^\s:\x60|<>"'(),;])(?:[A-Za-z]:[\\/])?[^\s:\x60|<>"'(),;]+`
/** A column behind a single line is passed over. */
const located = new RegExp(
  String.raw`(?<path>${pathChars})?(?<before>\x60?:(?=L?\d|-\d)|#(?=L\d)|(?<!\s)\x60?(?:\*\*)?,?\s+(?<open>\()?lines?\s+(?=\d))(?<lines>-\d+|${lineList})(?:(?<dangling>[-–—](?=[\x60\s,;)\]]|$))|(?<gap>(?:\s*,){2,}[\s:]*(?:${lineRange})?)|(?<part>\.\d[\d.]*)|(?<third>[-–—]L?\d[\d-]*))?(?<column>:\d+(?![\w-]))?`,
  'giu',
)
/** Lines that go on behind a citation without naming its file again, with or without code marks of their own. */
const further = new RegExp(
  String.raw`(?<between>\x60?(?:\*\*)?\s*(?:[,;]|&|<br\s*/?>|[,;]?\s+and\b)\s*)(?:\x60(?<coded>L?\d+(?:\s*[-–—]\s*L?\d+)?(?:\s*,\s*${lineRange})*)\x60(?!\s+(?!and\b)\p{L})|(?<plain>${alsoCited}))`,
  'iuy',
)
const spaced = new RegExp(String.raw`^(?<path>[^\x60|:]+):(?<lines>${lineList})$`, 'iu')
const wholeFile = new RegExp(String.raw`(?<path>${pathChars})\x60?\s*\((?:the\s+)?(?:full|entire|whole|complete|all)\b[^)]{0,300}\)`, 'giu')
const wholeBehind = /^\s*\((?:the\s+)?(?:full|entire|whole|complete|all)\b[^)]{0,300}\)/iu
const codeSpan = /`([^`\n]+)`/gu

/**
 * The citations in a piece of a text, in order. A path may stand once for several line lists
 * (`a.py:10` vs `:20`).
 * @param offset where `source` starts in its text; spans count from the text's start
 */
export function readCitations(source: string, offset = 0): readonly Citation[] {
  // Every form has a number of a line, or words in brackets.
  if (!/[\d(]/u.test(source)) return []
  const known = readings.get(source) ?? readOnce(detach(source))
  return offset === 0 ? known : known.map(({ path, lines, span, linesSpan, written, problem }) => ({ path, lines, span: moved(span, offset), linesSpan: moved(linesSpan, offset), written, problem }))
}

/** What was read lately: while a document is written, all of it but one line reads as it did before. */
const readings = new Map<string, readonly Citation[]>()
const mostReadings = 8192

function readOnce(source: string): readonly Citation[] {
  if (readings.size >= mostReadings) readings.clear()
  const read = readAll(source)
  readings.set(source, read)
  return read
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by }
}

function readAll(source: string): readonly Citation[] {
  const found: Citation[] = []
  const add = (path: string, { start, end }: Span, lines: string, linesStart: number, problem?: string): void => {
    const read = readLines(lines)
    const own = source.slice(start, end).replaceAll('`', '')
    found.push({
      path,
      lines: read.lines,
      span: { start, end },
      linesSpan: { start: linesStart, end: linesStart + lines.length },
      written: own.startsWith(path) ? own : `${path}${/^L?\d/iu.test(own) ? ':' : ''}${own}`,
      problem: problem ?? read.problem,
    })
  }
  // Without a colon or an `L` a number is a line only if it goes on from the ones before: `a.py:5`, `9` and 12.
  const addFurther = (path: string, from: number): void => {
    let at = from
    for (;;) {
      further.lastIndex = at
      const match = further.exec(masked)
      const { between = '', coded, plain } = match?.groups ?? {}
      const lines = coded ?? plain
      const last = found.at(-1)?.lines.at(-1)?.end ?? 0
      if (match === null || lines === undefined || (/^L?\d+$/iu.test(lines) && (lines.length > 4 || Number.parseInt(lines.replace(/\D/u, ''), 10) <= last))) return
      const start = match.index + between.length + (coded === undefined ? 0 : 1)
      add(path, { start, end: start + lines.length }, lines, start)
      at = match.index + match[0].length - (coded === undefined ? 0 : 1)
    }
  }
  // Names with blanks can only be told apart within code marks.
  const masked = source.replaceAll(codeSpan, (whole: string, code: string, at: number) => {
    if (!code.includes(' ')) return whole
    const behind = wholeBehind.exec(source.slice(at + whole.length, at + whole.length + 320))?.[0]
    if (behind !== undefined && isPlainlyPath(code.trim())) {
      const end = at + whole.length
      found.push({ path: code.trim(), lines: [], span: { start: at, end: end + behind.length }, linesSpan: { start: end, end }, written: code.trim(), problem: undefined })
      return ' '.repeat(whole.length)
    }
    const match = spaced.exec(code.trim())
    const path = match?.groups?.['path']?.trim()
    if (path === undefined || !path.includes(' ') || !isPath(path) || new RegExp(located.source, 'iu').exec(code)?.index === 0) return whole
    const lines = match?.groups?.['lines'] ?? ''
    add(path, { start: at, end: at + whole.length }, lines, at + whole.lastIndexOf(lines))
    return ' '.repeat(whole.length)
  })
  let lastPath: string | undefined
  for (const match of masked.matchAll(located)) {
    const { path: given, before = '', open, lines = '', dangling, gap, part, third, column } = match.groups ?? {}
    if (given !== undefined && !isPath(given)) continue
    const { path, skipped } = given === undefined ? { path: lastPath, skipped: 0 } : withoutMarks(given)
    if (path === undefined) continue
    // `arxiv:2509.25140` is the name of something else.
    if ((part ?? third) !== undefined && !isPlainlyPath(path)) continue
    lastPath = path
    // `a.py:10:5` is one line at whatever column; behind a range or a list a colon cites once more.
    const passed = column === undefined || /^L?\d+$/iu.test(lines) ? 0 : column.length
    const behind = match.index + match[0].length - passed
    const end = open !== undefined && masked.charAt(behind) === ')' ? behind + 1 : behind
    const linesStart = match.index + (given ?? '').length + before.length
    add(path, { start: match.index + skipped, end }, lines, linesStart, problemOf({ dangling, gap, part, third }))
    if (open === undefined && passed === 0) addFurther(path, end)
  }
  const cited = new Set(found.map((one) => one.path))
  for (const match of masked.matchAll(wholeFile)) {
    const given = match.groups?.['path']
    if (given === undefined || !isPath(given) || /^\d/u.test(given)) continue
    const { path, skipped } = withoutMarks(given)
    if (cited.has(path)) continue
    cited.add(path)
    const pathEnd = match.index + given.length
    found.push({
      path,
      lines: [],
      span: { start: match.index + skipped, end: match.index + match[0].length },
      linesSpan: { start: pathEnd, end: pathEnd },
      written: path,
      problem: undefined,
    })
  }
  return found.toSorted((a, b) => a.span.start - b.span.start)
}

/** `@docs/a.md`, `[a.py` and `**a.py` name what stands behind the marks; `**` before a slash is a pattern of names. */
function withoutMarks(written: string): { readonly path: string; readonly skipped: number } {
  const marks = /^(?:@|\*{2,3}(?![/*])|\*(?![./*])|\[(?![^\]]*\]))+/u.exec(written)?.[0] ?? ''
  const bare = written.slice(marks.length)
  return bare === '' ? { path: written, skipped: 0 } : { path: bare.replace(/(?<=[^*/])\*{2,3}$/u, ''), skipped: marks.length }
}

const namedFiles = /^(?:\.[\w.-]+|(?:gnu)?makefile|justfile|dockerfile|containerfile|rakefile|gemfile|procfile|vagrantfile|jenkinsfile|caddyfile|brewfile|tiltfile|earthfile|snakefile|pipfile|codeowners|license|readme|changelog|gradlew)$/iu

/**
 * True for a path that is one wherever it stands. In a column for sources anything may be a path; in running
 * text `node:20` and `example.org:443` are none.
 */
export function isPlainlyPath(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  // What templates put where a path is to be written.
  if (/^path\/(?:to\/)?\w+\.\w+$/iu.test(path)) return false
  if (namedFiles.test(name)) return true
  if (/^\d+(?:\.\d+)*[a-z]?$/iu.test(name) || !/\.[a-z][a-z0-9_+-]{0,11}$/iu.test(name)) return false
  // Without a folder in front, `sys.path.insert` looks like a file as well; long endings are few.
  if (!/[\\/]/u.test(path) && !/\.(?:[a-z][a-z0-9_+-]{0,4}|gradle|properties|tfvars|template|markdown|service|config|graphql|svelte)$/iu.test(name)) return false
  return /[\\/]/u.test(path) ? !/^(?:[\w-]+\.)+(?:com|org|net|io|dev)\//iu.test(path) : !/\.(?:com|org|net|io|dev|local|internal|eu|de|uk)$/iu.test(name)
}

/** Not a time, a port or an address: a path holds a letter and no scheme. */
function isPath(text: string): boolean {
  return /[\p{L}*]/u.test(text) && !text.startsWith('//') && !/^(?:https?|ftp|mem|memory|concepts?|ids?|ports?|localhost)$/iu.test(text)
}

/**
 * Lines as they are written, with other numbers: dashes, commas and an `L` stay. Undefined where there are more or fewer
 * numbers than were written.
 */
export function renumberLines(written: string, lines: readonly LineRange[]): string | undefined {
  const pieces = [...written.matchAll(/(\d+)(?:(\s*[-–—]\s*L?)(\d+))?/giu)]
  if (pieces.length !== lines.length) return undefined
  let at = 0
  return written.replaceAll(/(\d+)(?:(\s*[-–—]\s*L?)(\d+))?/giu, (_whole, _start: string, between: string | undefined) => {
    const { start, end } = lines[at++] ?? { start: 0, end: 0 }
    return between === undefined ? (start === end ? String(start) : `${start}-${end}`) : `${start}${between}${end}`
  })
}

function problemOf(tail: { readonly [part in 'dangling' | 'gap' | 'part' | 'third']: string | undefined }): string | undefined {
  if (tail.dangling !== undefined) return 'the range has no end'
  if (tail.gap !== undefined) return 'there is nothing between two commas'
  if (tail.part !== undefined) return 'a line has no parts'
  return tail.third === undefined ? undefined : 'a range has one start and one end'
}

/** No file has lines with more digits than that. */
const mostDigits = 9

function readLines(written: string): Pick<Citation, 'lines' | 'problem'> {
  if (written.startsWith('-')) return { lines: [], problem: 'lines are counted from 1' }
  const lines: LineRange[] = []
  let problem: string | undefined
  for (const piece of written.split(/,|\band\b|&/iu)) {
    const match = /L?(\d+)(?:\s*[-–—]\s*L?(\d+))?/iu.exec(piece)
    if (match === null) continue
    const start = Number(match[1])
    const end = match[2] === undefined ? start : Number(match[2])
    if (match.slice(1).some((number) => (number?.length ?? 0) > mostDigits)) problem ??= 'no file has as many lines'
    else if (start === 0 || end === 0) problem ??= 'lines are counted from 1'
    else if (end < start) problem ??= `the range runs backwards, from ${start} to ${end}`
    lines.push({ start, end })
  }
  return { lines, problem }
}

/** True for text that names a web address; the scheme may be missing. */
export function hasAddress(text: string): boolean {
  return /\bhttps?:\/\/\S+/iu.test(text) || /(?:^|[\s(<`])(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?:[/#?][^\s`]*)?(?=$|[\s),>`;])/iu.test(text)
}

const conceptList = /^[\s`*[\]()#]*(?:(?:concepts?|mem(?:ory)?|ids?)[\s:#]*)?\d+(?:\s*[-–—]\s*\d+)?(?:\s*(?:[,;/&+]|and)\s*#?\d+(?:\s*[-–—]\s*\d+)?)*[\s`*\])]*(?:\(.*\))?$/iu
const namedConcept = /\b(?:concepts?|mem(?:ory)?(?:[ _]?(?:ids?|refs?))?)[\s:#]*\[?\d+/iu

/** True for text that is a concept id, a list or range of them, or names one (`mem:85390`). */
export function hasConcept(text: string): boolean {
  return conceptList.test(text.trim()) || namedConcept.test(text)
}
