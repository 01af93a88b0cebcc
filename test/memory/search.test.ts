/** Finding what is stored, as people and programs ask for it: search, show, prior work in new documents, synthesis, stats. */

import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createNodeHost } from '../../src/engine/node-host.js'
import type { MemorySearchResult } from '../../src/engine/operations/memory-search.js'
import { searchMemory } from '../../src/engine/operations/memory-search.js'
import { openStore } from '../../src/memory/open.js'
import type { SearchFilters } from '../../src/memory/store.js'
import type { Repository, Run } from '../support/repository.js'
import { createRepository, inquest, sample } from '../support/repository.js'

const inquiry = 'docs/investigations/INVESTIGATION-INV-001-nightly-export-loses-rows.md'

type Answer = MemorySearchResult

function asJson<T>(run: Run): T {
  if (run.status !== 0) throw new Error(`${run.status}: ${run.stdout}${run.stderr}`)
  return JSON.parse(run.stdout) as T
}

let repository: Repository
/** As the verb and the servers ask, without a process for each question. */
const ask = (query: string, filters: SearchFilters = {}): Promise<Answer> => searchMemory(createNodeHost(repository.root), { query, filters })
const search = (...words: string[]): Answer => asJson<Answer>(inquest(repository.root, ['memory', 'search', ...words, '--json']))

/** A repository with one closed inquiry, and concepts of their own. */
beforeAll(async () => {
  repository = createRepository({ [inquiry]: sample })
  mkdirSync(path.join(repository.root, '.inquest'))
  const store = await openStore(path.join(repository.root, '.inquest/memory.db'))
  const at = '2026-03-04T10:00:00Z'
  const { operation } = await store.prepare({
    origin: { repository: '', document: 'INV-001', template: 'investigation', path: inquiry, phase: 'conclude' },
    learnings: [
      { type: 'verdict', body: 'Confirmed: deletes between two pages shift the offset', hypothesis: 'H1', verdict: 'confirmed' },
      { type: 'verdict', body: 'Refuted: the encoder drops rows', hypothesis: 'H2', verdict: 'refuted' },
    ],
    at,
  })
  await store.settle(operation.id, at)
  await store.record({
    origin: { repository: '', path: 'notes/a.md' },
    at: '2026-05-01T08:00:00Z',
    learnings: [
      'PRAGMA busy_timeout belongs to the connection, not to the database file',
      'SQLite并发访问会锁住数据库',
      'データベースの同時実行について',
      'The ingester crashed while synthesis held the write lock of SQLite',
      'The ingester crashed because synthesis held the write lock of SQLite for long',
      'Ingester crashed again while synthesis held the SQLite write lock',
      'Nothing to do with any of it',
    ].map((body) => ({ type: 'learning', body })),
  })
  await store.close()
})

