/** Kills the program at each of its file-system calls, sets its processes upon each other, and looks at what becomes of the documents. */
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { editAtEachCall, editByChance } from './torture-edits.mjs'
import { storeTasks, storeUsage } from './torture-store.mjs'

const usage = `usage: node scripts/torture.mjs kill-points [--verb advance|close|spawn|reopen|amend|renumber|fix|new] [--points N|all] [--errors] [options]
       node scripts/torture.mjs race [--processes N] [--rounds N] [options]
       node scripts/torture.mjs edits [--edits N] [--points N|all] [options]${storeUsage}

kill-points   kills each verb with SIGKILL at every call that touches the repository, one run per call, and
              with --errors lets each call that writes fail with ENOSPC and EIO instead
race          starts many processes at once on new, advance and spawn, has a person save the document beside them,
              and then does what \`edits\` does
edits         a person saves the document at each call of a command that replaces it, and N times by chance
store-kills   does what is done to a store, and is killed at each of its calls (--double: and the one that recovers as well)
the others    what is done to the concept store; docs/reliability.md says what each is
options       --control         the same against a careless writer; has to end with faults
              --json            figures for programs
              --program FILE    in place of dist/cli.js
              --jobs N          so many runs at the same time`

const projectRoot = fileURLToPath(new URL('..', import.meta.url))
const { values: options, positionals } = readArguments()
const program = path.resolve(options.program ?? path.join(projectRoot, 'dist/cli.js'))
const jobs = options.jobs === undefined ? availableParallelism() : countOf('jobs')
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'inquest-torture-')))
const careless = path.join(scratch, 'careless.mjs')
/** What is tortured; what looks at the repository afterwards is always the real program. */
const victim = options.control ? careless : program
/** Without a preset time two runs would differ by their clocks alone. */
const environment = { ...process.env, SOURCE_DATE_EPOCH: '1772600000', TZ: 'UTC', NO_COLOR: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
delete environment.NODE_OPTIONS

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        verb: { type: 'string', multiple: true },
        points: { type: 'string', default: 'all' },
        scenario: { type: 'string', multiple: true },
        kills: { type: 'string', default: '1000000' },
        errors: { type: 'boolean', default: false },
        processes: { type: 'string', default: '16' },
        rounds: { type: 'string', default: '1' },
        edits: { type: 'string', default: '5000' },
        double: { type: 'boolean', default: false },
        seconds: { type: 'string', default: '10' },
        writes: { type: 'string', default: '100' },
        concepts: { type: 'string', default: '100000' },
        control: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        program: { type: 'string' },
        jobs: { type: 'string' },
      },
    })
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

function say(text) {
  if (!options.json) console.log(text)
}

/** What takes longer has got stuck; a run takes about a second. */
const longestRun = 60_000

/** Runs a command without waiting in line; answers status, signal and what it printed. */
function run(command, args, cwd, besides = {}) {
  return new Promise((resolve, reject) => {
    // With a group of its own, nothing that it started outlives it.
    const child = spawn(command, args, { cwd, env: { ...environment, ...besides }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const limit = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), longestRun)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    child.on('error', reject)
    child.on('close', (status, signal) => {
      clearTimeout(limit)
      resolve({ status, signal, stdout, stderr })
    })
  })
}

const runVictim = (root, args) => run(process.execPath, [victim, ...args], root)
const inquest = (root, args) => run(process.execPath, [program, ...args], root)

/** Works off a list, some at a time. */
async function eachOf(list, atOnce, work) {
  const queue = [...list]
  const workers = Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next)
  })
  await Promise.all(workers)
}

let folders = 0
function newFolder() {
  // The name keeps its length, so that no path grows from one copy to the next.
  const folder = path.join(scratch, `r${String(++folders).padStart(6, '0')}`)
  mkdirSync(folder)
  return folder
}

// ---------------------------------------------------------------------------------------------- repositories

const sample = readFileSync(path.join(projectRoot, 'examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md'), 'utf8')
const parentFile = 'docs/investigations/INVESTIGATION-INV-001-rows.md'

function inquiry(id, phase) {
  return sample.replaceAll('INV-001', id).replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', `lifecycle_phase: ${phase}`)
}

const workItemFile = path.posix.join('docs', 'work', 'WORK-002-pages.md')
const workItem = `---
template: work_item
id: WORK-002
title: Read the export's pages by key
status: active
owner: Export team
created: 2026-03-04
spawned_by: INV-001
version: '1.0'
---
# WORK-002: Read the export's pages by key

## Context

INV-001 found that deletes shift the pages.
`

