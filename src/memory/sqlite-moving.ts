/**
 * Owns taking concepts out of a store on SQLite and into one. What collides with nothing goes in piece by piece, with
 * others writing in between; what changes ids goes in at once or not at all.
 */

import type { Connection } from './connection.js'
import type { Database } from './driver.js'
import { sha256 } from './hash.js'
import { isRenamedAmong } from './export-merge.js'
import type { Moving } from './moving.js'
import { mergeMoving } from './moving.js'
import { findConcept, idByKey, isRenamed, statement, travellingKey } from './rows.js'
import { inSlices } from './sqlite-clusters.js'
import type { ExportedConcept, FormerId, ImportOptions, Imported, Provenance } from './store.js'
import { indexedText } from './words.js'

interface MovingRow {
  readonly id: number
  readonly key: string
  readonly type: string
  readonly body: string
  readonly created: string
  readonly operation: string
  readonly ordinal: number
}

const columns = `c.id, c.key, c.type, c.body, c.created, o.op_key AS operation, c.ordinal FROM concepts c JOIN operations o ON o.id = c.operation`

/** Live concepts of one repository in the order of their keys, from the one behind `after`. */
export function exportPage(database: Database.Database, repository: string, after: string, limit: number): readonly ExportedConcept[] {
  const rows = statement(database, `SELECT ${columns} WHERE c.key > ? AND c.state = 'live' AND o.repository = ? ORDER BY c.key LIMIT ?`).all(after, repository, limit) as readonly MovingRow[]
  return rows.map((row) => ({ key: row.key, moving: movingOf(database, row), renamed: isRenamed(row.key) }))
}

function movingOf(database: Database.Database, row: MovingRow): Moving {
  const was = statement(database, 'SELECT id FROM former_ids WHERE concept = ? ORDER BY id').pluck().all(row.id) as readonly number[]
  const cluster = statement(
    database,
    `SELECT k.id, k.key, k.method, s.key AS superseded FROM clusters k LEFT JOIN clusters s ON s.id = k.superseded WHERE k.concept = ?`,
  ).get(row.id) as { readonly id: number; readonly key: string; readonly method: string; readonly superseded: string | null } | undefined
  return {
    ...row,
    key: travellingKey(database, 'concepts', row.key),
    operation: travellingKey(database, 'operations', row.operation),
    provenance: findConcept(database, row.id)?.provenance ?? [],
    was,
    ...(cluster !== undefined && { cluster: clusterOf(database, cluster) }),
  }
}

function clusterOf(database: Database.Database, { id, key, method, superseded }: { id: number; key: string; method: string; superseded: string | null }): NonNullable<Moving['cluster']> {
  const members = statement(database, 'SELECT c.key, m.score FROM cluster_members m JOIN concepts c ON c.id = m.concept WHERE m.cluster = ? ORDER BY c.key').all(id) as readonly { key: string; score: number }[]
  return { key, method, ...(superseded !== null && { superseded }), members: members.map((member) => ({ ...member, key: travellingKey(database, 'concepts', member.key) })) }
}

/** Nothing was ever stored: an id that was given, even one that is gone, would be given again by what is taken in. */
export function isNew(database: Database.Database): boolean {
  return statement(database, `SELECT 1 FROM sqlite_sequence WHERE name IN ('concepts', 'operations') AND seq > 0 LIMIT 1`).get() === undefined
}

/**
 * All in one transaction, so that a store is never made of half an export: whoever stores next would give ids that the other
 * half has.
 */
export async function adoptInto(connection: Connection, concepts: readonly Moving[], repository: string): Promise<number> {
  const all = mergeMoving(concepts)
  return connection.write((database) => {
    if (!isNew(database)) return 0
    for (const one of all) insert(database, one, repository)
    // Members and later clusters are there by now, but not yet each cluster for the ones that it took over.
    const clusters = all.filter(({ cluster }) => cluster !== undefined)
    for (const one of [...clusters, ...clusters.filter(isSuperseded)]) extendOne(database, one, repository)
    return all.length
  })
}

