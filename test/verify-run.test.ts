/** Evidence that runs: only what the configuration allows and somebody has agreed to, and nothing of it leaves a mark. */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { release, tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { check } from '../src/index.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, projectRoot, scratchFolder } from './support/repository.js'

const file = 'docs/INV-001.md'
const receipts = '.inquest/evidence/INV-001.runs.jsonl'

function documentOf(cells: readonly string[], behind = ''): string {
  const rows = cells.map((cell, index) => `| Finding ${index} | ${cell} | H1 | |\n`).join('')
  return `---\ntemplate: investigation\nstatus: active\ndate: 2026-03-02\nbacklog_id: INV-001\ntitle: What is run\nlifecycle_phase: explore\nversion: '2.0'\n---\n# Investigation\n\n## Evidence Collection\n\n### Codebase Evidence\n\n| Finding | Source (file:line) | Supports Hypothesis | Notes |\n|---|---|---|---|\n${rows}\n${behind}`
}

const config = (commands: Readonly<Record<string, object>>): string => `evidence: ${JSON.stringify({ timeout: 20, commands })}\n`
const node = (program: string): { run: readonly string[] } => ({ run: [process.execPath, '-e', program] })

function repositoryOf(commands: Readonly<Record<string, object>>, document: string): Repository {
  const repository = createRepository({ 'inquest.yaml': config(commands), [file]: document, 'data.txt': 'three\n' })
  repository.git('add', '-A')
  repository.git('commit', '-q', '-m', 'all')
  return repository
}

interface Answer {
  readonly runs: readonly { readonly name: string; readonly outcome: string; readonly exit: number | null; readonly network: string; readonly sandbox: string; readonly reason?: string }[]
  readonly error?: { readonly message: string; readonly hint: string }
}

/** Whether a sandbox can be made here; else the tests that are not about it run commands openly. */
const protects = process.platform === 'linux' && spawnSync('bwrap', ['--unshare-user', '--unshare-net', '--unshare-pid', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', 'true'], { stdio: 'ignore' }).status === 0

function run(repository: Repository, ...args: string[]): { status: number; answer: Answer } {
  const { status, stdout } = inquest(repository.root, ['verify', '--run', '--json', ...(protects ? [] : ['--open']), ...args], { env: { SECRET: 'from outside', ALLOWED: 'let in' } })
  return { status, answer: JSON.parse(stdout) as Answer }
}

const outcomes = (answer: Answer): readonly string[] => answer.runs.map((one) => `${one.name} ${one.outcome}`)

describe('what is expected', () => {
  test('supports where it comes true, and refutes where it does not', () => {
    const repository = repositoryOf(
      { absent: { run: ['no-such-program-of-inquest'] }, counts: node('console.log("2 passed"); console.log("1 failed"); process.exit(1)'), reads: node('console.log(require("fs").readFileSync("data.txt", "utf8"))'), slow: { ...node('setTimeout(() => {}, 60000)'), timeout: 1 } },
      documentOf(
        ['`run: absent`', '`run: counts` exits 1', '`run: counts` exits 1 and prints `2 passed`, prints `1 failed`', '`run: counts`', '`run: counts` exits 1, prints `3 passed`', '`run: reads` prints `three`', '`run: nobody`', '`run: slow`', '`run: constructor`'],
        '```run reads\n...\nthree\n```\n',
      ),
    )
    const { status, answer } = run(repository)
    expect(outcomes(answer)).toEqual(['absent not-found', 'counts supports', 'counts supports', 'counts refutes', 'counts refutes', 'reads supports', 'nobody not-allowed', 'slow timed-out', 'constructor not-allowed', 'reads supports'])
    expect(status).toBe(1)
    const kept = repository.read(receipts).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(kept).toHaveLength(6)
    for (const receipt of kept) expect(Object.keys(receipt)).toEqual(['template', 'name', 'exits', 'prints', 'commit', 'dirty', 'when', 'command', 'exit', 'digest', 'network', 'sandbox', 'outcome'])
    run(repository)
    expect(repository.read(receipts).trim().split('\n')).toHaveLength(6)
  })

  test('a row that names a run has a source', async () => {
    const repository = repositoryOf({}, documentOf(['`run: counts`']))
    const { findings } = await check({ cwd: repository.root })
    expect(findings.filter(({ rule }) => rule === 'evidence-unsourced')).toEqual([])
  })
})

describe('what is kept away', () => {
  test('the environment, the tree, the network, and what was started', () => {
    const outside = scratchFolder()
    writeFileSync(path.join(outside, 'secret.txt'), 'hidden')
    const commands = {
      environment: { ...node('console.log(JSON.stringify([process.env.SECRET, process.env.ALLOWED].map(String)))'), env: ['ALLOWED'] },
      writes: node('require("fs").writeFileSync("data.txt", "spoilt"); require("fs").rmSync(".git", { recursive: true, force: true }); console.log("written")'),
      follows: node('console.log(require("fs").existsSync("leak/secret.txt"))'),
      lingers: { ...node('const { spawn } = require("child_process"); spawn(process.execPath, ["-e", "setTimeout(() => require(\'fs\').writeFileSync(process.argv[1], \'x\'), 3000)", process.cwd() + "/../inquest-lingering"], { detached: false, stdio: "ignore" }).unref()') },
      connects: node('require("net").connect(9, "127.0.0.1").on("error", (e) => console.log(e.code)).on("connect", () => console.log("connected"))'),
      shell: { run: ['echo', '$(touch ran)', ';', 'touch', 'ran'] },
    }
    const repository = repositoryOf(commands, documentOf(['`run: environment` prints `["undefined","let in"]`', '`run: writes` prints `written`', '`run: follows` prints `false`', '`run: lingers`', '`run: connects`', '`run: shell` prints `$(touch ran) ; touch ran`']))
    symlinkSync(outside, path.join(repository.root, 'leak'))
    repository.git('add', '-A')
    repository.git('commit', '-q', '-m', 'link')
    const { answer } = run(repository)
    expect(outcomes(answer)).toEqual(Object.keys(commands).map((name) => `${name} supports`))
    expect(repository.read('data.txt')).toBe('three\n')
    expect(existsSync(path.join(repository.root, '.git'))).toBe(true)
    expect(repository.git('status', '--short', '--untracked-files=all')).toBe(`?? ${receipts}\n`)
    expect(new Set(answer.runs.map((one) => `${one.sandbox} ${one.network}`)).size).toBe(1)
    expect(protects ? ['bubblewrap'] : ['unshare', 'open']).toContain(answer.runs[0]?.network)
  })

  test('check, status and verify without --run start nothing', () => {
    const marker = path.join(scratchFolder(), 'ran')
    const repository = repositoryOf({ marks: node(`require("fs").writeFileSync(${JSON.stringify(marker)}, "x")`) }, documentOf(['`run: marks`']))
    for (const args of [['check'], ['status', 'INV-001'], ['verify'], ['verify', '--pin', '--relocate', '--write'], ['fix'], ['doctor']]) inquest(repository.root, args)
    expect(existsSync(marker)).toBe(false)
  })
})

/** A folder to put in front of PATH, in which some programs do nothing but fail. */
function without(programs: readonly string[]): string {
  const folder = scratchFolder()
  for (const program of programs) {
    writeFileSync(path.join(folder, program), '#!/bin/sh\nexit 1\n')
    chmodSync(path.join(folder, program), 0o755)
  }
  return folder
}

/** Command lines of all processes that run. */
function running(): readonly string[] {
  return readdirSync('/proc').flatMap((id) => {
    try {
      return /^\d+$/u.test(id) ? [readFileSync(`/proc/${id}/cmdline`, 'utf8')] : []
    } catch {
      return []
    }
  })
}

const separates = process.platform === 'linux' && spawnSync('unshare', ['--user', '--map-current-user', '--net', '--pid', '--fork', 'true'], { stdio: 'ignore' }).status === 0

const [major = 0, minor = 0] = release().split('.').map((part) => Number.parseInt(part, 10))
const countsByNamespace = major > 5 || (major === 5 && minor >= 14)

const boxes = [
  { box: 'bubblewrap', works: protects, args: [], lacking: [], network: 'bubblewrap' },
  { box: 'container', works: separates, args: ['--sandbox', 'container'], lacking: [], network: 'unshare' },
  { box: 'open', works: process.platform === 'linux', args: ['--open'], lacking: ['unshare'], network: 'open' },
] as const

describe.each(boxes)('in the box of $box', ({ box, works, args, lacking, network }) => {
  if (!works) console.log(`skipped: ${box === 'open' ? 'there is no /proc' : 'what it needs is not installed, or may not be used'} here`)

  test.skipIf(!works)('there is nothing but what is allowed', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const connect = `require("net").connect(${port}, "127.0.0.1").on("error", (e) => console.log("no " + e.code)).on("connect", function () { console.log("connected"); this.destroy() })`
    const mark = `inquest-lingers-${process.pid}-${box}`
    const linger = (detached: boolean, stdio: string): { run: readonly string[] } => node(`require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 50000)", ${JSON.stringify(mark)}], { detached: ${detached}, stdio: "${stdio}" }).unref()`)
    const commands = {
      environment: node('console.log(Object.keys(process.env).filter((name) => !/^(_|PWD|SHLVL|container)$/.test(name)).sort().join())'),
      home: node('const fs = require("fs"); fs.writeFileSync(process.env.TMPDIR + "/x", ""); console.log("in home: " + fs.readdirSync(process.env.HOME).length)'),
      tree: node('console.log("in tree: " + require("fs").readdirSync(".").sort())'),
      place: node('console.log("at " + process.cwd())'),
      connects: node(connect),
      'connects-openly': { ...node(connect), network: true },
      lingers: linger(true, 'ignore'),
      'lingers-openly': { ...linger(true, 'ignore'), network: true },
      'holds-on': linger(true, 'inherit'),
      slow: { run: ['sh', '-c', `${JSON.stringify(process.execPath)} -e 'setTimeout(() => {}, 50000)' ${mark} & sleep 40`], timeout: 2 },
      floods: { run: ['yes'], limits: { output: 1 } },
      forks: { run: ['sh', '-c', 'i=0; while [ $i -lt 200 ]; do sleep 30 & i=$((i+1)); done; wait'], limits: { processes: 50 } },
      outside: node(`try { require("fs").writeFileSync(${JSON.stringify(path.join(scratchFolder(), 'mark'))}, "x"); console.log("written") } catch (e) { console.log("no " + e.code) }`),
    }
    const repository = repositoryOf(commands, documentOf(['`run: environment` prints `HOME,PATH,TMPDIR`', '`run: home` prints `in home: 0`', '`run: tree` prints `in tree: data.txt,docs,inquest.yaml`', `\`run: place\` prints \`at ${box === 'bubblewrap' ? '/work/tree' : tmpdir()}\``, `\`run: connects\` prints \`${network === 'open' ? 'connected' : 'no '}\``, '`run: connects-openly` prints `connected`', '`run: lingers`', '`run: lingers-openly`', '`run: holds-on`', '`run: slow`', '`run: floods`', '`run: forks`', `\`run: outside\` prints \`${box === 'bubblewrap' ? 'no ' : 'written'}\``]))
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('inquest-run-'))
    const { stdout } = inquest(repository.root, ['verify', '--run', '--json', ...args], { env: { SECRET: 'from outside', PATH: `${without(lacking)}:${process.env['PATH'] ?? ''}` } })
    server.close()
    const { runs } = JSON.parse(stdout) as Answer
    // In a namespace the kernel counts processes, and the shell cannot start another one.
    const ended: Readonly<Record<string, string>> = { slow: 'timed-out', floods: 'over-limit', forks: box === 'bubblewrap' && countsByNamespace ? 'refutes' : 'over-limit' }
    expect(runs.map((one) => `${one.name} ${one.outcome}`)).toEqual(Object.keys(commands).map((name) => `${name} ${ended[name] ?? 'supports'}`))
    expect(runs.map((one) => `${one.sandbox} ${one.network}`)).toEqual(Object.keys(commands).map((name) => `${box} ${name.endsWith('-openly') ? 'open' : network}`))
    expect(runs.find(({ name }) => name === 'floods')?.reason).toBe('output')
    expect(running().filter((line) => line.includes(mark))).toEqual([])
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('inquest-run-'))).toEqual(before)
  }, 60_000)
})

