/** Owns clusters on SQLite: what is compared, what is kept of it, and which later cluster took over an earlier one. */

import type { Connection } from './connection.js'
import type { Database } from './driver.js'
import { sha256 } from './hash.js'
import { keyOfConcept } from './moving.js'
import { findConcept, statement, travellingKey } from './rows.js'
import type { ActiveCluster, ClusterDraft, ClusterToSave } from './store.js'
import { indexedText } from './words.js'

/** The type of concepts that sum up a cluster. */
const synthesis = 'synthesis'

export function wordsPage(database: Database.Database, after: number, limit: number): readonly { readonly id: number; readonly words: string }[] {
  return statement(
    database,
    `SELECT c.id, c.words FROM concepts c WHERE c.id > ? AND c.state = 'live' AND c.type <> '${synthesis}' AND typeof(c.words) = 'text' ORDER BY c.id LIMIT ?`,
  ).all(after, limit) as readonly { readonly id: number; readonly words: string }[]
}

export function draftClusters(database: Database.Database, all: readonly (readonly number[])[], shown: number): readonly ClusterDraft[] {
  const keyOf = statement(database, 'SELECT key FROM concepts WHERE id = ?').pluck()
  const byKey = statement(database, 'SELECT 1 FROM clusters WHERE key = ?')
  return all.map((members) => {
    const key = sha256('cluster', ...members.map((id) => travellingKey(database, 'concepts', String(keyOf.pluck().get(id)))).toSorted())
    return { key, known: byKey.get(key) !== undefined, members: members.slice(0, shown).flatMap((id) => findConcept(database, id) ?? []) }
  })
}

/** One by one, in slices: each is there wholly or not at all. */
export async function saveClusters(connection: Connection, clusters: readonly ClusterToSave[]): Promise<number> {
  const made = await inSlices(connection, clusters, saveCluster)
  return made.filter(Boolean).length
}

function saveCluster(database: Database.Database, { key, members, summary, method, at }: ClusterToSave): boolean {
  if (statement(database, 'SELECT 1 FROM clusters WHERE key = ?').get(key) !== undefined) return false
  const operation = sha256('cluster', key, summary)
  const owner = statement(
    database,
    `INSERT INTO operations (op_key, state, repository, begun, ended) VALUES (?, 'done', '', ?, ?)`,
  ).run(operation, at, at).lastInsertRowid
  const concept = statement(
    database,
    `INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES ('${synthesis}', ?, ?, ?, ?, 'live', ?, 0, ?)`,
  ).run(summary, indexedText(summary), sha256(summary), keyOfConcept(operation, 0, summary), owner, at).lastInsertRowid
  const cluster = statement(database, 'INSERT INTO clusters (key, concept, method, created) VALUES (?, ?, ?, ?)').run(key, concept, method, at).lastInsertRowid
  for (const { id, score } of members) statement(database, 'INSERT INTO cluster_members (cluster, concept, score) VALUES (?, ?, ?)').run(cluster, id, score)
  return true
}

export function clustersPage(database: Database.Database, after: number, limit: number): readonly ActiveCluster[] {
  const rows = statement(database, 'SELECT id, key FROM clusters WHERE id > ? AND superseded IS NULL ORDER BY id LIMIT ?').all(after, limit) as readonly { id: number; key: string }[]
  const members = statement(database, 'SELECT concept FROM cluster_members WHERE cluster = ? ORDER BY score DESC, concept')
  return rows.map((row) => ({ ...row, members: members.pluck().all(row.id) as readonly number[] }))
}

export async function supersede(connection: Connection, clusters: readonly { readonly id: number; readonly by: string }[]): Promise<void> {
  await inSlices(connection, clusters, (database, { id, by }) => {
    statement(database, 'UPDATE clusters SET superseded = (SELECT k.id FROM clusters k WHERE k.key = ? AND k.superseded IS NULL) WHERE id = ? AND superseded IS NULL').run(by, id)
  })
}

/** Work on a list, in slices that let others write in between. */
export async function inSlices<T, R>(connection: Connection, list: readonly T[], work: (database: Database.Database, one: T) => R, onDone?: (done: number) => void): Promise<readonly R[]> {
  const results: R[] = []
  if (list.length === 0) return results
  let done = 0
  await connection.writeInSlices(
    (database) => {
      const one = list[results.length]
      if (one === undefined) return 'done'
      results.push(work(database, one))
      return results.length < list.length ? 'more' : 'done'
    },
    {
      // A slice that could not be kept is done again from its beginning.
      onBegin: () => {
        results.length = done
      },
      onSlice: () => {
        done = results.length
        onDone?.(done)
      },
    },
  )
  return results
}
