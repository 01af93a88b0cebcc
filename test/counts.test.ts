/**
 * What a run costs, counted: modules loaded, files read, documents parsed, processes started, statements run. Numbers that no clock and no
 * machine has a part in, so that whatever makes runs slower shows as a number here.
 */

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../src/document/document.js'
import { loadMarkdown } from '../src/document/markdown.js'
import type { Host } from '../src/engine/host.js'
import { createNodeHost } from '../src/engine/node-host.js'
import { check } from '../src/engine/operations/check.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from './support/repository.js'

/** Runs the program and tells which of its files Node loaded, and how often git was started. */
function load(cwd: string, args: readonly string[]): { readonly status: number; readonly modules: readonly string[]; readonly bytes: number; readonly gits: number } {
  const folder = scratchFolder()
  const log = path.join(folder, 'loaded')
  const gitLog = path.join(folder, 'gits')
  writeFileSync(log, '')
  writeFileSync(gitLog, '')
  writeFileSync(path.join(folder, 'hooks.mjs'), `import { appendFileSync } from 'node:fs'\nexport async function load(url, context, next) {\n  if (url.startsWith('file:')) appendFileSync(${JSON.stringify(log)}, url + '\\n')\n  return next(url, context)\n}\n`)
  writeFileSync(path.join(folder, 'register.mjs'), `import { register } from 'node:module'\nregister('./hooks.mjs', import.meta.url)\n`)
  mkdirSync(path.join(folder, 'bin'))
  writeFileSync(path.join(folder, 'bin/git'), `#!/bin/sh\necho "$1" >> ${gitLog}\nPATH=$(echo "$PATH" | cut -d: -f2-) exec git "$@"\n`)
  chmodSync(path.join(folder, 'bin/git'), 0o755)
  const run = spawnSync(process.execPath, ['--import', pathToFileURL(path.join(folder, 'register.mjs')).href, path.join(projectRoot, 'dist/cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}` },
  })
  const modules = readFileSync(log, 'utf8').split('\n').filter((url) => url !== '').map((url) => fileURLToPath(url))
  const bytes = modules.reduce((sum, file) => sum + statSync(file).size, 0)
  return { status: run.status ?? -1, modules, bytes, gits: readFileSync(gitLog, 'utf8').split('\n').filter((line) => line !== '').length }
}

/** Texts that stand in one library alone, as it lies in the bundle or beside it. */
const marks: Readonly<Record<string, RegExp>> = {
  handlebars: /handlebars/iu,
  yaml: /YAMLParseError/u,
  remark: /mdast-util-from-markdown|fromMarkdownExtensions:/u,
  sqlite: /better_sqlite3|better-sqlite3/u,
  'language server': /textDocument\/publishDiagnostics/u,
  zod: /ZodError/u,
  chokidar: /class FSWatcher/u,
  prompts: /clack/u,
}

function librariesIn(modules: readonly string[]): readonly string[] {
  const texts = modules.map((file) => readFileSync(file, 'utf8'))
  return Object.entries(marks).flatMap(([name, mark]) => (texts.some((text) => mark.test(text)) ? [name] : []))
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
    const { status, modules, bytes, gits } = load(root, ['--version'])
    expect(status).toBe(0)
    expect(librariesIn(modules)).toEqual([])
    expect(modules.length).toBeLessThanOrEqual(10)
    expect(bytes).toBeLessThanOrEqual(100_000)
    expect(gits).toBe(0)
  })

  test('`check` of a sound document loads no library that it does not use, and starts git once', () => {
    const { status, modules, bytes, gits } = load(root, ['check', 'docs/1.md'])
    expect(status).toBe(0)
    expect(librariesIn(modules)).toEqual([])
    expect(modules.length).toBeLessThanOrEqual(40)
    expect(bytes).toBeLessThanOrEqual(600_000)
    expect(gits).toBe(1)
  })

  test('`check` of everything starts git once', () => {
    const { modules, gits } = load(root, ['check'])
    expect(librariesIn(modules)).toEqual([])
    expect(gits).toBe(1)
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
    for (const stored of [2, 60]) expect(statementsOf(createStore(stored), ['memory', 'ingest', 'Another one'])).toEqual({ reading: 9, writing: 3 })
  })
})