/** A committed git repository that was set up by \`inquest init\`. */
function createRepository(files) {
  const root = newFolder()
  const required = (command, args) => {
    const done = spawnSync(command, args, { cwd: root, env: environment, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`)
  }
  required('git', ['init', '-q', '-b', 'main'])
  required('git', ['config', 'user.name', 'Export team'])
  required('git', ['config', 'user.email', 'export@example.invalid'])
  required(process.execPath, [program, 'init'])
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  required('git', ['add', '-A'])
  required('git', ['commit', '-qm', 'start'])
  return root
}

function copyOf(root) {
  const copy = newFolder()
  cpSync(root, copy, { recursive: true })
  return copy
}

/** What inquest hides beside files while it writes them; `tmp` is how others call such files. */
const isHidden = (name) => /^\.(?:.*\.)?(?:inquest-(?:lock|tmp|displaced)|tmp)$/u.test(name)

/** Every file that belongs to people, by path; what inquest keeps for itself and what git keeps are left out. */
function filesOf(root) {
  const files = new Map()
  const left = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (!['.git', '.inquest'].includes(file)) open.push(file)
      } else if (isHidden(entry.name)) left.push(file)
      else files.set(file, readFileSync(path.join(root, file), 'utf8'))
    }
  }
  for (const folder of ['.inquest', '.git/inquest']) {
    if (!existsSync(path.join(root, folder))) continue
    left.push(...readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => isHidden(path.basename(file))).map((file) => `${folder}/${file}`))
  }
  const pending = path.join(root, '.inquest/pending')
  return { files, left, pending: existsSync(pending) ? readdirSync(pending).filter((file) => file.endsWith('.json')) : [] }
}

function sameFiles(a, b) {
  return a.size === b.size && [...a].every(([file, text]) => b.get(file) === text)
}

async function errorsOf(root) {
  const done = await inquest(root, ['check', '--format', 'json'])
  try {
    return JSON.parse(done.stdout).findings.filter((finding) => finding.severity === 'error').map((finding) => `${finding.path}: ${finding.rule}: ${finding.message}`)
  } catch {
    return [`check did not answer: exit ${done.status}: ${done.stderr}`]
  }
}

const entriesIn = (text, id) => (text ?? '').split(`**${id}:`).length - 1

/** Each child has one entry in its parent, and each entry a child. */
function lineageFaults(root) {
  const { files } = filesOf(root)
  const parent = files.get(parentFile)
  const faults = []
  const children = [...files].flatMap(([file, text]) => (/^docs\/work\/(WORK-\d+)-.*\.md$/u.test(file) ? [{ file, text }] : []))
  for (const { file, text } of children) {
    const id = /^id: (WORK-\d+)$/mu.exec(text)?.[1]
    if (id === undefined || !text.includes('## Context')) faults.push(`${file}: is half a document`)
    else if (entriesIn(parent, id) !== 1) faults.push(`${file}: its parent has ${entriesIn(parent, id)} entries for it`)
  }
  for (const [, id] of (parent ?? '').matchAll(/\*\*(WORK-\d+):/gu)) {
    if (!children.some(({ text }) => text.includes(`\nid: ${id}\n`))) faults.push(`${parentFile}: names ${id}, which does not exist`)
  }
  return faults
}

// ---------------------------------------------------------------------------------------------- kill points

const exploring = { [parentFile]: inquiry('INV-001', 'explore'), [workItemFile]: workItem }

/** What each verb starts from, and how it answers when it was done before. */
const scenarios = {
  advance: { files: exploring, args: ['advance', 'INV-001'], doneAlready: (done) => done.status === 1 && done.stdout.includes('last phase') },
  close: {
    files: { [parentFile]: inquiry('INV-001', 'conclude'), [workItemFile]: workItem },
    args: ['close', 'INV-001', '--memory-refs', '103'],
    doneAlready: (done) => done.status === 1 && done.stdout.includes('closed already'),
  },
  spawn: {
    files: exploring,
    args: ['spawn', 'work_item', 'Compare the keys each night', '--from', 'INV-001', '--why', 'H1'],
    // Asked again, it makes another.
    repeats: true,
    doneAlready: () => false,
  },
  reopen: {
    files: { [parentFile]: inquiry('INV-001', 'conclude'), [workItemFile]: workItem },
    args: ['reopen', 'INV-001', '--to', 'explore', '--why', 'Rows are missing again'],
    doneAlready: (done) => done.status === 1 && done.stdout.includes('already'),
  },
  amend: {
    files: exploring,
    // Hypotheses are registered on the way into the phase, and changed by hand afterwards.
    prepare: async (root) => {
      await inquest(root, ['reopen', 'INV-001', '--to', 'hypothesize', '--why', 'Anew'])
      await inquest(root, ['advance', 'INV-001'])
      const file = path.join(root, parentFile)
      writeFileSync(file, readFileSync(file, 'utf8').replace('are dropped without a word', 'are dropped'))
    },
    args: ['amend', 'INV-001', '--why', 'It was too narrow'],
    doneAlready: (done) => done.status === 1 && done.stdout.includes('refused'),
  },
  fix: {
    files: { [parentFile]: inquiry('INV-001', 'conclude').replaceAll('- [x]', '- [ ]'), [workItemFile]: workItem },
    args: ['fix', '--tick'],
    doneAlready: () => false,
  },
  renumber: {
    files: { ...exploring, 'docs/investigations/INVESTIGATION-INV-003-other.md': inquiry('INV-003', 'explore').replace('related: []', 'related: [INV-001]') },
    args: ['renumber', 'INV-001', '--to', 'INV-007', '--write'],
    moves: new Map([[parentFile, parentFile.replace('INV-001', 'INV-007')]]),
    doneAlready: (done) => done.status === 2 && done.stderr.includes('No document has the id INV-001'),
  },
  new: { files: exploring, args: ['new', 'investigation-lite', 'Second question', '--id', 'INV-009'], doneAlready: (done) => done.status === 2 && done.stderr.includes('already') },
}

const callsThatWrite = new Set(
  'write pwrite64 writev pwritev rename renameat renameat2 link linkat unlink unlinkat symlink symlinkat mkdir mkdirat rmdir fsync fdatasync ftruncate truncate fchmod fchmodat chmod fallocate'.split(' '),
)

/** The calls of a log of strace that touch the repository, with what names each in another run. */
function readCalls(log, root) {
  const ordinals = new Map()
  const occurrences = new Map()
  const opened = new Set()
  const calls = []
  for (const line of log.split('\n')) {
    const [, thread, name] = /^(?:(\d+) +)?([a-z]\w*)\(/u.exec(line) ?? []
    // Where it works is asked for, not touched, and the answer is not told of a process that dies asking.
    if (name === undefined || name === 'getcwd') continue
    const ordinal = (ordinals.get(name) ?? 0) + 1
    ordinals.set(name, ordinal)
    const told = line.replaceAll(/AT_FDCWD<[^>]*>/gu, '')
    const printed = name === 'write' && told.includes('write(1<')
    const paths = [...told.split(' = ')[0].matchAll(/["<](\/[^"<>]*)[">]/gu)].map((match) => match[1]).filter((one) => one === root || one.startsWith(`${root}/`))
    if (paths.length === 0 && !printed) continue
    const writes = callsThatWrite.has(name) || (name === 'openat' && /O_WRONLY|O_RDWR|O_CREAT/u.test(told)) || (name === 'close' && opened.has(paths[0]))
    if (name === 'openat' && writes) opened.add(paths[0])
    const targets = printed ? ['standard output'] : paths.map((one) => path.relative(root, one).replaceAll(/\.[0-9a-z]+-[0-9a-z]+\.(?=inquest-(?:tmp|displaced)$)/gu, '.*.'))
    const label = `${name} ${targets.join(' to ') || '.'}`
    const occurrence = (occurrences.get(label) ?? 0) + 1
    occurrences.set(label, occurrence)
    calls.push({ thread, name, ordinal, label: `${label} (${occurrence})`, writes: writes && !printed, printed })
  }
  return calls
}

/** Without a way to strace there is nothing to sweep. @returns why, or undefined where it works */
function straceMissing() {
  const works = () => spawnSync('strace', ['-o', '/dev/null', '-e', 'inject=fsync:delay_enter=1', 'true']).status === 0
  if (works()) return undefined
  if (process.platform !== 'linux') return 'strace is a tool of Linux'
  if (process.getuid?.() !== 0) return 'strace is not installed, or may not trace; install it with `apt-get install strace`'
  spawnSync('apt-get', ['install', '-y', 'strace'], { stdio: 'ignore' })
  return works() ? undefined : 'strace can neither be installed with apt-get nor used'
}

async function trace(root, log, filters, args, follow = []) {
  return run('strace', [...follow, '-qq', '-y', '-s', '0', '-o', log, ...filters, process.execPath, victim, ...args], root)
}

async function prepareScenario(verb) {
  const scenario = scenarios[verb]
  const seed = createRepository(scenario.files)
  await scenario.prepare?.(seed)
  const undisturbed = copyOf(seed)
  const done = await runVictim(undisturbed, scenario.args)
  if (done.status !== 0) throw new Error(`${verb}: the undisturbed run ends with ${done.status}: ${done.stderr}${done.stdout}`)
  const traced = copyOf(seed)
  const log = path.join(scratch, `${verb}.log`)
  await trace(traced, log, ['-e', 'trace=%file,%desc'], scenario.args)
  const calls = readCalls(readFileSync(log, 'utf8'), traced)
  const followed = copyOf(seed)
  await trace(followed, log, ['-e', 'trace=%file,%desc'], scenario.args, ['-f'])
  const all = readCalls(readFileSync(log, 'utf8'), followed)
  const main = /^\d+/u.exec(readFileSync(log, 'utf8'))?.[0]
  // Only the main thread is swept, so nobody else may write.
  const elsewhere = all.filter((call) => call.writes && call.thread !== main).map((call) => call.label)
  if (elsewhere.length > 0) throw new Error(`${verb}: another thread or process writes: ${elsewhere.join(', ')}`)
  return { ...scenario, verb, seed, calls, before: filesOf(seed).files, after: filesOf(undisturbed).files, known: new Set([...(await errorsOf(seed)), ...(await errorsOf(undisturbed))]) }
}

/** Each file by itself is as it was or as it is to be. */
function halfFiles({ before, after, moves = new Map() }, { files }) {
  const names = new Set([...before.keys(), ...after.keys(), ...files.keys()])
  return [...names].flatMap((file) => {
    const text = files.get(file)
    const whole = text === before.get(file) || text === after.get(file) || (moves.has(file) && text === after.get(moves.get(file)))
    return whole ? [] : [`${file} is ${text === undefined ? 'gone' : `neither as before nor as after (${text.length} characters)`}`]
  })
}

/** What a run that was cut off leaves has to be whole, and must not stand in anybody's way. */
async function faultsAfter(scenario, root, recovery) {
  const faults = halfFiles(scenario, filesOf(root))
  if (recovery === 'doctor') {
    const done = await inquest(root, ['doctor'])
    if (done.status !== 0) faults.push(`doctor ends with ${done.status}: ${done.stdout}${done.stderr}`)
    const { files, left } = filesOf(root)
    faults.push(...left.map((file) => `doctor leaves ${file}`))
    if (!sameFiles(files, scenario.before) && !sameFiles(files, scenario.after)) faults.push('after doctor the documents are neither all as before nor all as after')
    faults.push(...(await newErrors(scenario, root)))
  }
  const again = await runVictim(root, scenario.args)
  if (again.status !== 0 && !scenario.doneAlready(again)) faults.push(`run again it ends with ${again.status ?? again.signal}: ${again.stdout}${again.stderr}`)
  const found = filesOf(root)
  if (scenario.repeats === true) faults.push(...lineageFaults(root))
  else if (!sameFiles(found.files, scenario.after)) faults.push('run again the documents are not as after one run')
  faults.push(...(await newErrors(scenario, root)), ...[...found.left, ...found.pending].map((file) => `run again it leaves ${file}`))
  return { faults, left: found.left.length }
}

async function newErrors({ known }, root) {
  return (await errorsOf(root)).filter((error) => !known.has(error)).map((error) => `check reports ${error}`)
}

/** A command that lives on after a failure leaves nothing for others to finish. */
function halfDone({ before, after }, root) {
  const { files } = filesOf(root)
  return sameFiles(files, before) || sameFiles(files, after) ? [] : ['it leaves the documents neither all as before nor all as after']
}

/** A failure is told in one line, with a hint at most; what only saves time fails without a word. */
function faultsOfRefusal({ status, stdout, stderr }, call) {
  if (call.label.includes('.inquest/cache')) return status === 0 && stderr === '' ? [] : [`without its cache it ends with ${status}: ${stderr}`]
  const lines = stderr.split('\n').filter((line) => line !== '')
  const faults = []
  if (status !== 3) faults.push(`it ends with ${status}, expected 3`)
  if (!/^inquest: .*cannot be /u.test(lines[0] ?? '') || lines.length > 2 || /^\s+at /mu.test(stderr)) faults.push(`it says ${JSON.stringify(stderr.slice(0, 300))}`)
  if (stdout !== '') faults.push(`it prints ${JSON.stringify(stdout)}`)
  return faults
}

/** A count is off by what the run is told between: signals and wake-ups of threads are written into pipes when they happen. */
const mostTries = 40

/** Runs until the wanted call and cuts there, nearer with each try. @returns false where it was not met */
async function cutAt(scenario, call, injection, work) {
  let { ordinal } = call
  for (let tries = 0; tries < mostTries; tries++) {
    const root = copyOf(scenario.seed)
    const log = `${root}.log`
    const done = await trace(root, log, ['-e', `trace=${call.name}`, '-e', `inject=${call.name}:${injection}:when=${ordinal}`], scenario.args)
    const lines = readFileSync(log, 'utf8').split('\n').filter((line) => /^\w+\(/u.test(line))
    const found = readCalls(lines.join('\n'), root).find(({ label }) => label === call.label)
    const cut = lines.some((line) => line.includes('(INJECTED)')) ? lines.findIndex((line) => line.includes('(INJECTED)')) + 1 : done.signal === null ? Infinity : lines.length
    if (found?.ordinal === cut) await work(root, done)
    for (const file of [root, log]) rmSync(file, { recursive: true, force: true })
    if (found?.ordinal === cut) return true
    ordinal = found?.ordinal ?? ordinal + 1
  }
  return false
}

/** So many of a list, spread evenly. */
function spread(list, count) {
  if (count >= list.length) return list
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)])
}

async function sweep(verb) {
  const scenario = await prepareScenario(verb)
  const all = options.points === 'all'
  const cuts = []
  if (options.errors) {
    const writing = scenario.calls.filter((call) => call.writes)
    const points = writing.flatMap((call) => ['ENOSPC', 'EIO'].map((code) => ({ call, injection: `error=${code}` })))
    cuts.push(...spread(points, all ? Infinity : countOf('points')))
  } else {
    const points = all ? scenario.calls : scenario.calls.filter((call) => call.writes || call.printed)
    cuts.push(...spread(points, all ? Infinity : countOf('points')).map((call) => ({ call, injection: 'signal=SIGKILL' })))
  }
  const faults = []
  const unmet = []
  let left = 0
  await eachOf(cuts.entries(), jobs, async ([index, { call, injection }]) => {
    const point = `${verb}, ${injection.split('=')[1]} at ${call.label}`
    const met = await cutAt(scenario, call, injection, async (root, done) => {
      const told = options.errors ? [...faultsOfRefusal(done, call), ...halfDone(scenario, root)] : []
      const found = await faultsAfter(scenario, root, index % 2 === 0 ? 'doctor' : 'verb')
      left += found.left
      faults.push(...[...told, ...found.faults].map((fault) => ({ point, fault })))
    })
    if (!met) unmet.push(point)
  })
  // A few that the count of calls passes by say nothing of the program; with many of them nothing was swept.
  if (unmet.length * 20 > cuts.length) faults.push({ point: verb, fault: `${unmet.length} of ${cuts.length} points were never met` })
  return { verb, points: cuts.length - unmet.length, unmet, calls: scenario.calls.length, left, faults }
}

async function killPoints() {
  const missing = straceMissing()
  if (missing !== undefined) return { skipped: missing, figures: [], faults: [] }
  const verbs = options.verb ?? Object.keys(scenarios).filter((verb) => !options.control || ['advance', 'spawn'].includes(verb))
  const figures = []
  const faults = []
  for (const verb of verbs) {
    if (!(verb in scenarios)) refuse(`There is no scenario for ${verb}`)
    const started = Date.now()
    const { faults: found, ...figure } = await sweep(verb)
    figures.push({ ...figure, faults: found.length })
    faults.push(...found)
    say(`${verb}: ${figure.points} points of ${figure.calls} calls, ${found.length} faults, ${figure.left} files left, ${Math.round((Date.now() - started) / 1000)} s`)
    for (const point of figure.unmet) say(`  not met: ${point}`)
  }
  return { figures, faults }
}

// ---------------------------------------------------------------------------------------------- races

/** Starts the victim several times so that all begin in the same moment. */
function together(root, commands) {
  const start = Date.now() + 300 + commands.length * 30
  const wait = `const left=${start}-Date.now();if(left>0)Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,left)`
  return Promise.all(commands.map((args) => run(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(wait)}`, victim, ...args], root)))
}

