/** What was learned goes into the store once, and its document lists it, whatever happens in between. */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeHost } from '../../src/engine/node-host.js'
import { ingest } from '../../src/engine/operations/ingest.js'
import { renumber } from '../../src/engine/operations/renumber.js'
import { openConnection } from '../../src/memory/connection.js'
import { thisMachine } from '../../src/memory/ground.js'
import type { Moving } from '../../src/memory/moving.js'
import { exportHeader, keyOfConcept, lineOf } from '../../src/memory/moving.js'
import { openStore } from '../../src/memory/open.js'
import type { Operation } from '../../src/memory/store.js'
import type { Repository } from '../support/repository.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from '../support/repository.js'

const document = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
const open = sample.replace('status: complete', 'status: active').replace('memory_refs: [101, 102]', 'memory_refs: []').replace('- [x] **memory_refs populated**', '- [ ] **memory_refs populated**')

function repository(text = open): Repository {
  return createRepository({ [document]: text })
}

function answer(root: string, ...args: readonly string[]): Record<string, unknown> {
  const run = inquest(root, [...args, '--json'])
  expect(run.status, `${run.stdout}${run.stderr}`).toBe(0)
  return JSON.parse(run.stdout) as Record<string, unknown>
}

const listed = (text: string): readonly number[] => [...(/^memory_refs: \[(.*)\]$/mu.exec(text)?.[1] ?? '').matchAll(/\d+/gu)].map(Number)

describe('closing', () => {
  test('stores what the findings say, each piece once, and lists it', async () => {
    const { root, read } = repository()
    expect(JSON.parse(inquest(root, ['status', 'INV-001', '--json']).stdout)).toMatchObject({ next: 'closed', blockers: [] })
    const closed = answer(root, 'close', 'INV-001')
    expect(closed).toMatchObject({ from: 'conclude', to: 'closed', stored: { ids: [1, 2, 3], operation: expect.any(String), replayed: false } })
    expect(read(document)).toMatch(/^status: complete$/mu)
    expect(listed(read(document))).toEqual([1, 2, 3])
    const store = await openStore(path.join(root, '.inquest/memory.db'), { readOnly: true })
    expect((await store.concepts([1, 2, 3])).map(({ type, body, provenance: [from] }) => [type, body.split('\n')[0], from?.hypothesis, from?.verdict])).toEqual([
      ['verdict', 'Confirmed: Rows deleted between two pages shift the offset, so that others are skipped', 'H1', 'confirmed'],
      ['verdict', 'Refuted: Rows that cannot be encoded are dropped without a word', 'H2', 'refuted'],
      ['finding', 'Deletes shift the pages', undefined, undefined],
    ])
    await store.close()
    expect(inquest(root, ['check']).status).toBe(0)
    expect(inquest(root, ['memory', 'check']).status).toBe(0)
  })

  test('takes what it is given in place of the findings', () => {
    const { root, read } = repository()
    expect(inquest(root, ['close', 'INV-001', '--learning', 'One', '--learning', '-', '--json'], { input: 'Two\n' }).status).toBe(0)
    expect(listed(read(document))).toEqual([1, 2])
  })

  test('refuses without anything learned, says what to do, and makes no store', () => {
    const start = open.indexOf('### Hypothesis Verdicts')
    const nothing = `${open.slice(0, start)}The offset shifts: H1 confirmed, H2 refuted.\n\n${open.slice(open.indexOf('## Spawned Work Items'))}`
    const { root, read } = repository(nothing)
    const refused = inquest(root, ['close', 'INV-001'])
    expect(refused.status).toBe(1)
    expect(refused.stdout).toContain('memory-refs-missing')
    expect(refused.stdout).toContain('inquest close INV-001 --learning "what was learned"')
    expect(read(document)).toBe(nothing)
    expect(existsSync(path.join(root, '.inquest/memory.db'))).toBe(false)
  })

  test('stores nothing for a document that its gate holds back', () => {
    const { root, read } = repository(open.replace('| H2 | **REFUTED**', '| H2 | perhaps'))
    const before = read(document)
    expect(inquest(root, ['close', 'INV-001']).status).toBe(1)
    expect(read(document)).toBe(before)
    expect(existsSync(path.join(root, '.inquest'))).toBe(false)
  })

  test('leaves a list alone whose concepts are kept elsewhere', () => {
    const { root, read } = repository(open.replace('memory_refs: []', 'memory_refs: [101, 102]'))
    expect(answer(root, 'close', 'INV-001')).not.toHaveProperty('stored')
    expect(listed(read(document))).toEqual([101, 102])
    expect(existsSync(path.join(root, '.inquest/memory.db'))).toBe(false)
  })

  test('once more after it was reopened stores only what is new', () => {
    const { root, read, write } = repository()
    answer(root, 'close', 'INV-001')
    answer(root, 'reopen', 'INV-001', '--why', 'Rows are lost again')
    write(document, read(document).replace('## Spawned Work Items', '#### Inserts shift them too\n\nSeen on 9 March.\n\n## Spawned Work Items'))
    expect(answer(root, 'close', 'INV-001')).toMatchObject({ stored: { ids: [1, 2, 3, 4], replayed: false } })
    expect(listed(read(document))).toEqual([1, 2, 3, 4])
  })
})

