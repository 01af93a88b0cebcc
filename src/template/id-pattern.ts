/**
 * Owns what an id looks like in a template: a small language of patterns, whose words are those of regular expressions. It is read here and
 * not by the engine of the language, because a template may be anybody's and some expressions never end.
 */

import type { Automaton, Pattern } from '../text/automaton.js'
import { compileAutomaton } from '../text/automaton.js'

export interface IdPattern {
  /** As it is written in the template. */
  readonly source: string
  /** Where ids are in a text, in order: words of their own, each as long as it can be. */
  findIn(text: string): readonly IdMatch[]
  /** The id that a text begins with. */
  startOf(text: string): string | undefined
}

export interface IdMatch {
  readonly text: string
  readonly index: number
}

/** Signs of the longest id; what is longer is not one. */
const longestId = 50

/** Longer patterns are not read, because groups in groups take room of the stack. */
const longestPattern = 500

/** Repetitions of the largest number that may be written. */
const mostRepetitions = 100

/** Says what is wrong with a pattern. */
export class IdPatternError extends Error {}

/** @throws IdPatternError */
export function compileIdPattern(source: string): IdPattern {
  if (source === '' || source.length > longestPattern) throw new IdPatternError(`it has to have from 1 to ${longestPattern} signs`)
  const automaton = compileAutomaton(new PatternReader(source).readAll())
  if (automaton === undefined) throw new IdPatternError('it has too many parts')
  const starts = startsOf(automaton)
  const endAt = (text: string, start: number): number => automaton.longest(text, start, longestId, (end) => end > start && isBoundary(text, end))
  return {
    source,
    findIn(text) {
      const found: IdMatch[] = []
      starts.lastIndex = 0
      for (let start = starts.exec(text); start !== null; start = starts.exec(text)) {
        const end = endAt(text, start.index)
        if (end === -1) continue
        found.push({ text: text.slice(start.index, end), index: start.index })
        starts.lastIndex = end
      }
      return found
    },
    startOf(text) {
      const end = isBoundary(text, 0) ? endAt(text, 0) : -1
      return end === -1 ? undefined : text.slice(0, end)
    },
  }
}

/** Finds places at which an id may begin, by the sign that is there: most places of a text are the beginning of nothing. */
function startsOf(automaton: Automaton): RegExp {
  const signs = Array.from({ length: 128 }, (_, code) => code).filter((code) => automaton.mayBegin(code)).map((code) => `\\u{${code.toString(16)}}`)
  return new RegExp(String.raw`\b[${signs.join('')}\u{80}-\u{10FFFF}]`, 'gu')
}

/** As `\b`: between a letter, digit or `_` of English and what is none. */
function isBoundary(text: string, at: number): boolean {
  return isWordSign(text.charCodeAt(at - 1)) !== isWordSign(text.charCodeAt(at))
}

function isWordSign(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

const classes: Readonly<Record<string, string>> = { d: '\\d', D: '\\D', w: '\\w', W: '\\W', s: '\\s', S: '\\S' }

class PatternReader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  readAll(): Pattern {
    const pattern = this.#readChoice()
    if (this.#at < this.#source.length) throw new IdPatternError(`\`${this.#source.slice(this.#at)}\` closes nothing`)
    return pattern
  }

  #readChoice(): Pattern {
    const parts: Pattern[] = [this.#readSequence()]
    while (this.#take('|')) parts.push(this.#readSequence())
    return parts.length === 1 ? (parts[0] as Pattern) : { kind: 'either', parts }
  }

  #readSequence(): Pattern {
    const parts: Pattern[] = []
    while (this.#at < this.#source.length && !/^[|)]/u.test(this.#source.slice(this.#at))) parts.push(this.#readRepeated())
    return { kind: 'sequence', parts }
  }

  #readRepeated(): Pattern {
    let part = this.#readOne()
    for (;;) {
      const rest = this.#source.slice(this.#at)
      const [written, least, comma, most] = /^(?:[*+?]|\{(\d{1,4})(?:(,)(\d{0,4}))?\})/u.exec(rest) ?? []
      if (written === undefined) return part
      this.#at += written.length
      // How eager a repetition is does not matter: an id is as long as it can be.
      this.#take('?')
      const [low, high] = written === '*' ? [0, Number.POSITIVE_INFINITY] : written === '+' ? [1, Number.POSITIVE_INFINITY] : written === '?' ? [0, 1] : [Number(least), comma === undefined ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most)]
      if (low > high || low > mostRepetitions || (high > mostRepetitions && high !== Number.POSITIVE_INFINITY)) throw new IdPatternError(`\`${written}\` is not a number of repetitions up to ${mostRepetitions}`)
      part = { kind: 'repeat', part, least: low, most: high }
    }
  }

  #readOne(): Pattern {
    const rest = this.#source.slice(this.#at)
    if (rest.startsWith('(')) {
      const opening = /^\((?:\?:|\?<[A-Za-z_]\w*>)?/u.exec(rest)?.[0] ?? '('
      if (rest.startsWith(`${opening}?`)) throw unsupported(rest.slice(0, 4))
      this.#at += opening.length
      const inner = this.#readChoice()
      if (!this.#take(')')) throw new IdPatternError(`\`${opening}\` is not closed`)
      return inner
    }
    const written = /^(?:\[\^?(?:\\.|[^\]\\])+\]|\\[pP]\{[^}]*\}|\\.|[^\\])/su.exec(rest)?.[0]
    if (written === undefined || written === '[') throw new IdPatternError(`\`${rest.slice(0, 10)}\` is not closed`)
    if (/^[*+?{}^$\]]$/u.test(written) || /^\\[bBkxuc\d]/u.test(written)) throw unsupported(written)
    this.#at += written.length
    return { kind: 'one', is: signOf(written) }
  }

  #take(sign: string): boolean {
    if (!this.#source.startsWith(sign, this.#at)) return false
    this.#at += sign.length
    return true
  }
}

function unsupported(written: string): IdPatternError {
  return new IdPatternError(`\`${written}\` is not supported; use letters, digits, classes such as \`[A-Z]\` and \`\\d\`, groups, \`|\` and repetitions`)
}

/** One sign is compared by the engine of the language, in capitals or not. */
function signOf(written: string): (sign: string) => boolean {
  if (/^[\p{L}\p{N} _-]$/u.test(written)) {
    const folded = written.toLowerCase()
    return (sign) => sign.toLowerCase() === folded
  }
  let pattern: RegExp
  try {
    pattern = new RegExp(`^(?:${written.startsWith('\\') && classes[written.slice(1)] === undefined && /^\\[^\w]$/u.test(written) ? escaped(written.slice(1)) : written})$`, 'iu')
  } catch {
    throw new IdPatternError(`\`${written}\` is not a sign or a class of signs`)
  }
  return (sign) => pattern.test(sign)
}

function escaped(sign: string): string {
  return sign.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}