const isTold = ({ status, stderr }) => status === 3 && /^inquest: .*meanwhile|^inquest: .*by another process/u.test(stderr)
const answer = ({ status, stdout, stderr }) => `exit ${status}: ${stdout.trim()}${stderr.trim()}`

/** Many new documents at once: no id twice, no file half. */
async function raceNew(count) {
  const root = createRepository({})
  const reference = copyOf(root)
  const { path: first } = JSON.parse((await inquest(reference, ['new', 'investigation-lite', 'Same question', '--json'])).stdout)
  const expected = readFileSync(path.join(reference, first), 'utf8')
  const runs = await together(root, Array.from({ length: count }, () => ['new', 'investigation-lite', 'Same question', '--json']))
  const faults = runs.filter(({ status }) => status !== 0).map((done) => `new: ${answer(done)}`)
  const made = runs.filter(({ status }) => status === 0).map(({ stdout }) => JSON.parse(stdout))
  const ids = new Set(made.map(({ id }) => id))
  if (ids.size !== made.length) faults.push(`new: ${made.length} documents share ${ids.size} ids`)
  const { files, left } = filesOf(root)
  const documents = [...files.keys()].filter((file) => file.startsWith('docs/'))
  if (documents.length !== count) faults.push(`new: ${documents.length} documents, expected ${count}`)
  for (const { id, path: file } of made) if (files.get(file) !== expected.replaceAll('INV-001', id)) faults.push(`new: ${file} is not whole`)
  return [...faults, ...left.map((file) => `new: ${file} was left`)]
}