describe('memory ingest', () => {
  test('stores once, lists once, and answers the same to the same request', () => {
    const { root, read } = repository()
    const first = answer(root, 'memory', 'ingest', '--document', 'INV-001', 'Pages by offset lose rows', 'Keys do not')
    expect(first).toMatchObject({ ids: [1, 2], document: 'INV-001', replayed: false })
    const text = read(document)
    expect(answer(root, 'memory', 'ingest', '--document', document, 'Pages by offset lose rows', 'Keys do not')).toEqual({ ...first, replayed: true })
    expect(answer(root, 'memory', 'ingest', '--document', 'INV-001', '--key', 'r1', 'x')).toMatchObject({ ids: [3] })
    expect(answer(root, 'memory', 'ingest', '--document', 'INV-001', '--key', 'r1', 'y')).toMatchObject({ ids: [3], replayed: true })
    expect(listed(read(document))).toEqual([1, 2, 3])
    expect(read(document).replace('[1, 2, 3]', '[1, 2]')).toBe(text)
  })

  test('takes the findings of the document where no words are given, the same as closing does', () => {
    const { root, read } = repository()
    const first = answer(root, 'memory', 'ingest', '--document', 'INV-001')
    expect(first).toMatchObject({ ids: [1, 2, 3], document: 'INV-001', replayed: false })
    expect(listed(read(document))).toEqual([1, 2, 3])
    expect(answer(root, 'memory', 'ingest', '--document', 'INV-001')).toEqual({ ...first, replayed: true })
    expect(answer(root, 'close', 'INV-001')).toMatchObject({ stored: { ids: [1, 2, 3], replayed: true } })
  })

  test('says where to write what is missing from a document that has found nothing yet', () => {
    const { root } = createRepository()
    const { path: file } = answer(root, 'new', 'investigation-lite', 'Any') as { path: string }
    const run = inquest(root, ['memory', 'ingest', '--document', 'INV-001'])
    expect(run.status).toBe(2)
    expect(run.stderr).toBe(`inquest: There is nothing to store\n  Write down what was found in ${file}, or give it: inquest memory ingest --document INV-001 "what was learned"\n`)
  })

  test('takes plain concepts, from standard input too', () => {
    const { root } = repository()
    const run = inquest(root, ['memory', 'ingest', '--source', 'notes.md', '-', '--json'], { input: 'A long note\nof two lines\n' })
    expect(JSON.parse(run.stdout)).toEqual({ version: 1, ids: [1], operation: expect.any(String), replayed: false })
    expect(inquest(root, ['memory', 'check']).status).toBe(0)
  })

  test.each([
    ['nothing', ['memory', 'ingest'], 'There is nothing to store'],
    ['blanks', ['memory', 'ingest', ' '], 'There is nothing to store'],
    ['an unknown document', ['memory', 'ingest', '--document', 'INV-404', 'x'], 'No document has the id INV-404'],
    ['an option of another action', ['memory', 'check', '--document', 'INV-001'], '`memory check` takes no `--document`'],
    ['an unknown action', ['memory', 'forget'], '`memory` knows no `forget`'],
  ])('refuses %s', (_, args, message) => {
    const { root } = repository()
    const run = inquest(root, args)
    expect(run.status).toBe(2)
    expect(run.stderr).toContain(message)
    expect(existsSync(path.join(root, '.inquest/memory.db'))).toBe(false)
  })

  test('adds to a list however it is written, and changes no other byte', async () => {
    const forms: readonly (readonly [before: string, after: string])[] = [
      ['memory_refs:\n  - 7 # kept\n', 'memory_refs:\n  - 7 # kept\n  - 1\n  - 2\n'],
      ['memory_refs: 7\n', 'memory_refs: [7, 1, 2]\n'],
      ["memory_refs: '7-9'\n", "memory_refs: ['7-9', 1, 2]\n"],
      ['memory_refs:\n', 'memory_refs: [1, 2]\n'],
      ['memory_refs: null\n', 'memory_refs: [1, 2]\n'],
      ['memory_refs: [ 7 ] # mine\n', 'memory_refs: [ 7, 1, 2 ] # mine\n'],
      ['memory_refs: []\r\n', 'memory_refs: [1, 2]\r\n'],
      ['', 'memory_refs: [1, 2]\n'],
    ]
    const at = (index: number): string => `docs/${index}.md`
    const form = (index: number, refs: string): string => open.replace('INV-001', `INV-00${index}`).replace('memory_refs: []\n', () => refs)
    const { root, read } = createRepository(Object.fromEntries(forms.map(([before], index) => [at(index), form(index, before)])))
    for (const index of forms.keys()) await promise(root, { document: `INV-00${index}`, template: 'investigation', path: at(index) }, ['a', 'b'])
    expect(inquest(root, ['memory', 'check', '--fix']).stdout).toContain('finished storing 2 concepts (15, 16) for INV-007')
    for (const [index, [before, after]] of forms.entries()) {
      const ids = after.replace('1, 2', `${index * 2 + 1}, ${index * 2 + 2}`).replace('- 1\n  - 2', `- ${index * 2 + 1}\n  - ${index * 2 + 2}`)
      // A key that was not there comes last.
      const whole = before === '' ? form(index, '').replace('16:20:00\n---', `16:20:00\n${ids}---`) : form(index, ids)
      expect(read(at(index))).toBe(whole)
    }
  })

  test('of many processes at once loses nothing and gives nothing twice', async () => {
    const { root, read } = repository()
    const runs = await Promise.all(Array.from({ length: 8 }, (_, index) => started(root, ['memory', 'ingest', '--document', 'INV-001', `learning ${index % 4}`, '--json'])))
    for (const run of runs) expect(run.status, run.stderr).toBe(0)
    const ids = listed(read(document))
    expect(ids.toSorted()).toEqual([1, 2, 3, 4])
    expect(inquest(root, ['memory', 'check']).stdout).toContain('concepts  4, of 1 document')
  })
})

