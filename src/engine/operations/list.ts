/** Owns the use cases `list` and `tree`: which documents there are, and which came from which. */

import type { DocumentEntry } from '../../rules/world.js'
import type { Host } from '../host.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface ListedDocument {
  readonly id: string | null
  readonly path: string
  readonly template: string
  readonly title: string | null
  readonly status: string | null
  readonly phase: string | null
  readonly parents: readonly string[]
}

export interface ListInput {
  readonly template?: string
  readonly status?: string
  readonly phase?: string
  readonly open?: boolean
}

/** Documents in order of path. */
export async function list(host: Host, input: ListInput = {}): Promise<readonly ListedDocument[]> {
  return listIn(await openWorkspace(host), input)
}

export function listIn(workspace: Workspace, input: ListInput): readonly ListedDocument[] {
  return workspace
    .index()
    .entries.filter((entry) => workspace.templates.listings.some((listing) => listing.name === entry.template))
    .filter((entry) => input.template === undefined || entry.template === input.template)
    .filter((entry) => input.status === undefined || entry.status?.toLowerCase() === input.status.toLowerCase())
    .filter((entry) => input.phase === undefined || entry.phase?.toLowerCase() === input.phase.toLowerCase())
    .filter((entry) => input.open !== true || entry.standing === 'open')
    .map(listed)
}

function listed(entry: DocumentEntry): ListedDocument {
  return {
    id: entry.id ?? null,
    path: entry.path,
    template: entry.template,
    title: entry.title ?? null,
    status: entry.status ?? null,
    phase: entry.phase ?? null,
    parents: entry.parents,
  }
}

export interface LineageNode extends ListedDocument {
  readonly children: readonly LineageNode[]
}

/** The lineage below a document, or of all documents that have children and no parent among them. */
export async function tree(host: Host, id?: string): Promise<readonly LineageNode[]> {
  const documents = await list(host)
  const childrenOf = new Map<string, ListedDocument[]>()
  const known = new Set(documents.flatMap((one) => (one.id === null ? [] : [one.id.toUpperCase()])))
  for (const one of documents) {
    for (const parent of new Set(one.parents.map((name) => name.toUpperCase()))) {
      if (parent === one.id?.toUpperCase()) continue
      childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), one])
    }
  }
  const grow = (one: ListedDocument, above: ReadonlySet<string>): LineageNode => {
    const key = one.id?.toUpperCase() ?? ''
    // A document that is its own ancestor is shown once and not followed again.
    const below = key === '' || above.has(key) ? [] : (childrenOf.get(key) ?? [])
    return { ...one, children: below.map((child) => grow(child, new Set([...above, key]))) }
  }
  const wanted = id?.toUpperCase()
  const roots = documents.filter((one) => {
    if (wanted !== undefined) return one.id?.toUpperCase() === wanted
    const hasParent = one.parents.some((parent) => known.has(parent.toUpperCase()) && parent.toUpperCase() !== one.id?.toUpperCase())
    return !hasParent && one.id !== null && childrenOf.has(one.id.toUpperCase())
  })
  // Documents that share an id share their children; they are shown below the first.
  const seen = new Set<string>()
  return roots.filter((one) => wanted !== undefined || (one.id !== null && !seen.has(one.id.toUpperCase()) && seen.add(one.id.toUpperCase()) !== undefined)).map((one) => grow(one, new Set()))
}
