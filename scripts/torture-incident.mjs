/** Replays the incident: synthesis over a large store, and people, agents and a server that store something beside it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerOf, bundleDriver, percentile, projectRoot, rounded, sortedNumbers, start, startNode } from './store-processes.mjs'

/** What the log of the store may grow to, in MiB, however many write. */
const longestLog = 64
const names = { old: 'no timeout, deferred', cure: 'timeout of 5 s, deferred', ours: 'inquest' }

/** Tells, when it ends, for how long the main thread of a program was kept from its work at worst; counts from a signal on. */
const heart = `import { isMainThread } from 'node:worker_threads'
import { writeFileSync } from 'node:fs'
if (isMainThread) {
  let longest = 0
  let last = performance.now()
  setInterval(() => { longest = Math.max(longest, performance.now() - last - 10); last = performance.now() }, 10).unref()
  process.on('SIGUSR2', () => { longest = 0; last = performance.now() })
  process.on('exit', () => writeFileSync(process.env.HEART, String(longest)))
}`

/** A server that agents talk to, asked to store one learning after the other. */
function startServer(context, root) {
  const told = path.join(context.scratch, 'heart')
  const answers = new Map()
  const server = startNode(['--import', `data:text/javascript,${encodeURIComponent(heart)}`, path.join(projectRoot, 'dist/cli.js'), 'mcp'], {
    cwd: root,
    env: { HEART: told },
    onLine(line) {
      const message = JSON.parse(line)
      answers.get(message.id)?.(message)
    },
  })
  const send = (message) => server.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  let last = 0
  const ask = (method, params) => new Promise((resolve) => {
    answers.set(++last, resolve)
    send({ id: last, method, params })
  })
  const storeOne = (content) => ask('tools/call', { name: 'ingester_ingest', arguments: { content, source_path: 'notes/incident.md' } })
  return {
    async begin() {
      await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'incident', version: '1' } })
      send({ method: 'notifications/initialized' })
      // Whoever serves has served before.
      await storeOne('server first')
      server.child.kill('SIGUSR2')
    },
    /** Until nobody asks for more. */
    async store(isEnough) {
      const waits = []
      const kept = []
      const said = new Set()
      let failed = 0
      while (!isEnough()) {
        const body = `server ${waits.length}`
        const at = performance.timeOrigin + performance.now()
        const { result } = await storeOne(body)
        waits.push([at, performance.timeOrigin + performance.now() - at])
        const id = result?.structuredContent?.ids?.[0]
        if (id === undefined) {
          failed++
          said.add(String(result?.content?.[0]?.text ?? 'nothing').split('\n')[0])
        } else kept.push([body, id])
        await sleep(Math.random() * 40)
      }
      server.child.stdin.end()
      await server.ended
      return { waits, kept, failed, said: [...said].slice(0, 5), stall: Number(readFileSync(told, 'utf8')) }
    },
  }
}

const inAll = (answers, of) => answers.reduce((sum, answer) => sum + of(answer), 0)