/** Many documents advanced at once, each by one process. */
async function raceApart(count) {
  const fileOf = (id) => `docs/investigations/INVESTIGATION-${id}-rows.md`
  const ids = Array.from({ length: count }, (_, index) => `INV-${String(index + 1).padStart(3, '0')}`)
  const root = createRepository(Object.fromEntries(ids.map((id) => [fileOf(id), inquiry(id, 'explore')])))
  const reference = copyOf(root)
  await inquest(reference, ['advance', 'INV-001'])
  const expected = readFileSync(path.join(reference, fileOf('INV-001')), 'utf8')
  const runs = await together(root, ids.map((id) => ['advance', id]))
  const faults = runs.filter(({ status }) => status !== 0).map((done) => `advance apart: ${answer(done)}`)
  const { files } = filesOf(root)
  return [...faults, ...ids.filter((id) => files.get(fileOf(id)) !== expected.replaceAll('INV-001', id)).map((id) => `advance apart: ${id} is not as after one advance`)]
}

/** Many processes advance one document: one moves it, the others are told. */
async function raceOne(count, staleLock) {
  const root = createRepository(exploring)
  const reference = copyOf(root)
  await inquest(reference, ['advance', 'INV-001'])
  const expected = readFileSync(path.join(reference, parentFile), 'utf8')
  // Some start on a document whose last writer was killed.
  if (staleLock) writeFileSync(path.join(root, path.dirname(parentFile), '.inquest-lock'), `${deadProcess()}\n`)
  const runs = await together(root, Array.from({ length: count }, () => ['advance', 'INV-001']))
  const faults = runs.filter((done) => done.status !== 0 && !isTold(done) && !scenarios.advance.doneAlready(done)).map((done) => `advance one: ${answer(done)}`)
  const winners = runs.filter(({ status }) => status === 0).length
  if (winners !== 1) faults.push(`advance one: ${winners} processes say that they moved it`)
  const { files, left } = filesOf(root)
  if (files.get(parentFile) !== expected) faults.push('advance one: the document is not as after one advance')
  return [...faults, ...left.map((file) => `advance one: ${file} was left`)]
}

