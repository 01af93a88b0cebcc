/** Owns reading citations in every form that people write: `path:12`, ranges, lists, whole files, addresses, concepts. */

import type { Span } from '../text/span.js'

export interface LineRange {
  readonly start: number
  readonly end: number
}

export interface Citation {
  /** As written; empty never. */
  readonly path: string
  /** Cited lines; empty where the whole file is meant. */
  readonly lines: readonly LineRange[]
  /** The citation as written, in the text it was read from. */
  readonly span: Span
  /** Why its lines cannot be, such as a range that runs backwards. */
  readonly problem: string | undefined
}

const lineList = String.raw`L?\d+(?:\s*[-–—]\s*L?\d+)?(?:\s*,\s*:?L?\d+(?:\s*[-–—]\s*L?\d+)?)*`
/** A path ends at the colon before its lines; a drive letter is part of it. It is only tried from its first character on. */
const pathChars = String.raw`(?<![^\s:\x60|<>"'(),;])(?:[A-Za-z]:[\\/])?[^\s:\x60|<>"'(),;]+`
const located = new RegExp(
  String.raw`(?<path>${pathChars})?(?:\x60?:(?=L?\d)|#(?=L\d)|(?<!\s)\x60?,?\s+\(?lines?\s+(?=\d))(?<lines>${lineList})(?<dangling>[-–—](?=[\x60\s]|$))?`,
  'giu',
)
const spaced = new RegExp(String.raw`^(?<path>[^\x60|:]+):(?<lines>${lineList})$`, 'iu')
const wholeFile = new RegExp(String.raw`(?<path>${pathChars})\x60?\s*\((?:the\s+)?(?:full|entire|whole|complete|all)\b[^)]{0,300}\)`, 'giu')
const codeSpan = /`([^`\n]+)`/gu

/**
 * The citations in a piece of a text, in order. A path may stand once for several line lists
 * (`a.py:10` vs `:20`).
 * @param offset where `source` starts in its text; spans count from the text's start
 */
export function readCitations(source: string, offset = 0): readonly Citation[] {
  const found: Citation[] = []
  const add = (path: string, lines: string, start: number, end: number, dangling: boolean): void => {
    found.push({ path, ...readLines(lines, dangling), span: { start: offset + start, end: offset + end } })
  }
  // Names with blanks can only be told apart within code marks.
  const masked = source.replaceAll(codeSpan, (whole: string, code: string, at: number) => {
    const match = code.includes(' ') ? spaced.exec(code.trim()) : null
    const path = match?.groups?.['path']?.trim()
    if (path === undefined || !path.includes(' ') || !isPath(path) || new RegExp(located.source, 'iu').exec(code)?.index === 0) return whole
    add(path, match?.groups?.['lines'] ?? '', at, at + whole.length, false)
    return ' '.repeat(whole.length)
  })
  let lastPath: string | undefined
  for (const match of masked.matchAll(located)) {
    const written = match.groups?.['path']
    if (written !== undefined && !isPath(written)) continue
    const path = written ?? lastPath
    if (path === undefined) continue
    lastPath = path
    add(path, match.groups?.['lines'] ?? '', match.index, match.index + match[0].length, match.groups?.['dangling'] !== undefined)
  }
  const cited = new Set(found.map((one) => one.path))
  for (const match of masked.matchAll(wholeFile)) {
    const path = match.groups?.['path']
    if (path === undefined || !isPath(path) || /^\d/u.test(path) || cited.has(path)) continue
    cited.add(path)
    found.push({ path, lines: [], span: { start: offset + match.index, end: offset + match.index + match[0].length }, problem: undefined })
  }
  return found.toSorted((a, b) => a.span.start - b.span.start)
}

/** Not a time, a port or an address: a path holds a letter and no scheme. */
function isPath(text: string): boolean {
  return /[\p{L}*]/u.test(text) && !text.startsWith('//') && !/^(?:https?|ftp|mem|memory|concepts?|ids?|ports?|localhost)$/iu.test(text)
}

function readLines(written: string, dangling: boolean): Pick<Citation, 'lines' | 'problem'> {
  const lines: LineRange[] = []
  let problem: string | undefined = dangling ? 'the range has no end' : undefined
  for (const piece of written.split(',')) {
    const match = /L?(\d+)(?:\s*[-–—]\s*L?(\d+))?/iu.exec(piece)
    if (match === null) continue
    const start = Number(match[1])
    const end = match[2] === undefined ? start : Number(match[2])
    if (start === 0 || end === 0) problem ??= 'lines are counted from 1'
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
