/**
 * Owns how a text falls into terms: the same for the index, for queries, for the marks in a snippet and for what
 * synthesis compares. Terms hold letters and digits only, so they stand in any query as they are.
 */

export interface Word {
  /** As it stands in the index. */
  readonly term: string
  /** Where in the text, in UTF-16 code units. */
  readonly start: number
  readonly end: number
  /**
   * A part of a name such as `busyTimeout` is followed by its other parts and then by the whole of it. A pair is two
   * neighbouring signs of a script that puts no spaces between words; the last sign of a row stands alone.
   */
  readonly kind: 'word' | 'part' | 'whole' | 'pair'
}

const run = /[\p{L}\p{N}\p{M}]+/gu
/** Scripts that are written without spaces, and Hangul, whose words change their ends. */
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]+/gu
/** Inside a name such as `busyTimeout` or `HTTPServer`. */
const hump = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu
/** The same where all is ASCII. Compiling the classes above takes longer than storing a learning, and most need none of them. */
const ascii = { whole: /^[\0-\u007F]*$/u, run: /[A-Za-z0-9]+/gu, hump: /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu }
/** What is longer is no word; the index keeps its beginning. */
const longestTerm = 64

/** The terms of a text in order. */
export function* eachWord(text: string): Generator<Word> {
  for (const match of text.matchAll(ascii.whole.test(text) ? ascii.run : run)) {
    const [written] = match
    // Most text is plain and needs no further look.
    if (/^[a-z0-9]+$/u.test(written)) yield plain(written, match.index, 'word')
    else if (ascii.whole.test(written)) yield* humpsOf(written, match.index, ascii.hump)
    else yield* piecesOf(written, match.index)
  }
}

function* piecesOf(written: string, offset: number): Generator<Word> {
  let at = 0
  for (const match of written.matchAll(unspaced)) {
    yield* humpsOf(written.slice(at, match.index), offset + at, hump)
    yield* pairsOf(match[0], offset + match.index)
    at = match.index + match[0].length
  }
  yield* humpsOf(written.slice(at), offset + at, hump)
}

function* humpsOf(written: string, offset: number, bounds: RegExp): Generator<Word> {
  if (written === '') return
  let at = 0
  for (const match of written.matchAll(bounds)) {
    yield plain(written.slice(at, match.index), offset + at, 'part')
    at = match.index
  }
  yield plain(written.slice(at), offset + at, at > 0 ? 'part' : 'word')
  // A name is found by its parts and by itself written small.
  if (at > 0) yield plain(written, offset, 'whole')
}

function plain(written: string, start: number, kind: Word['kind']): Word {
  return { term: termOf(written), start, end: start + written.length, kind }
}

/** The same few thousand words make most of every text. */
const terms = new Map<string, string>()
const mostTermsKept = 20_000

function termOf(written: string): string {
  const known = terms.get(written)
  if (known !== undefined) return known
  const term = stem(fold(written)).slice(0, longestTerm)
  if (terms.size >= mostTermsKept) terms.clear()
  if (written.length <= longestTerm) terms.set(written, term)
  return term
}

/** Each sign with the next, and the last alone, so that any piece of the text is a row of pairs. */
function* pairsOf(written: string, offset: number): Generator<Word> {
  const signs = [...written]
  let at = offset
  for (const [index, sign] of signs.entries()) {
    const next = signs[index + 1] ?? ''
    yield { term: fold(sign + next), start: at, end: at + sign.length + next.length, kind: 'pair' }
    at += sign.length
  }
}

/** Case, accents and compatibility forms make no difference. */
function fold(written: string): string {
  if (ascii.whole.test(written)) return written.toLowerCase()
  return written.normalize('NFKD').replaceAll(/[\u0300-\u036F]/gu, '').normalize('NFC').toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '')
}

/** Brings the commonest English endings together; other words stay as they are. */
function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word
  const single = word.endsWith('ies') ? `${word.slice(0, -3)}y` : /(?:ss|us|is)$/u.test(word) ? word : /(?:[sxz]|ch|sh)es$/u.test(word) ? word.slice(0, -2) : word.replace(/s$/u, '')
  const bare = single.replace(/(?<=[aeiouy].*[^l])ly$/u, '')
  const root = withoutEnding(bare)
  return root.length > 3 ? root.replace(/e$/u, '') : root
}

function withoutEnding(word: string): string {
  const match = /^(.*[aeiouy].*?)(?:ing|ed)$/u.exec(word)
  if (match?.[1] !== undefined && match[1].length > 2) return match[1].replace(/([^aeiouylsz])\1$/u, '$1')
  const noun = /^(.{3,}t)ion$/u.exec(word)
  return noun?.[1] ?? word
}

/** The text as the full-text index takes it: terms with a space between. */
export function indexedText(text: string): string {
  let indexed = ''
  for (const { term } of eachWord(text)) if (term !== '') indexed += indexed === '' ? term : ` ${term}`
  return indexed
}

/** Words that stand in most sentences and tell nothing about what one of them is about. */
const empty: ReadonlySet<string> = new Set(
  `a about after all also am an and any are as at be because been before being both but by can could did do does doing done down each
  for from get got had has have having he her here him his how i if in into is it its just me more most my no nor not now of off on once
  only or other our out over own s same she should so some such t than that the their them then there these they this those through to
  too under until up us very was we were what when where which while who whom why will with would you your`
    .split(/\s+/u)
    .map((word) => stem(word)),
)

/** True for words that are left out of a query and of a comparison unless there is nothing else. */
export function saysNothing(term: string): boolean {
  return empty.has(term)
}