/** The id of a process that ran and is gone. */
function deadProcess() {
  return spawnSync('true').pid
}

/** Many children of one parent at once. */
async function raceSpawn(count) {
  const root = createRepository(exploring)
  const runs = await together(root, Array.from({ length: count }, (_, index) => ['spawn', 'work_item', `Follow up ${index}`, '--from', 'INV-001', '--json']))
  const faults = runs.filter((done) => done.status !== 0 && !isTold(done) && !(done.status === 3 && done.stdout.includes('changed-meanwhile'))).map((done) => `spawn: ${answer(done)}`)
  const made = runs.filter(({ status }) => status === 0).map(({ stdout }) => JSON.parse(stdout))
  const { files, left, pending } = filesOf(root)
  for (const { id, path: file } of made) {
    if (!files.has(file)) faults.push(`spawn: ${file} was reported and does not exist`)
    if (entriesIn(files.get(parentFile), id) !== 1) faults.push(`spawn: the parent has ${entriesIn(files.get(parentFile), id)} entries for ${id}`)
  }
  const children = [...files.keys()].filter((file) => file.startsWith('docs/work/')).length - 1
  if (children !== made.length) faults.push(`spawn: ${children} children, ${made.length} reported`)
  return [...faults, ...lineageFaults(root).map((fault) => `spawn: ${fault}`), ...[...left, ...pending].map((file) => `spawn: ${file} was left`)]
}

