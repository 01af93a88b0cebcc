/**
 * Measures the program beside others that check Markdown: whole processes, one after another in turns, so that what else
 * the machine does falls on all of them alike. Writes docs/benchmarks.md with --write.
 * usage: node scripts/bench.mjs [--peers] [--sizes 100,1000,10000] [--folder PATH] [--rounds N] [--patience SECONDS] [--write]
 */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem, type } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeDocuments } from './bench-documents.mjs'
import { measureServer } from './bench-server.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    peers: { type: 'boolean' },
    sizes: { type: 'string', default: '100,1000,10000' },
    folder: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    patience: { type: 'string', default: '60' },
    write: { type: 'boolean' },
  },
})
const sizes = values.sizes.split(',').filter((size) => size !== '').map(Number)
const rounds = Number(values.rounds)
/** Who takes longer than this many seconds for a folder is asked once for each, and not for large ones; ten times as long is waited for nobody. */
const patience = Number(values.patience)
if ([...sizes, rounds, patience].some((number) => !Number.isFinite(number) || number <= 0)) {
  console.error('usage: node scripts/bench.mjs [--peers] [--sizes 100,1000,10000] [--folder PATH] [--rounds N] [--patience SECONDS] [--write]')
  process.exit(2)
}

const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const own = path.join(root, 'dist/cli.js')
if (!existsSync(own)) throw new Error('dist/ is not built; run `npm run build`')

/** Packages of the others, by what the table calls them. */
const packages = { rumdl: ['rumdl'], 'markdownlint-cli2': ['markdownlint-cli2'], 'remark-cli': ['remark-cli', 'remark-preset-lint-recommended', 'remark-frontmatter', 'remark-gfm'], contextlint: ['@contextlint/cli'] }

function installPeers() {
  const folder = path.join(scratch, 'peers')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
  const run = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', ...Object.values(packages).flat()], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  if (run.status !== 0) throw new Error('the peers cannot be installed')
  const versionOf = (name) => JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version
  const script = (name, bin) => {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8'))
    const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin]
    return path.join(folder, 'node_modules', name, file)
  }
  const natives = path.join(folder, 'node_modules/@rumdl')
  const [native] = existsSync(natives) ? readdirSync(natives) : []
  const rumdl = native === undefined ? undefined : [path.join(natives, native, 'rumdl'), path.join(natives, native, 'bin/rumdl')].find((file) => existsSync(file))
  return { folder, versionOf, script, rumdl }
}

const peers = values.peers === true ? installPeers() : undefined

/** What is run, on a folder or on one of its files. `warm` runs are preceded by one that is not counted. */
const contenders = [
  { name: 'inquest', hasToStay: true, run: (target) => [process.execPath, own, 'check', '--no-cache', ...target] },
  { name: 'inquest, warm', warm: true, hasToStay: true, run: (target) => [process.execPath, own, 'check', ...target] },
  ...(peers?.rumdl === undefined
    ? []
    : [
        { name: 'rumdl', hasToStay: true, run: (target) => [peers.rumdl, 'check', '--no-cache', ...(target.length === 0 ? ['.'] : target)] },
        { name: 'rumdl, warm', warm: true, hasToStay: true, run: (target) => [peers.rumdl, 'check', ...(target.length === 0 ? ['.'] : target)] },
      ]),
  ...(peers === undefined
    ? []
    : [
        { name: 'markdownlint-cli2', run: (target) => [process.execPath, peers.script('markdownlint-cli2', 'markdownlint-cli2'), ...(target.length === 0 ? ['**/*.md'] : target)] },
        { name: 'remark-cli', run: (target) => [process.execPath, peers.script('remark-cli', 'remark'), '--quiet', '--no-stdout', ...['remark-frontmatter', 'remark-gfm', 'remark-preset-lint-recommended'].flatMap((name) => ['--use', path.join(peers.folder, 'node_modules', name, 'index.js')]), ...(target.length === 0 ? ['.'] : target)] },
        { name: 'contextlint', run: (target) => [process.execPath, peers.script('@contextlint/cli', 'contextlint'), ...(target.length === 0 ? ['**/*.md'] : target)] },
      ]),
]

