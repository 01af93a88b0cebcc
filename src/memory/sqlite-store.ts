/** Owns the concept store on SQLite: what goes in, in what order, and what makes it whole again. */

import type { Connection } from './connection.js'
import type { Database } from './driver.js'
import { sizeOf } from './ground.js'
import { sha256 } from './hash.js'
import { schemaVersion } from './migrations.js'
import { findConcept, isText, statement } from './rows.js'
import { clustersPage, draftClusters, saveClusters, supersede, wordsPage } from './sqlite-clusters.js'
import { adoptInto, differingFrom, exportPage, formerIds, importInto, isNew, markFollowed } from './sqlite-moving.js'
import { kinshipOf, searchIn } from './sqlite-search.js'
import { indexedText } from './words.js'
import type { DocumentName, IngestRequest, Learning, Operation, OperationState, Origin, Prepared, Store, StoreFault, Tally } from './store.js'

/** Names what is asked: whoever asks the same for the same document means the same operation. */
function keyOf({ key, origin, learnings }: IngestRequest): string {
  const place = [origin.repository, origin.template ?? '', (origin.document ?? origin.path ?? '').toUpperCase()]
  return key === undefined ? sha256(...place, 'content', ...learnings.flatMap(({ type, body }) => [type, body])) : sha256(...place, 'request', key)
}

/** Saying a thing twice in one breath is saying it once. */
function withoutRepeats(learnings: readonly Learning[]): readonly Learning[] {
  const seen = new Set<string>()
  return learnings.filter(({ body }) => !seen.has(body) && seen.add(body) !== undefined)
}

