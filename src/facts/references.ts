/** Owns reading ids: of hypotheses in a cell, of documents in a heading or an item, of concepts in a list. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import type { Span } from '../text/span.js'
import type { IdPattern } from '../template/id-pattern.js'
import type { HypothesisRef } from './facts.js'

const against = /(?:\bagainst|\brefut\w*|\bcontradict\w*|\bdisprov\w*|\bdisconfirm\w*|\bnot|\bweakens|¬|✗|[−–-])\s*$/iu
const againstBehind = /^\s*\(\s*(?:against|refut\w*|contradict\w*|disprov\w*|disconfirm\w*|weakens|no|-|−|✗)/iu
const fromTo = /^\s*(?:-|–|—|to|through|\.\.)\s*$/u
/** A range such as H1-H9999999 would name more hypotheses than anybody writes. */
const longestRange = 200
/** A cell full of such ranges would fill memory. */
const mostRefs = 5000

/** The hypotheses that a cell names, in order, ranges (`H1-H3`) written out. */
export function readHypothesisRefs(source: string, pattern: IdPattern, offset: number): readonly HypothesisRef[] {
  const refs: HypothesisRef[] = []
  let previous: { id: string; end: number } | undefined
  for (const match of pattern.findIn(source)) {
    const written = match.text
    const id = canonicalId(written)
    const span = { start: offset + match.index, end: offset + match.index + written.length }
    const between = previous === undefined ? '' : source.slice(previous.end, match.index)
    if (previous !== undefined && fromTo.test(between)) {
      for (const within of idsBetween(previous.id, id, mostRefs - refs.length)) refs.push({ id: within, span, stance: refs.at(-1)?.stance ?? 'for' })
      refs.push({ id, span, stance: refs.at(-1)?.stance ?? 'for' })
    } else {
      const before = previous === undefined ? source.slice(0, match.index) : between
      const behind = source.slice(match.index + written.length)
      refs.push({ id, span, stance: against.test(before) || againstBehind.test(behind) ? 'against' : 'for' })
    }
    previous = { id, end: match.index + written.length }
  }
  return refs
}

/** Ids are compared in upper case, `h1` and `H1` being one. */
export function canonicalId(id: string): string {
  return id.toUpperCase()
}

function idsBetween(from: string, to: string, most: number): readonly string[] {
  const [, prefix, first] = /^(.*?)(\d{1,9})$/u.exec(from) ?? []
  const [, samePrefix, last] = /^(.*?)(\d{1,9})$/u.exec(to) ?? []
  if (first === undefined || last === undefined || prefix !== samePrefix) return []
  const ids: string[] = []
  for (let n = Number(first) + 1; n < Number(last) && ids.length < Math.min(longestRange, most); n++) ids.push(`${prefix}${n}`)
  return ids
}

/** An id of a document: capitals and digits in parts, the last of them with a digit (`E2-211`, `ADR-039`, `INV-040a`). */
const documentId = /(?<![\p{L}\p{N}_-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?(?![\p{L}\p{N}_])(?!-\d)/gu

export function isDocumentId(text: string): boolean {
  return text.match(documentId)?.[0] === text
}

export interface IdMention {
  readonly id: string
  readonly span: Span
}

export function readDocumentIds(source: string, offset: number): readonly IdMention[] {
  return [...source.matchAll(documentId)].map((match) => ({
    id: match[0],
    span: { start: offset + match.index, end: offset + match.index + match[0].length },
  }))
}

/** The number of ids that one range in `memory_refs`, and all of them, may stand for, so that a slip does not fill memory. */
const longestConceptRange = 10_000
const mostConcepts = 100_000

/** The concept ids of a frontmatter value: integers, or strings with ids, lists and ranges. */
export function readConceptIds(value: FrontmatterValue | undefined): readonly number[] {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [value] : []
  if (typeof value === 'string') return readConceptText(value)
  if (!Array.isArray(value)) return []
  let left = mostConcepts
  return value.flatMap((entry: FrontmatterValue) => {
    if (typeof entry === 'number') return Number.isSafeInteger(entry) ? [entry] : []
    const ids = typeof entry === 'string' ? readConceptText(entry, left) : []
    left -= ids.length
    return ids
  })
}

function readConceptText(text: string, most: number = mostConcepts): readonly number[] {
  const ids: number[] = []
  const written = text.replaceAll(/\s+/gu, ' ').replaceAll(/ ?[-–] ?/gu, '-')
  for (const piece of written.split(/[,; ]+/u)) {
    // No id has more digits than a number can hold exactly.
    const match = /^[#[]*(\d{1,15})(?:-(\d{1,15}))?\]*$/u.exec(piece)
    if (match === null) continue
    const from = Number(match[1])
    const to = Math.min(match[2] === undefined ? from : Number(match[2]), from + longestConceptRange - 1)
    for (let id = from; id <= to && ids.length < most; id++) ids.push(id)
  }
  return ids
}
