/**
 * What a run costs, counted: modules loaded, files read, documents parsed, processes started, statements run. Numbers that no clock and no
 * machine has a part in, so that whatever makes runs slower shows as a number here.
 */

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../src/document/document.js'
import { loadMarkdown } from '../src/document/markdown.js'
import type { Host } from '../src/engine/host.js'
import { createNodeHost } from '../src/engine/node-host.js'
import { check } from '../src/engine/operations/check.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from './support/repository.js'

interface Load {
  readonly status: number
  /** The program's files that Node read as code. */
  readonly modules: readonly string[]
  /** Of all of them. */
  readonly bytes: number
  /** What was run of them: of `check`, much that lies in one script is read over. */
  readonly ran: string
  readonly gits: number
}

/** Runs the program and tells which of its code Node loaded and ran, and how often git was started. */
function load(cwd: string, args: readonly string[]): Load {
  const folder = scratchFolder()
  const gitLog = path.join(folder, 'gits')
  writeFileSync(gitLog, '')
  mkdirSync(path.join(folder, 'bin'))
  writeFileSync(path.join(folder, 'bin/git'), `#!/bin/sh\necho "$1" >> ${gitLog}\nPATH=$(echo "$PATH" | cut -d: -f2-) exec git "$@"\n`)
  chmodSync(path.join(folder, 'bin/git'), 0o755)
  const covered = path.join(folder, 'covered')
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'dist/cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_V8_COVERAGE: covered, PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}` },
  })
  const scripts = readdirSync(covered).flatMap((file) => (JSON.parse(readFileSync(path.join(covered, file), 'utf8')) as Coverage).result).filter(({ url }) => url.startsWith('file:'))
  const modules = scripts.map(({ url }) => fileURLToPath(url))
  const bytes = modules.reduce((sum, file) => sum + statSync(file).size, 0)
  return { status: run.status ?? -1, modules, bytes, ran: scripts.map(textThatRan).join('\n'), gits: readFileSync(gitLog, 'utf8').split('\n').filter((line) => line !== '').length }
}

interface Coverage {
  readonly result: readonly { readonly url: string; readonly functions: readonly { readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[] }[] }[]
}

/** Functions stand behind those that they lie in, and so do their parts. */
function textThatRan({ url, functions }: Coverage['result'][number]): string {
  const text = readFileSync(fileURLToPath(url), 'utf8')
  const ran = new Uint8Array(text.length)
  for (const { ranges } of functions) for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  let runs = ''
  for (let from = ran.indexOf(1); from !== -1; ) {
    const to = ran.indexOf(0, from)
    runs += text.slice(from, to === -1 ? undefined : to)
    from = to === -1 ? -1 : ran.indexOf(1, to)
  }
  return runs
}

/** Texts that stand in one library alone, as it lies in the bundle or beside it. */
const marks: Readonly<Record<string, RegExp>> = {
  handlebars: /handlebars/iu,
  yaml: /YAMLParseError/u,
  remark: /micromarkExtensions/u,
  sqlite: /better_sqlite3|better-sqlite3/u,
  'language server': /textDocument\/publishDiagnostics/u,
  zod: /ZodError/u,
  chokidar: /awaitWriteFinish/u,
  prompts: /clack/u,
}

function librariesIn(text: string): readonly string[] {
  return Object.entries(marks).flatMap(([name, mark]) => (mark.test(text) ? [name] : []))
}

const past = new Date(Date.now() - 60_000)

/** Sound inquiries, and files that are none. */
function createMany(inquiries: number, others: number): string {
  const { root, git, write } = createRepository({ '.inquest/templates/README.md': 'x\n' })
  for (let number = 1; number <= inquiries; number++) write(`docs/${number}.md`, sample.replaceAll('INV-001', `INV-${String(number).padStart(3, '0')}`))
  for (let number = 1; number <= others; number++) write(`notes/${number}.md`, `---\ntitle: Note ${number}\n---\n# Note\n\n${'Words. '.repeat(50)}\n`)
  git('add', '-A')
  git('commit', '-qm', 'all')
  return root
}

interface Counted {
  read: number
  heads: number
  stamps: number
  listings: number
  gits: number
}