/** @param concepts as others have them */
export function differingFrom(database: Database.Database, concepts: readonly Pick<Moving, 'key' | 'id'>[]): readonly Moving[] {
  const keyOf = statement(database, 'SELECT key FROM concepts WHERE id = ?').pluck()
  const ids = new Set<number>()
  for (const { key, id } of concepts) {
    const own = keyOf.pluck().get(id) as string | undefined
    if (own === key) continue
    if (own !== undefined && travellingKey(database, 'concepts', own) !== key) ids.add(id)
    const there = idByKey(database, key)
    if (there !== undefined && there !== id) ids.add(there)
  }
  const byId = statement(database, `SELECT ${columns} WHERE c.id = ?`)
  return [...ids].map((id) => movingOf(database, byId.pluck(false).get(id) as MovingRow))
}

interface Plan {
  readonly merged: readonly Moving[]
  /** Of the store, whatever of it the merge touches, by key. */
  readonly local: ReadonlyMap<string, Moving>
  readonly moves: readonly { readonly from: number; readonly to: number }[]
  /** New, at ids that nobody has. */
  readonly free: readonly Moving[]
  /** New, at ids that somebody gives up. */
  readonly contested: readonly Moving[]
}

function plan(database: Database.Database, incoming: readonly Moving[]): Plan {
  const byId = statement(database, `SELECT ${columns} WHERE c.id = ?`)
  const local = new Map<string, Moving>()
  const touch = (id: number | undefined): void => {
    const row = id === undefined ? undefined : (byId.get(id) as MovingRow | undefined)
    if (row === undefined) return
    const here = movingOf(database, row)
    local.set(here.key, here)
  }
  for (const { key, id } of incoming) {
    touch(idByKey(database, key))
    touch(id)
  }
  const floor = Number(statement(database, `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'concepts'`).pluck().get())
  // The ids that its own concepts give up may be wanted by further ones of the store, which are then merged as well.
  for (;;) {
    const merged = mergeMoving([...local.values(), ...incoming], floor)
    const seen = new Set([...local.values()].map(({ id }) => id))
    const further = merged.filter(({ id }) => !seen.has(id) && byId.get(id) !== undefined)
    if (further.length === 0) return sorted(merged, local, byId)
    for (const { id } of further) touch(id)
  }
}

function sorted(merged: readonly Moving[], local: ReadonlyMap<string, Moving>, byId: Database.Statement): Plan {
  const moves = merged.flatMap(({ key, id: to }) => {
    const from = local.get(key)?.id
    return from === undefined || from === to ? [] : [{ from, to }]
  })
  const fresh = merged.filter(({ key }) => !local.has(key))
  const isFree = ({ id }: Moving): boolean => byId.get(id) === undefined
  return { merged, local, moves, free: fresh.filter(isFree), contested: fresh.filter((one) => !isFree(one)) }
}

class Replan extends Error {}

/** How often a plan is made anew because others stored something meanwhile. */
const mostPlans = 20

export async function importInto(connection: Connection, incoming: readonly Moving[], { repository, onProgress }: ImportOptions): Promise<Imported> {
  let added = 0
  for (let tries = 1; ; tries++) {
    const planned = await connection.read((database) => plan(database, incoming))
    try {
      added += await insertFree(connection, planned.free, repository, (done) => onProgress?.({ done, of: planned.merged.length }))
      await connection.write((database) => insertContested(database, planned, repository))
      const changed = await extend(connection, planned, repository, (done) => onProgress?.({ done, of: planned.merged.length }))
      return { added: added + planned.contested.length, renumbered: planned.moves, extended: changed, known: planned.merged.length }
    } catch (error) {
      if (!(error instanceof Replan) || tries === mostPlans) throw error
    }
  }
}

async function insertFree(connection: Connection, free: readonly Moving[], repository: string, onDone: (done: number) => void): Promise<number> {
  const work = (database: Database.Database, one: Moving): void => {
    ensureFree(database, one)
    insert(database, one, repository)
  }
  return (await inSlices(connection, free, work, onDone)).length
}

/** Somebody may have stored something since the plan was made. */
function ensureFree(database: Database.Database, { id, key }: Moving): void {
  if (statement(database, 'SELECT 1 FROM concepts WHERE id = ?').get(id) !== undefined || idByKey(database, key) !== undefined) throw new Replan()
}