/** A person who saves the document now in place, now by rename, while commands run: no edit of theirs is lost. */
async function racePerson(commands) {
  const root = createRepository(exploring)
  const file = path.join(root, parentFile)
  const faults = []
  let edits = 0
  let working = true
  const person = (async () => {
    while (working) {
      // Pauses of a person: some shorter than a command, some longer, so that both get to write.
      await sleep(5 + Math.random() ** 3 * 1500)
      edit(file, ++edits)
    }
  })()
  let moved = 0
  let told = 0
  for (let turn = 0; turn < commands; turn++) {
    const done = await runVictim(root, turn % 2 === 0 ? ['advance', 'INV-001'] : ['reopen', 'INV-001', '--to', 'explore', '--why', 'Once more'])
    if (done.status === 0) moved++
    else if (isTold(done) || done.status === 1 || readHalf(done)) told++
    else faults.push(`person: ${answer(done)}`)
  }
  working = false
  await person
  const text = readFileSync(file, 'utf8')
  for (let number = 1; number <= edits; number++) if (!text.includes(`\n- Note ${number} of a person\n`)) faults.push(`person: edit ${number} of ${edits} is lost`)
  faults.push(...(await errorsOf(root)).map((error) => `person: check reports ${error}`))
  return { faults, edits, moved, told }
}