/** Seconds, those of the processor, and the most memory of a whole process; what it says goes nowhere. */
async function measure([command, ...args], cwd) {
  const start = process.hrtime.bigint()
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  child.stdout.resume()
  let complaint = ''
  child.stderr.on('data', (text) => (complaint = (complaint + text).slice(-2000)))
  let memory = 0
  let processor = 0
  const look = () => {
    try {
      const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /u, '').split(' ').slice(11, 13).map(Number)
      processor = (user + system) / 100
      const high = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
      memory = Math.max(memory, Number(high?.[1] ?? 0) / 1024)
    } catch {
      // Gone, or a system that does not tell.
    }
  }
  const timer = setInterval(look, 15)
  const limit = setTimeout(() => child.kill('SIGKILL'), patience * 10_000)
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  clearInterval(timer)
  clearTimeout(limit)
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, processor, memory, status, complaint }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

function prepare(folder) {
  // As in a repository that was checked out a while ago: what was just written nobody may know by its time.
  const git = (...args) => spawnSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid', ...args], { cwd: folder })
  mkdirSync(path.join(folder, '.inquest'), { recursive: true })
  writeFileSync(path.join(folder, '.inquest/.gitignore'), '*\n')
  writeFileSync(path.join(folder, 'contextlint.config.json'), '{ "rules": [{ "rule": "tbl001", "options": { "requiredColumns": ["Item", "State"] } }, { "rule": "ref001" }] }\n')
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'documents')
  const past = new Date(Date.now() - 3_600_000)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md') && !file.startsWith('.git'))
  for (const file of files) utimesSync(path.join(folder, file), past, past)
  return files.map((file) => path.join(folder, file)).toSorted()
}

/** Who is not asked any more, and why. */
const leftOut = new Map()
/** Who is asked once, because it takes long. */
const slow = new Map()
/** Slow ones are not asked for more files than this. */
const mostForSlow = 2000

/** Every contender on a folder, in turns. */
async function compare(folder, target, files) {
  const results = new Map()
  const isAsked = (name) => !leftOut.has(name) && !(slow.has(name) && files > mostForSlow)
  const asked = contenders.filter(({ name }) => isAsked(name))
  for (const { warm, run } of asked) if (warm === true) await measure(run(target), folder)
  for (let round = 0; round < rounds; round++) {
    const bare = await measure([process.execPath, '-e', '0'], folder)
    results.set('node, doing nothing', [...(results.get('node, doing nothing') ?? []), bare])
    for (const { name, run, hasToStay } of asked) {
      if (leftOut.has(name) || (slow.has(name) && results.has(name))) continue
      const result = await measure(run(target), folder)
      if (result.status === null || result.status > 1) {
        leftOut.set(name, result.status === null ? `took more than ${patience * 10} seconds` : `failed: ${result.complaint.trim().split('\n').at(-1)}`)
        console.error(`${name} is left out, it ${leftOut.get(name)}`)
        continue
      }
      results.set(name, [...(results.get(name) ?? []), result])
      if (result.seconds > patience && hasToStay !== true) slow.set(name, `took ${result.seconds.toFixed(0)} seconds`)
    }
  }
  return results
}

function table(results) {
  const base = results.get('inquest')
  const rows = [...results].map(([name, runs]) => {
    const seconds = runs.map((run) => run.seconds)
    const middle = median(seconds)
    const memory = Math.max(...runs.map((run) => run.memory))
    const spent = median(runs.map((run) => run.processor))
    const against = base === undefined || name.startsWith('node') ? '' : `${(middle / median(base.map((run) => run.seconds))).toFixed(2)} ×`
    const ofProcessor = against === '' || spent === 0 ? '' : `${(spent / median(base.map((run) => run.processor))).toFixed(2)} ×`
    return `| ${name} | ${middle.toFixed(2)} | ${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)} | ${spent === 0 ? '' : spent.toFixed(2)} | ${memory === 0 ? '' : Math.round(memory)} | ${against} | ${ofProcessor} |`
  })
  const missing = [...leftOut, ...slow].filter(([name]) => !results.has(name)).map(([name, why]) => `${name} (${why})`)
  const head = ['| | seconds | from–to | of the processor | MB | against inquest | the same, of the processor |', '|---|--:|--:|--:|--:|--:|--:|']
  return `${[...head, ...rows].join('\n')}${missing.length === 0 ? '' : `\n\nNot asked: ${missing.join(', ')}.`}`
}

const parts = []
const tell = (text) => {
  parts.push(text)
  console.log(`${text}\n`)
}

const [cpu] = cpus()
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
tell(`Node ${process.version}, ${type()} ${release()}, ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB; inquest ${version}${peers === undefined ? '' : `, ${Object.values(packages).map(([name]) => `${name} ${peers.versionOf(name)}`).join(', ')}`}. ${rounds} rounds each; medians.`)