function started(cwd: string, args: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(projectRoot, 'dist/cli.js'), ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += String(chunk)))
    child.stderr.on('data', (chunk) => (stderr += String(chunk)))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}

/** As a process leaves it that is killed right behind the commit point. */
async function promise(root: string, origin: object = { document: 'INV-001', template: 'investigation', path: document }, bodies: readonly string[] = ['Half done']): Promise<void> {
  const store = await openStore(path.join(root, '.inquest/memory.db'))
  await store.prepare({ origin: { repository: '', ...origin }, learnings: bodies.map((body) => ({ type: 'learning', body })), at: '2026-03-04T10:00:00Z' })
  await store.close()
}

test('a document that is renumbered takes along what is recorded for it', () => {
  const { root, read } = repository()
  answer(root, 'init')
  answer(root, 'close', 'INV-001')
  answer(root, 'renumber', 'INV-001', '--to', 'INV-009', '--write')
  expect(inquest(root, ['memory', 'check'])).toMatchObject({ status: 0, stdout: expect.not.stringContaining('warning') })
  expect(answer(root, 'memory', 'ingest', '--document', 'INV-009', 'Deletes shift pages')).toMatchObject({ ids: [4] })
  expect(listed(read(document.replace('INV-001', 'INV-009')))).toEqual([1, 2, 3, 4])
})