const newOperation = `INSERT INTO operations (op_key, state, repository, document, template, path, sha256, begun, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const newConcept = `INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const newProvenance = `INSERT INTO provenance (concept, repository, document, template, path, section, phase, hypothesis, verdict, citation, commit_id, author, at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

export function createSqliteStore(connection: Connection): Store {
  const { file } = connection
  let ready: Promise<void> | undefined

  async function begin(request: IngestRequest, live: boolean): Promise<Prepared> {
    // A text that is none, such as half of a pair of surrogates, would come back as another.
    const learnings = withoutRepeats(request.learnings.map((learning) => ({ ...learning, body: learning.body.toWellFormed() })))
    if (learnings.length === 0) throw new TypeError('A request holds at least one learning')
    const { origin, at } = request
    // What takes time is done before anybody has to wait for it: the first time, compiling too.
    await (ready ??= connection.read((database) => {
      for (const sql of [newOperation, newConcept, newProvenance]) statement(database, sql)
      recordedBodies(database, origin, learnings)
    }))
    const words = new Map(learnings.map(({ body }) => [body, indexedText(body)]))
    return connection.write((database) => {
      const known = request.key === undefined ? recordedBodies(database, origin, learnings) : new Map<string, number>()
      const fresh = learnings.filter(({ body }) => !known.has(body))
      const [first] = known.values()
      if (fresh.length === 0 && first !== undefined) {
        return { operation: operationOf(database, first), ids: learnings.flatMap(({ body }) => known.get(body) ?? []), replayed: true }
      }
      const key = keyOf({ ...request, learnings: fresh })
      const before = findOperation(database, 'op_key', key)
      if (before !== undefined) return { operation: before, ids: before.ids, replayed: true }
      const id = Number(
        statement(database, newOperation).run(key, live ? 'done' : 'prepared', origin.repository, origin.document ?? null, origin.template ?? null, origin.path ?? null, request.sha256 ?? null, at, live ? at : null).lastInsertRowid,
      )
      for (const [ordinal, learning] of fresh.entries()) known.set(learning.body, insertConcept(database, id, key, ordinal, { ...learning, words: words.get(learning.body) ?? '' }, origin, at, live))
      return { operation: foundOperation(database, id), ids: learnings.flatMap(({ body }) => known.get(body) ?? []), replayed: false }
    })
  }

  return {
    name: file,
    readOnly: connection.readOnly,
    prepare: (request) => begin(request, false),
    record: (request) => begin(request, true),
    settle: (operation, at, path) =>
      connection.write((database) => {
        statement(database, `UPDATE concepts SET state = 'live' WHERE operation = ? AND state = 'pending'`).run(operation)
        statement(database, `UPDATE operations SET state = 'done', reason = NULL, path = coalesce(?, path), ended = coalesce(ended, ?) WHERE id = ?`).run(path ?? null, at, operation)
      }),
    park: (operation, reason) =>
      connection.write((database) => void statement(database, `UPDATE operations SET state = 'parked', reason = ? WHERE id = ? AND state <> 'done'`).run(reason, operation)),
    unfinished: (repository) =>
      connection.read((database) =>
        (statement(database, `SELECT id FROM operations WHERE state <> 'done' AND repository = ? ORDER BY id`).pluck().all(repository) as readonly number[]).flatMap((id) => findOperation(database, 'id', id) ?? []),
      ),
    operation: (id) => connection.read((database) => findOperation(database, 'id', id)),
    concepts: (ids) => connection.read((database) => ids.flatMap((id) => findConcept(database, id) ?? [])),
    unknown: (ids) => connection.read((database) => unknownIds(database, ids)),
    recordedFor: (name) => connection.read((database) => recordedIds(database, name)),
    documents: (repository) =>
      connection.read(
        (database) =>
          statement(database, `SELECT DISTINCT repository, document, template FROM provenance WHERE repository = ? AND document IS NOT NULL AND template IS NOT NULL ORDER BY document, template`).all(repository) as readonly DocumentName[],
      ),
    rename: (from, to) =>
      connection.write((database) => {
        // Its old name may be given to another document, which must not find these operations by what it asks for.
        statement(database, `UPDATE concepts SET key = key || '/' || id WHERE operation IN (SELECT id FROM operations WHERE document = ? AND template = ? AND repository = ?)`).run(from.document, from.template, from.repository)
        statement(database, `UPDATE operations SET op_key = op_key || '/' || id WHERE document = ? AND template = ? AND repository = ?`).run(from.document, from.template, from.repository)
        for (const table of ['operations', 'provenance']) {
          statement(database, `UPDATE ${table} SET document = ?, template = ? WHERE document = ? AND template = ? AND repository = ?`).run(to.document, to.template, from.document, from.template, from.repository)
        }
      }),
    search: (request) => connection.read((database) => searchIn(database, request)),
    exportPage: (repository, after, limit) => connection.read((database) => exportPage(database, repository, after, limit)),
    import: (concepts, options) => importInto(connection, concepts, options),
    isNew: () => connection.read(isNew),
    adopt: (concepts, repository) => adoptInto(connection, concepts, repository),
    differing: (concepts) => connection.read((database) => differingFrom(database, concepts)),
    formerIds: (repository, which) => connection.read((database) => formerIds(database, repository, which)),
    markFollowed: (ids) => connection.write((database) => markFollowed(database, ids)),
    wordsPage: (after, limit) => connection.read((database) => wordsPage(database, after, limit)),
    draftClusters: (members, shown) => connection.read((database) => draftClusters(database, members, shown)),
    saveClusters: (clusters) => saveClusters(connection, clusters),
    clustersPage: (after, limit) => connection.read((database) => clustersPage(database, after, limit)),
    supersede: (clusters) => supersede(connection, clusters),
    tally: () => connection.read(tallyOf),
    backup: (copy) => connection.backup(copy),
    kinship: (id) => connection.read((database) => kinshipOf(database, id)),
    counts: () =>
      connection.read((database) => {
        const count = (sql: string): number => Number(statement(database, sql).pluck().get())
        return {
          concepts: count(`SELECT count(*) FROM concepts WHERE state = 'live'`),
          pending: count(`SELECT count(*) FROM concepts WHERE state = 'pending'`),
          documents: count(`SELECT count(*) FROM (SELECT DISTINCT repository, template, document FROM provenance WHERE document IS NOT NULL)`),
          clusters: count(`SELECT count(*) FROM clusters`),
        }
      }),
    ground: async () => ({
      engine: `SQLite ${connection.sqliteVersion}`,
      fileSystem: connection.fileSystem,
      schema: schemaVersion,
      size: sizeOf(file) ?? 0,
      log: sizeOf(`${file}-wal`) ?? 0,
    }),
    inspect: async (depth) => [...(await connection.read((database) => faultsIn(database, depth))), ...(depth === 'whole' ? await connection.readWithScratch(faultsInIndex) : [])],
    mend: () =>
      connection.write((database) => {
        renewWords(database)
        statement(database, `INSERT INTO concept_index (concept_index) VALUES ('rebuild')`).run()
      }),
    tidy: () => connection.log.move(),
    warnings: async () => (connection.log.trouble === undefined ? [] : [connection.log.trouble.message]),
    async close() {
      connection.close()
    },
  }
}

/** Words that are not those of their body are made again, some at a time. */
function renewWords(database: Database.Database): void {
  const page = statement(database, 'SELECT id, body, words FROM concepts WHERE id > ? ORDER BY id LIMIT 1000')
  const renew = statement(database, 'UPDATE concepts SET words = ? WHERE id = ?')
  for (let last: number | undefined = 0; last !== undefined; ) {
    const rows = page.all(last) as readonly { readonly id: number; readonly body: string; readonly words: string }[]
    for (const { id, body, words } of rows) {
      // What is damaged is left as it is.
      const own = isText(body) ? indexedText(body) : words
      if (own !== words) renew.run(own, id)
    }
    last = rows.at(-1)?.id
  }
}

function insertConcept(database: Database.Database, operation: number, key: string, ordinal: number, learning: Learning & { readonly words: string }, origin: Origin, at: string, live: boolean): number {
  const { type, body, words } = learning
  const id = Number(
    statement(database, newConcept)
      .run(type, body, words, sha256(body), sha256(key, String(ordinal), body), live ? 'live' : 'pending', operation, ordinal, at).lastInsertRowid,
  )
  statement(database, newProvenance).run(
    id,
    origin.repository,
    ...[origin.document, origin.template, origin.path, learning.section, origin.phase, learning.hypothesis, learning.verdict, learning.citation, origin.commit, origin.author].map((value) => value ?? null),
    at,
  )
  return id
}

/**
 * Looked up by the body, which few share. What belongs to no document may be most of the store, and SQLite would go through
 * all of it; the sign keeps it from that.
 */
export const conceptWithBody = `SELECT c.id FROM concepts c JOIN provenance p ON p.concept = c.id
  WHERE c.sha256 = ? AND c.body = ? AND p.repository = ? AND +p.document IS ? AND p.template IS ? AND (p.document IS NOT NULL OR p.path IS ?)
  ORDER BY c.id LIMIT 1`

/** What of the learnings is recorded for the same document, or for the same source of plain concepts, with its id. */
function recordedBodies(database: Database.Database, { repository, document, template, path }: Origin, learnings: readonly Learning[]): Map<string, number> {
  const find = statement(database, conceptWithBody)
  return new Map(
    learnings.flatMap(({ body }) => {
      const row = find.get(sha256(body), body, repository, document ?? null, template ?? null, path ?? null) as { id: number } | undefined
      return row === undefined ? [] : [[body, row.id] as const]
    }),
  )
}

interface OperationRow {
  readonly id: number
  readonly op_key: string
  readonly state: OperationState
  readonly repository: string
  readonly document: string | null
  readonly template: string | null
  readonly path: string | null
  readonly reason: string | null
  readonly begun: string
}

function findOperation(database: Database.Database, by: 'id' | 'op_key', value: number | string): Operation | undefined {
  const row = statement(database, `SELECT * FROM operations WHERE ${by} = ?`).get(value) as OperationRow | undefined
  if (row === undefined) return undefined
  const ids = statement(database, `SELECT id FROM concepts WHERE operation = ? ORDER BY ordinal`).pluck().all(row.id) as readonly number[]
  return {
    id: row.id,
    key: row.op_key,
    state: row.state,
    repository: row.repository,
    document: row.document ?? undefined,
    template: row.template ?? undefined,
    path: row.path ?? undefined,
    reason: row.reason ?? undefined,
    begun: row.begun,
    ids,
  }
}

function foundOperation(database: Database.Database, id: number): Operation {
  const found = findOperation(database, 'id', id)
  if (found === undefined) throw new TypeError('What was written can be read')
  return found
}

function operationOf(database: Database.Database, concept: number): Operation {
  return foundOperation(database, Number(statement(database, `SELECT operation FROM concepts WHERE id = ?`).pluck().get(concept)))
}

export function unknownIds(database: Database.Database, ids: readonly number[]): readonly number[] {
  const find = statement(database, `SELECT 1 FROM concepts WHERE id = ?`)
  return ids.filter((id) => find.get(id) === undefined)
}

export function recordedIds(database: Database.Database, { document, template, repository }: DocumentName): readonly number[] {
  return statement(
    database,
    `SELECT DISTINCT c.id FROM provenance p JOIN concepts c ON c.id = p.concept
     WHERE p.document = ? AND p.template = ? AND p.repository = ? AND c.state = 'live' ORDER BY c.id`,
  )
    .pluck()
    .all(document, template, repository) as readonly number[]
}

/** What is wrong with what is kept. SQLite itself does not notice a page whose text was changed behind its back. */
function faultsIn(database: Database.Database, depth: 'quick' | 'whole'): readonly StoreFault[] {
  const faults: StoreFault[] = []
  const check = depth === 'quick' ? 'quick_check' : 'integrity_check'
  const damage = (database.pragma(`${check}(20)`) as readonly Readonly<Record<string, string>>[]).flatMap((row) => Object.values(row))
  for (const message of damage) if (message !== 'ok') faults.push({ kind: 'damage', message, mendable: false })
  for (const { table, rowid, parent } of database.pragma('foreign_key_check') as readonly { table: string; rowid: number; parent: string }[]) {
    faults.push({ kind: 'reference', message: `row ${rowid} of ${table} names a row of ${parent} that does not exist`, mendable: false })
  }
  const { rows, indexed } = database.prepare('SELECT (SELECT count(*) FROM concepts) AS rows, (SELECT count(*) FROM concept_index_docsize) AS indexed').get() as { rows: number; indexed: number }
  if (rows !== indexed) faults.push({ kind: 'index', message: `the full-text index holds ${indexed} of ${rows} concepts`, mendable: true })
  if (depth === 'quick') return faults
  const changed: number[] = []
  const unlike: number[] = []
  for (const { id, body, words, sha256: hash } of database.prepare('SELECT id, body, words, sha256 FROM concepts ORDER BY id').iterate() as IterableIterator<{ id: number; body: string; words: string; sha256: string }>) {
    if (!isText(body) || sha256(body) !== hash) changed.push(id)
    else if (indexedText(body) !== words) unlike.push(id)
  }
  if (changed.length > 0) {
    faults.push({ kind: 'body', message: `${changed.length} ${changed.length === 1 ? 'concept is' : 'concepts are'} not what was stored: ${changed.slice(0, 20).join(', ')}`, mendable: false, concepts: changed })
  }
  if (unlike.length > 0) faults.push({ kind: 'index', message: `${unlike.length} ${unlike.length === 1 ? 'concept is' : 'concepts are'} searched by other words than their own`, mendable: true, concepts: unlike })
  return faults
}

/** Indexes all bodies once more, beside the store, and compares the words. The check that comes with the index would hold up writers. */
function faultsInIndex(database: Database.Database): readonly StoreFault[] {
  try {
    database.exec(`
      CREATE VIRTUAL TABLE temp.fresh_index USING fts5 (words, content = '', tokenize = 'ascii');
      CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab ('temp', 'fresh_index', 'row');
      INSERT INTO temp.fresh_index (rowid, words) SELECT id, words FROM concepts ORDER BY id;
    `)
    const differing = Number(
      database
        .prepare(
          `SELECT (SELECT count(*) FROM (SELECT term, doc, cnt FROM concept_terms EXCEPT SELECT term, doc, cnt FROM temp.fresh_terms))
                + (SELECT count(*) FROM (SELECT term, doc, cnt FROM temp.fresh_terms EXCEPT SELECT term, doc, cnt FROM concept_terms))`,
        )
        .pluck()
        .get(),
    )
    return differing === 0 ? [] : [{ kind: 'index', message: `the full-text index differs from the concepts in ${differing} words`, mendable: true }]
  } finally {
    database.exec('DROP TABLE IF EXISTS temp.fresh_terms; DROP TABLE IF EXISTS temp.fresh_index')
  }
}

function tallyOf(database: Database.Database): Tally {
  const count = (sql: string): number => Number(statement(database, sql).pluck().get())
  const text = (sql: string): string | undefined => (statement(database, sql).pluck().get() as string | null) ?? undefined
  return {
    types: statement(database, `SELECT type, count(*) AS concepts FROM concepts WHERE state = 'live' GROUP BY type ORDER BY concepts DESC, type`).all() as Tally['types'],
    verdicts: statement(database, `SELECT verdict, count(DISTINCT concept) AS concepts FROM provenance WHERE verdict IS NOT NULL GROUP BY verdict ORDER BY concepts DESC, verdict`).all() as Tally['verdicts'],
    documents: statement(database, `SELECT document, count(DISTINCT concept) AS concepts FROM provenance WHERE document IS NOT NULL GROUP BY document ORDER BY concepts DESC, document LIMIT 10`).all() as Tally['documents'],
    clusters: count('SELECT count(*) FROM clusters WHERE superseded IS NULL'),
    clustered: count('SELECT count(DISTINCT m.concept) FROM cluster_members m JOIN clusters k ON k.id = m.cluster WHERE k.superseded IS NULL'),
    superseded: count('SELECT count(*) FROM clusters WHERE superseded IS NOT NULL'),
    formerIds: count('SELECT count(*) FROM former_ids'),
    first: text(`SELECT min(created) FROM concepts`),
    last: text(`SELECT max(created) FROM concepts`),
  }
}