/** Who saves in place empties the file for a moment, and a command that reads it then finds no document, or half of one. */
const readHalf = ({ status, stderr }) => status === 2 && /No document has the id|cannot be judged by any template/u.test(stderr)

function edit(file, number) {
  const line = `- Note ${number} of a person\n`
  if (number % 3 === 0) appendFileSync(file, line)
  else if (number % 3 === 1) writeFileSync(file, readFileSync(file, 'utf8') + line)
  else {
    writeFileSync(`${file}~`, readFileSync(file, 'utf8') + line)
    renameSync(`${file}~`, file)
  }
}

/** People and one command at a time: at each call, and by chance. */
async function editing() {
  if (options.control) {
    const { figure, faults } = await editByChance({ projectRoot, newFolder }, countOf('edits'), true)
    say(`the usual way: ${figure.lost} of ${figure.edits} edits lost beside ${figure.replaced} replacements`)
    return { figures: [figure], faults: faults.map((fault) => ({ point: 'the usual way', fault })) }
  }
  const most = options.points === 'all' ? Infinity : countOf('points')
  const context = { run, program, scratch, newFolder, eachOf, jobs, isTold, loud: !options.json, before: inquiry('INV-001', 'explore') }
  const systematic = await editAtEachCall(context, most)
  const { counts } = systematic
  say(`at each call: ${counts.edits} edits and ${counts.kills} kills, ${counts.moved} commands moved the document, ${counts.told} were told, ${counts.kept} edits kept aside, ${systematic.faults.length} faults`)
  if (counts.known > 0) say(`  without an exchange of names ${counts.known} edits put in place in the last moment were lost, as is known of it`)
  const { figure, faults } = await editByChance({ projectRoot, newFolder }, countOf('edits'), false)
  say(`by chance: ${figure.lost} of ${figure.edits} edits lost, ${figure.kept} kept aside, beside ${figure.replaced} replacements and ${figure.told} refusals`)
  return { figures: [counts, figure], faults: [...systematic.faults, ...faults.map((fault) => ({ point: 'by chance', fault }))] }
}