test('a document that was renumbered before a crash takes them along with the next command that stores something', async () => {
  const { root } = repository()
  answer(root, 'close', 'INV-001')
  const host = createNodeHost(root)
  const cut: typeof host.openStore = async (file) => ({ ...(await host.openStore(file)), rename: () => Promise.reject(new Error('cut off')) })
  await expect(renumber({ ...host, openStore: cut }, { document: 'INV-001', to: 'INV-009', write: true })).rejects.toThrow('cut off')
  expect(answer(root, 'list')).toMatchObject({ documents: [{ id: 'INV-009' }] })
  // Another verb finishes with the files, and leaves the store to who opens it.
  inquest(root, ['new', 'investigation-lite', 'Between'])
  answer(root, 'memory', 'ingest', 'Something else')
  expect(inquest(root, ['memory', 'check'])).toMatchObject({ status: 0, stdout: expect.not.stringContaining('recorded for INV-001') })
  expect(answer(root, 'memory', 'show', '1')).toMatchObject({ concepts: [{ provenance: [{ document: 'INV-009' }] }] })
  expect(readdirSync(path.join(root, '.inquest/pending'))).toEqual([])
})

test('a store whose making was broken off is none yet', async () => {
  const { root, read } = repository()
  mkdirSync(path.join(root, '.inquest'))
  ;(await openConnection(path.join(root, '.inquest/memory.db'), { readOnly: false, ground: thisMachine })).close()
  expect(existsSync(path.join(root, '.inquest/memory.db'))).toBe(true)
  expect(inquest(root, ['check', '--json']).stdout).not.toContain('memory-ref-unrecorded')
  expect(answer(root, 'memory', 'search', 'rows')).toMatchObject({ results: [], note: expect.stringContaining('there is no concept store yet') })
  expect(inquest(root, ['memory', 'stats']).stderr).toContain('there is no concept store')
  expect(answer(root, 'close', 'INV-001')).toMatchObject({ stored: { ids: [1, 2, 3] } })
  expect(listed(read(document))).toEqual([1, 2, 3])
})

