/** Stores of several clones that meet by git, with the documents that list their concepts: export, import, backup. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeHost } from '../../src/engine/node-host.js'
import { exportMemory, importMemory } from '../../src/engine/operations/memory-move.js'
import { openStore } from '../../src/memory/open.js'
import type { Repository } from '../support/repository.js'
import { createRepository, inquest, sample, scratchFolder } from '../support/repository.js'

const at = '2026-03-04T10:00:00Z'
const fileOf = (id: string): string => `docs/investigations/INVESTIGATION-${id}-rows.md`

function inquiry(id: string, refs: string): string {
  return sample.replaceAll('INV-001', id).replace(/^memory_refs: .*/mu, `memory_refs: ${refs}`)
}

/** Stores learnings of a document, as closing it does, without a process. */
async function learn(repository: Repository, id: string, bodies: readonly string[]): Promise<readonly number[]> {
  mkdirSync(path.join(repository.root, '.inquest'), { recursive: true })
  const store = await openStore(path.join(repository.root, '.inquest/memory.db'))
  const origin = { repository: '', document: id, template: 'investigation', path: fileOf(id), phase: 'conclude' }
  const { operation, ids } = await store.prepare({ origin, learnings: bodies.map((body) => ({ type: 'learning', body })), at })
  await store.settle(operation.id, at)
  await store.close()
  return ids
}

function clone(of: Repository): Repository {
  const root = path.join(scratchFolder(), 'clone')
  of.git('clone', '-q', of.root, root)
  const made: Repository = { ...of, root, git: (...args) => run(root, args), read: (file) => spawnSync('cat', [file], { cwd: root, encoding: 'utf8' }).stdout, write: (file, text) => writeFileSync(path.join(root, file), text) }
  made.git('config', 'user.name', 'Other Author')
  made.git('config', 'user.email', 'other@example.invalid')
  return made
}