/** How the cost of a check without a cache grows with the number of documents. */
const grown = []

for (const size of sizes) {
  const folder = path.join(scratch, `made-${size}`)
  mkdirSync(folder)
  const bytes = writeDocuments(folder, size)
  const files = prepare(folder)
  tell(`## ${size.toLocaleString('en')} made-up files, ${(bytes / 1e6).toFixed(1)} MB`)
  const results = await compare(folder, [], size)
  tell(table(results))
  const cold = results.get('inquest') ?? []
  if (cold.length > 0) grown.push({ size, seconds: median(cold.map((run) => run.seconds)), processor: median(cold.map((run) => run.processor)), memory: Math.max(...cold.map((run) => run.memory)) })
  if (size === 1000) {
    tell('### One file of them')
    tell(table(await compare(folder, [files.find((file) => file.includes('/docs/items/'))], 1)))
  }
  rmSync(folder, { recursive: true })
}

if (values.folder !== undefined) {
  const folder = path.join(scratch, 'given')
  cpSync(path.resolve(values.folder), folder, { recursive: true, filter: (file) => !/[\\/](?:\.git|node_modules)$/u.test(file) })
  const files = prepare(folder)
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  tell(`## ${files.length.toLocaleString('en')} real files, ${(bytes / 1e6).toFixed(1)} MB`)
  tell(table(await compare(folder, [], files.length)))
  tell('### One file of them')
  tell(table(await compare(folder, [files.find((file) => /investigation/iu.test(path.basename(file)) && /^template: investigation/mu.test(readFileSync(file, 'utf8'))) ?? files[0]], 1)))
}

if (grown.length > 1) {
  tell('## How it grows: inquest without a cache')
  tell(['| files | seconds | of the processor, for 1,000 files | MB |', '|--:|--:|--:|--:|', ...grown.map(({ size, seconds, processor, memory }) => `| ${size.toLocaleString('en')} | ${seconds.toFixed(2)} | ${((processor / size) * 1000).toFixed(2)} | ${Math.round(memory)} |`)].join('\n'))
}

const server = await measureServer(own, scratch)
if (server !== undefined) {
  const { rows, workspace } = server
  const { documents, first, again, memory } = workspace
  tell('## The language server, from a change to its diagnostics')
  tell('Over its pipes, in milliseconds, in a document of which nearly every line cites. The server waits for no further keys before it answers one, so no wait is hidden here; changes that come faster than answers are answered together. Where nothing else is said, a change is sent 20 ms after the answer to the one before it. What the server computed for it leaves out how long it waited for a busy machine.')
  tell(['| a document of | changes | median | 95 of 100 within | 99 of 100 within | longest | computed for it, median | 95 of 100 |', '|---|--:|--:|--:|--:|--:|--:|--:|', ...rows.map(({ what, changes, middle, most, nearlyAll, longest, computed, mostComputed }) => `| ${what} | ${changes} | ${[middle, most, nearlyAll, longest, computed, mostComputed].map((time) => (Number.isFinite(time) ? time.toFixed(1) : '')).join(' | ')} |`)].join('\n'))
  tell(`All ${documents.toLocaleString('en')} documents were looked at in ${first.toFixed(1)} s, beside those keys, and again, where nothing had changed, in ${again.toFixed(2)} s.${memory === undefined ? '' : ` The server takes ${Math.round(memory)} MB then.`}`)
}

if (values.write === true) {
  writeFileSync(path.join(root, 'docs/benchmarks.md'), `# Benchmarks

Written by \`npm run bench -- --write\`, which measures whole processes in turns; no figure here was typed. The machine did other
work meanwhile, so ratios within one table say something and seconds do not. Where it did much, the seconds of the processor say more
than those of the clock: they leave out how long a process waited for its turn, and count all cores that it used.

What is compared is not alike. inquest reads Markdown, finds out which files are inquiries by their frontmatter, judges those by
their template and looks up ids, cited files and lines; what names no template it passes over after its first lines. rumdl and
markdownlint-cli2 apply their default rules of style to every file, remark-cli its recommended preset, and contextlint two rules, on
columns of tables and on references. "Warm" is a second run with what the first one kept. From 1,000 documents on inquest judges
with a thread for each core; rumdl uses all cores, the three in JavaScript one.

${parts.join('\n\n')}
`)
}
