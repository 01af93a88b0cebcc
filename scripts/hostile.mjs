/**
 * Attacks inquest with what a stranger's repository may hold, and says what each attack reached. An attack is an entry in one file of
 * `scripts/hostile/`, by family: how it is built, how it is met, how one sees that it would work, and the same done honestly.
 *
 *     npm run hostile -- [--short] [--family git] [--only "part of a name"] [--cli dist/cli.js]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { everyFront } from './hostile/fronts.mjs'
import { attacks as git } from './hostile/git.mjs'
import { attacks as paths } from './hostile/paths.mjs'
import { Sandbox } from './hostile/sandbox.mjs'
import { attacks as state } from './hostile/state.mjs'

const families = { git, paths, state }
const root = fileURLToPath(new URL('..', import.meta.url))
const nobody = { uid: 65_534, gid: 65_534 }

const { values: options } = parseArgs({
  options: { short: { type: 'boolean', default: false }, family: { type: 'string' }, only: { type: 'string' }, cli: { type: 'string', default: path.join(root, 'dist/cli.js') }, as: { type: 'string' } },
})

const chosen = Object.entries(families)
  .filter(([family]) => options.family === undefined || family === options.family)
  .flatMap(([family, attacks]) => attacks.map((attack) => ({ family, attack })))
  .filter(({ attack }) => options.only === undefined || attack.name.includes(options.only))

/** @returns {Promise<readonly string[]>} what went wrong */
async function meet({ attack }) {
  const sandbox = new Sandbox(path.resolve(options.cli))
  try {
    await attack.build(sandbox)
    if (attack.armed !== undefined && !(await attack.armed(sandbox))) return ['the attack itself does not work, so that nothing is shown']
    sandbox.hasRun()
    sandbox.settle()
    const answers = await (attack.meet ?? everyFront)(sandbox)
    return [...sandbox.faults(answers), ...((await attack.reached?.(sandbox, answers)) ?? [])]
  } finally {
    sandbox.remove()
  }
}

/** The same without malice has to work, or a program that refuses everything would pass. */
async function meetHonestly({ attack }) {
  if (attack.honest === undefined) return []
  const sandbox = new Sandbox(path.resolve(options.cli))
  try {
    sandbox.settle()
    return ((await attack.honest(sandbox)) ?? []).map((fault) => `done honestly: ${fault}`)
  } finally {
    sandbox.remove()
  }
}

/** Every front in a repository that nobody attacks. */
async function meetNobody() {
  const sandbox = new Sandbox(path.resolve(options.cli))
  try {
    const answers = await everyFront(sandbox)
    const wrong = answers.filter(({ status }) => status !== 0).map(({ label, status, text }) => `${label}: ends with ${status}: ${text.slice(0, 500)}`)
    const failed = answers.flatMap(({ label, answers: each = [] }) => each.filter((one) => one.error !== undefined || one.result?.isError === true).map((one) => `${label}: ${JSON.stringify(one).slice(0, 500)}`))
    return [...sandbox.faults(answers), ...wrong, ...failed]
  } finally {
    sandbox.remove()
  }
}

async function main() {
  const who = options.as ?? (process.getuid?.() === 0 ? 'root' : 'a user')
  let [passed, failed] = [0, 0]
  const tell = (name, faults) => {
    if (faults.length === 0) passed++
    else failed++
    console.log(`${faults.length === 0 ? 'ok    ' : 'FAIL  '}${name}, as ${who}${faults.map((fault) => `\n      ${fault.replaceAll('\n', '\n      ')}`).join('')}`)
  }
  // A short run meets each attack once: every other one as each of the two users.
  const mine = options.short && process.getuid?.() !== undefined ? chosen.filter((_, index) => index % 2 === (who === 'root' ? 0 : 1)) : chosen
  if (options.only === undefined) tell('a repository without malice', await meetNobody())
  for (const one of mine) {
    if (one.attack.users !== undefined && !one.attack.users.includes(who === 'root' ? 'root' : 'user')) continue
    tell(`${one.family}: ${one.attack.name}`, [...(await meet(one)), ...(await meetHonestly(one))])
  }
  return { passed, failed }
}

const { passed, failed } = await main()
let [allPassed, allFailed] = [passed, failed]
if (options.as === undefined && process.getuid?.() === 0) {
  const more = asNobody()
  if (typeof more === 'string') console.log(`skipped: as an unprivileged user: ${more}`)
  else {
    allPassed += more.passed
    allFailed += more.failed
  }
}
if (options.as === undefined) console.log(`\n${allPassed} passed, ${allFailed} failed`)
else console.log(JSON.stringify({ passed, failed }))
process.exitCode = allFailed > 0 ? 1 : 0

/** The same run once more as a user without privileges, from a copy that it may read. @returns why not, or the counts */
function asNobody() {
  const copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'inquest-hostile-program-')))
  try {
    copyProgram(copy)
    spawnSync('chmod', ['-R', 'a+rX', copy])
    const { uid, gid } = nobody
    const run = (command, args) => spawnSync(command, args, { uid, gid, cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH, HOME: copy, LANG: 'C.UTF-8' }, maxBuffer: 1 << 28 })
    if (run(process.execPath, ['--version']).status !== 0) return `${process.execPath} cannot be run by one`
    const args = process.argv.slice(2).filter((one, index, all) => one !== '--cli' && all[index - 1] !== '--cli')
    const lines = run(process.execPath, [path.join(copy, 'scripts/hostile.mjs'), ...args, '--cli', path.join(copy, 'dist/cli.js'), '--as', 'nobody']).stdout.trimEnd().split('\n')
    for (const line of lines.slice(0, -1)) console.log(line)
    return JSON.parse(lines.at(-1))
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** The program with all that it loads when it runs. */
function copyProgram(to) {
  const dist = path.dirname(path.resolve(options.cli))
  cpSync(dist, path.join(to, 'dist'), { recursive: true, filter: (file) => path.basename(file) !== 'compiled' })
  for (const name of ['scripts/hostile.mjs', 'scripts/hostile', 'templates', 'schema', 'package.json', 'docs/rules']) cpSync(path.join(root, name), path.join(to, name), { recursive: true })
  const open = dependenciesOf(path.join(root, 'package.json'))
  for (const [index, name] of open.entries()) {
    const from = path.join(root, 'node_modules', name)
    if (open.indexOf(name) !== index || !existsSync(from)) continue
    mkdirSync(path.dirname(path.join(to, 'node_modules', name)), { recursive: true })
    cpSync(from, path.join(to, 'node_modules', name), { recursive: true, dereference: true })
    // A list that grows is gone through to its end.
    open.push(...dependenciesOf(path.join(from, 'package.json')))
  }
}

function dependenciesOf(file) {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'))
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]
}
