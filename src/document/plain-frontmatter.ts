/**
 * Owns reading frontmatter that is as plain as inquest writes it, in a fraction of the time that YAML takes: scalars of one
 * line, and lists of such. Thousands of earlier versions are read, of which little is asked. What is not surely plain is
 * left to the parser.
 */

import type { FrontmatterData, FrontmatterValue } from './frontmatter.js'

type Scalar = string | number | null

const pair = /^([A-Za-z_][\w-]*):(?:[ \t]+(.*?))?[ \t]*$/u
const item = /^( *)- ([A-Za-z_][\w-]*):(?:[ \t]+(.*?))?[ \t]*$/u
const within = /^( +)([A-Za-z_][\w-]*):(?:[ \t]+(.*?))?[ \t]*$/u

/**
 * The plain keys of a text's frontmatter. Keys whose values are not plain are left out.
 * @returns undefined for a text without frontmatter, and for one in which a key of `asked`, or a list of entries, is not plain
 */
export function readPlainFrontmatter(text: string, asked: ReadonlySet<string>): FrontmatterData | undefined {
  const block = /^---[ \t]*\r?\n([\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/u.exec(text)?.[1]
  if (block === undefined) return undefined
  const data = new Map<string, FrontmatterValue>()
  let key = ''
  let lines: string[] = []
  const end = (): boolean => {
    if (key === '' || lines.length === 0) return true
    const list = entriesIn(lines)
    // Only a list of entries is asked for; other values of several lines are the author's business.
    if (list === undefined) return !asked.has(key) && !lines.some((line) => /\bphase:/u.test(line))
    data.set(key, list)
    return true
  }
  for (const line of block.split(/\r?\n/u)) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith(' ') || line.startsWith('-')) {
      lines.push(line)
      continue
    }
    const [, name, written = ''] = pair.exec(line) ?? []
    if (name === undefined || data.has(name) || !end()) return undefined
    key = name
    lines = []
    const value = scalarOf(written)
    if (value !== undefined) data.set(name, value)
    else if (asked.has(name) || !/^\[[^[\]{}&*!]*\]$/u.test(written)) return undefined
  }
  return end() ? Object.fromEntries(data) : undefined
}

/** Undefined for lines that are not a list of keys with plain values. */
function entriesIn(lines: readonly string[]): readonly FrontmatterData[] | undefined {
  const entries: Record<string, Scalar>[] = []
  let indent: number | undefined
  for (const line of lines) {
    const start = item.exec(line)
    const [, blanks = '', name = '', written = ''] = start ?? within.exec(line) ?? []
    const value = name === '' ? undefined : scalarOf(written)
    if (value === undefined) return undefined
    indent ??= blanks.length
    if (start !== null) entries.push({})
    if (blanks.length !== (start === null ? indent + 2 : indent)) return undefined
    const entry = entries.at(-1)
    if (entry === undefined || name in entry) return undefined
    entry[name] = value
  }
  return entries
}

/** Undefined for what YAML may read in another way than as it is written. */
function scalarOf(written: string): Scalar | undefined {
  if (written === '' || written === 'null' || written === '~') return null
  if (/^(?:0|-?[1-9]\d{0,14})$/u.test(written)) return Number(written)
  const quoted = /^'((?:[^']|'')*)'$/u.exec(written)?.[1]
  if (quoted !== undefined) return quoted.replaceAll("''", "'")
  if (!/^[\p{L}\p{N}]/u.test(written) || /:(?:\s|$)|\s#|[\t\u0085\u2028\u2029]/u.test(written) || /^(?:true|false|null|yes|no|on|off)$/iu.test(written)) return undefined
  return written
}
