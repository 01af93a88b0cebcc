/** What the torture of the store starts, kills and asks: bundled from the sources, so that a process of it starts quickly. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { InquestError } from '../src/errors.ts'
import { openConnection } from '../src/memory/connection.ts'
import { thisMachine } from '../src/memory/ground.ts'
import { migrate } from '../src/memory/migrations.ts'
import { openStore } from '../src/memory/open.ts'

export { openStore }

const at = '2026-03-04T10:00:00Z'
const Database = createRequire(import.meta.url)('better-sqlite3')

/** A host of its own clock, so that two runs do the same. What reads documents is loaded only by who needs it. */
async function hostFor(root) {
  const { createNodeHost } = await import('../src/engine/node-host.ts')
  return createNodeHost(root, { ...process.env, SOURCE_DATE_EPOCH: '1772600000' })
}
export async function store(root, texts) {
  const { ingest } = await import('../src/engine/operations/ingest.ts')
  return ingest(await hostFor(root), { document: 'docs/inquiry.md', texts })
}
export async function check(root, fix) {
  const { checkMemory } = await import('../src/engine/operations/memory-check.ts')
  return checkMemory(await hostFor(root), { fix })
}

/** The field's ways, rebuilt in a few lines: without a timeout, and with one. Both begin a write by reading. */
function fieldWay(file, timeout) {
  const database = new Database(file, { timeout })
  database.pragma('journal_mode = WAL')
  const count = database.prepare('SELECT count(*) FROM facts WHERE body = ?')
  const insert = database.prepare('INSERT INTO facts (body) VALUES (?)')
  return {
    database,
    // Checks first, then inserts: a transaction that reads before it writes.
    record: database.transaction((body) => (count.pluck().get(body) > 0 ? undefined : Number(insert.run(body).lastInsertRowid))),
  }
}

const prepareField = (file) => {
  const database = new Database(file, { timeout: 5000 })
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, body TEXT); CREATE INDEX IF NOT EXISTS by_body ON facts (body)')
  database.close()
}
export const fieldCount = (file) => {
  const database = new Database(file, { readonly: true })
  const rows = database.prepare('SELECT id, body FROM facts').all()
  database.close()
  return rows
}
export { prepareField }

/** A store with many concepts, for the incident. */
export async function fill(file, count, way) {
  if (way !== 'ours') {
    prepareField(file)
    const database = new Database(file)
    const insert = database.prepare('INSERT INTO facts (body) VALUES (?)')
    database.transaction(() => {
      for (let index = 0; index < count; index++) insert.run(`concept ${index} of a large store, long enough to be one`)
    })()
    database.close()
    return
  }
  const connection = await openConnection(file, { readOnly: false, ground: thisMachine })
  await migrate(connection)
  let made = 0
  await connection.write((database) => {
    database.prepare(`INSERT INTO operations (op_key, state, repository, begun) VALUES ('filling', 'done', '', ?)`).run(at)
    const insert = database.prepare(`INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES ('learning', ?, ?, ?, ?, 'live', 1, ?, ?)`)
    for (; made < count; made++) insert.run(`concept ${made} of a large store, long enough to be one`, `concept ${made} of a large store long enough to be one`, `filling-${made}`, `filling-${made}`, made, at)
  })
  connection.close()
}

const line = (text) => process.stdout.write(`${text}\n`)
const told = (error) => (error instanceof InquestError ? error.code : (error?.code ?? `${error?.name}: ${error?.message}`))

