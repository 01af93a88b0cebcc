/**
 * Owns matching paths against globs. They come from files of the repository and from documents, so they are matched in time linear in the
 * path, whatever they say.
 */

import type { Pattern } from '../text/automaton.js'
import { compileAutomaton } from '../text/automaton.js'

export type Matches = (path: string) => boolean

/** Says what is wrong with a glob, as the end of a sentence that begins with it. */
export class GlobError extends Error {}

export interface GlobOptions {
  /** True where braces and brackets of other kinds are signs of the path, as in citations. */
  readonly plain?: boolean
}

/** As many paths as the braces of one glob may stand for. */
const mostAlternatives = 500

/** No path is longer than some thousand signs, and reading a glob takes time in proportion to the square of its own. */
const longestGlob = 1000

/** True for a path that one of the globs covers; for none where there is no glob. @throws GlobError */
export function compileGlobs(globs: readonly string[]): Matches {
  if (globs.length === 0) return () => false
  const read = globs.map((glob) => readGlob(glob, false))
  // Each is small enough alone; all of them are matched at once where they are together.
  const together = compileAutomaton({ kind: 'either', parts: read.filter(({ negated }) => !negated).map(({ pattern }) => pattern) })
  if (together === undefined || read.some(({ negated }) => negated)) {
    const each = globs.map((glob) => compileGlob(glob))
    return (path) => each.some((matches) => matches(path))
  }
  const literal = new Set(read.map(({ text }) => text))
  return (path) => literal.has(path) || together.covers(path)
}

/**
 * `*` and `?` stand for signs within a name, `**` for folders, `[a-z]` for one sign, `{a,b}` for either, `@(a|b)` with `?`, `*` and `+` in place of
 * `@` for groups, `!` in front for the opposite. Names that begin with a dot are like all others.
 * @throws GlobError
 */
export function compileGlob(glob: string, { plain = false }: GlobOptions = {}): Matches {
  const { text, negated, pattern } = readGlob(glob, plain)
  const automaton = compileAutomaton(pattern)
  if (automaton === undefined) throw new GlobError('has too many parts')
  const covers = (path: string): boolean => path === text || automaton.covers(path)
  return negated ? (path) => !covers(path) : covers
}

function readGlob(glob: string, plain: boolean): { readonly text: string; readonly negated: boolean; readonly pattern: Pattern } {
  if (glob.length > longestGlob) throw new GlobError(`has more than ${longestGlob} signs`)
  const signs = plain ? '' : (/^!+(?!\()/u.exec(glob)?.[0] ?? '')
  const text = glob.slice(signs.length).replace(/^(?:\.\/)+/u, '')
  const parts = (plain ? [text] : expandBraces(text)).map((one) => pathPattern(one, plain))
  return { text, negated: signs.length % 2 === 1, pattern: { kind: 'either', parts } }
}

/** `a{b/c,d}` as `ab/c` and `ad`. Choices within a name stay, and are matched as they are. */
function expandBraces(glob: string): readonly string[] {
  let open: string[] = [glob]
  const done: string[] = []
  while (open.length > 0) {
    const next: string[] = []
    for (const one of open) {
      const choice = choiceFrom(one, 0, (between) => between.some((text) => /\/|\*\*/u.test(text)))
      if (choice === undefined) done.push(one)
      else next.push(...choice.between.map((between) => `${one.slice(0, choice.start)}${between}${one.slice(choice.end)}`))
      if (next.length + done.length > mostAlternatives) throw new GlobError(`stands for more than ${mostAlternatives} paths`)
    }
    open = next
  }
  return done
}

interface Choice {
  readonly start: number
  readonly end: number
  readonly between: readonly string[]
}

/** The first choice in braces that is meant, of those in others the inner one. */
function choiceFrom(text: string, from: number, isMeant: (between: readonly string[], start: number) => boolean): Choice | undefined {
  const opened: { start: number; commas: number[] }[] = []
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '[') at = endOfClass(text, at) ?? at
    else if (sign === '{') opened.push({ start: at, commas: [] })
    else if (sign === ',') opened.at(-1)?.commas.push(at)
    else if (sign === '}') {
      const { start = at, commas = [] } = opened.pop() ?? {}
      const cuts = [start, ...commas, at]
      const between = commas.length > 0 ? cuts.slice(1).map((end, index) => text.slice((cuts[index] ?? 0) + 1, end)) : rangeBetween(text.slice(start + 1, at))
      if (between.length > 0 && isMeant(between, start)) return { start, end: at + 1, between }
      if (opened.length === 0 && start === from) return undefined
    }
  }
  return undefined
}

