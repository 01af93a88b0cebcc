/** What the torture of the store starts, kills and asks: bundled from the sources, so that a process of it starts quickly. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { InquestError } from '../src/errors.ts'
import { openConnection } from '../src/memory/connection.ts'
import { thisMachine } from '../src/memory/ground.ts'
import { migrate } from '../src/memory/migrations.ts'
import { openStore } from '../src/memory/open.ts'
import { synthesize } from '../src/memory/synthesis.ts'
import { openStoreInThread } from '../src/memory/threaded.ts'

export { openStore }

const at = '2026-03-04T10:00:00Z'
const Database = createRequire(import.meta.url)('better-sqlite3')

export async function store(root, texts) {
  const [{ ingest }, { hostFor }] = await Promise.all([import('../src/engine/operations/ingest.ts'), import('./store-scenarios.mjs')])
  return ingest(hostFor(root), { document: 'docs/inquiry.md', texts })
}
export async function check(root, fix) {
  const [{ checkMemory }, { hostFor }] = await Promise.all([import('../src/engine/operations/memory-check.ts'), import('./store-scenarios.mjs')])
  return checkMemory(hostFor(root), { fix })
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

/** Says much in few words; every twelfth says again what another one said, so that synthesis has something to sum up. */
function* sentences(count) {
  const words = Array.from({ length: 4096 }, (_, index) => `${'kstmrnlpdb'[index % 10]}${'aeiou'[(index >> 2) % 5]}${'rnlst'[(index >> 4) % 5]}${'aeiou'[(index >> 6) % 5]}${index.toString(36)}`)
  let state = 7
  const next = (below) => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % below
  const recent = []
  for (let index = 0; index < count; index++) {
    const said = index % 12 === 11 ? [...recent[next(recent.length)]] : Array.from({ length: 14 }, () => words[next(4096)])
    if (index % 12 === 11) said[next(said.length)] = words[next(4096)]
    if (recent.length < 500) recent.push(said)
    else recent[next(500)] = said
    yield said.join(' ')
  }
}

/** A store with many concepts, for the incident. */
export async function fill(file, count, way) {
  if (way !== 'ours') {
    prepareField(file)
    const database = new Database(file)
    const insert = database.prepare('INSERT INTO facts (body) VALUES (?)')
    database.transaction(() => {
      for (const body of sentences(count)) insert.run(body)
    })()
    database.close()
    return
  }
  const connection = await openConnection(file, { readOnly: false, ground: thisMachine })
  await migrate(connection)
  const bodies = sentences(count)
  for (let made = 0; made < count; ) {
    await connection.write((database) => {
      database.prepare(`INSERT OR IGNORE INTO operations (id, op_key, state, repository, begun) VALUES (1, 'filling', 'done', '', ?)`).run(at)
      const insert = database.prepare(`INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES ('learning', ?, ?, ?, ?, 'live', 1, ?, ?)`)
      for (const end = Math.min(count, made + 50_000); made < end; made++) {
        const body = bodies.next().value
        insert.run(body, body, `filling-${made}`, `filling-${made}`, made, at)
      }
    })
  }
  connection.close()
}

// A copy of a process has no streams and no threads of its own, and says and does these in its own way.
let line = (text) => process.stdout.write(`${text}\n`)
let awaitGo = () => new Promise((resolve) => process.stdin.once('data', resolve))
let leave = () => process.exit(0)
const told = (error) => (error instanceof InquestError ? error.code : (error?.code ?? `${error?.name}: ${error?.message}`))

/** How long the process was kept from what it has to do, at worst. */
function beating() {
  const every = 10
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - every)
    last = performance.now()
  }, every)
  return {
    begin() {
      longest = 0
      last = performance.now()
    },
    end() {
      clearInterval(timer)
      return Math.max(longest, performance.now() - last - every)
    },
  }
}