describe('memory search', () => {
  test('finds all words, marks them, and says where it was learned and which verdicts were reached', () => {
    const { results, experience } = search('offset', 'pages')
    expect(results[0]).toMatchObject({ id: 1, match: 'words', provenance: [{ document: 'INV-001', hypothesis: 'H1', verdict: 'confirmed' }] })
    const { text, marks } = results[0]?.snippet ?? { text: '', marks: [] }
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['pages', 'offset'])
    expect(experience[0]).toMatchObject({ document: 'INV-001', hypothesis: 'H1', verdict: 'confirmed' })
    expect(inquest(repository.root, ['memory', 'search', 'offset', 'pages']).stdout).toContain('deletes between two *pages* shift the *offset*')
  })

  test.each([
    ['busyTimeout', 'busy_timeout'],
    ['busy timeout', 'busy_timeout'],
    ['bussy timeout', 'busy_timeout'],
    ['并发', '并发'],
    ['锁', '锁住'],
    ['同時実行', '同時実行'],
    ['connections', 'connection'],
    ['"belongs to the connection"', 'belongs'],
    ['datab*', 'database'],
  ])('%s finds %s', async (typed, within) => {
    expect((await ask(typed)).results[0]?.content).toContain(within)
  })

  test('takes ids of concepts and documents, exact and nearly', async () => {
    for (const typed of ['2', '#2']) expect((await ask(typed)).results[0]).toMatchObject({ id: 2, match: 'id' })
    for (const typed of ['INV-001', 'inv1', 'inv 001']) expect((await ask(typed)).results.slice(0, 2).map(({ id, match }) => [id, match])).toEqual([[1, 'document'], [2, 'document']])
    expect((await ask('52')).results[0]).toMatchObject({ match: 'near-id' })
  })

  test('chooses by document, type, phase, verdict and day', async () => {
    expect(search('rows', 'offset', '--document', 'inv-1', '--verdict', 'refuted').results.map(({ id }) => id)).toEqual([2])
    expect(search('lock', '--since', '2026-05-01', '--until', '2026-05-01', '--limit', '2').results).toHaveLength(2)
    expect((await ask('encoder', { phase: 'Conclude' })).results.map(({ id }) => id)).toEqual([2])
    for (const filters of [{ phase: 'explore' }, { until: '2026-02-28' }, { since: '2026-03-05' }, { type: 'learning' }, { document: 'INV-002' }]) expect((await ask('encoder', filters)).results).toEqual([])
  })

  test('answers whatever is typed', async () => {
    const hostile = ['"', "'); DROP TABLE concepts; --", 'a" OR b*) NEAR(x', 'x'.repeat(30_000), '\u{1F525}', '( AND ) OR NOT', '*', '\0', '\uD800', 'ภาษาไทย', '-'.repeat(50), '1e309 99999999999999999999']
    for (const typed of hostile) expect((await ask(typed)).results.length).toBeGreaterThanOrEqual(0)
    expect(inquest(repository.root, ['memory', 'search', '--', '"--"; \u{1F525} ( AND'])).toMatchObject({ status: 0, stdout: expect.any(String) })
  })

  test('says which words nobody stored, and refuses what cannot be meant', async () => {
    expect((await ask('offset xylophone')).absent).toEqual(['xylophone'])
    expect((await ask('ingesterr')).respelled).toEqual([{ typed: 'ingesterr', as: 'ingester' }])
    for (const words of [[], ['lock', '--limit', '0'], ['lock', '--limit', 'x'], ['lock', '--since', 'yesterday'], ['lock', '--fix']]) {
      const run = inquest(repository.root, ['memory', 'search', ...words])
      expect([run.status, run.stderr.split('\n').length]).toEqual([2, 3])
    }
  })

  test('writes nothing, and reads where nothing can be written', async () => {
    const folder = path.join(repository.root, '.inquest')
    const file = path.join(folder, 'memory.db')
    // All that others wrote has come to rest in the file.
    await (await openStore(file)).close()
    // Readers share memory through a file beside it, and write to none.
    const state = (): unknown => [createHash('sha256').update(readFileSync(file)).digest('hex'), statSync(file).mtimeMs, statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0]
    const before = state()
    chmodSync(file, 0o444)
    try {
      expect(search('offset').results).toHaveLength(1)
      expect(inquest(repository.root, ['memory', 'show', '1']).status).toBe(0)
      expect(inquest(repository.root, ['memory', 'stats']).status).toBe(0)
      expect(inquest(repository.root, ['memory', 'synthesize', '--dry-run']).status).toBe(0)
    } finally {
      chmodSync(file, 0o644)
    }
    expect(state()).toEqual(before)
  })

  test('where there is no store, says so, and still knows the inquiries', () => {
    const bare = createRepository({ [inquiry]: sample })
    const run = inquest(bare.root, ['memory', 'search', 'offset', 'rows'])
    expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining('there is no concept store yet') })
    expect(run.stdout).toContain('INV-001 H1 confirmed')
    expect(existsSync(path.join(bare.root, '.inquest'))).toBe(false)
  })
})

describe('memory show', () => {
  test('shows all that is known of a concept', () => {
    const run = inquest(repository.root, ['memory', 'show', '2'])
    for (const part of ['INV-001', 'H2', 'refuted', inquiry, 'the encoder drops rows']) expect(run.stdout).toContain(part)
    expect(asJson<{ concepts: unknown[] }>(inquest(repository.root, ['memory', 'show', '1', '#2', '--json'])).concepts).toHaveLength(2)
  })

  test('names what is near where there is none', () => {
    expect(inquest(repository.root, ['memory', 'show', '11'])).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no concept 11\n  There is ') })
    expect(inquest(repository.root, ['memory', 'show', 'lock']).status).toBe(2)
  })
})

