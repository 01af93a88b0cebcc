/**
 * Starts servers with clients that break off at random moments, with calls in flight, and counts the processes that are alive two seconds
 * later: servers, and what servers started. `npm run orphans -- --times 200`.
 */
import { fork, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const usage = `usage: node scripts/orphans.mjs [--times N] [--jobs N] [--seed N] [--server mcp|http|lsp] [--way WAY] [--program FILE] [--control] [--json]

--control  the same with a careless server: it has to end with processes that are alive`

const projectRoot = fileURLToPath(new URL('..', import.meta.url))
const { values: options } = readArguments()
const times = countOf('times')
const jobs = countOf('jobs')
const seed = options.seed === undefined ? Date.now() % 1_000_000 : countOf('seed')
const inquest = path.resolve(options.program ?? path.join(projectRoot, 'dist/cli.js'))

/** What no server outlives, in milliseconds. The time in which its threads waited for a core is not counted, so that other work on the machine changes nothing. */
const deadline = 2000
/** In milliseconds; more waiting is not believed. */
const longestWait = 20_000
/** The latest moment at which a client breaks off, in milliseconds from the start of its server. */
const latest = 1800
/** Documents, so that a check takes a while. */
const documents = 150

/** How a client breaks off. `client killed` is done from here, by SIGKILL; the client does the others itself and lives on. */
const ways = {
  mcp: ['client killed', 'client killed, pipes held', 'stdin closed', 'stdout closed', 'all closed', 'SIGTERM', 'SIGINT', 'SIGHUP'],
  http: ['client killed', 'client killed, no input', 'stdin closed', 'all closed', 'SIGTERM', 'SIGINT', 'SIGHUP'],
  lsp: ['client killed', 'client killed, pipes held', 'stdin closed', 'stdout closed', 'all closed', 'SIGTERM', 'SIGINT', 'SIGHUP'],
}

function readArguments() {
  try {
    return parseArgs({ options: { times: { type: 'string', default: '200' }, jobs: { type: 'string', default: '2' }, seed: { type: 'string' }, server: { type: 'string' }, way: { type: 'string' }, program: { type: 'string' }, control: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } })
  } catch (error) {
    return refuse(error.message)
  }
}

function refuse(message) {
  console.error(`${message}\n${usage}`)
  process.exit(2)
}

function countOf(option) {
  const count = Number(options[option])
  if (!Number.isInteger(count) || count < 1) refuse(`--${option} takes a whole number from 1`)
  return count
}

// ---------------------------------------------------------------- where it happens

const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'inquest-orphans-')))
const repository = path.join(scratch, 'repository')
const slowGit = path.join(scratch, 'slow')
const careless = path.join(scratch, 'careless.mjs')
/** Reports every error on standard error, that one included, and so never ends. */
const carelessServer = `
  process.on('uncaughtException', () => process.stderr.write('failed\\n'))
  process.on('SIGTERM', () => process.stderr.write('asked to end\\n'))
  process.stdin.resume()
  setInterval(() => process.stdout.write('{"jsonrpc":"2.0","method":"tick"}\\n'), 50)
`
const program = options.control ? careless : inquest