describe('what a sandbox shows', () => {
  const writeProgram = (folder: string): string => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'inquest-tool'), '#!/bin/sh\necho found\n')
    chmodSync(path.join(folder, 'inquest-tool'), 0o755)
    return folder
  }

  test.skipIf(!protects)('a program outside of the system is refused with its place, until its folder is named', () => {
    const folder = writeProgram(path.join(scratchFolder(), 'tools'))
    const repository = repositoryOf({ tool: { run: ['inquest-tool'] } }, documentOf(['`run: tool` prints `found`']))
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` }
    const refused = inquest(repository.root, ['verify', '--run'], { env })
    expect(refused.stdout).toContain(`run tool  not-found (\`inquest-tool\` is in ${folder}, which the sandbox hides; --readable shows the folder of an installation)`)
    expect(refused.status).toBe(1)
    expect(existsSync(path.join(repository.root, receipts))).toBe(false)
    expect(inquest(repository.root, ['verify', '--run', '--readable', folder], { env }).stdout).toContain('run tool  supports (exit 0, in bubblewrap, without network)')
    chmodSync(folder, 0o700)
    // Root starts commands as a user who may not open this folder.
    if (process.getuid?.() === 0) expect(inquest(repository.root, ['verify', '--run', '--readable', folder], { env }).stdout).toContain(`not-found (\`inquest-tool\` is in ${folder}, which only root may read`)
    expect(inquest(repository.root, ['verify', '--run', '--readable', path.join(folder, 'none')], { env })).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no such folder') as string })
  })

  test.skipIf(!protects)('a program of the tree is started by its path', () => {
    const repository = repositoryOf({ tool: { run: ['./inquest-tool'] }, none: { run: ['./none'] } }, documentOf(['`run: tool` prints `found`', '`run: none`']))
    writeProgram(repository.root)
    expect(outcomes(run(repository).answer)).toEqual(['tool supports', 'none not-found'])
  })

  const mayDrop = process.getuid?.() === 0 && spawnSync('setpriv', ['--bounding-set=-sys_admin', 'true']).status === 0
  if (protects && !mayDrop) console.log('skipped: root of a container: the tests are not run by root')

  test.skipIf(!protects || !mayDrop)('root that may not mount, as in a container, gets the same', () => {
    const repository = repositoryOf({ who: node('console.log([process.getuid(), process.cwd(), require("fs").readdirSync("/run").length].join())') }, documentOf(['`run: who` prints `65534,/work/tree,0`']))
    const cli = path.join(projectRoot, 'dist/cli.js')
    const ran = spawnSync('setpriv', ['--bounding-set=-sys_admin', '--inh-caps=-all', process.execPath, cli, 'verify', '--run', '--json'], { cwd: repository.root, encoding: 'utf8' })
    expect(outcomes(JSON.parse(ran.stdout) as Answer)).toEqual(['who supports'])
  })

  test.skipIf(!protects)('what listens within a command can be reached by it', () => {
    const code = 'const net = require("net"); const server = net.createServer((s) => s.end()).listen(0, "127.0.0.1", () => net.connect(server.address().port, "127.0.0.1").on("connect", function () { console.log("connected"); this.destroy(); server.close() }))'
    expect(outcomes(run(repositoryOf({ own: node(code) }, documentOf(['`run: own` prints `connected`']))).answer)).toEqual(['own supports'])
  })

  test('options about commands go with --run, and the kinds of protection are known', () => {
    const repository = repositoryOf({}, documentOf(['`run: none`']))
    for (const args of [['--open'], ['--sandbox', 'container'], ['--readable', '.'], ['--base', 'main'], ['--confirm', 'x']]) expect(inquest(repository.root, ['verify', ...args])).toMatchObject({ status: 2, stderr: expect.stringContaining('`--run` is not given') as string })
    expect(inquest(repository.root, ['verify', '--run', '--open', '--sandbox', 'container']).status).toBe(2)
    expect(inquest(repository.root, ['verify', '--run'], { env: { INQUEST_SANDBOX: 'open' } })).toMatchObject({ status: 2, stderr: expect.stringContaining('INQUEST_SANDBOX') as string })
    expect(inquest(repository.root, ['verify', '--run', '--base', 'nowhere'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--base nowhere') as string })
  })
})

describe('who agrees', () => {
  const harmless = { says: node('console.log("said")') }

  test('a branch that changes the commands runs nothing until somebody has looked', () => {
    const repository = repositoryOf(harmless, documentOf(['`run: says`']))
    expect(run(repository).status).toBe(0)
    repository.git('checkout', '-q', '-b', 'from-a-stranger')
    repository.write('inquest.yaml', config({ says: node('console.log("something else")') }))
    const uncommitted = run(repository)
    expect(uncommitted.status).toBe(2)
    expect(uncommitted.answer.error?.message).toContain('not those of HEAD')
    repository.git('commit', '-q', '-a', '-m', 'mine')
    const committed = run(repository)
    expect(committed.status).toBe(2)
    expect(committed.answer.error?.message).toContain('not those of main')
    const digest = /--confirm (\w+)/u.exec(committed.answer.error?.hint ?? '')?.[1] ?? ''
    expect(run(repository, '--confirm', digest).status).toBe(0)
    repository.write('inquest.yaml', config({ says: node('console.log("and again")') }))
    expect(run(repository, '--confirm', digest).status).toBe(2)
  })

  test('a pull request asks the branch that it is made for, and no other', () => {
    const repository = repositoryOf(harmless, documentOf(['`run: says`']))
    repository.git('remote', 'add', 'origin', 'file:///nowhere')
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    const asked = (target: string): { readonly status: number; readonly stderr: string } => inquest(repository.root, ['verify', '--run', ...(protects ? [] : ['--open'])], { env: { GITHUB_BASE_REF: target } })
    expect(asked('')).toMatchObject({ status: 0 })
    expect(asked('main')).toMatchObject({ status: 0 })
    expect(asked('release')).toMatchObject({ status: 2, stderr: expect.stringContaining('No base branch is in this checkout') as string })
    repository.git('checkout', '-q', '--orphan', 'release')
    repository.write('inquest.yaml', config({ says: node('console.log("released")') }))
    repository.git('add', '-A')
    repository.git('commit', '-q', '-m', 'release')
    repository.git('update-ref', 'refs/remotes/origin/release', 'HEAD')
    repository.git('checkout', '-q', 'main')
    expect(asked('release')).toMatchObject({ status: 2, stderr: expect.stringContaining('not those of origin/release') as string })
  })

  test('what is committed nowhere is agreed to by nobody', () => {
    const repository = createRepository({ 'inquest.yaml': config(harmless), [file]: documentOf(['`run: says`']) })
    expect(run(repository).status).toBe(2)
  })
})