/** One of the ways: what was asked of it, and what became of that. */
async function replay(context, driver, way) {
  const root = context.newFolder()
  mkdirSync(path.join(root, '.inquest'))
  writeFileSync(path.join(root, 'inquest.yaml'), 'author: Export team\n')
  spawnSync('git', ['init', '-q'], { cwd: root })
  const file = path.join(root, '.inquest/memory.db')
  await driver.fill(file, context.concepts, way)
  // What the filling left to be written must not be waited for by who comes next.
  spawnSync('sync')
  const acknowledged = []
  const people = Array.from({ length: context.processes }, (_, who) =>
    start(['write', file, who + 1, context.writes, way, 'FULL'], {
      env: { PAUSE: '20', UNTIL_TOLD: '1', THREAD: '1' },
      onLine: (line) => {
        const [, turn, id] = /^ack (\d+) (\d+)$/u.exec(line) ?? []
        if (id !== undefined) acknowledged.push([`${who + 1} ${turn}`, Number(id)])
      },
    }),
  )
  const stages = []
  const batch = start(['batch', file, way], { onLine: (line) => line.startsWith('{"stage"') && stages.push(JSON.parse(line)) })
  const idle = start(['idle', path.join(context.scratch, 'page')])
  const server = way === 'ours' ? startServer(context, root) : undefined
  await Promise.all([...people, batch, idle].map((one) => one.saw('ready')))
  await server?.begin()
  batch.go()
  while (stages.length === 0) await sleep(5)
  for (const one of [...people, idle]) one.go()
  let enough = false
  let log = 0
  const watch = setInterval(() => (log = Math.max(log, statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0)), 50)
  const served = server?.store(() => enough)
  const ended = await batch.ended
  // A batch that ended early has done nothing of what it was for.
  const work = ended.status === 0 ? answerOf(ended) : { errors: 1, seconds: 0, done: 0, clusters: 0 }
  const finished = performance.timeOrigin + performance.now()
  for (const one of people) one.go()
  const answers = (await Promise.all(people.map((one) => one.ended))).map(answerOf)
  enough = true
  idle.go()
  const machine = answerOf(await idle.ended)
  const agents = await served
  clearInterval(watch)
  const writing = stages.find(({ stage }) => stage === 'writing')?.since ?? finished
  const kept = [...acknowledged, ...(agents?.kept ?? [])]
  const bodies = new Map()
  if (way === 'ours') {
    const store = await driver.openStore(file, { readOnly: true })
    for (const { id, body } of await store.concepts(kept.map(([, given]) => given))) bodies.set(id, body)
    await store.close()
  } else for (const { id, body } of driver.fieldCount(file)) bodies.set(id, body)
  const all = answers.flatMap(({ waits }) => waits)
  const times = (list) => {
    const sorted = sortedNumbers(list.map(([, wait]) => wait))
    return { count: sorted.length, p50: rounded(percentile(sorted, 0.5)), p99: rounded(percentile(sorted, 0.99)), worst: rounded(sorted.at(-1) ?? 0) }
  }
  const bare = sortedNumbers(machine.waits)
  return {
    way: names[way],
    asked: all.length,
    failed: inAll(answers, ({ errors }) => inAll(Object.values(errors), (count) => count)),
    lost: kept.filter(([body, id]) => bodies.get(id) !== body).length,
    ...times(all),
    stall: rounded(Math.max(...answers.map(({ longestStall }) => longestStall))),
    // While somebody else writes is when there is something to wait for.
    beside: times(all.filter(([at]) => at >= writing && at <= finished)),
    server: agents === undefined ? undefined : { ...times(agents.waits), failed: agents.failed, said: agents.said, stall: rounded(agents.stall) },
    machine: { p50: rounded(percentile(bare, 0.5)), p99: rounded(percentile(bare, 0.99)), worst: rounded(bare.at(-1) ?? 0), stall: rounded(machine.longestStall), load: rounded(loadavg()[0]) },
    batch: { failed: work.errors, seconds: rounded(work.seconds), writing: rounded((finished - writing) / 1000), concepts: work.done, clusters: work.clusters },
    log: Math.ceil(log / 2 ** 20),
  }
}

export async function incident(context) {
  const driver = await bundleDriver()
  const figures = []
  const faults = []
  for (const way of context.options.control ? ['old', 'cure'] : ['old', 'cure', 'ours']) {
    const figure = await replay(context, driver, way)
    figures.push(figure)
    const { failed, lost, batch, server, log } = figure
    if (way === 'ours' && log > longestLog) faults.push({ point: figure.way, fault: `a log of ${log} MiB` })
    if (way === 'ours' ? failed + lost + batch.failed + server.failed > 0 : context.options.control && failed + batch.failed > 0) {
      faults.push({ point: figure.way, fault: `${failed + (server?.failed ?? 0)} failed, ${lost} lost, ${batch.failed} of the batch failed${server === undefined || server.said.length === 0 ? '' : `; the server said: ${server.said.join('; ')}`}` })
    }
  }
  const row = (...cells) => context.say(`${String(cells[0]).padEnd(36)}${cells.slice(1).map((cell) => String(cell ?? '').padStart(9)).join('')}`)
  context.say(`${context.processes} processes that store a learning every 20 ms beside a batch over ${context.concepts} concepts; milliseconds`)
  row('way', 'asked', 'failed', 'lost', 'batch', 'p50', 'p99', 'worst', 'held')
  for (const one of figures) row(one.way, one.asked, one.failed, one.lost, one.batch.failed, one.p50, one.p99, one.worst, one.stall)
  for (const { beside, server, machine, batch, log } of figures.slice(-1)) {
    row('  while the batch writes', beside.count, '', '', '', beside.p50, beside.p99, beside.worst)
    if (server !== undefined) row('  by way of a server', server.count, server.failed, '', '', server.p50, server.p99, server.worst, server.stall)
    row('  a bare page to the disk meanwhile', '', '', '', '', machine.p50, machine.p99, machine.worst, machine.stall)
    context.say(`  the batch took ${batch.seconds} s, ${batch.writing} s of them writing, and made ${batch.clusters} clusters; a log of ${log} MiB; load ${machine.load} on ${availableParallelism()} cores`)
  }
  return { figures, faults }
}