describe('prior work', () => {
  test('goes into the table of a new document, with the verdicts of earlier inquiries', () => {
    const made = asJson<{ path: string; priorWork: { id: number; content: string }[]; experience: unknown[] }>(inquest(repository.root, ['new', 'investigation', 'Pages by offset lose rows', '--json']))
    expect(made.priorWork[0]).toEqual({ id: 1, content: 'Confirmed: deletes between two pages shift the offset' })
    expect(made.experience).not.toEqual([])
    const text = repository.read(made.path)
    expect(text).toContain('**Query:** Pages by offset lose rows')
    expect(text).toContain('| 1 | Confirmed: deletes between two pages shift the offset | [What it means for this inquiry] |')
    expect(text).toMatch(/^\| INV-001 \| .*H1 confirmed: .* \| \[What it means for this inquiry\] \|$/mu)
    expect(inquest(repository.root, ['check', made.path]).status).toBe(0)
  })

  test('is found by the relation that a template declares, without a word in its scaffold', () => {
    const own = createRepository({ [inquiry]: sample })
    const template = readFileSync(path.join(import.meta.dirname, '../../templates/investigation.md'), 'utf8').replace(/\{\{#each priorWork\}\}[\s\S]*?\{\{else\}\}\n(?:\{\{#if query\}\}\n.*\n\{\{else\}\}\n)?(.*\n)(?:\{\{\/if\}\}\n)?\{\{\/each\}\}/u, '$1')
    expect(template).not.toContain('priorWork')
    own.write('.inquest/templates/investigation.md', template)
    const made = asJson<{ path: string }>(inquest(own.root, ['new', 'investigation', 'Rows are lost by an offset', '--json']))
    expect(own.read(made.path)).toMatch(/^\| INV-001 \| .*H1 confirmed: .* \| \[What it means for this inquiry\] \|$/mu)
  })

  test('leaves its prompts where nothing is stored, and says nothing', () => {
    const bare = createRepository()
    const run = inquest(bare.root, ['new', 'investigation', 'Slow start'])
    expect(run).toMatchObject({ status: 0, stderr: '' })
    expect(bare.read(run.stdout.trim())).toContain('**Query:** [The words that were searched for]')
    expect(existsSync(path.join(bare.root, '.inquest/memory.db'))).toBe(false)
  })

  test('says that nothing was found, and goes on where the store cannot be read', () => {
    const run = asJson<{ path: string; priorWork: unknown[] }>(inquest(repository.root, ['new', 'investigation', 'Zebra crossing unlit', '--json']))
    expect(run.priorWork).toEqual([])
    expect(repository.read(run.path)).toContain('| - | Nothing was found | - |')
    const broken = createRepository({ '.inquest/memory.db': 'this is no database '.repeat(100) })
    expect(inquest(broken.root, ['new', 'investigation', 'Slow start'])).toMatchObject({ status: 0, stderr: expect.stringContaining('the concept store was not asked') })
  })
})

describe('memory synthesize', () => {
  test('sums up what is said several times, once, and both know each other', async () => {
    const dry = asJson<{ clusters: number; made: number; written: boolean }>(inquest(repository.root, ['memory', 'synthesize', '--dry-run', '--json']))
    expect(dry).toMatchObject({ clusters: 1, made: 1, written: false })
    expect(asJson(inquest(repository.root, ['memory', 'synthesize', '--json']))).toMatchObject({ concepts: 9, clusters: 1, clustered: 3, made: 1, written: true })
    expect(asJson(inquest(repository.root, ['memory', 'synthesize', '--json']))).toMatchObject({ clusters: 1, made: 0, superseded: 0 })
    const { results } = await ask('ingester crashed synthesis')
    const cluster = results.find(({ members }) => members !== undefined)
    expect(cluster?.members).toHaveLength(3)
    for (const id of cluster?.members ?? []) expect(results.find((one) => one.id === id)?.clusters).toEqual([cluster?.id])
    expect(inquest(repository.root, ['memory', 'show', String(cluster?.id)]).stdout).toContain('sums up')
    const { faults } = JSON.parse(inquest(repository.root, ['memory', 'check', '--json']).stdout) as { faults: { kind: string }[] }
    expect(faults.filter(({ kind }) => ['damage', 'body', 'index', 'reference', 'orphaned'].includes(kind))).toEqual([])
  })

  test('takes over a cluster that has grown; nothing is lost of it', async () => {
    const before = (await ask('ingester crashed synthesis')).results.find(({ members }) => members !== undefined)
    inquest(repository.root, ['memory', 'ingest', 'Once more the ingester crashed while synthesis held the write lock of SQLite'])
    expect(asJson(inquest(repository.root, ['memory', 'synthesize', '--json']))).toMatchObject({ clusters: 1, clustered: 4, made: 1, superseded: 1 })
    const after = (await ask('ingester crashed synthesis')).results.filter(({ members }) => members !== undefined)
    expect(after.map(({ members }) => members?.length)).toEqual([4])
    expect(inquest(repository.root, ['memory', 'show', String(before?.id)]).stdout).toContain('taken over by a later cluster')
    const stats = asJson<{ clusters: number; clustered: number; superseded: number }>(inquest(repository.root, ['memory', 'stats', '--json']))
    expect(stats).toMatchObject({ clusters: 1, clustered: 4, superseded: 1 })
  })

  test('asks the command that the configuration names, and keeps what it said before it failed', async () => {
    const own = createRepository({ 'inquest.yaml': 'memory:\n  summarize: node sum.mjs\n', '.gitignore': '.inquest\n' })
    own.git('add', '-A')
    own.git('commit', '-q', '-m', 'own')
    const file = path.join(own.root, '.inquest/memory.db')
    mkdirSync(path.dirname(file))
    const store = await openStore(file)
    const learnings = ['alpha beta gamma delta', 'alpha beta gamma delta epsilon', 'one two-fold three-fold fourth', 'one two-fold three-fold fourth fifth'].map((body) => ({ type: 'learning', body: `${body} zeta eta` }))
    await store.record({ origin: { repository: '' }, learnings, at: '2026-03-04T10:00:00Z' })
    await store.close()
    own.write('sum.mjs', `let text = ''; for await (const piece of process.stdin) text += piece
const { members } = JSON.parse(text); if (members[0].content.startsWith('one')) { console.error('no more today'); process.exit(4) } console.log('in short: ' + members.map(({ id }) => id).join(' '))`)
    const failed = inquest(own.root, ['memory', 'synthesize'])
    expect(failed).toMatchObject({ status: 3, stderr: expect.stringContaining('no more today') })
    own.write('sum.mjs', `console.log('second try')`)
    expect(asJson(inquest(own.root, ['memory', 'synthesize', '--json']))).toMatchObject({ clusters: 2, made: 1 })
    const found = asJson<Answer>(inquest(own.root, ['memory', 'search', 'short', '--json'])).results
    expect(found[0]?.content).toMatch(/^in short: \d \d$/u)
  })

  test('starts no command that the base branch does not have, until somebody has looked', async () => {
    const own = createRepository({ 'inquest.yaml': 'memory:\n  summarize: node sum.mjs\n', '.gitignore': '.inquest\n', 'sum.mjs': '' })
    const file = path.join(own.root, '.inquest/memory.db')
    mkdirSync(path.dirname(file))
    const store = await openStore(file)
    await store.record({ origin: { repository: '' }, learnings: ['alpha beta gamma delta', 'alpha beta gamma delta epsilon'].map((body) => ({ type: 'learning', body: `${body} zeta eta` })), at: '2026-03-04T10:00:00Z' })
    await store.close()
    const mark = path.join(own.root, 'ran')
    own.write('sum.mjs', `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, ''); console.log('in short')`)
    expect(inquest(own.root, ['memory', 'synthesize'])).toMatchObject({ status: 2, stderr: expect.stringContaining('No base branch is in this checkout that already allows `memory.summarize`') as string })
    own.git('add', '-A')
    own.git('commit', '-q', '-m', 'own')
    own.git('checkout', '-q', '-b', 'stranger')
    own.write('inquest.yaml', 'memory:\n  summarize: node  sum.mjs\n')
    own.git('commit', '-q', '-a', '-m', 'mine')
    const refused = inquest(own.root, ['memory', 'synthesize'])
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('not those of main') as string })
    expect(inquest(own.root, ['memory', 'synthesize', '--dry-run']).status).toBe(0)
    expect(existsSync(mark)).toBe(false)
    expect(inquest(own.root, ['memory', 'synthesize', '--base', 'stranger', '--dry-run']).status).toBe(0)
    expect(inquest(own.root, ['memory', 'synthesize', '--confirm', /--confirm (\w+)/u.exec(refused.stderr)?.[1] ?? '']).status).toBe(0)
    expect(existsSync(mark)).toBe(true)
  })
})
