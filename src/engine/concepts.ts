/** Owns what an editor is told of stored concepts: their texts, and those that answer what is being written. Reads only, and stops nobody. */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { ConceptText, Exported } from '../memory/exported.js'
import type { Query } from '../memory/query.js'
import { memoryPlace, openMemoryReader } from './memory.js'
import type { Workspace } from './workspace.js'

export type { ConceptText } from '../memory/exported.js'

/** More would not be looked through while writing. */
const mostOffered = 20

/** What can be asked of the store, or of its export where there is none. */
interface Source {
  concepts(ids: readonly number[]): Promise<readonly ConceptText[]>
  search(query: Query): Promise<readonly ConceptText[]>
}

/** Undefined for an id that is not there, and where there is neither store nor export that can be read. */
export function conceptWithId(workspace: Workspace, id: number): Promise<ConceptText | undefined> {
  return asked(workspace, async (source) => (await source.concepts([id]))[0], undefined)
}

/** Those that hold what is typed, or what the title says where that is a number or nothing, best first. */
export function conceptsFor(workspace: Workspace, typed: string, title: string): Promise<readonly ConceptText[]> {
  const isNumber = /^\d*$/u.test(typed)
  return asked(
    workspace,
    async (source) => {
      const { parseQuery } = await import('../memory/query.js')
      const exact = isNumber && typed !== '' ? await source.concepts([Number(typed)]) : []
      const text = isNumber ? title : typed
      const hits = text.trim() === '' ? [] : await source.search({ ...parseQuery(text), concepts: [], documents: [] })
      return [...new Map([...exact, ...hits].map((concept) => [concept.id, concept])).values()]
    },
    [],
  )
}

async function asked<T>(workspace: Workspace, work: (source: Source) => Promise<T>, none: T): Promise<T> {
  try {
    const store = await openMemoryReader(workspace)
    if (store === undefined) {
      const exported = await exportOf(workspace)
      return exported === undefined ? none : await work({ concepts: async (ids) => exported.concepts(ids), search: async (query) => exported.search(query, mostOffered) })
    }
    try {
      return await work({ concepts: (ids) => store.concepts(ids), search: async (query) => (await store.search({ query, limit: mostOffered })).hits.map(({ concept }) => concept) })
    } finally {
      await store.close()
    }
  } catch (error) {
    // That it cannot be read stands in the document already.
    if (error instanceof InquestError) return none
    throw error
  }
}

/** Read once for each opening of a workspace, which ends when the export changes. */
const exports = new WeakMap<Workspace, Exported>()

async function exportOf(workspace: Workspace): Promise<Exported | undefined> {
  const known = exports.get(workspace)
  if (known !== undefined) return known
  const { export: file } = memoryPlace(workspace)
  const text = workspace.host.readText(file)
  if (text === undefined) return undefined
  const { openExport } = await import('../memory/exported.js')
  const opened = openExport(text, path.relative(workspace.root, file).split(path.sep).join('/'))
  exports.set(workspace, opened)
  return opened
}