function insertContested(database: Database.Database, { moves, contested, local }: Plan, repository: string): void {
  if (moves.length === 0 && contested.length === 0) return
  for (const { key, id } of local.values()) {
    if (idByKey(database, key) !== id) throw new Replan()
  }
  database.pragma('defer_foreign_keys = ON')
  // Through ids that nobody has, since one may move to where another still is.
  for (const { from } of moves) move(database, from, -from)
  for (const { from, to } of moves) {
    if (statement(database, 'SELECT 1 FROM concepts WHERE id = ?').get(to) !== undefined) throw new Replan()
    move(database, -from, to)
    rememberFormer(database, to, from)
  }
  for (const one of contested) {
    ensureFree(database, one)
    insert(database, one, repository)
  }
  statement(database, `UPDATE sqlite_sequence SET seq = max(seq, (SELECT max(id) FROM concepts)) WHERE name = 'concepts'`).run()
}

function move(database: Database.Database, from: number, to: number): void {
  statement(database, 'UPDATE concepts SET id = ? WHERE id = ?').run(to, from)
  for (const table of ['provenance', 'cluster_members', 'clusters', 'former_ids']) statement(database, `UPDATE ${table} SET concept = ? WHERE concept = ?`).run(to, from)
}

function rememberFormer(database: Database.Database, concept: number, id: number): boolean {
  // It is given to no other concept, even where the one that had it has a smaller one now.
  statement(database, `UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'concepts'`).run(id)
  return statement(database, 'INSERT INTO former_ids (id, concept, followed) VALUES (?, ?, 0) ON CONFLICT (concept, id) DO NOTHING').run(id, concept).changes > 0
}

/**
 * The operation that a concept is stored under. Two clones may have used one key of a request for different contents; both are
 * kept, and the second one's operation gets something behind its key.
 */
function operationFor(database: Database.Database, { key, operation, ordinal, body }: Moving): string {
  const taken = statement(
    database,
    'SELECT 1 FROM concepts c JOIN operations o ON o.id = c.operation WHERE o.op_key = ? AND (c.ordinal = ? OR c.sha256 = ?)',
  ).get(operation, ordinal, sha256(body))
  return taken === undefined ? operation : `${operation}/${key}`
}

function insert(database: Database.Database, one: Moving, repository: string): void {
  const { key, id, type, body, created, ordinal, provenance, was } = one
  const operation = operationFor(database, one)
  const [origin] = provenance
  statement(
    database,
    `INSERT INTO operations (op_key, state, repository, document, template, path, begun, ended) VALUES (?, 'done', ?, ?, ?, ?, ?, ?) ON CONFLICT (op_key) DO NOTHING`,
  ).run(operation, repository, origin?.document ?? null, origin?.template ?? null, origin?.path ?? null, created, created)
  statement(
    database,
    `INSERT INTO concepts (id, type, body, words, sha256, key, state, operation, ordinal, created)
     SELECT ?, ?, ?, ?, ?, ?, 'live', id, ?, ? FROM operations WHERE op_key = ?`,
  ).run(id, type, body, indexedText(body), sha256(body), key, ordinal, created, operation)
  for (const from of provenance) insertProvenance(database, id, from, repository)
  for (const former of was) rememberFormer(database, id, former)
}