function counting(root: string): { readonly host: Host; readonly counted: Counted } {
  const host = createNodeHost(root)
  const counted: Counted = { read: 0, heads: 0, stamps: 0, listings: 0, gits: 0 }
  const count = <Arguments extends unknown[], Result>(what: keyof Counted, call: (...given: Arguments) => Result) => (...given: Arguments): Result => {
    counted[what]++
    return call(...given)
  }
  const isDocument = (file: string): boolean => /[\\/](?:docs|notes)[\\/]\d+\.md$/u.test(file)
  return {
    counted,
    host: {
      ...host,
      readText: (file) => {
        if (isDocument(file)) counted.read++
        return host.readText(file)
      },
      readHead: count('heads', host.readHead),
      // Old enough to be known by it, which takes two seconds of waiting else.
      stamp: count('stamps', (file: string) => {
        const stamp = host.stamp(file)
        return stamp === undefined ? undefined : { ...stamp, settled: true }
      }),
      listFiles: count('listings', host.listFiles),
      git: count('gits', host.git),
    },
  }
}

async function runCounted(root: string, paths: readonly string[] = []): Promise<Counted> {
  const { host, counted } = counting(root)
  await check(host, { paths })
  return counted
}

describe('modules', () => {
  const root = createMany(1, 1)

  test('`--version` loads the command line and nothing behind it', () => {
    const { status, modules, bytes, ran, gits } = load(root, ['--version'])
    expect(status).toBe(0)
    expect(librariesIn(ran)).toEqual([])
    expect(modules.length).toBeLessThanOrEqual(10)
    expect(bytes).toBeLessThanOrEqual(100_000)
    expect(gits).toBe(0)
  })

  test('`check` of a sound document runs no library that it does not use, and starts git once', () => {
    const { status, modules, bytes, ran, gits } = load(root, ['check', 'docs/1.md'])
    expect(status).toBe(0)
    expect(librariesIn(ran)).toEqual([])
    expect(modules.length).toBeLessThanOrEqual(10)
    expect(bytes).toBeLessThanOrEqual(1_000_000)
    expect(ran.length).toBeLessThanOrEqual(300_000)
    expect(gits).toBe(1)
  })

  test('`check` of everything starts git once', () => {
    const { ran, gits } = load(root, ['check'])
    expect(librariesIn(ran)).toEqual([])
    expect(gits).toBe(1)
  })

  test('the texts that libraries are known by stand in the program', () => {
    const folders = ['dist', 'dist/chunks'].map((folder) => path.join(projectRoot, folder))
    const all = folders.flatMap((folder) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => readFileSync(path.join(folder, name), 'utf8')))
    expect(librariesIn(all.join('\n')).toSorted()).toEqual(Object.keys(marks).toSorted())
  })
})

describe('files', () => {
  test('each document is read once, other files by their heads, and nothing twice', async () => {
    expect(await runCounted(createMany(12, 30))).toEqual({ read: 12 + 30, heads: 12 + 30, stamps: 12 + 30, listings: 1, gits: 0 })
  })

  test('a second run reads no file', async () => {
    const root = createMany(12, 30)
    await runCounted(root)
    expect(await runCounted(root)).toEqual({ read: 0, heads: 0, stamps: 12 + 30, listings: 1, gits: 0 })
  })

  test('after an edit one document is read', async () => {
    const root = createMany(12, 30)
    await runCounted(root)
    writeFileSync(path.join(root, 'docs/3.md'), sample.replaceAll('INV-001', 'INV-003').replace('Offsets', 'Now offsets'))
    utimesSync(path.join(root, 'docs/3.md'), past, past)
    // Once to see by its hash whether it changed, once because it did.
    expect(await runCounted(root)).toEqual({ read: 2, heads: 1, stamps: 12 + 30, listings: 1, gits: 0 })
  })

  test('one document costs itself and the heads of others, and later only itself', async () => {
    const root = createMany(12, 30)
    const file = path.join(root, 'docs/3.md')
    expect(await runCounted(root, [file])).toEqual({ read: 1, heads: 12 + 30, stamps: 12 + 30, listings: 1, gits: 0 })
    expect(await runCounted(root, [file])).toEqual({ read: 1, heads: 0, stamps: 12 + 30, listings: 1, gits: 0 })
  })
})

describe('memory', () => {
  test('what is found in many documents does not lie on the heap, nor do the documents', () => {
    const { root, write } = createRepository({ '.inquest/templates/README.md': 'x\n' })
    const cited = Array.from({ length: 150 }, (_, number) => `@src/nowhere-${number}.ts, whose lines nobody has seen since it was cited here.\n\n`).join('')
    for (let number = 1; number <= 1500; number++) write(`docs/${number}.md`, sample.replaceAll('INV-001', `INV-${String(number).padStart(4, '0')}`).replace('## Context', `## Context\n\n${cited}`))
    const run = (...args: readonly string[]) => inquest(root, ['check', '--statistics', ...args], { env: { NODE_OPTIONS: '--max-old-space-size=48 --max-semi-space-size=4' } })
    const anew = run()
    expect({ status: anew.status, stderr: anew.stderr }).toEqual({ status: 0, stderr: '' })
    expect(anew.stdout).toContain('228000 warnings')
    expect(run()).toEqual(anew)
  })
})