const tasks = {
  /** Has a scenario run, once it is told to, so that strace can be set on it first. */
  async scenario(name, root) {
    const { scenarios } = await import('./store-scenarios.mjs')
    line('ready')
    await awaitGo()
    try {
      await scenarios[name].run(root)
      line(JSON.stringify({ done: true }))
    } catch (error) {
      line(JSON.stringify({ error: told(error), message: String(error?.message) }))
    }
    leave()
  },
  /** Stands ready to be copied: does a task once, so that its copies know the way, and then begins one for each line. */
  async copies(addon, ...warm) {
    const fs = await import('node:fs')
    const copier = createRequire(import.meta.url)(addon)
    const answer = line
    line = () => undefined
    leave = () => undefined
    awaitGo = async () => undefined
    await tasks[warm[0]](...warm.slice(1))
    // What that left to be closed is closed by now; from here on the process does nothing by itself.
    await new Promise((resolve) => setTimeout(resolve, 200))
    answer('ready')
    leave = copier.leave
    const letter = Buffer.alloc(1)
    for (let text = ''; fs.readSync(0, letter, 0, 1, null) === 1; ) {
      if (letter[0] !== 10) {
        text += letter.toString('latin1')
        continue
      }
      const { args, out, cut } = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'))
      text = ''
      const pid = copier.fork()
      if (pid !== 0) {
        fs.writeSync(1, `${pid}\n`)
        continue
      }
      const descriptor = fs.openSync(out, 'a')
      line = (said) => fs.writeSync(descriptor, `${said}\n`)
      awaitGo = async () => {
        if (cut === undefined) copier.awaitGo()
        else if (!copier.cutOff(cut.name, cut.ordinal, cut.error, descriptor)) throw new Error(`A call of ${cut.name} cannot be cut off`)
      }
      // All copies would take the same chances.
      let state = process.pid * 2_654_435_761
      Math.random = () => (state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e_37_79_b9) >>> 0) / 2 ** 32
      return tasks[args[0]](...args.slice(1))
    }
    leave()
  },
  /** What `a-first-learning` does, without a journal: the concept, then the document. */
  async careless(root, ...texts) {
    const fs = await import('node:fs')
    line('ready')
    await awaitGo()
    try {
      const opened = await openStore(`${root}/.inquest/memory.db`)
      const { ids } = await opened.record({ origin: { repository: '', document: 'docs/inquiry.md', template: 'investigation', path: 'docs/inquiry.md' }, learnings: texts.map((body) => ({ type: 'learning', body })), key: `${process.pid}-${Math.random()}`, at })
      const file = `${root}/docs/inquiry.md`
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('memory_refs: []', `memory_refs: [${ids.join(', ')}]`))
      line(JSON.stringify({ ids }))
    } catch (error) {
      line(JSON.stringify({ error: told(error), message: String(error?.message) }))
    }
    leave()
  },
  /** Writes so often, or until it is stopped, and acknowledges each on standard output. */
  async write(file, who, most, way, sync) {
    const waits = []
    const heart = beating()
    const least = Number(most)
    const errors = {}
    let record
    if (way === 'ours' && sync === 'NORMAL') {
      const database = new Database(file, { timeout: 5000 })
      database.pragma('journal_mode = WAL')
      database.pragma('synchronous = NORMAL')
      const insert = database.prepare(`INSERT INTO concepts (type, body, words, sha256, key, state, operation, ordinal, created) VALUES ('learning', ?, '', ?, ?, 'live', 1, ?, '')`)
      record = (body) => Number(insert.run(body, body, body, Number(who) * 1_000_000 + Number(/\d+$/u.exec(body)[0])).lastInsertRowid)
    } else if (way === 'ours') {
      // Programs that live on and have others to answer write in a thread, commands in their own.
      const opened = process.env.THREAD === undefined ? await openStore(file) : await openStoreInThread(new URL('store-thread.mjs', import.meta.url), file)
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
    if (most !== 'all') await awaitGo()
    heart.begin()
    // A second word says that nothing more is asked for.
    let enough = process.env.UNTIL_TOLD === undefined
    if (!enough) process.stdin.once('data', () => (enough = true))
    const pause = Number(process.env.PAUSE ?? 0)
    for (let turn = 0; most === 'all' || turn < least || !enough; turn++) {
      const started = performance.now()
      try {
        const id = await record(`${who} ${turn}`)
        line(`ack ${turn} ${id}`)
      } catch (error) {
        errors[told(error)] = (errors[told(error)] ?? 0) + 1
      }
      waits.push([performance.timeOrigin + started, performance.now() - started])
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause * Math.random() * 2))
      else if (turn % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    line(JSON.stringify({ waits, errors, longestStall: heart.end() }))
    leave()
  },
  /** Writes for some seconds as fast as it can, each fourth time what all the others write too. */
  async contend(file, who, way) {
    const fs = await import('node:fs')
    const lines = () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
    const ways = {
      // Reads all, looks whether it is there, and writes all of it back.
      lines: () => (body) => {
        const known = lines()
        const one = JSON.stringify({ body })
        if (!known.includes(one)) fs.writeFileSync(file, `${[...known, one].join('\n')}\n`)
      },
      cure: () => fieldWay(file, 5000).record,
      async ours() {
        const opened = await openStore(file)
        return (body) => opened.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body }], at })
      },
    }
    const record = await ways[way]()
    line('ready')
    const seconds = Number(await new Promise((resolve) => process.stdin.once('data', (text) => resolve(String(text)))))
    const [waits, acknowledged] = [[], []]
    let failed = 0
    const end = performance.now() + seconds * 1000
    for (let turn = 0; performance.now() < end; turn++) {
      const fact = turn % 4 === 3 ? `all know ${turn}` : `${who} knows ${turn}`
      const started = performance.now()
      try {
        await record(fact)
        acknowledged.push(fact)
      } catch {
        failed++
      }
      waits.push(performance.now() - started)
      if (turn % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    // As much as this may still be on its way when the process ends.
    await new Promise((resolve) => process.stdout.write(`${JSON.stringify({ waits, acknowledged, failed })}\n`, resolve))
    process.exit(0)
  },
  /** Synthesis over all concepts; in the usual ways, transactions that read, compare and write. */
  async batch(file, way) {
    line('ready')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    const started = performance.now()
    let errors = 0
    let done = 0
    let clusters = 0
    if (way === 'ours') {
      const opened = await openStore(file)
      let stage
      const made = await synthesize(opened, {
        threshold: 0.5,
        dryRun: false,
        now: () => at,
        onProgress(now) {
          if (now !== stage) line(JSON.stringify({ stage: (stage = now), since: performance.timeOrigin + performance.now() }))
        },
      })
      done = made.concepts
      clusters = made.made
      await opened.close()
    } else {
      line(JSON.stringify({ stage: 'writing', since: performance.timeOrigin + started }))
      const { database } = fieldWay(file, way === 'cure' ? 5000 : 0)
      database.exec('CREATE TABLE IF NOT EXISTS marks (id INTEGER PRIMARY KEY, mark INTEGER)')
      const last = database.prepare('SELECT max(id) FROM facts').pluck().get()
      const insert = database.prepare('INSERT OR REPLACE INTO marks VALUES (?, ?)')
      const sum = (body) => {
        let hash = 7
        for (let round = 0; round < 40; round++) for (const letter of body) hash = (hash * 31 + letter.codePointAt(0)) % 1_000_003
        return hash
      }
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
    line(JSON.stringify({ seconds: (performance.now() - started) / 1000, errors, done, clusters }))
    process.exit(0)
  },
  /** What the machine itself gives at the same time: a process that does nothing, and the bare write of a page to the disk. */
  async idle(file) {
    const fs = await import('node:fs')
    const descriptor = fs.openSync(file, 'w')
    const page = Buffer.alloc(4096)
    fs.writeSync(descriptor, page)
    fs.fsyncSync(descriptor)
    const waits = []
    line('ready')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    const heart = beating()
    let enough = false
    process.stdin.once('data', () => (enough = true))
    const write = promisify(fs.write)
    const sync = promisify(fs.fdatasync)
    while (!enough) {
      const started = performance.now()
      await write(descriptor, page, 0, page.length, 0)
      await sync(descriptor)
      waits.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    line(JSON.stringify({ waits, longestStall: heart.end() }))
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
