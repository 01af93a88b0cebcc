/** Owns the use cases `memory search` and `memory show`: what is known already. Writes nothing and waits for nobody. */

import { InquestError } from '../../errors.js'
import type { Concept, Hit, Kinship, SearchAnswer, SearchFilters, Store } from '../../memory/store.js'
import type { Experience } from '../experience.js'
import { findExperience } from '../experience.js'
import type { Host } from '../host.js'
import { memoryPlace, openMemoryReader } from '../memory.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface MemorySearchInput {
  readonly query: string
  readonly filters?: SearchFilters
  readonly limit?: number
}

export interface FoundConcept {
  readonly id: number
  readonly type: string
  readonly content: string
  readonly score: number
  /** Why it was found. */
  readonly match: Hit['by']
  /** The piece that answers, and from where to where the words stand in it. */
  readonly snippet: Hit['snippet']
  readonly provenance: Concept['provenance']
  /** Concepts that sum up clusters it is in. */
  readonly clusters?: readonly number[]
  /** Where it sums up a cluster itself. */
  readonly members?: readonly number[]
}

export interface MemorySearchResult extends Pick<SearchAnswer, 'more' | 'absent' | 'respelled'> {
  readonly results: readonly FoundConcept[]
  readonly experience: readonly Experience[]
  /** Why there is nothing to search in, and what to do. */
  readonly note?: string
}

const usualLimit = 10
const mostResults = 1000

/** @throws InquestError `usage` for nothing to search for, `store-…` for a store that cannot be read */
export async function searchMemory(host: Host, { query: typed, filters = {}, limit = usualLimit }: MemorySearchInput): Promise<MemorySearchResult> {
  if (typed.trim() === '') throw new InquestError('usage', 'There is nothing to search for', { hint: 'inquest memory search "sqlite busy timeout"' })
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostResults) throw new InquestError('usage', `The limit is a number from 1 to ${mostResults}`, { hint: 'inquest memory search --limit 20 …' })
  for (const [name, value] of [['since', filters.since], ['until', filters.until]] as const) {
    if (value !== undefined && Number.isNaN(Date.parse(value))) throw new InquestError('usage', `\`--${name}\` takes a day: ${value} is none`, { hint: `--${name} 2026-03-02` })
  }
  const workspace = await openWorkspace(host)
  const store = await openMemoryReader(workspace)
  try {
    return await searchIn(workspace, store, typed, filters, limit)
  } finally {
    await store?.close()
  }
}

async function searchIn(workspace: Workspace, store: Store | undefined, typed: string, filters: SearchFilters, limit: number): Promise<MemorySearchResult> {
  const { parseQuery } = await import('../../memory/query.js')
  const query = parseQuery(typed)
  const answer = await store?.search({ query, filters, limit })
  const results = (answer?.hits ?? []).map(found)
  const fromDocuments = (await findExperience(workspace, query, limit)).filter(({ document, verdict }) => meets(filters, document, verdict))
  return {
    results,
    experience: [...fromDocuments, ...fromConcepts(workspace, results)].slice(0, limit),
    more: answer?.more ?? false,
    absent: answer?.absent ?? [],
    respelled: answer?.respelled ?? [],
    ...(store === undefined && { note: whyNoStore(workspace) }),
  }
}

function whyNoStore(workspace: Workspace): string {
  const place = memoryPlace(workspace)
  const shown = workspace.toRelative(place.export)
  return workspace.host.exists(place.export) ? `there is no concept store here yet, but ${shown}: \`inquest memory import\` makes one of it` : 'there is no concept store yet; `inquest close` and `inquest memory ingest` store what was learned'
}

function meets({ document, verdict }: SearchFilters, own: string, given: string): boolean {
  const plain = (id: string): string => id.toUpperCase().replaceAll(/[-_ ]|(?<=\D)0+(?=\d)/gu, '')
  return (document === undefined || plain(document) === plain(own)) && (verdict === undefined || verdict.toLowerCase() === given)
}

function found({ concept, score, by, snippet, kinship }: Hit): FoundConcept {
  const { id, type, body, provenance } = concept
  return { id, type, content: body, score, match: by, snippet, provenance, ...membership(kinship) }
}

function membership({ clusters, members }: Kinship): Pick<FoundConcept, 'clusters' | 'members'> {
  return { ...(clusters.length > 0 && { clusters }), ...(members.length > 0 && { members }) }
}

