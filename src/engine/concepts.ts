/** Owns what an editor is told of stored concepts: their texts, and those that answer what is being written. Reads only, and stops nobody. */

import { InquestError } from '../errors.js'
import type { Concept, Store } from '../memory/store.js'
import { openMemoryReader } from './memory.js'
import type { Workspace } from './workspace.js'

export type { Concept as ConceptText } from '../memory/store.js'

/** More would not be looked through while writing. */
const mostOffered = 20

/** Undefined for an id that the store does not have, and where there is no store that can be read. */
export function conceptWithId(workspace: Workspace, id: number): Promise<Concept | undefined> {
  return asked(workspace, async (store) => (await store.concepts([id]))[0], undefined)
}

/** Those that hold what is typed, or what the title says where that is a number or nothing, best first. */
export function conceptsFor(workspace: Workspace, typed: string, title: string): Promise<readonly Concept[]> {
  const isNumber = /^\d*$/u.test(typed)
  return asked(
    workspace,
    async (store) => {
      const { parseQuery } = await import('../memory/query.js')
      const exact = isNumber && typed !== '' ? await store.concepts([Number(typed)]) : []
      const text = isNumber ? title : typed
      const { hits } = text.trim() === '' ? { hits: [] } : await store.search({ query: { ...parseQuery(text), concepts: [], documents: [] }, limit: mostOffered })
      return [...new Map([...exact, ...hits.map(({ concept }) => concept)].map((concept) => [concept.id, concept])).values()]
    },
    [],
  )
}

async function asked<T>(workspace: Workspace, work: (store: Store) => Promise<T>, none: T): Promise<T> {
  try {
    const store = await openMemoryReader(workspace)
    if (store === undefined) return none
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    // That it cannot be read stands in the document already.
    if (error instanceof InquestError) return none
    throw error
  }
}
