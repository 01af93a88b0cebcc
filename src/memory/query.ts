/**
 * Owns what a person's words ask of the full-text index. Whatever is typed becomes quoted terms of letters and digits
 * and the operators written here, so that no query can be malformed.
 */

import type { Word } from './words.js'
import { eachWord, saysNothing } from './words.js'

/** One thing that is looked for. */
export interface Clause {
  /** As it was typed. */
  readonly text: string
  /** Rows of terms that stand one behind the other, each of which will do: `busyTimeout` is `busytimeout` or `busy timeout`. */
  readonly alternatives: readonly (readonly string[])[]
  /** True where the last term of a row may go on: `lock*`. */
  readonly open: boolean
}

export interface Query {
  readonly text: string
  readonly clauses: readonly Clause[]
  /** Numbers that may be ids of concepts: `101`, `#101`, `72331-72336`. */
  readonly concepts: readonly number[]
  /** What may be ids of documents, in one form: `inv 27` and `INV-027` are `INV-27`. */
  readonly documents: readonly string[]
}

/** What is longer was pasted by mistake; its beginning is searched for. */
const longestQuery = 4000
const mostClauses = 24
const longestIdRange = 100

/** Reads any text; the clauses are empty where it holds no letter or digit. */
export function parseQuery(typed: string): Query {
  const text = typed.slice(0, longestQuery)
  const clauses: Clause[] = []
  for (const { quoted, piece } of piecesOf(text)) clauses.push(...(quoted ? phraseOf(piece) : clausesOf(piece)))
  const distinct = [...new Map(clauses.map((clause) => [matchOf(clause), clause])).values()]
  const telling = distinct.filter(({ alternatives }) => !alternatives.every((row) => row.every((term) => saysNothing(term))))
  return { text, clauses: (telling.length > 0 ? telling : distinct).slice(0, mostClauses), concepts: conceptIdsIn(text), documents: documentIdsIn(text) }
}

/** What is quoted, and what lies between; a quote that nothing closes is none. */
function* piecesOf(text: string): Generator<{ quoted: boolean; piece: string }> {
  let at = 0
  for (const match of text.matchAll(/"([^"]+)"|“([^”]+)”|«([^»]+)»/gu)) {
    yield { quoted: false, piece: text.slice(at, match.index) }
    yield { quoted: true, piece: match[1] ?? match[2] ?? match[3] ?? '' }
    at = match.index + match[0].length
  }
  yield { quoted: false, piece: text.slice(at) }
}

function phraseOf(piece: string): readonly Clause[] {
  const words = [...eachWord(piece)].filter(({ term }) => term !== '')
  // At its end the row of pairs may go on in the text, so the last sign alone is not asked for.
  const last = words.at(-1)
  const goesOn = last?.kind === 'pair' && words.at(-2)?.kind === 'pair' && words.at(-2)?.end === last.end
  const row = goesOn ? words.slice(0, -1) : words
  if (row.length === 0) return []
  // Names stand in the index as they are written: in parts with the whole behind them, or whole alone.
  const written = row.map(({ term }) => term)
  const whole = row.filter(({ kind }) => kind !== 'part').map(({ term }) => term)
  const alternatives = whole.length === written.length ? [written] : [written, whole]
  return [{ text: piece.trim(), alternatives, open: last?.kind === 'pair' && !goesOn }]
}

function* clausesOf(piece: string): Generator<Clause> {
  let parts: Word[] = []
  let pairs: Word[] = []
  for (const word of eachWord(piece)) {
    if (word.term === '') continue
    if (pairs.length > 0 && (word.kind !== 'pair' || word.start > (pairs.at(-1)?.end ?? 0) || word.start <= (pairs.at(-1)?.start ?? 0))) {
      yield pairClause(piece, pairs)
      pairs = []
    }
    if (word.kind === 'pair') pairs.push(word)
    else if (word.kind === 'part') parts.push(word)
    else {
      const text = piece.slice(word.start, word.end)
      const open = piece[word.end] === '*'
      yield { text, alternatives: word.kind === 'whole' ? [[word.term], parts.map(({ term }) => term)] : [[word.term]], open }
      parts = []
    }
  }
  if (pairs.length > 0) yield pairClause(piece, pairs)
}

/** A row of signs is found wherever it stands: as pairs, or a single sign as the beginning of one. */
function pairClause(piece: string, pairs: readonly Word[]): Clause {
  const [first] = pairs
  const last = pairs.at(-1)
  if (first === undefined || last === undefined) throw new TypeError('A row holds at least one sign')
  const text = piece.slice(first.start, last.end)
  if (pairs.length === 1) return { text, alternatives: [[first.term]], open: true }
  return { text, alternatives: [pairs.slice(0, -1).map(({ term }) => term)], open: false }
}

/** The clause as the index reads it. */
export function matchOf({ alternatives, open }: Clause): string {
  const rows = alternatives.map((row) => `"${row.join(' ')}"${open ? '*' : ''}`)
  return rows.length === 1 ? (rows[0] ?? '') : `(${rows.join(' OR ')})`
}

function conceptIdsIn(text: string): readonly number[] {
  const ids = new Set<number>()
  for (const match of text.matchAll(/(?<![\p{L}\p{N}_.:/-])#?\[?([1-9]\d{0,14})(?:\s?[-–]\s?(\d{1,15}))?\]?(?![\p{L}\p{N}_:/-]|\.\d)/gu)) {
    const from = Number(match[1])
    const to = Math.min(match[2] === undefined ? from : Number(match[2]), from + longestIdRange - 1)
    for (let id = from; id <= to && ids.size < longestIdRange; id++) if (id > 0) ids.add(id)
  }
  return [...ids]
}

function documentIdsIn(text: string): readonly string[] {
  const joined = /(?<![\p{L}\p{N}_-])([a-z][a-z0-9]{0,15}(?:[-_][a-z0-9]{1,15})*?[-_ ]\d{1,9}[a-z]?|[a-z]{1,15}\d{1,9}[a-z]?)(?![\p{L}\p{N}_])(?![-_]\d)/giu
  return [...new Set([...text.matchAll(joined)].map(([written]) => canonicalDocumentId(written)))].slice(0, mostClauses)
}

/** Ids are compared without case, separators and leading zeros: `inv027`, `INV-27` and `Inv 0027` are one. */
export function canonicalDocumentId(id: string): string {
  const match = /^(.*?)[-_ ]*0*(\d+[a-z]?)$/iu.exec(id.trim())
  const plain = match?.[1] === undefined || match[1] === '' ? id.trim() : `${match[1]}-${match[2]}`
  return plain.toUpperCase().replaceAll(/[_ ]/gu, '-')
}

/**
 * Ids that one slip of the finger away: a digit wrong, missing, too much, or two of them changed about. In order of
 * distance from the number that was typed.
 */
export function idsNear(id: number): readonly number[] {
  const digits = String(id)
  const near = new Set<string>()
  for (let at = 0; at <= digits.length; at++) {
    const [before, behind] = [digits.slice(0, at), digits.slice(at)]
    if (behind !== '') near.add(before + behind.slice(1))
    if (behind.length > 1) near.add(before + (behind[1] ?? '') + (behind[0] ?? '') + behind.slice(2))
    for (let digit = 0; digit <= 9; digit++) {
      near.add(before + digit + behind)
      if (behind !== '') near.add(before + digit + behind.slice(1))
    }
  }
  return [...near]
    .filter((one) => /^[1-9]\d{0,14}$/u.test(one) && one !== digits)
    .map(Number)
    .toSorted((a, b) => Math.abs(a - id) - Math.abs(b - id) || a - b)
}
