/** Measures many processes that write at once: the protocol's reference memory server, the usual patterns, and inquest. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerOf, bundleDriver, percentile, projectRoot, sortedNumbers, start, startNode } from './store-processes.mjs'

const reference = '@modelcontextprotocol/server-memory'
/** Every fourth fact is one that all of them store. */
const factOf = (who, turn) => (turn % 4 === 3 ? `all know ${turn}` : `${who} knows ${turn}`)

/** Writers that run the driver: in its process, without a protocol. */
function direct(name, way, factsIn) {
  return {
    name,
    prepare: (driver, folder) => driver.fill(path.join(folder, 'memory.db'), 1, way),
    async open(folder, who) {
      const writer = start(['contend', path.join(folder, way === 'lines' ? 'facts.jsonl' : 'memory.db'), who, way])
      await writer.saw('ready')
      return {
        async write(seconds) {
          writer.child.stdin.write(`${seconds}\n`)
          return answerOf(await writer.ended)
        },
      }
    },
    factsIn,
  }
}

/** Writers that each start a server of their own over one store, as agents do. */
function served(name, command, tool, factsIn, environment = () => ({})) {
  return {
    name,
    async prepare(_, folder) {
      spawnSync('git', ['init', '-q'], { cwd: folder })
      writeFileSync(path.join(folder, 'inquest.yaml'), 'author: Export team\n')
    },
    async open(folder, who) {
      const answers = new Map()
      const server = startNode(command, { cwd: folder, env: environment(folder), onLine: (line) => answers.get(JSON.parse(line).id)?.(JSON.parse(line)) })
      const send = (message) => server.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
      let last = 0
      const ask = (method, params) => new Promise((resolve) => {
        answers.set(++last, resolve)
        send({ id: last, method, params })
      })
      await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } })
      send({ method: 'notifications/initialized' })
      // What a server loads at its first call is not what is measured.
      await ask('tools/call', tool(`${who} is ready`))
      return {
        async write(seconds) {
          const [waits, acknowledged] = [[], []]
          let failed = 0
          const end = performance.now() + seconds * 1000
          for (let turn = 0; performance.now() < end; turn++) {
            const fact = factOf(who, turn)
            const begun = performance.now()
            const { result, error } = await ask('tools/call', tool(fact))
            waits.push(performance.now() - begun)
            if (error !== undefined || result?.isError === true) failed++
            else acknowledged.push(fact)
          }
          server.child.stdin.end()
          // Some servers go on when nobody speaks to them any more.
          await Promise.race([server.ended, sleep(5000)])
          server.child.kill()
          await server.ended
          return { waits, failed, acknowledged }
        },
      }
    },
    factsIn,
  }
}

const linesOf = (file) => readFileSync(file, 'utf8').split('\n').flatMap((line) => {
  try {
    return [JSON.parse(line)]
  } catch {
    // Half a line is no fact.
    return []
  }
})

/** What there is to compare; undefined where the reference server cannot be installed. */
function waysWith(driver, scratch) {
  const own = async (folder, file) => {
    const store = await driver.openStore(path.join(folder, file), { readOnly: true })
    const facts = (await store.concepts(Array.from({ length: 200_000 }, (_, index) => index + 1))).map(({ body }) => body)
    await store.close()
    return facts
  }
  const installed = path.join(scratch, 'reference')
  mkdirSync(installed)
  writeFileSync(path.join(installed, 'package.json'), '{ "private": true }\n')
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', reference], { cwd: installed, encoding: 'utf8' })
  const manifest = path.join(installed, 'node_modules', reference, 'package.json')
  const { version } = done.status === 0 ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  if (version === undefined) console.log(`skipped: ${reference} cannot be installed: ${done.stderr.trim().split('\n')[0]}`)
  return [
    ...(version === undefined
      ? []
      : [
          served(
            `${reference} ${version}, a server for each`,
            [path.join(path.dirname(manifest), 'dist/index.js')],
            (fact) => ({ name: 'create_entities', arguments: { entities: [{ name: fact, entityType: 'fact', observations: ['It was learned'] }] } }),
            async (folder) => linesOf(path.join(folder, 'memory.jsonl')).map(({ name }) => name),
            (folder) => ({ MEMORY_FILE_PATH: path.join(folder, 'memory.jsonl') }),
          ),
        ]),
    direct('a file of JSON lines: read, look, write it back', 'lines', async (folder) => linesOf(path.join(folder, 'facts.jsonl')).map(({ body }) => body)),
    direct('SQLite: look, then insert, a timeout of 5 s', 'cure', async (folder) => driver.fieldCount(path.join(folder, 'memory.db')).map(({ body }) => body)),
    direct('inquest, as a library', 'ours', (folder) => own(folder, 'memory.db')),
    served('inquest mcp, a server for each', [path.join(projectRoot, 'dist/cli.js'), 'mcp'], (fact) => ({ name: 'ingester_ingest', arguments: { content: fact, source_path: 'notes/bench.md' } }), (folder) => own(folder, '.inquest/memory.db')),
  ]
}

/** @returns a row for each way and number of processes */
export async function measureWrites({ processes = [1, 8, 32], seconds = 5 } = {}) {
  const driver = await bundleDriver()
  const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-bench-writes-'))
  const rows = []
  try {
    for (const way of waysWith(driver, scratch)) {
      for (const count of processes) {
        const folder = mkdtempSync(path.join(scratch, 'store-'))
        await way.prepare(driver, folder)
        const writers = await Promise.all(Array.from({ length: count }, (_, who) => way.open(folder, who + 1)))
        const begun = performance.now()
        const answers = await Promise.all(writers.map((writer) => writer.write(seconds)))
        const waits = sortedNumbers(answers.flatMap((answer) => answer.waits))
        const acknowledged = answers.flatMap((answer) => answer.acknowledged)
        const kept = new Map()
        for (const fact of await way.factsIn(folder)) kept.set(fact, (kept.get(fact) ?? 0) + 1)
        const row = {
          way: way.name,
          processes: count,
          perSecond: Math.round(acknowledged.length / seconds),
          acknowledged: acknowledged.length,
          failed: answers.reduce((sum, { failed }) => sum + failed, 0),
          lost: acknowledged.filter((fact) => !kept.has(fact)).length,
          twice: [...kept].filter(([fact, times]) => times > 1 && /knows? /u.test(fact)).length,
          p50: percentile(waits, 0.5),
          p99: percentile(waits, 0.99),
          worst: waits.at(-1) ?? 0,
          took: (performance.now() - begun) / 1000,
        }
        console.log(row)
        rows.push(row)
        rmSync(folder, { recursive: true, force: true })
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  return rows
}
