/**
 * Owns finding concepts on SQLite. All words first, then all but one, then the rarest; of each the newest are looked
 * at, and put in order by rank.ts, so that a word that stands everywhere costs no more than a rare one.
 */

import type { Database } from './driver.js'
import type { Clause, Query } from './query.js'
import { idsNear, matchOf } from './query.js'
import type { WeighedClause } from './rank.js'
import { rank } from './rank.js'
import { snippetOf } from './snippet.js'
import { findConcept, statement } from './rows.js'
import type { Hit, Kinship, SearchAnswer, SearchFilters, SearchRequest } from './store.js'

/** How often a word stands is counted so far; beyond it is estimated. */
const countedFar = 1000
/** Of concepts that hold all words, so many are looked at, the newest. */
const mostLookedAt = 400
const mostOfEachOther = 60
/** The rarest words are taken together up to so many concepts. */
const rareEnough = 400
/** So many times the number that was asked for. */
const plenty = 4
/** With filters, so many are looked through. */
const mostLookedThrough = 20_000
/** A document with more concepts than this is searched by the index like all. */
const mostOfOneDocument = 5000
const mostNearIds = 5

interface Candidate {
  readonly id: number
  readonly words: string
}

export function searchIn(database: Database.Database, { query, filters = {}, limit }: SearchRequest): SearchAnswer {
  const filter = filterOf(filters)
  const byId = byIds(database, query, filter)
  const size = Number(statement(database, 'SELECT coalesce(max(id), 0) FROM concepts').pluck().get())
  const weighed = query.clauses.map((clause) => weigh(database, clause, size))
  const replaced = weighed.map((clause) => (clause.frequency > 0 ? clause : (respelled(database, clause, size) ?? clause)))
  const known = replaced.filter(({ frequency }) => frequency > 0)
  const { candidates, more } = candidatesFor(database, known, filter, filters, limit)
  const seen = new Set(byId.map(({ id }) => id))
  const ranked = [...candidates.values()]
    .filter(({ id }) => !seen.has(id))
    .map(({ id, words }) => ({ id, ...rank(words.split(' '), known, size) }))
    .filter(({ held }) => held > 0)
    .toSorted((a, b) => Number(b.held === known.length) - Number(a.held === known.length) || b.score - a.score || b.id - a.id)
  const found: readonly Found[] = [...byId, ...ranked.map(({ id, score, held }) => ({ id, score, held, by: held === known.length && known.length === query.clauses.length ? ('words' as const) : ('some-words' as const) }))]
  return {
    hits: found.slice(0, limit).flatMap((one) => hitOf(database, one, known) ?? []),
    // Among so many that hold the words, older ones may meet the filter as well.
    more: more || found.length > limit || (isFiltered(filters) && known.length > 0 && Math.min(...known.map(({ frequency }) => frequency)) > mostLookedThrough),
    // What was taken for an id and found as one is no word that is missing.
    absent: weighed.flatMap((clause, index) => (replaced[index]?.frequency === 0 && (byId.length === 0 || !/\d/u.test(clause.text)) ? [clause.text] : [])),
    respelled: weighed.flatMap((clause, index) => {
      const other = replaced[index]
      return other === undefined || other === clause ? [] : [{ typed: clause.text, as: other.text }]
    }),
  }
}

function isFiltered(filters: SearchFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}

