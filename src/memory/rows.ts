/** Owns reading rows: statements compiled once, and a concept with all that is known of it. */

import { InquestError } from '../errors.js'
import type { Database } from './driver.js'
import type { Concept, Provenance } from './store.js'

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** Compiled once for each connection. */
export function statement(database: Database.Database, sql: string): Database.Statement {
  let known = statements.get(database)
  if (known === undefined) statements.set(database, (known = new Map()))
  let found = known.get(sql)
  if (found === undefined) known.set(sql, (found = database.prepare(sql)))
  return found.reader ? found.pluck(false) : found
}

type ConceptRow = Omit<Concept, 'provenance'>

/** A concept with all that is known of where it came from. */
export function findConcept(database: Database.Database, id: number): Concept | undefined {
  const row = statement(database, `SELECT id, type, body, sha256, state, created, operation FROM concepts WHERE id = ?`).get(id) as ConceptRow | undefined
  if (row === undefined) return undefined
  // SQLite holds a column to its kind where it is written, and not where it is read.
  if (!isText(row.body) || !isText(row.type)) {
    throw new InquestError('store-corrupt', `${database.name}: concept ${id} is damaged`, { hint: '`inquest memory check` says what can still be read; restore a backup, and keep the damaged file' })
  }
  return { ...row, provenance: provenanceOf(database, id) }
}

/** False for a text that damage on the disk has made something else. */
export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function provenanceOf(database: Database.Database, concept: number): readonly Provenance[] {
  const rows = statement(
    database,
    `SELECT document, template, path, section, phase, hypothesis, verdict, citation, commit_id AS "commit", author, at FROM provenance WHERE concept = ? ORDER BY id`,
  ).all(concept) as readonly Readonly<Record<string, string | null>>[]
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Provenance)
}

/** True for the key of a concept whose document was given another id in this store. */
export function isRenamed(key: string): boolean {
  return key.includes('/')
}

/**
 * The key by which other clones know a concept or an operation. One whose document was renamed has something behind its
 * key in this store, which is left out unless another one has taken the plain key since.
 */
export function travellingKey(database: Database.Database, table: 'concepts' | 'operations', key: string): string {
  const [plain = ''] = key.split('/')
  if (plain === key) return key
  const column = table === 'concepts' ? 'key' : 'op_key'
  return statement(database, `SELECT 1 FROM ${table} WHERE ${column} = ?`).get(plain) === undefined ? plain : key
}

/** The concept that other clones know by a key. */
export function idByKey(database: Database.Database, key: string): number | undefined {
  const exact = statement(database, 'SELECT id FROM concepts WHERE key = ?').pluck().get(key) as number | undefined
  // `0` is the sign behind `/`.
  return exact ?? (statement(database, `SELECT id FROM concepts WHERE key > ? AND key < ? ORDER BY key LIMIT 1`).pluck().get(`${key}/`, `${key}0`) as number | undefined)
}