async function race() {
  const count = countOf('processes')
  const rounds = countOf('rounds')
  const faults = []
  const figures = []
  for (let round = 1; round <= rounds; round++) {
    const found = [...(await raceNew(count)), ...(await raceApart(count)), ...(await raceOne(count, round % 2 === 0)), ...(await raceSpawn(Math.max(2, count / 2)))]
    const figure = { round, processes: count }
    // The careless writer has no other way to write.
    if (!options.control) {
      const person = await racePerson(12)
      found.push(...person.faults)
      Object.assign(figure, { edits: person.edits, moved: person.moved, told: person.told })
    }
    figures.push({ ...figure, faults: found.length })
    faults.push(...found.map((fault) => ({ point: `round ${round}`, fault })))
    say(`round ${round}: ${count} processes, ${figure.edits ?? 0} edits of a person beside ${figure.moved ?? 0} moves, ${found.length} faults`)
    for (const fault of found) say(`  ${fault}`)
    for (const folder of readdirSync(scratch)) if (/^r\d+/u.test(folder)) rmSync(path.join(scratch, folder), { recursive: true, force: true })
  }
  const edited = await editing()
  return { figures: [...figures, ...edited.figures], faults: [...faults, ...edited.faults] }
}

// ---------------------------------------------------------------------------------------------- the careless writer

/** Does what inquest does without its care: in place, in two pieces, without a lock, without a word on what it is about to do. */
function carelessWriter() {
  const [verb, , title] = process.argv.slice(2)
  const write = (file, text) => {
    const descriptor = fs.openSync(file, 'w')
    fs.writeSync(descriptor, text.slice(0, 500))
    fs.writeSync(descriptor, text.slice(500))
    fs.closeSync(descriptor)
  }
  const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250)
  const parent = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
  const next = (folder, prefix) => {
    const numbers = fs.readdirSync(folder).map((file) => Number(new RegExp(`${prefix}-(\\d+)`, 'u').exec(file)?.[1] ?? 0))
    return `${prefix}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
  }
  const answered = { id: '', path: '' }
  if (verb === 'new') {
    answered.id = next('docs/investigations', 'INV')
    answered.path = `docs/investigations/INVESTIGATION-${answered.id}-question.md`
    pause()
    write(path.resolve(answered.path), `# ${title}\n`)
  } else if (verb === 'advance') {
    const file = path.resolve(`docs/investigations/INVESTIGATION-${process.argv[3]}-rows.md`)
    const text = fs.readFileSync(file, 'utf8')
    if (text.includes('lifecycle_phase: conclude')) {
      console.log('it is in its last phase')
      process.exit(1)
    }
    pause()
    write(file, text.replace('lifecycle_phase: explore', 'lifecycle_phase: conclude'))
  } else {
    answered.id = next('docs/work', 'WORK')
    answered.path = `docs/work/${answered.id}-follow.md`
    pause()
    write(path.resolve(answered.path), `---\ntemplate: work_item\nid: ${answered.id}\ntitle: ${title}\nstatus: active\nspawned_by: INV-001\nversion: '1.0'\n---\n# ${title}\n\n## Context\n\nIt follows.\n`)
    const text = fs.readFileSync(path.resolve(parent), 'utf8')
    pause()
    write(path.resolve(parent), text.replace('- [ ] **WORK-002:', `- [ ] **${answered.id}: ${title}**\n- [ ] **WORK-002:`))
  }
  console.log(JSON.stringify(answered))
}

/** What the rows of the store need of this script. */
const forStore = (row) => () =>
  row({ options, scratch, jobs, newFolder, eachOf, say, readCalls, straceMissing, processes: countOf('processes'), rounds: countOf('rounds'), seconds: countOf('seconds'), writes: countOf('writes'), concepts: countOf('concepts'), kills: countOf('kills') })

const tasks = { 'kill-points': killPoints, race, edits: editing, ...Object.fromEntries(Object.entries(storeTasks).map(([name, row]) => [name, forStore(row)])) }
const task = tasks[positionals[0] ?? '']
if (task === undefined || positionals.length > 1) refuse('Say what is to be done')
try {
  const needs = ['fs', 'path'].map((name) => `import ${name} from 'node:${name}'\n`).join('')
  writeFileSync(careless, `${needs}${carelessWriter.toString()}\ncarelessWriter()\n`)
  if (!existsSync(program)) refuse(`${pathToFileURL(program).pathname}: build it first, with \`npm run build\``)
  const { skipped, figures, faults } = await task()
  if (options.json) console.log(JSON.stringify({ version: 1, ...(skipped !== undefined && { skipped }), figures, faults }, undefined, 2))
  else if (skipped !== undefined) console.log(`skipped: ${skipped}`)
  else {
    for (const { point, fault } of faults.slice(0, 200)) console.log(`  ${point}: ${fault.trim()}`)
    console.log(`${faults.length} faults`)
  }
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