/** Empty for what is not a range. */
function rangeBetween(text: string): readonly string[] {
  const [, from = '', to = ''] = /^(\d{1,9}|[a-zA-Z])\.\.(\d{1,9}|[a-zA-Z])$/u.exec(text) ?? []
  if (from === '') return []
  const isNumber = /^\d/u.test(from) && /^\d/u.test(to)
  if (!isNumber && (/^\d/u.test(from) || /^\d/u.test(to))) return []
  const value = (one: string): number => (isNumber ? Number(one) : (one.codePointAt(0) ?? 0))
  const [low, high] = [Math.min(value(from), value(to)), Math.max(value(from), value(to))]
  if (high - low >= mostAlternatives) throw new GlobError(`stands for more than ${mostAlternatives} paths`)
  return Array.from({ length: high - low + 1 }, (_, index) => (isNumber ? String(low + index) : String.fromCodePoint(low + index)))
}

const slash: Pattern = { kind: 'one', is: (sign) => sign === '/' }
const anything: Pattern = { kind: 'repeat', part: { kind: 'one', is: () => true }, least: 0, most: Number.POSITIVE_INFINITY }
const inName: Pattern = { kind: 'one', is: (sign) => sign !== '/' }
const inOrder = (...parts: readonly Pattern[]): Pattern => ({ kind: 'sequence', parts })
const repeated = (part: Pattern, least: number, most: number): Pattern => ({ kind: 'repeat', part, least, most })
const maybe = (part: Pattern): Pattern => repeated(part, 0, 1)

function pathPattern(glob: string, plain: boolean): Pattern {
  const names = namesIn(glob, plain).filter((name, index, all) => name !== '**' || all[index - 1] !== '**')
  const parts: Pattern[] = []
  for (const [index, name] of names.entries()) {
    const [isFirst, isLast] = [index === 0, index === names.length - 1]
    // A name has at least one sign.
    if (/^\*+$/u.test(name) && name !== '**') parts.push(...(isFirst || names[index - 1] === '**' ? [] : [slash]), repeated(inName, 1, Number.POSITIVE_INFINITY))
    else if (name !== '**') parts.push(...(isFirst || names[index - 1] === '**' ? [] : [slash]), namePattern(name, plain))
    else if (isFirst && isLast) parts.push(anything)
    // `docs/**` is `docs` and all below it; `docs/*/**` is not what lies in `docs` itself.
    else if (isLast) parts.push(/(?<!\\)\*$/u.test(names[index - 1] ?? '') ? inOrder(slash, anything) : maybe(inOrder(slash, anything)))
    else parts.push(...(isFirst ? [] : [slash]), maybe(inOrder(anything, slash)))
  }
  return inOrder(...parts)
}

/** What lies between the slashes that are in no group and no class. */
function namesIn(glob: string, plain: boolean): readonly string[] {
  const names = ['']
  let depth = 0
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at] ?? ''
    if (sign === '/' && depth === 0) {
      names.push('')
      continue
    }
    const end = sign === '\\' ? at + 1 : sign === '[' ? (endOfClass(glob, at) ?? at) : at
    if (!plain && sign === '(' && endOfGroup(glob, at) !== undefined) depth++
    if (!plain && sign === ')' && depth > 0) depth--
    names[names.length - 1] += glob.slice(at, end + 1)
    at = end
  }
  return names
}

function namePattern(name: string, plain: boolean): Pattern {
  const parts: Pattern[] = []
  for (let at = 0; at < name.length; ) {
    const sign = String.fromCodePoint(name.codePointAt(at) ?? 0)
    const group = plain ? undefined : groupAt(name, at)
    const classEnd = sign === '[' ? endOfClass(name, at) : undefined
    const start = at
    const choice = sign === '{' && !plain ? choiceFrom(name, start, (_between, opened) => opened === start) : undefined
    if (choice !== undefined) {
      parts.push({ kind: 'either', parts: choice.between.map((one) => namePattern(one, false)) })
      at = choice.end
    } else if (group !== undefined) {
      parts.push(group.pattern)
      at = group.end
    } else if (classEnd !== undefined) {
      parts.push({ kind: 'one', is: classOf(name.slice(at + 1, classEnd)) })
      at = classEnd + 1
    } else if (sign === '*') {
      const first = at
      parts.push(repeated(inName, 0, Number.POSITIVE_INFINITY))
      while (name[at] === '*' && (at === first || plain || name[at + 1] !== '(')) at++
    } else if (sign === '?') {
      parts.push(inName)
      at++
    } else {
      if (sign === '\\' && at + 1 < name.length) at++
      const literal = String.fromCodePoint(name.codePointAt(at) ?? 0)
      parts.push({ kind: 'one', is: (other) => other === literal })
      at += literal.length
    }
  }
  return inOrder(...parts)
}

