/** Owns the use case `memory ingest`: stores learnings, exactly once, and lets the document they belong to list them. */

import { InquestError } from '../../errors.js'
import type { Host } from '../host.js'
import type { Learning } from '../memory.js'
import { attach, memoryPlace, originOf, requestFor, withConceptIds, withMemory } from '../memory.js'
import { authorOf, commitOf } from '../actor.js'
import { idsToBe, learningsAtHand } from '../closing.js'
import { examine } from '../examine.js'
import { recover } from '../recovery.js'
import { resolveDocument } from '../resolve.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface IngestInput {
  /** An id or a path; left out, the concepts belong to no document. */
  readonly document?: string
  /** Each a learning; with none, a document's own findings are. */
  readonly texts: readonly string[]
  /** What kind of concepts they are; `learning` by default. */
  readonly type?: string
  /** Where plain concepts come from. */
  readonly source?: string
  /** Names the request, so that the same again stores nothing twice. */
  readonly key?: string
  readonly onRecovered?: (message: string) => void
}

export interface IngestResult {
  readonly ids: readonly number[]
  readonly document?: string
  readonly operation: string
  readonly replayed: boolean
}

/** What is longer is a document of its own. */
const longestLearning = 1_000_000

const nothingToStore = (hint: string): InquestError => new InquestError('usage', 'There is nothing to store', { hint })

/** @throws InquestError `usage` for nothing to store or a document that lists no concepts, `store-…` for a store that fails */
export async function ingest(host: Host, input: IngestInput): Promise<IngestResult> {
  return ingestIn(await openWorkspace(host), input)
}

/** The same in a repository that is open already. */
export async function ingestIn(workspace: Workspace, input: IngestInput): Promise<IngestResult> {
  const given = input.texts.map((text): Learning => ({ type: input.type ?? 'learning', body: text.trim() }))
  if ((given.length === 0 && input.document === undefined) || given.some(({ body }) => body === '')) throw nothingToStore('inquest memory ingest --document INV-001 "what was learned"')
  if (given.some(({ body }) => body.length > longestLearning)) throw new InquestError('usage', `A learning is longer than ${longestLearning} characters`, { hint: 'Store what it comes to, and name the source' })
  const { host } = workspace
  recover(workspace)
  const { onRecovered = () => undefined, key } = input
  if (input.document === undefined) {
    const commit = commitOf(workspace)
    const author = authorOf(workspace)
    const { repository } = memoryPlace(workspace)
    const origin = { repository, ...(input.source !== undefined && { path: input.source }), ...(commit !== undefined && { commit }), ...(author !== undefined && { author }) }
    return withMemory(workspace, { onRecovered }, async (store) => {
      const { ids, operation, replayed } = await store.record(requestFor(host, origin, given, key))
      return { ids, operation: operation.key, replayed }
    })
  }
  const entry = resolveDocument(workspace, input.document)
  const before = workspace.readText(entry.path)
  if (before === undefined) throw new InquestError('io', `${entry.path}: is gone`)
  // A document that could not list the ids is told so before there are any.
  await withConceptIds(workspace, entry.path, before, idsToBe(1))
  const { facts } = examine(workspace, entry.path, before, true)
  const learnings = given.length > 0 || facts === undefined ? given : learningsAtHand(workspace, facts)
  if (learnings.length === 0) throw nothingToStore(`Write down what was found in ${entry.path}, or give it: inquest memory ingest --document ${input.document} "what was learned"`)
  return withMemory(workspace, { onRecovered }, async (store) => {
    const prepared = await store.prepare(requestFor(host, originOf(workspace, entry, facts?.id, facts?.claim.phase?.name), learnings, key))
    await attach(workspace, store, prepared, entry.path)
    return { ids: prepared.ids, document: facts?.id ?? entry.path, operation: prepared.operation.key, replayed: prepared.replayed }
  })
}