/** Suppositions that the store knows of, from inquiries that are not here. */
function fromConcepts(workspace: Workspace, results: readonly FoundConcept[]): readonly Experience[] {
  const seen = new Set<string>()
  return results.flatMap(({ id, content, score, provenance }) =>
    provenance.flatMap(({ document, path, hypothesis, verdict }) => {
      if (document === undefined || hypothesis === undefined || verdict === undefined || workspace.index().withId(document).length > 0) return []
      const name = `${document} ${hypothesis}`
      if (seen.has(name)) return []
      seen.add(name)
      return [{ document, ...(path !== undefined && { path }), hypothesis, statement: content, verdict, concept: id, score }]
    }),
  )
}

export interface ShownConcept {
  readonly id: number
  readonly type: string
  readonly state: Concept['state']
  readonly created: string
  readonly content: string
  readonly provenance: Concept['provenance']
  /** Clusters it is in: the concepts that sum them up, with what they say. */
  readonly clusters: readonly Named[]
  /** Where it sums up a cluster itself: what it holds. */
  readonly members: readonly Named[]
  /** True where a later cluster holds what this one sums up. */
  readonly superseded: boolean
}

export interface Named {
  readonly id: number
  readonly content: string
}

/** @throws InquestError `store-missing`, and `usage` for an id that it does not have */
export async function showConcepts(host: Host, written: readonly string[]): Promise<readonly ShownConcept[]> {
  const ids = written.map((one) => {
    const id = /^#?(\d{1,15})$/u.exec(one)?.[1]
    if (id === undefined) throw new InquestError('usage', `${one}: is no id of a concept`, { hint: 'inquest memory show 101; `inquest memory search` finds ids by words' })
    return Number(id)
  })
  if (ids.length === 0) throw new InquestError('usage', '`memory show` takes the id of a concept', { hint: 'inquest memory show 101' })
  const workspace = await openWorkspace(host)
  const store = await openMemoryReader(workspace)
  if (store === undefined) throw new InquestError('store-missing', 'There is nothing to show', { hint: whyNoStore(workspace) })
  try {
    const shown: ShownConcept[] = []
    for (const id of ids) shown.push(await showOne(store, id))
    return shown
  } finally {
    await store.close()
  }
}

/** So many digits are tried behind what is typed. */
const mostDigitsTried = 3

/** Ids of concepts that begin with these digits, the shortest first; none where there is no store. */
export async function completeConceptIds(host: Host, digits: string, limit: number): Promise<readonly string[]> {
  if (!/^(?:[1-9]\d{0,11})?$/u.test(digits)) return []
  const store = await openMemoryReader(await openWorkspace(host))
  if (store === undefined) return []
  try {
    const ids: number[] = digits === '' ? [] : [Number(digits)]
    for (let more = 1; more <= mostDigitsTried; more++) {
      const first = Number(digits === '' ? 10 ** (more - 1) : digits.padEnd(digits.length + more, '0'))
      for (let id = first; id < (digits === '' ? 10 ** more : first + 10 ** more); id++) ids.push(id)
    }
    const unknown = new Set(await store.unknown(ids))
    return ids.filter((id) => !unknown.has(id)).slice(0, limit).map(String)
  } finally {
    await store.close()
  }
}

async function showOne(store: Store, id: number): Promise<ShownConcept> {
  const [concept] = await store.concepts([id])
  if (concept === undefined) throw new InquestError('usage', `There is no concept ${id}`, { hint: await nearest(store, id) })
  const kinship = await store.kinship(id)
  const named = async (ids: readonly number[]): Promise<readonly Named[]> => (await store.concepts(ids)).map(({ id: one, body }) => ({ id: one, content: body }))
  const { type, state, created, body, provenance } = concept
  return { id, type, state, created, content: body, provenance, clusters: await named(kinship.clusters), members: await named(kinship.members), superseded: kinship.superseded }
}

async function nearest(store: Store, id: number): Promise<string> {
  const former = (await store.formerIds('', 'all')).filter((one) => one.former === id)
  if (former.length > 0) return `It is ${former.map((one) => one.id).filter((one, at, all) => all.indexOf(one) === at).join(' or ')} now`
  const { idsNear } = await import('../../memory/query.js')
  const near = (await store.concepts(idsNear(id))).slice(0, 5).map((one) => one.id)
  return near.length > 0 ? `There is ${near.join(', ')}` : '`inquest memory search` finds ids by words'
}