function run(root: string, args: readonly string[]): string {
  const done = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stdout}${done.stderr}`)
  return done.stdout
}

/** Two clones that each closed an inquiry of their own, and gave the same ids. */
async function twoClones(): Promise<{ one: Repository; other: Repository }> {
  const one = createRepository({ 'inquest.yaml': '', '.gitignore': '.inquest/*.db\n.inquest/*.db-*\n.inquest/cache/\n.inquest/pending/\n', '.gitattributes': '.inquest/memory.jsonl merge=union\n' })
  one.git('add', '-A')
  one.git('commit', '-qm', 'start')
  const other = clone(one)
  for (const [repository, id, what] of [[one, 'INV-001', 'offset'], [other, 'INV-002', 'encoder']] as const) {
    const ids = await learn(repository, id, [`The ${what} was it`, `Only the ${what}`])
    mkdirSync(path.join(repository.root, 'docs/investigations'), { recursive: true })
    repository.write(fileOf(id), inquiry(id, `[${ids.join(', ')}]`))
    await exportMemory(createNodeHost(repository.root), { check: false })
    repository.git('add', '-A')
    repository.git('commit', '-qm', id)
  }
  return { one, other }
}

describe('clones that gave the same ids', () => {
  test('are merged by git, renumbered by import, and their documents follow; the second time nothing changes', async () => {
    const { one, other } = await twoClones()
    one.git('pull', '-q', '--no-rebase', '--no-edit', other.root, 'main')
    const first = inquest(one.root, ['memory', 'import', '--json'])
    expect(first.status).toBe(0)
    const merged = JSON.parse(first.stdout) as { added: number; renumbered: unknown[]; followed: { path: string }[] }
    expect(merged).toMatchObject({ concepts: 4, added: 2, ambiguous: [] })
    expect(merged.followed.length).toBeGreaterThan(0)
    // Every document lists its own concepts, and no id is given twice.
    expect(inquest(one.root, ['check', '--json']).stdout).not.toContain('"memory-ref-')
    const lists = ['INV-001', 'INV-002'].map((id) => /^memory_refs: \[(.*)\]$/mu.exec(one.read(fileOf(id)))?.[1]?.split(', ') ?? [])
    expect(new Set(lists.flat()).size).toBe(4)
    for (const [index, what] of ['offset', 'encoder'].entries()) {
      const { concepts } = JSON.parse(inquest(one.root, ['memory', 'show', ...(lists[index] ?? []), '--json']).stdout) as { concepts: { content: string }[] }
      expect(concepts.map(({ content }) => content)).toEqual([`The ${what} was it`, `Only the ${what}`])
    }
    // Only the numbers of one list changed.
    for (const [index, id] of ['INV-001', 'INV-002'].entries()) expect(one.read(fileOf(id))).toBe(inquiry(id, `[${lists[index]?.join(', ')}]`))
    const state = (): string => one.git('status', '--porcelain', '-uall') + one.read('.inquest/memory.jsonl')
    const before = state()
    expect(JSON.parse(inquest(one.root, ['memory', 'import', '--json']).stdout)).toMatchObject({ added: 0, extended: 0, renumbered: [], followed: [], exported: false })
    expect(state()).toBe(before)
    expect(inquest(one.root, ['memory', 'export', '--check']).status).toBe(0)

    // The other clone takes over what the first decided.
    one.git('add', '-A')
    one.git('commit', '-qm', 'merged')
    other.git('pull', '-q', '--no-rebase', '--no-edit', one.root, 'main')
    expect(inquest(other.root, ['memory', 'import']).status).toBe(0)
    expect(other.git('status', '--porcelain', '-uall')).toBe('')
    for (const id of ['INV-001', 'INV-002']) expect(other.read(fileOf(id))).toBe(one.read(fileOf(id)))
    expect(inquest(other.root, ['check', '--json']).stdout).not.toContain('"memory-ref-')
    expect(inquest(other.root, ['memory', 'export', '--check']).status).toBe(0)
  })

  test('a crash after the store has changed is finished by whoever comes next', async () => {
    const { one, other } = await twoClones()
    one.git('pull', '-q', '--no-rebase', '--no-edit', other.root, 'main')
    const { readExport } = await import('../../src/memory/export-lines.js')
    const store = await openStore(path.join(one.root, '.inquest/memory.db'))
    await store.import(readExport(one.read('.inquest/memory.jsonl'), 'memory.jsonl'), { repository: '' })
    await store.close()
    expect(inquest(one.root, ['memory', 'ingest', 'something else'])).toMatchObject({ status: 0, stderr: expect.stringMatching(/lists \d+, \d+ now, where it listed 1, 2/u) })
    expect(inquest(one.root, ['memory', 'ingest', 'yet another']).stderr).toBe('')
    // What the export says is put right by importing it again.
    expect(JSON.parse(inquest(one.root, ['memory', 'import', '--json']).stdout)).toMatchObject({ added: 0, followed: [], exported: true })
    expect(inquest(one.root, ['check', '--json']).stdout).not.toContain('"memory-ref-')
  })

  test('a crash after the store has changed gives no document what the export says by old ids', async () => {
    const { one, other } = await twoClones()
    one.git('pull', '-q', '--no-rebase', '--no-edit', other.root, 'main')
    const { readExport } = await import('../../src/memory/export-lines.js')
    const store = await openStore(path.join(one.root, '.inquest/memory.db'))
    await store.import(readExport(one.read('.inquest/memory.jsonl'), 'memory.jsonl'), { repository: '' })
    const own = await Promise.all(['INV-001', 'INV-002'].map((document) => store.recordedFor({ repository: '', document, template: 'investigation' })))
    await store.close()
    inquest(one.root, ['memory', 'check', '--fix'])
    expect(inquest(one.root, ['check', '--json']).stdout).not.toContain('"memory-ref-')
    const lists = ['INV-001', 'INV-002'].map((id) => [...(/^memory_refs: \[(.*)\]$/mu.exec(one.read(fileOf(id)))?.[1] ?? '').matchAll(/\d+/gu)].map(Number).toSorted((a, b) => a - b))
    expect(lists).toEqual(own)
  })

  test('a list in any form follows, and a document that only cites such an id is left to a person', async () => {
    const { one, other } = await twoClones()
    const [mine, yours] = [one, other]
    yours.write(fileOf('INV-002'), inquiry('INV-002', `\n  - '1-2' # both`))
    mine.write(fileOf('INV-001'), inquiry('INV-001', `\n  - 1\n  - 2 # the second`))
    mine.write(fileOf('INV-003'), inquiry('INV-003', '[2]'))
    mine.write(fileOf('INV-002'), yours.read(fileOf('INV-002')))
    const result = await importMemory(createNodeHost(mine.root), { from: path.join(yours.root, '.inquest/memory.jsonl') })
    expect(result.ambiguous).toEqual([{ path: fileOf('INV-003'), id: 2, now: [2, expect.any(Number)] }])
    expect(mine.read(fileOf('INV-003'))).toBe(inquiry('INV-003', '[2]'))
    expect(result.followed).toHaveLength(1)
    const [followed] = result.followed
    const [a = 0, b = 0] = followed?.ids.map(({ to }) => to) ?? []
    expect(mine.read(followed?.path ?? '')).toBe(followed?.path === fileOf('INV-001') ? inquiry('INV-001', `\n  - ${a}\n  - ${b} # the second`) : inquiry('INV-002', `[${a}, ${b}] # both`))
  })
})

