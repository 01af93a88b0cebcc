/** Evidence that runs: only what the configuration allows and somebody has agreed to, and nothing of it leaves a mark. */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { check } from '../src/index.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, scratchFolder } from './support/repository.js'

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
  readonly runs: readonly { readonly name: string; readonly outcome: string; readonly exit: number | null; readonly network: string }[]
  readonly error?: { readonly message: string; readonly hint: string }
}

function run(repository: Repository, ...args: string[]): { status: number; answer: Answer } {
  const { status, stdout } = inquest(repository.root, ['verify', '--run', '--json', ...args], { env: { SECRET: 'from outside', ALLOWED: 'let in' } })
  return { status, answer: JSON.parse(stdout) as Answer }
}

const outcomes = (answer: Answer): readonly string[] => answer.runs.map((one) => `${one.name} ${one.outcome}`)

describe('what is expected', () => {
  test('supports where it comes true, and refutes where it does not', () => {
    const repository = repositoryOf(
      { counts: node('console.log("2 passed"); console.log("1 failed"); process.exit(1)'), reads: node('console.log(require("fs").readFileSync("data.txt", "utf8"))'), slow: { ...node('setTimeout(() => {}, 60000)'), timeout: 1 } },
      documentOf(
        ['`run: counts` exits 1', '`run: counts` exits 1 and prints `2 passed`, prints `1 failed`', '`run: counts`', '`run: counts` exits 1, prints `3 passed`', '`run: reads` prints `three`', '`run: nobody`', '`run: slow`', '`run: constructor`'],
        '```run reads\n...\nthree\n```\n',
      ),
    )
    const { status, answer } = run(repository)
    expect(outcomes(answer)).toEqual(['counts supports', 'counts supports', 'counts refutes', 'counts refutes', 'reads supports', 'nobody not-allowed', 'slow timed-out', 'constructor not-allowed', 'reads supports'])
    expect(status).toBe(1)
    const kept = repository.read(receipts).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(kept).toHaveLength(6)
    for (const receipt of kept) expect(Object.keys(receipt)).toEqual(['template', 'name', 'exits', 'prints', 'commit', 'dirty', 'when', 'command', 'exit', 'digest', 'network', 'outcome'])
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
    expect(new Set(answer.runs.map((one) => one.network)).size).toBe(1)
    expect(['bubblewrap', 'unshare', 'open']).toContain(answer.runs[0]?.network)
  })

  test('check, status and verify without --run start nothing', () => {
    const marker = path.join(scratchFolder(), 'ran')
    const repository = repositoryOf({ marks: node(`require("fs").writeFileSync(${JSON.stringify(marker)}, "x")`) }, documentOf(['`run: marks`']))
    for (const args of [['check'], ['status', 'INV-001'], ['verify'], ['verify', '--pin', '--relocate', '--write'], ['fix'], ['doctor']]) inquest(repository.root, args)
    expect(existsSync(marker)).toBe(false)
  })
})

/** Whether a program of the system can take the network away here. */
function canTake(box: 'bubblewrap' | 'unshare'): boolean {
  const [program, args] = box === 'bubblewrap' ? ['bwrap', ['--unshare-net', '--unshare-pid', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', 'true']] : ['unshare', ['--user', '--map-root-user', '--net', '--pid', '--fork', 'true']]
  return process.platform === 'linux' && spawnSync(program, args as string[], { stdio: 'ignore' }).status === 0
}

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

const boxes = [
  { box: 'bubblewrap', lacking: [] },
  { box: 'unshare', lacking: ['bwrap'] },
  { box: 'open', lacking: ['bwrap', 'unshare'] },
] as const

describe.each(boxes)('in the box of $box', ({ box, lacking }) => {
  const works = box === 'open' ? process.platform === 'linux' : canTake(box)
  if (!works) console.log(`skipped: ${box === 'open' ? 'there is no /proc' : `${box} is not installed, or may not take the network away`} here`)

  test.skipIf(!works)('there is nothing but what is allowed', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const connect = `require("net").connect(${port}, "127.0.0.1").on("error", (e) => console.log("no " + e.code)).on("connect", function () { console.log("connected"); this.destroy() })`
    const mark = `inquest-lingers-${process.pid}-${box}`
    const linger = (detached: boolean, stdio: string): { run: readonly string[] } => node(`require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 50000)", ${JSON.stringify(mark)}], { detached: ${detached}, stdio: "${stdio}" }).unref()`)
    const commands = {
      environment: node('console.log(Object.keys(process.env).filter((name) => !/^(_|PWD|SHLVL|container)$/.test(name)).sort().join())'),
      home: node('console.log("in home: " + require("fs").readdirSync(process.env.HOME).length)'),
      tree: node('console.log("in tree: " + require("fs").readdirSync(".").sort())'),
      connects: node(connect),
      'connects-openly': { ...node(connect), network: true },
      lingers: linger(box !== 'open', 'ignore'),
      'holds-on': linger(box !== 'open', 'inherit'),
      slow: { run: ['sh', '-c', `${JSON.stringify(process.execPath)} -e 'setTimeout(() => {}, 50000)' ${mark} & sleep 40`], timeout: 2 },
      floods: { run: ['yes'], timeout: 2 },
      outside: node(`try { require("fs").writeFileSync(${JSON.stringify(path.join(scratchFolder(), 'mark'))}, "x"); console.log("written") } catch (e) { console.log("no " + e.code) }`),
    }
    const repository = repositoryOf(commands, documentOf(['`run: environment` prints `HOME,PATH,TMPDIR`', '`run: home` prints `in home: 0`', '`run: tree` prints `in tree: data.txt,docs,inquest.yaml`', `\`run: connects\` prints \`${box === 'open' ? 'connected' : 'no '}\``, '`run: connects-openly` prints `connected`', '`run: lingers`', '`run: holds-on`', '`run: slow`', '`run: floods`', `\`run: outside\` prints \`${box === 'bubblewrap' ? 'no ' : 'written'}\``]))
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('inquest-run-'))
    const { stdout } = inquest(repository.root, ['verify', '--run', '--json'], { env: { SECRET: 'from outside', PATH: `${without(lacking)}:${process.env['PATH'] ?? ''}` } })
    server.close()
    const { runs } = JSON.parse(stdout) as Answer
    expect(runs.map((one) => `${one.name} ${one.outcome}`)).toEqual(Object.keys(commands).map((name) => `${name} ${['slow', 'floods'].includes(name) ? 'timed-out' : 'supports'}`))
    expect(runs.map((one) => one.network)).toEqual(Object.keys(commands).map((name) => (name === 'connects-openly' ? 'open' : box)))
    expect(running().filter((line) => line.includes(mark))).toEqual([])
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('inquest-run-'))).toEqual(before)
  }, 60_000)
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

  test('what is committed nowhere is agreed to by nobody', () => {
    const repository = createRepository({ 'inquest.yaml': config(harmless), [file]: documentOf(['`run: says`']) })
    expect(run(repository).status).toBe(2)
  })
})