const tasks = {
  /** Waits for a byte on standard input, so that strace can be set on it first. */
  async ingest(root, ...texts) {
    await Promise.all([import('../src/engine/node-host.ts'), import('../src/engine/operations/ingest.ts')])
    line('ready')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    try {
      line(JSON.stringify(await store(root, texts)))
    } catch (error) {
      line(JSON.stringify({ error: told(error), message: String(error?.message) }))
    }
    process.exit(0)
  },
  /** The same without a journal: the concept, then the document. */
  async careless(root, ...texts) {
    const fs = await import('node:fs')
    line('ready')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    const opened = await openStore(`${root}/.inquest/memory.db`)
    const { ids } = await opened.record({ origin: { repository: '', document: 'docs/inquiry.md', template: 'investigation', path: 'docs/inquiry.md' }, learnings: texts.map((body) => ({ type: 'learning', body })), key: `${process.pid}-${Math.random()}`, at })
    const file = `${root}/docs/inquiry.md`
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('memory_refs: []', `memory_refs: [${ids.join(', ')}]`))
    line(JSON.stringify({ ids }))
    process.exit(0)
  },
  /** Writes until it is stopped, and acknowledges each on standard output. */
  async write(file, who, most, way, sync) {
    const waits = []
    let longestStall = 0
    let beat = performance.now()
    const heart = setInterval(() => {
      longestStall = Math.max(longestStall, performance.now() - beat - 10)
      beat = performance.now()
    }, 10)
    const errors = {}
    let record
    if (way === 'ours' && sync === 'NORMAL') {
      const database = new Database(file, { timeout: 5000 })
      database.pragma('journal_mode = WAL')
      database.pragma('synchronous = NORMAL')
      const insert = database.prepare(`INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES ('learning', ?, '', ?, ?, 'live', 1, ?, '')`)
      record = (body) => Number(insert.run(body, body, body, Number(who) * 1_000_000 + Number(/\d+$/u.exec(body)[0])).lastInsertRowid)
    } else if (way === 'ours') {
      const opened = await openStore(file)
      record = async (body) => (await opened.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body }], at })).ids[0]
    } else if (way === 'behind') {
      // Acknowledges at once, and commits now and then.
      const database = new Database(file, { timeout: 5000 })
      const insert = database.prepare(`INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES ('learning', ?, '', ?, ?, 'live', 1, ?, '')`)
      let open = 0
      record = (body) => {
        if (open++ === 0) database.exec('BEGIN IMMEDIATE')
        const id = Number(insert.run(body, body, body, Number(who) * 1_000_000 + Number(/\d+$/u.exec(body)[0])).lastInsertRowid)
        if (open === 20) {
          database.exec('COMMIT')
          open = 0
        }
        return id
      }
    } else record = fieldWay(file, way === 'cure' ? 5000 : 0).record
    line('ready')
    if (most !== 'all') await new Promise((resolve) => process.stdin.once('data', resolve))
    beat = performance.now()
    longestStall = 0
    const pause = Number(process.env.PAUSE ?? 0)
    for (let turn = 0; most === 'all' || turn < Number(most); turn++) {
      const started = performance.now()
      try {
        const id = await record(`${who} ${turn}`)
        line(`ack ${turn} ${id}`)
      } catch (error) {
        errors[told(error)] = (errors[told(error)] ?? 0) + 1
      }
      waits.push(performance.now() - started)
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause * Math.random() * 2))
      else if (turn % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    clearInterval(heart)
    line(JSON.stringify({ waits, errors, longestStall }))
    process.exit(0)
  },
  /** Long work over all concepts, as a synthesis does it: in one transaction, or in slices. */
  async batch(file, way) {
    line('ready')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    const started = performance.now()
    let errors = 0
    let done = 0
    const sum = (body) => {
      let hash = 7
      for (let round = 0; round < 40; round++) for (const letter of body) hash = (hash * 31 + letter.codePointAt(0)) % 1_000_003
      return hash
    }
    if (way === 'ours') {
      const connection = await openConnection(file, { readOnly: false, ground: thisMachine })
      await connection.write((database) => database.exec('CREATE TABLE IF NOT EXISTS marks (id INTEGER PRIMARY KEY, mark INTEGER)'))
      await connection.writeInSlices((database) => {
        const after = database.prepare('SELECT coalesce(max(id), 0) FROM marks').pluck().get()
        const rows = database.prepare('SELECT id, body FROM concepts WHERE id > ? ORDER BY id LIMIT 50').all(after)
        const insert = database.prepare('INSERT INTO marks VALUES (?, ?)')
        for (const { id, body } of rows) insert.run(id, sum(body))
        done += rows.length
        return rows.length > 0 ? 'more' : 'done'
      })
      connection.close()
    } else {
      const { database } = fieldWay(file, way === 'cure' ? 5000 : 0)
      database.exec('CREATE TABLE IF NOT EXISTS marks (id INTEGER PRIMARY KEY, mark INTEGER)')
      const last = database.prepare('SELECT max(id) FROM facts').pluck().get()
      const insert = database.prepare('INSERT OR REPLACE INTO marks VALUES (?, ?)')
      // Pieces of a second or two, each a transaction that reads first.
      for (let from = 0; from < last; from += 20_000) {
        try {
          database.transaction(() => {
            for (const { id, body } of database.prepare('SELECT id, body FROM facts WHERE id > ? AND id <= ?').all(from, Math.min(last, from + 20_000))) {
              insert.run(id, sum(body))
              done++
            }
          })()
        } catch {
          errors++
        }
      }
    }
    line(JSON.stringify({ seconds: (performance.now() - started) / 1000, errors, done }))
    process.exit(0)
  },
  /** Opens and closes, all at the same moment. */
  async open(start, way, ...files) {
    const left = Number(start) - Date.now()
    if (left > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, left)
    const errors = {}
    for (const file of files) {
      try {
        if (way === 'ours') await (await openStore(file)).close()
        else {
          const database = new Database(file, { timeout: way === 'cure' ? 5000 : 0 })
          database.pragma('journal_mode = WAL')
          database.exec('CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, body TEXT)')
          database.close()
        }
      } catch (error) {
        errors[told(error)] = (errors[told(error)] ?? 0) + 1
      }
    }
    line(JSON.stringify({ errors }))
  },
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await tasks[process.argv[2]](...process.argv.slice(3))