describe('export and import', () => {
  test('a clone without a database checks ids by the export, and makes a database of it', async () => {
    const { one } = await twoClones()
    const fresh = clone(one)
    expect(existsSync(path.join(fresh.root, '.inquest/memory.db'))).toBe(false)
    expect(inquest(fresh.root, ['check', '--json']).stdout).not.toContain('"memory-ref-')
    fresh.write(fileOf('INV-001'), inquiry('INV-001', '[1, 2, 9]'))
    expect(inquest(fresh.root, ['check', '--json']).stdout).toContain('"memory-ref-unknown"')
    expect(inquest(fresh.root, ['memory', 'search', 'offset']).stderr).toContain('`inquest memory import` makes one of it')
    expect(inquest(fresh.root, ['memory', 'import'])).toMatchObject({ status: 0, stdout: expect.stringContaining('2 concepts, 2 of them new here') })
    expect(inquest(fresh.root, ['memory', 'search', 'offset']).stdout).toContain('The *offset* was it')
    expect(inquest(fresh.root, ['memory', 'export', '--check']).status).toBe(0)
  })

  test('tells git how to merge, once, and a hook what is not exported', async () => {
    const repository = createRepository({ '.gitattributes': '*.png binary' })
    expect(inquest(repository.root, ['memory', 'export'])).toMatchObject({ status: 3, stderr: expect.stringContaining('there is no concept store') })
    await learn(repository, 'INV-001', ['a'])
    expect(inquest(repository.root, ['memory', 'export', '--check']).status).toBe(1)
    expect(existsSync(path.join(repository.root, '.inquest/memory.jsonl'))).toBe(false)
    expect(inquest(repository.root, ['memory', 'export']).stdout).toBe('.inquest/memory.jsonl: 1 concepts\n.gitattributes: tells git to keep the lines of both sides\n')
    expect(repository.read('.gitattributes')).toBe('*.png binary\n.inquest/memory.jsonl merge=union\n')
    // One that was killed behind the export is finished by the next.
    repository.write('.gitattributes', '*.png binary\n')
    expect(inquest(repository.root, ['memory', 'export']).stdout).toContain('.gitattributes: tells git')
    expect(repository.read('.gitattributes')).toBe('*.png binary\n.inquest/memory.jsonl merge=union\n')
    expect(inquest(repository.root, ['memory', 'export']).stdout).toContain('is current')
  })

  test('refuses what is no export, with its line, and changes nothing', async () => {
    const { one } = await twoClones()
    const before = one.read('.inquest/memory.jsonl')
    one.write('.inquest/memory.jsonl', before.replace('"body":"', '"body":"not '))
    expect(inquest(one.root, ['memory', 'import'])).toMatchObject({ status: 3, stderr: expect.stringMatching(/memory\.jsonl:2: Concept \d was edited: its key does not match its content/u) })
    expect(inquest(one.root, ['memory', 'import', 'nowhere.jsonl'])).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no such file') })
  })
})

describe('memory backup', () => {
  test('makes a copy that is a store by itself, and overwrites nothing', async () => {
    const repository = createRepository()
    await learn(repository, 'INV-001', ['a', 'b'])
    expect(inquest(repository.root, ['memory', 'backup', 'copy.db']).status).toBe(0)
    expect(inquest(repository.root, ['memory', 'backup', 'copy.db'])).toMatchObject({ status: 2, stderr: expect.stringContaining('exists already') })
    expect(inquest(repository.root, ['memory', 'backup', 'nowhere/copy.db']).status).toBe(2)
    const copy = await openStore(path.join(repository.root, 'copy.db'), { readOnly: true })
    expect(await copy.counts()).toMatchObject({ concepts: 2 })
    await copy.close()
  })
})