describe('turns of the event loop', () => {
  test('come all along, because what native code holds of a document is freed in them alone', async () => {
    const turnsOf = async (inquiries: number): Promise<number> => {
      const root = createMany(inquiries, 0)
      let turns = 0
      let timer: NodeJS.Immediate
      const count = (): void => {
        turns++
        timer = setImmediate(count)
      }
      timer = setImmediate(count)
      await check(createNodeHost(root), { paths: [], cache: false })
      clearImmediate(timer)
      return turns
    }
    // The first check loads modules, which takes turns as well.
    await turnsOf(2)
    const few = await turnsOf(2)
    expect((await turnsOf(2 + 16 * 8)) - few).toBeGreaterThanOrEqual(8)
  })
})

describe('parsing', () => {
  test('a file is parsed as Markdown once, and only if it is a document', async () => {
    const engine = await loadMarkdown()
    let parsed = 0
    const counted = { ...engine, parse: (text: string) => (parsed++, engine.parse(text)) }
    const document = parseDocument(sample, counted)
    expect(document.data['template']).toBe('investigation')
    expect(parsed).toBe(0)
    expect([document.root.children.length > 0, document.top.sections.length, document.comments, document.swallowingFences.length]).toEqual([true, 1, expect.anything(), 0])
    expect(parsed).toBe(1)
  })
})

describe('statements', () => {
  /** The statements that a command runs on tables of the store: reading ones, and writing ones. */
  function statementsOf(root: string, args: readonly string[], input = ''): { readonly reading: number; readonly writing: number } {
    const folder = scratchFolder()
    const log = path.join(folder, 'statements')
    writeFileSync(log, '')
    writeFileSync(
      path.join(folder, 'count.cjs'),
      `const Database = require(${JSON.stringify(path.join(projectRoot, 'node_modules/better-sqlite3'))})
const probe = new Database(':memory:')
const statement = Object.getPrototypeOf(probe.prepare('SELECT 1'))
probe.close()
for (const name of ['run', 'get', 'all', 'iterate']) {
  const own = statement[name]
  statement[name] = function (...given) {
    require('node:fs').appendFileSync(${JSON.stringify(log)}, this.source.trim().split(/\\s/)[0].toUpperCase() + '\\n')
    return own.apply(this, given)
  }
}
`,
    )
    const run = inquest(root, args, { input, env: { NODE_OPTIONS: `--require ${path.join(folder, 'count.cjs')}` } })
    expect(run.status).toBeLessThan(2)
    const lines = readFileSync(log, 'utf8').split('\n')
    return { reading: lines.filter((line) => line === 'SELECT' || line === 'WITH').length, writing: lines.filter((line) => ['INSERT', 'UPDATE', 'DELETE', 'REPLACE'].includes(line)).length }
  }

  /** A store with so many learnings that all hold the same word. */
  function createStore(learnings: number): string {
    const root = createMany(1, 0)
    const told = inquest(root, ['memory', 'ingest', ...Array.from({ length: learnings }, (_, number) => `Offsets lose rows in case ${number}`)])
    expect(told.status).toBe(0)
    return root
  }

  test('`check` asks three times for each document, however much is stored', () => {
    const root = createStore(60)
    const opening = 6
    expect(statementsOf(root, ['check', '--no-cache']).reading).toBeLessThanOrEqual(opening + 3)
    for (let number = 2; number <= 20; number++) writeFileSync(path.join(root, `docs/${number}.md`), sample.replaceAll('INV-001', `INV-${String(number).padStart(3, '0')}`))
    const { reading, writing } = statementsOf(root, ['check', '--no-cache'])
    expect(reading).toBeGreaterThanOrEqual(20 * 3)
    expect(reading).toBeLessThanOrEqual(opening + 20 * 3)
    expect(writing).toBe(0)
  })

  test('a search takes as many statements in a large store as in a small one', () => {
    for (const stored of [2, 60]) expect(statementsOf(createStore(stored), ['memory', 'search', 'offsets', '--limit', '1'])).toEqual({ reading: 10, writing: 0 })
  })

  test('a learning takes the same statements whatever is stored already', () => {
    for (const stored of [2, 60]) expect(statementsOf(createStore(stored), ['memory', 'ingest', 'Another one'])).toEqual({ reading: 10, writing: 3 })
  })
})