interface Filter {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** What every answer has to meet: live, not the summary of a cluster that a later one took over, and what was asked for. */
function filterOf({ document, type, phase, verdict, since, until }: SearchFilters): Filter {
  const parts = [`c.state = 'live'`, 'NOT EXISTS (SELECT 1 FROM clusters k WHERE k.concept = c.id AND k.superseded IS NOT NULL)']
  const values: (string | number)[] = []
  if (type !== undefined) {
    parts.push('c.type = ? COLLATE NOCASE')
    values.push(type)
  }
  if (since !== undefined) {
    parts.push('c.created >= ?')
    values.push(since)
  }
  if (until !== undefined) {
    // A day holds all its instants.
    parts.push('c.created < ?')
    values.push(`${until}~`)
  }
  const origin: string[] = []
  const named = document === undefined ? undefined : waysToWrite(document)
  if (named !== undefined) {
    origin.push(`p.document IN (${named.map(() => '?').join(', ')})`)
    values.push(...named)
  }
  for (const [column, value] of [['phase', phase], ['verdict', verdict]] as const) {
    if (value === undefined) continue
    origin.push(`p.${column} = ? COLLATE NOCASE`)
    values.push(value)
  }
  if (origin.length > 0) parts.push(`EXISTS (SELECT 1 FROM provenance p WHERE p.concept = c.id AND ${origin.join(' AND ')})`)
  return { sql: parts.join(' AND '), values }
}

/** Ids of documents are compared without case and leading zeros; these are the forms that people write. */
function waysToWrite(document: string): readonly string[] {
  const match = /^(.*?)[-_ ]*0*(\d+)([a-z]?)$/iu.exec(document.trim())
  if (match === null) return [...new Set([document, document.toUpperCase(), document.toLowerCase()])]
  const [, prefix = '', number = '', letter = ''] = match
  const forms = [1, 2, 3, 4, 5].flatMap((digits) => {
    const written = number.padStart(digits, '0')
    const heads = [prefix, prefix.toUpperCase(), prefix.toLowerCase()]
    return heads.flatMap((head) => [`${head}${head === '' ? '' : '-'}${written}${letter}`, `${head}${written}${letter}`])
  })
  return [...new Set([document, ...forms])]
}

interface Found {
  readonly id: number
  readonly score: number
  readonly by: Hit['by']
  readonly held: number
}

/** What is named by its id, or by the id of its document; where no such concept is, those whose id is one slip away. */
function byIds(database: Database.Database, { concepts, documents, clauses }: Query, filter: Filter): readonly Found[] {
  const passes = statement(database, `SELECT 1 FROM concepts c WHERE c.id = ? AND ${filter.sql}`)
  const isThere = (id: number): boolean => passes.get(id, ...filter.values) !== undefined
  const named = concepts.filter(isThere).map((id): Found => ({ id, score: 1000, by: 'id', held: 1 }))
  const onlyIds = clauses.length > 0 && clauses.every(({ text }) => /^\d+$/u.test(text))
  const near = onlyIds && named.length === 0 ? concepts.slice(0, 3).flatMap((id) => idsNear(id).filter(isThere).slice(0, mostNearIds).map((one): Found => ({ id: one, score: 1, by: 'near-id', held: 0 }))) : []
  const ofDocuments = documents.flatMap((document) => {
    const forms = waysToWrite(document)
    const ids = statement(
      database,
      `SELECT DISTINCT c.id FROM provenance o JOIN concepts c ON c.id = o.concept WHERE o.document IN (${forms.map(() => '?').join(', ')}) AND ${filter.sql} ORDER BY c.id DESC LIMIT 50`,
    ).pluck().all(...forms, ...filter.values) as readonly number[]
    return ids.toReversed().map((id): Found => ({ id, score: 100, by: 'document', held: 1 }))
  })
  return [...new Map([...near, ...ofDocuments, ...named].map((one) => [one.id, one])).values()].toSorted((a, b) => b.score - a.score)
}

/** Counts how many concepts hold a clause; where it is in very many, judges by the newest of them how many it may be. */
function weigh(database: Database.Database, clause: Clause, size: number): WeighedClause {
  const { count, lowest } = statement(
    database,
    'SELECT count(*) AS count, min(rowid) AS lowest FROM (SELECT rowid FROM concept_index WHERE concept_index MATCH ? ORDER BY rowid DESC LIMIT ?)',
  ).get(matchOf(clause), countedFar) as { readonly count: number; readonly lowest: number | null }
  const frequency = count < countedFar ? count : Math.min(size, Math.round((count * size) / Math.max(1, size - (lowest ?? 0) + 1)))
  return { ...clause, frequency }
}

/** A word that stands nowhere may be one that does, mistyped; of a name, its parts may. */
function respelled(database: Database.Database, clause: WeighedClause, size: number): WeighedClause | undefined {
  const parts = clause.alternatives.at(-1)
  if (clause.open || parts === undefined) return undefined
  const row = parts.map((term) => nearestTerm(database, term) ?? term)
  if (row.every((term, index) => term === parts[index])) return undefined
  const other = weigh(database, { text: row.join(' '), alternatives: [row], open: false }, size)
  return other.frequency === 0 ? undefined : other
}

/** The term itself where it stands somewhere, else the most frequent of those that are a slip or two away. */
function nearestTerm(database: Database.Database, term: string): string | undefined {
  if (term.length < 4 || !/^\p{L}+$/u.test(term)) return undefined
  const head = term.slice(0, 2)
  const near = statement(database, 'SELECT term, doc FROM concept_terms WHERE term >= ? AND term < ? LIMIT 4000').all(head, `${head}\u{10FFFF}`) as readonly { readonly term: string; readonly doc: number }[]
  const allowed = term.length < 8 ? 1 : 2
  return near
    .filter((one) => Math.abs(one.term.length - term.length) <= allowed)
    .map((one) => ({ ...one, steps: stepsBetween(term, one.term) }))
    .filter(({ steps }) => steps <= allowed)
    .toSorted((a, b) => a.steps - b.steps || b.doc - a.doc || (a.term < b.term ? -1 : 1))[0]?.term
}

/** Letters wrong, missing, too much, or two changed about, each one step. */
function stepsBetween(a: string, b: string): number {
  let before: readonly number[] = []
  let line: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let steps = Math.min((line[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (line[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, (before[j - 2] ?? 0) + 1)
      next.push(steps)
    }
    before = line
    line = next
  }
  return line[b.length] ?? 0
}

function candidatesFor(database: Database.Database, known: readonly WeighedClause[], filter: Filter, filters: SearchFilters, limit: number): { candidates: ReadonlyMap<number, Candidate>; more: boolean } {
  const candidates = new Map<number, Candidate>()
  if (known.length === 0) return { candidates, more: false }
  const add = (found: readonly Candidate[]): void => found.forEach((one) => void candidates.set(one.id, one))
  const own = filters.document === undefined ? undefined : ofOneDocument(database, filters.document, filter)
  if (own !== undefined) {
    add(own)
    return { candidates, more: false }
  }
  const gather = (match: string, most: number): readonly Candidate[] => gatherBy(database, match, filter, filters, most)
  const all = gather(allOf(known), mostLookedAt)
  add(all)
  if (candidates.size >= limit) return { candidates, more: all.length === mostLookedAt }
  if (known.length > 2) for (const clause of known.slice(0, 8)) add(gather(allOf(known.filter((one) => one !== clause)), mostOfEachOther))
  // Where those are plenty, what holds a single rare word would not come before them.
  if (candidates.size < plenty * limit) add(gather(rarestOf(known).map(matchOf).join(' OR '), mostLookedAt))
  return { candidates, more: false }
}

function allOf(clauses: readonly Clause[]): string {
  return clauses.map(matchOf).join(' AND ')
}

function rarestOf(known: readonly WeighedClause[]): readonly WeighedClause[] {
  let total = 0
  return known.toSorted((a, b) => a.frequency - b.frequency).filter(({ frequency }, index) => {
    total += frequency
    return index === 0 || total <= rareEnough
  })
}

function ofOneDocument(database: Database.Database, document: string, filter: Filter): readonly Candidate[] | undefined {
  const forms = waysToWrite(document)
  const rows = statement(
    database,
    `SELECT DISTINCT c.id, c.words FROM provenance o JOIN concepts c ON c.id = o.concept WHERE o.document IN (${forms.map(() => '?').join(', ')}) AND ${filter.sql} LIMIT ${mostOfOneDocument + 1}`,
  ).all(...forms, ...filter.values) as readonly Candidate[]
  return rows.length > mostOfOneDocument ? undefined : rows
}

/** The newest that match and meet the filter; they are ordered inside already, and a second sorting would read them all. */
function gatherBy(database: Database.Database, match: string, filter: Filter, filters: SearchFilters, most: number): readonly Candidate[] {
  // Without filters nearly all that match will do, so few are looked through.
  const through = isFiltered(filters) ? mostLookedThrough : most + Math.ceil(most / 8)
  return statement(
    database,
    `SELECT c.id, c.words FROM (SELECT rowid AS id FROM concept_index WHERE concept_index MATCH ? ORDER BY rowid DESC LIMIT ${through}) found
     CROSS JOIN concepts c ON c.id = found.id WHERE ${filter.sql} LIMIT ${most}`,
  ).all(match, ...filter.values) as readonly Candidate[]
}

function hitOf(database: Database.Database, { id, score, by, held }: Found, clauses: readonly Clause[]): Hit | undefined {
  const concept = findConcept(database, id)
  if (concept === undefined) return undefined
  return { concept, score: Math.round(score * 1000) / 1000, by, held, snippet: snippetOf(concept.body, clauses), kinship: kinshipOf(database, id) }
}

export function kinshipOf(database: Database.Database, id: number): Kinship {
  const ids = (sql: string): readonly number[] => statement(database, sql).pluck().all(id) as readonly number[]
  return {
    clusters: ids('SELECT k.concept FROM cluster_members m JOIN clusters k ON k.id = m.cluster WHERE m.concept = ? AND k.superseded IS NULL ORDER BY k.concept'),
    members: ids('SELECT m.concept FROM clusters k JOIN cluster_members m ON m.cluster = k.id WHERE k.concept = ? ORDER BY m.score DESC, m.concept'),
    superseded: ids('SELECT 1 FROM clusters WHERE concept = ? AND superseded IS NOT NULL').length > 0,
  }
}