function insertProvenance(database: Database.Database, concept: number, one: Provenance, repository: string): void {
  statement(
    database,
    `INSERT INTO provenance (concept, repository, document, template, path, section, phase, hypothesis, verdict, citation, commit_id, author, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(concept, repository, ...[one.document, one.template, one.path, one.section, one.phase, one.hypothesis, one.verdict, one.citation, one.commit, one.author].map((value) => value ?? null), one.at)
}

/** What other clones know more of concepts that are here already, and clusters, whose members are here by now. */
async function extend(connection: Connection, { merged, local }: Plan, repository: string, onDone: (done: number) => void): Promise<number> {
  const todo = merged.filter((one) => one.cluster !== undefined || lacks(local.get(one.key), one))
  const work = (database: Database.Database, one: Moving): string | undefined => (extendOne(database, one, repository) ? one.key : undefined)
  const changed = await inSlices(connection, todo, work, (done) => onDone(merged.length - todo.length + done))
  // A cluster may come before the one that took it over.
  const later = await inSlices(connection, todo.filter(isSuperseded), work)
  return [...new Set([...changed, ...later])].filter((key) => key !== undefined && local.has(key)).length
}

function isSuperseded({ cluster }: Moving): boolean {
  return cluster?.superseded !== undefined
}

function lacks(here: Moving | undefined, one: Moving): boolean {
  return here !== undefined && (here.provenance.length < one.provenance.length || one.was.some((id) => !here.was.includes(id)))
}

function extendOne(database: Database.Database, one: Moving, repository: string): boolean {
  const id = idByKey(database, one.key)
  if (id === undefined) throw new Replan()
  let changed = false
  const own = findConcept(database, id)?.provenance ?? []
  const known = new Set(own.map(fingerprint))
  const renamed = isRenamed(String(statement(database, 'SELECT key FROM concepts WHERE id = ?').pluck().get(id)))
  for (const origin of one.provenance) {
    // The name that its document had before is no second document.
    if (known.has(fingerprint(origin)) || (renamed && isRenamedAmong(origin, own))) continue
    insertProvenance(database, id, origin, repository)
    changed = true
  }
  for (const former of one.was) if (former !== id && rememberFormer(database, id, former)) changed = true
  return one.cluster === undefined ? changed : insertCluster(database, id, one.cluster, one.created) || changed
}

function fingerprint(origin: Provenance): string {
  return JSON.stringify(Object.entries(origin).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function insertCluster(database: Database.Database, concept: number, { key, method, members, superseded }: NonNullable<Moving['cluster']>, created: string): boolean {
  let changes = statement(database, 'INSERT INTO clusters (key, concept, method, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(key, concept, method, created).changes
  for (const member of members) {
    const id = idByKey(database, member.key)
    if (id === undefined) continue
    changes += statement(database, `INSERT INTO cluster_members (cluster, concept, score) SELECT id, ?, ? FROM clusters WHERE concept = ? ON CONFLICT DO NOTHING`).run(id, member.score, concept).changes
  }
  const speaker = speakerOf(database, key)
  changes += statement(database, 'UPDATE clusters SET superseded = ? WHERE key = ? AND superseded IS NULL AND id <> ?').run(speaker, key, speaker).changes
  const later = superseded === undefined ? undefined : speakerOf(database, superseded)
  if (later !== undefined) changes += statement(database, 'UPDATE clusters SET superseded = ? WHERE key = ? AND superseded IS NULL').run(later, key).changes
  return changes > 0
}

/** Of several that sum up the same members, in whatever words, the same one speaks in every clone. */
function speakerOf(database: Database.Database, key: string): number | undefined {
  return statement(database, 'SELECT k.id FROM clusters k JOIN concepts c ON c.id = k.concept WHERE k.key = ? ORDER BY c.key LIMIT 1').pluck().get(key) as number | undefined
}

/** Former ids, with the documents that may still list them: those not followed yet, or all. */
export function formerIds(database: Database.Database, repository: string, which: 'open' | 'all'): readonly FormerId[] {
  const rows = statement(
    database,
    `SELECT f.id AS former, f.concept AS id, f.followed, p.document, p.template, p.path FROM former_ids f
     LEFT JOIN provenance p ON p.concept = f.concept AND p.repository = ? WHERE ${which === 'open' ? 'f.followed = 0' : '1'} GROUP BY f.id, f.concept, p.document, p.template, p.path ORDER BY f.id, f.concept`,
  ).all(repository) as readonly { former: number; id: number; document: string | null; template: string | null; path: string | null }[]
  return rows.map(({ former, id, document, template, path }) => ({
    former,
    id,
    ...(document !== null && { document }),
    ...(template !== null && { template }),
    ...(path !== null && { path }),
  }))
}

export function markFollowed(database: Database.Database, all: readonly Pick<FormerId, 'former' | 'id'>[]): void {
  for (const { former, id } of all) statement(database, 'UPDATE former_ids SET followed = 1 WHERE id = ? AND concept = ? AND followed = 0').run(former, id)
}