describe('after a crash', () => {
  test('the next command that stores something finishes it and says so', async () => {
    const { root, read } = repository()
    await promise(root)
    expect(inquest(root, ['doctor']).stdout).toContain('1 is promised to INV-001')
    const run = inquest(root, ['memory', 'ingest', 'Something else'])
    expect(run.stderr).toBe('inquest: finished storing 1 concept (1) for INV-001\n')
    expect(listed(read(document))).toEqual([1])
    expect(inquest(root, ['memory', 'check'])).toMatchObject({ status: 0, stderr: '' })
  })

  test('a document that was moved meanwhile is found by its id', async () => {
    const { root, read, git } = repository()
    await promise(root)
    git('add', '.')
    git('mv', document, 'docs/moved.md')
    expect(inquest(root, ['memory', 'check'])).toMatchObject({ status: 0 })
    expect(listed(read('docs/moved.md'))).toEqual([1])
  })

  test('a document that is gone parks what was promised to it, until it is back', async () => {
    const { root, read, write } = repository()
    await promise(root)
    rmSync(path.join(root, document))
    expect(inquest(root, ['memory', 'ingest', 'Something else']).stderr).toBe('inquest: INV-001 is gone; 1 concept (1) recorded for it wait until it is back\n')
    const check = inquest(root, ['memory', 'check'])
    expect(check).toMatchObject({ status: 0, stderr: '' })
    expect(check.stdout).toContain('is gone; 1 waits for it')
    write(document, open)
    expect(inquest(root, ['memory', 'check', '--fix']).stdout).toContain('fixed: finished storing 1 concept (1) for INV-001')
    expect(listed(read(document))).toEqual([1])
  })

  test('a document that cannot be read just now is left alone, and said so', async () => {
    const { root, write, read } = repository()
    await promise(root)
    write(document, open.replace('title: Nightly', 'title: [Nightly'))
    const run = inquest(root, ['memory', 'ingest', 'Something else'])
    expect(run.status).toBe(0)
    expect(run.stderr).toContain('cannot finish storing 1 concept (1) for INV-001 yet')
    write(document, open)
    expect(inquest(root, ['memory', 'check', '--fix']).status).toBe(0)
    expect(listed(read(document))).toEqual([1])
  })
})

describe('what rules say of ids', () => {
  test('nothing where there is neither store nor export', () => {
    expect(inquest(repository(sample).root, ['check'])).toMatchObject({ status: 0 })
  })

  test('that the store does not have one, and that one is missing from the list', () => {
    const { root, read, write } = repository()
    answer(root, 'close', 'INV-001')
    write(document, read(document).replace('[1, 2, 3]', '[1, 77]'))
    const check = inquest(root, ['check'])
    expect(check.status).toBe(1)
    expect(check.stdout).toContain('error[memory-ref-unknown]: The concept store does not have 77, expected ids of stored concepts')
    expect(check.stdout).toContain('error[memory-ref-unrecorded]: The concept store has 2, 3 recorded for this document, expected them in `memory_refs`')
    expect(inquest(root, ['memory', 'check']).status).toBe(1)
    expect(inquest(root, ['fix']).status).toBe(0)
    expect(listed(read(document))).toEqual([1, 77, 2, 3])
    expect(JSON.parse(inquest(root, ['check', '--json']).stdout)).toMatchObject({ summary: { errors: 1 } })
  })

  test('the same from the export, without a store', () => {
    const exported = (id: number, body: string, provenance: Moving['provenance']): Moving => ({ key: keyOfConcept('one', id, body), id, type: 'learning', body, created: '2026-03-04T10:00:00Z', operation: 'one', ordinal: id, provenance, was: [] })
    const lines = [exported(1, 'a', [{ document: 'INV-001', template: 'investigation', at: '2026-03-04T10:00:00Z' }]), exported(2, 'b', [])]
    const { root, read } = createRepository({
      [document]: sample.replace('[101, 102]', '[2, 3]'),
      '.inquest/memory.jsonl': `${[exportHeader, ...lines.map(lineOf)].join('\n')}\n`,
    })
    const check = inquest(root, ['check'])
    expect(check.stdout).toContain('does not have 3,')
    expect(check.stdout).toContain('has 1 recorded for this document')
    expect(inquest(root, ['memory', 'check', '--fix']).status).toBe(1)
    expect(listed(read(document))).toEqual([2, 3])
    writeFileSync(path.join(root, '.inquest/memory.jsonl'), '<<<<<<< HEAD\n{"key":"\n')
    // An id that the unreadable line may have is not called unknown; the line itself is the finding.
    const broken = inquest(root, ['check'])
    expect(broken).toMatchObject({ status: 1, stdout: expect.stringContaining('error[memory-export-invalid]: A merge conflict is not resolved') })
    expect(broken.stdout).toContain('.inquest/memory.jsonl:1:1')
    expect(broken.stdout).not.toContain('memory-ref-unknown')
    expect(inquest(root, ['status', 'INV-001'])).toMatchObject({ status: 3, stderr: expect.stringContaining('.inquest/memory.jsonl:1: the line of the export cannot be read') })
  })

  test('and where the store cannot be asked, that is an error and no pass', () => {
    const { root } = repository(sample)
    mkdirSync(path.join(root, '.inquest'))
    writeFileSync(path.join(root, '.inquest/memory.db'), 'no database\n'.repeat(100))
    expect(inquest(root, ['check'])).toMatchObject({ status: 3, stderr: expect.stringContaining('is no SQLite database') })
    expect(inquest(root, ['doctor'])).toMatchObject({ status: 1, stdout: expect.stringContaining('is no SQLite database') })
  })
})