/** `@(a|b)` and the like; `(a|b)` is the same as `@(a|b)`, and `(a)` is part of a name. */
function groupAt(name: string, at: number): { readonly pattern: Pattern; readonly end: number } | undefined {
  const sign = name[at] ?? ''
  const open = '@?*+!'.includes(sign) && name[at + 1] === '(' ? at + 1 : sign === '(' ? at : undefined
  const end = open === undefined ? undefined : endOfGroup(name, open)
  if (open === undefined || end === undefined) return undefined
  const choices = choicesIn(name.slice(open + 1, end))
  if (open === at && choices.length === 1) return undefined
  if (sign === '!') throw new GlobError('excludes with `!(…)`, which is not supported; name what is meant, or use `exclude`')
  const either: Pattern = { kind: 'either', parts: choices.map((choice) => namePattern(choice, false)) }
  const [least, most] = sign === '?' ? [0, 1] : sign === '*' ? [0, Number.POSITIVE_INFINITY] : sign === '+' ? [1, Number.POSITIVE_INFINITY] : [1, 1]
  return { pattern: repeated(either, least, most), end: end + 1 }
}

function choicesIn(text: string): readonly string[] {
  const choices = ['']
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    const end = sign === '\\' ? at + 1 : sign === '[' ? (endOfClass(text, at) ?? at) : at
    if (sign === '(') depth++
    if (sign === ')') depth--
    if (sign === '|' && depth === 0) choices.push('')
    else choices[choices.length - 1] += text.slice(at, end + 1)
    at = end
  }
  return choices
}

/** @param open where the bracket stands. Undefined for one that is never closed, and is part of a name. */
function endOfGroup(text: string, open: number): number | undefined {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '[') at = endOfClass(text, at) ?? at
    else if (sign === '(') depth++
    else if (sign === ')' && --depth === 0) return at
  }
  return undefined
}

/** The same of `[`; a bracket that closes nothing yet is a member. */
function endOfClass(text: string, open: number): number | undefined {
  const first = open + (/^\[[!^]/u.test(text.slice(open, open + 2)) ? 2 : 1)
  for (let at = text[first] === ']' ? first + 1 : first; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith('[:', at)) at = Math.max(at, text.indexOf(':]', at) + 1)
    else if (text[at] === '/') return undefined
    else if (text[at] === ']') return at
  }
  return undefined
}

const named: Readonly<Record<string, RegExp>> = { alpha: /[A-Za-z]/u, digit: /\d/u, alnum: /[A-Za-z\d]/u, upper: /[A-Z]/u, lower: /[a-z]/u, space: /\s/u, word: /\w/u, xdigit: /[\dA-Fa-f]/u }

/** @param text what stands between the brackets */
function classOf(text: string): (sign: string) => boolean {
  const isNegated = /^[!^]/u.test(text)
  const members: ((sign: string) => boolean)[] = []
  const signs = [...text.slice(isNegated ? 1 : 0)]
  for (let at = 0; at < signs.length; at++) {
    const [, name = ''] = signs[at] === '[' ? (/^\[:(\w+):\]/u.exec(signs.slice(at).join('')) ?? []) : []
    const pattern = Object.hasOwn(named, name) ? named[name] : undefined
    if (pattern !== undefined) {
      members.push((sign) => pattern.test(sign))
      at += name.length + 3
      continue
    }
    if (signs[at] === '\\' && at + 1 < signs.length) at++
    const from = signs[at] ?? ''
    const isRange = signs[at + 1] === '-' && at + 2 < signs.length
    if (isRange) at += signs[at + 2] === '\\' ? 3 : 2
    const [low, high] = [from.codePointAt(0) ?? 0, (isRange ? (signs[at] ?? '') : from).codePointAt(0) ?? 0]
    members.push((sign) => low <= (sign.codePointAt(0) ?? 0) && (sign.codePointAt(0) ?? 0) <= high)
  }
  return (sign) => sign !== '/' && members.some((is) => is(sign)) !== isNegated
}
