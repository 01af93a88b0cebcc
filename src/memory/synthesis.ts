/**
 * Owns synthesis: concepts that say the same or belong together become clusters, each with a concept that sums it up.
 * Reads, compares and writes in small pieces. Comparing is done anew each time; what was summed up is never summed up
 * again, so a run that was broken off goes on where it stopped.
 */

import type { Cluster } from './cluster.js'
import { clustersOf } from './cluster.js'
import type { Pair, Progress } from './similar.js'
import { createSketcher, findPairs, groupSame, planBands } from './similar.js'
import type { ClusterDraft, ClusterToSave, Store } from './store.js'
import { extractSummary } from './summary.js'

export type Stage = 'reading' | 'comparing' | 'writing'

export interface SynthesisOptions {
  /** Share of different terms that two concepts must have in common with all: above 0, up to 1. */
  readonly threshold: number
  /** Writes nothing. */
  readonly dryRun: boolean
  /** Sums up a cluster; its own sentences do where it is left out. */
  readonly summarize?: (members: ClusterDraft['members']) => Promise<string>
  /** An instant. */
  readonly now: () => string
  readonly onProgress?: (stage: Stage, progress: Progress) => void
  readonly signal?: AbortSignal
}

export interface Synthesis {
  readonly concepts: number
  readonly pairs: number
  readonly clusters: number
  /** How many concepts are in one. */
  readonly clustered: number
  /** Clusters that were made now; those that would be, where nothing is written. */
  readonly made: number
  /** Clusters that later ones took over now. */
  readonly superseded: number
  /** Some of the largest, the likest member first. */
  readonly largest: readonly { readonly size: number; readonly members: readonly number[]; readonly content: string }[]
}

const pageSize = 5000
/** A cluster is summed up from so many of its members, those most like its centre. */
const mostRead = 24
const clustersAtOnce = 100
const mostShown = 5

export async function synthesize(store: Store, options: SynthesisOptions): Promise<Synthesis> {
  const { threshold, onProgress, signal } = options
  const { ids, sketches } = await readSketches(store, options)
  const { distinct, members } = groupSame(sketches)
  const pairs = await untilFound(findPairs(distinct, { threshold, bands: planBands(threshold) }), (progress) => onProgress?.('comparing', progress), signal)
  const clusters = clustersOf(pairs, members)
  const byCentre = (cluster: Cluster): readonly { id: number; score: number }[] =>
    cluster.members
      .map((place, index) => ({ id: ids[place] ?? 0, score: Math.round((cluster.scores[index] ?? 0) * 1000) / 1000, centre: place === cluster.centre }))
      .toSorted((a, b) => Number(b.centre) - Number(a.centre) || b.score - a.score || a.id - b.id)
      .map(({ id, score }) => ({ id, score }))
  const all = clusters.map(byCentre)
  const { made, keys } = await writeClusters(store, all, options)
  const superseded = options.dryRun ? 0 : await supersedeOthers(store, all, keys)
  const largest = all.toSorted((a, b) => b.length - a.length).slice(0, mostShown)
  const shown = await store.concepts(largest.map(([first]) => first?.id ?? 0))
  return {
    concepts: ids.length,
    pairs: pairs.length,
    clusters: all.length,
    clustered: all.reduce((total, one) => total + one.length, 0),
    made,
    superseded,
    largest: largest.map((one) => ({ size: one.length, members: one.slice(0, mostRead).map(({ id }) => id), content: shown.find(({ id }) => id === one[0]?.id)?.body ?? '' })),
  }
}

async function readSketches(store: Store, { onProgress, signal }: SynthesisOptions): Promise<{ ids: readonly number[]; sketches: ReturnType<ReturnType<typeof createSketcher>['finish']> }> {
  const sketcher = createSketcher()
  const ids: number[] = []
  const { concepts } = await store.counts()
  for (let after = 0; ; ) {
    signal?.throwIfAborted()
    const page = await store.wordsPage(after, pageSize)
    for (const { id, words } of page) {
      ids.push(id)
      sketcher.add(words)
    }
    onProgress?.('reading', { done: ids.length, of: Math.max(concepts, ids.length) })
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return { ids, sketches: sketcher.finish() }
    after = last.id
  }
}

/** Lets the process do other things at every pause. */
async function untilFound(search: Generator<Progress, readonly Pair[]>, onProgress: (progress: Progress) => void, signal: AbortSignal | undefined): Promise<readonly Pair[]> {
  for (;;) {
    const step = search.next()
    if (step.done === true) return step.value
    onProgress(step.value)
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
  }
}

type Members = readonly { readonly id: number; readonly score: number }[]

async function writeClusters(store: Store, all: readonly Members[], options: SynthesisOptions): Promise<{ made: number; keys: readonly string[] }> {
  const { onProgress, signal, summarize, dryRun, now } = options
  const keys: string[] = []
  let made = 0
  const atOnce = summarize === undefined || dryRun ? clustersAtOnce : 1
  for (let at = 0; at < all.length; at += atOnce) {
    signal?.throwIfAborted()
    const batch = all.slice(at, at + atOnce)
    const drafts = await store.draftClusters(batch.map((members) => members.map(({ id }) => id)), mostRead)
    const fresh: ClusterToSave[] = []
    for (const [index, draft] of drafts.entries()) {
      keys.push(draft.key)
      if (draft.known) continue
      if (dryRun) made++
      else fresh.push({ key: draft.key, members: batch[index] ?? [], ...(await sumUp(draft, summarize)), at: now() })
    }
    if (fresh.length > 0) made += await store.saveClusters(fresh)
    onProgress?.('writing', { done: Math.min(all.length, at + atOnce), of: all.length })
  }
  return { made, keys }
}

async function sumUp({ members }: ClusterDraft, summarize: SynthesisOptions['summarize']): Promise<{ summary: string; method: string }> {
  if (summarize !== undefined) return { summary: await summarize(members), method: 'command' }
  return { summary: extractSummary(members.map(({ body }) => body)), method: 'extractive' }
}

/** A cluster that is none any more is taken over by the one that has most of its members. */
async function supersedeOthers(store: Store, all: readonly Members[], keys: readonly string[]): Promise<number> {
  const current = new Set(keys)
  const clusterOf = new Map(all.flatMap((members, index) => members.map(({ id }) => [id, index] as const)))
  let count = 0
  for (let after = 0; ; ) {
    const page = await store.clustersPage(after, 1000)
    const taken = page.flatMap(({ id, key, members }) => {
      if (current.has(key)) return []
      const shares = new Map<number, number>()
      for (const member of members) {
        const index = clusterOf.get(member)
        if (index !== undefined) shares.set(index, (shares.get(index) ?? 0) + 1)
      }
      const [most] = [...shares].toSorted(([a, x], [b, y]) => y - x || a - b)
      const by = most === undefined ? undefined : keys[most[0]]
      return by === undefined ? [] : [{ id, by }]
    })
    if (taken.length > 0) await store.supersede(taken)
    count += taken.length
    const last = page.at(-1)
    if (last === undefined) return count
    after = last.id
  }
}