describe('where the native part does not load', () => {
  const broken = scratchFolder()
  writeFileSync(path.join(broken, 'block.cjs'), `const Module = require('node:module'); const load = Module._load
Module._load = function (request, ...more) { if (/better_sqlite3/u.test(request)) throw new Error('no native part for this system'); return load.call(this, request, ...more) }\n`)
  const env = { NODE_OPTIONS: `--require ${path.join(broken, 'block.cjs')}` }

  test('one line says what to do, and all that needs no store works', () => {
    const { root } = repository()
    const run = inquest(root, ['memory', 'ingest', 'x'], { env })
    expect(run.status).toBe(3)
    expect(run.stderr).toMatch(/^inquest: the native part of better-sqlite3 [\d.]+ does not load in Node v[\d.]+: .*\n {2}Run `npm rebuild better-sqlite3.*\n$/u)
    expect(inquest(root, ['check'], { env }).status).toBe(0)
    expect(inquest(root, ['new', 'investigation', 'Another'], { env }).status).toBe(0)
    expect(inquest(root, ['close', 'INV-001', '--memory-refs', '7'], { env }).status).toBe(0)
    expect(readdirSync(root)).not.toContain('.inquest/memory.db')
  })
})

describe('a store that several repositories share', () => {
  test('keeps their documents apart', () => {
    const shared = path.join(scratchFolder(), 'memory.db')
    const [one, two] = [repository(), repository()]
    for (const { write } of [one, two]) write('inquest.yaml', `memory: { file: '${shared}' }\n`)
    expect(answer(one.root, 'close', 'INV-001')).toMatchObject({ stored: { ids: [1, 2, 3] } })
    expect(answer(two.root, 'close', 'INV-001')).toMatchObject({ stored: { ids: [4, 5, 6] } })
    for (const { root } of [one, two]) expect(inquest(root, ['memory', 'check'])).toMatchObject({ status: 0, stderr: '' })
    expect(inquest(one.root, ['check']).status).toBe(0)
  })
})

describe('ground', () => {
  const root = process.getuid?.() === 0
  const mount = (...args: readonly string[]): boolean => spawnSync('mount', args).status === 0

  test('a full disk fails with a line, loses nothing, and works again with room', { timeout: 60_000 }, async (context) => {
    const folder = scratchFolder()
    if (!root || !mount('-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', folder)) context.skip('needs to mount a small file system')
    try {
      const stored: number[] = []
      let failure: unknown
      const store = await openStore(path.join(folder, 'memory.db'))
      for (let turn = 0; turn < 400 && failure === undefined; turn++) {
        try {
          const { ids } = await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: `${turn} ${'x'.repeat(4000)}` }], at: '2026-03-04T10:00:00Z' })
          stored.push(...ids)
        } catch (error) {
          failure = error
        }
      }
      expect(failure).toMatchObject({ code: 'store-io' })
      expect(stored.length).toBeGreaterThan(0)
      expect(await store.unknown(stored)).toEqual([])
      await store.close()
      mount('-o', 'remount,size=8m', folder)
      const again = await openStore(path.join(folder, 'memory.db'))
      expect(await again.unknown(stored)).toEqual([])
      await again.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: 'room' }], at: '2026-03-04T10:00:00Z' })
      expect(await again.inspect('whole')).toEqual([])
      await again.close()
    } finally {
      spawnSync('umount', [folder])
    }
  })

  test('a log that cannot be moved into the database is told, by the check and by whoever writes, and what was stored holds', { timeout: 60_000 }, async (context) => {
    const small = createRepository({ 'inquest.yaml': 'author: Export team\n', '.gitignore': '.inquest/\n', '.inquest/here': '' })
    const folder = path.join(small.root, '.inquest')
    if (!root || !mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder)) context.skip('needs to mount a small file system')
    try {
      const store = await openStore(path.join(folder, 'memory.db'))
      const stored: number[] = []
      for (let turn = 0; turn < 10; turn++) stored.push(...(await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: `${turn} ${'x'.repeat(60_000)}` }], at: '2026-03-04T10:00:00Z' })).ids)
      expect(await store.warnings()).toEqual([])
      expect(() => writeFileSync(path.join(folder, 'filler'), Buffer.alloc(8 << 20))).toThrow('ENOSPC')
      const checked = inquest(small.root, ['memory', 'check', '--json'])
      expect(JSON.parse(checked.stdout)).toMatchObject({ faults: [{ kind: 'log', severity: 'warning', message: expect.stringContaining('the log cannot be moved into the database, and grows: ') }] })
      await expect(store.tidy()).rejects.toMatchObject({ code: 'store-io' })
      expect(await store.warnings()).toEqual([expect.stringContaining('disk is full')])
      const host = createNodeHost(small.root)
      const told: string[] = []
      await expect(ingest({ ...host, openStore: async () => ({ ...store, close: async () => undefined, record: async () => ({ operation: (await store.operation(1)) as Operation, ids: stored, replayed: true }) }) }, { texts: ['x'], onRecovered: (message) => told.push(message) })).resolves.toMatchObject({ ids: stored })
      expect(told).toEqual(await store.warnings())

      rmSync(path.join(folder, 'filler'))
      await store.tidy()
      expect(await store.warnings()).toEqual([])
      expect(await store.unknown(stored)).toEqual([])
      expect(inquest(small.root, ['memory', 'check']).status).toBe(0)
      await store.close()
    } finally {
      spawnSync('umount', [folder])
    }
  })

  test('a read-only folder is read, and writing to it fails with a line', async (context) => {
    const folder = scratchFolder()
    if (!root || !mount('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder)) context.skip('needs to mount a small file system')
    try {
      const file = path.join(folder, 'memory.db')
      const store = await openStore(file)
      const { ids } = await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: 'kept' }], at: '2026-03-04T10:00:00Z' })
      await store.close()
      mount('-o', 'remount,ro', folder)
      const reader = await openStore(file, { readOnly: true })
      expect((await reader.concepts(ids)).map(({ body }) => body)).toEqual(['kept'])
      await reader.close()
      await expect(openStore(file)).rejects.toMatchObject({ code: 'store-read-only' })
    } finally {
      spawnSync('umount', [folder])
    }
  })

  test('a clock far off changes no order', () => {
    const { root: folder, read } = repository()
    for (const [index, seconds] of ['4102444800', '0', '1772600000'].entries()) {
      expect(JSON.parse(inquest(folder, ['memory', 'ingest', '--document', 'INV-001', `at ${seconds}`, '--json'], { env: { SOURCE_DATE_EPOCH: seconds } }).stdout)).toMatchObject({ ids: [index + 1] })
    }
    expect(listed(read(document))).toEqual([1, 2, 3])
  })
})