function prepare() {
  const sample = readFileSync(path.join(projectRoot, 'examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md'), 'utf8')
  mkdirSync(path.join(repository, 'docs'), { recursive: true })
  for (let at = 1; at <= documents; at++) writeFileSync(path.join(repository, 'docs', `INV-${at}.md`), sample.replaceAll('INV-001', `INV-${at}`))
  writeFileSync(path.join(repository, 'inquest.yaml'), '')
  writeFileSync(careless, carelessServer)
  const run = (command, ...args) => {
    const { status, stderr, stdout } = spawnSync(command, args, { cwd: repository, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  run('git', 'init', '-q')
  run('git', 'add', '.')
  run('git', '-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', 'commit', '-qm', 'start')
  run(process.execPath, inquest, 'memory', 'ingest', '--source', 'notes', 'An export by offset loses rows of a page')
  // A git that takes its time, as on a file system across a network: the thread that asks it is stuck meanwhile.
  const git = run('sh', '-c', 'command -v git').trim()
  mkdirSync(slowGit)
  writeFileSync(path.join(slowGit, 'git'), `#!/bin/sh\ncase "$*" in *log*|*cat-file*|*rev-list*|*ls-files*) sleep 20 ;; esac\nexec '${git}' "$@"\n`)
  chmodSync(path.join(slowGit, 'git'), 0o755)
}

// ---------------------------------------------------------------- one client and its server

let state = seed
function random(below) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

function plan(at) {
  const servers = Object.keys(ways).filter((name) => options.server === undefined || options.server === name)
  const server = servers[at % servers.length] ?? refuse(`--server takes one of ${Object.keys(ways).join(', ')}`)
  const choices = ways[server].filter((way) => options.way === undefined || options.way === way)
  // In turn, so that a short run has a few of each.
  const way = choices[Math.floor(at / servers.length) % choices.length] ?? refuse(`--way takes one of ${ways[server].join(', ')}`)
  return { at, server, way, after: random(latest), stderrFirst: random(3) === 0, slow: random(4) === 0, deaf: random(5) === 0, seed: random(2 ** 31) }
}

async function breakOff({ at, server, way, after, stderrFirst, slow, deaf, seed: own }) {
  const mark = `${scratch}#${at}`
  const marked = { INQUEST_ORPHANS: mark, ...(slow && { PATH: `${slowGit}${path.delimiter}${process.env.PATH}` }) }
  const setup = { program, server, folder: repository, marked, hold: way.endsWith('held'), deaf, stdin: way.endsWith('no input') ? 'ignore' : 'pipe', seed: own }
  const client = fork(path.join(projectRoot, 'scripts/orphans-client.mjs'), [JSON.stringify(setup)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const heard = (key) => new Promise((resolve) => client.on('message', (message) => key in message && resolve(message[key])))
  const gone = new Promise((resolve) => client.once('exit', resolve))
  const broken = heard('broken')
  const answered = heard('answered')
  const pid = await heard('pid')
  // A server whose client ends before the server runs cannot know that it had another parent.
  if (setup.hold) await answered
  await sleep(after)
  if (stderrFirst) client.send({ stderrFirst })
  if (stderrFirst) await sleep(30)
  if (way.startsWith('client killed')) {
    client.kill('SIGKILL')
    await gone
  } else {
    client.send({ way })
    await broken
  }
  const since = performance.now()
  const waits = new Map()
  const before = noteWaits(alive(mark, pid), waits)
  for (;;) {
    const left = alive(mark, pid)
    const took = Math.round(performance.now() - since)
    const waited = Math.min(Math.round(noteWaits(left, waits) - before), longestWait)
    if (left.length > 0 && took - waited < deadline) {
      await sleep(20)
      continue
    }
    const found = left.map(describe)
    for (const one of left) kill(one)
    client.kill('SIGKILL')
    await gone
    return { took, waited, left: found }
  }
}

/**
 * Notes how long the threads of processes were ready to run while others had the cores, in milliseconds, and returns the sum. Where the
 * system does not tell, it is 0.
 */
function noteWaits(pids, waits) {
  for (const pid of process.platform === 'linux' ? pids : []) {
    try {
      for (const task of readdirSync(`/proc/${pid}/task`)) waits.set(task, Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'latin1').split(' ')[1]) / 1e6)
    } catch {
      // It ended.
    }
  }
  return [...waits.values()].reduce((sum, one) => sum + one, 0)
}

/** What the trial started and is alive: by its mark where the system tells the environment of processes, else the server alone. */
function alive(mark, pid) {
  if (process.platform !== 'linux') return isAlive(pid) ? [pid] : []
  const found = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue
    try {
      if (readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(`INQUEST_ORPHANS=${mark}`)) found.push(Number(name))
    } catch {
      // It ended, or is somebody else's.
    }
  }
  return found
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

function describe(pid) {
  if (process.platform !== 'linux') return `process ${pid}`
  try {
    const read = (name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')
    const busy = read('stat').split(') ')[1]?.startsWith('R') === true ? ', computing' : ''
    return `${read('cmdline').split('\0').join(' ').trim()} (${pid}${busy})`
  } catch {
    return `process ${pid}`
  }
}

// ---------------------------------------------------------------- all of them

const results = []
try {
  prepare()
  const plans = Array.from({ length: times }, (_, at) => plan(at))
  const queue = [...plans]
  const work = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const { took, waited, left } = await breakOff(one)
      results.push({ ...one, took, waited, left })
      if (left.length > 0 && !options.json) console.log(`alive: ${one.server}, ${one.way} after ${one.after} ms${one.stderrFirst ? ', stderr closed' : ''}${one.slow ? ', slow git' : ''}${one.deaf ? ', nobody reads' : ''}: ${left.join('; ')}`)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
}
const counts = Object.keys(ways).map((server) => {
  const own = results.filter((one) => one.server === server)
  return { server, times: own.length, alive: own.filter(({ left }) => left.length > 0).length, late: own.filter(({ took, left }) => left.length === 0 && took > deadline).length, slowest: Math.max(0, ...own.map(({ took, waited }) => took - waited)) }
})
const total = counts.reduce((sum, { alive: count }) => sum + count, 0)
const late = counts.reduce((sum, one) => sum + one.late, 0)
if (options.json) console.log(JSON.stringify({ seed, deadline, counts, late, results }))
else {
  for (const { server, times: tried, alive: count, slowest } of counts) if (tried > 0) console.log(`${server}: ${count} of ${tried} alive after ${deadline} ms; the slowest took ${slowest} ms`)
  if (late > 0) console.log(`${late} of ${times} took longer by the clock, because they waited for a core`)
  console.log(`${total} of ${times} alive after ${deadline} ms (seed ${seed})`)
}
process.exitCode = total === 0 ? 0 : 1
