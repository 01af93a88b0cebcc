/** `inquest new`: ids that nobody else has, names for any title, and files that are never overwritten. */

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from './support/repository.js'
import type { Run } from './support/repository.js'

const folder = 'docs/investigations'

interface Made {
  readonly id: string
  readonly path: string
}

function make(root: string, title: string, ...more: readonly string[]): Made {
  const run = inquest(root, ['new', 'investigation', title, '--json', ...more])
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout) as Made
}

function start(cwd: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(projectRoot, 'dist/cli.js'), ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('close', (status) => resolve({ status: status ?? -1, stdout, stderr }))
  })
}

describe('ids', () => {
  test('follow the highest there is', () => {
    const repository = createRepository({ 'docs/a.md': sample.replace('INV-001', 'INV-041') })
    expect(make(repository.root, 'First').id).toBe('INV-042')
    expect(make(repository.root, 'Second').id).toBe('INV-043')
  })

  test('are not given again after a document was deleted', () => {
    const repository = createRepository()
    const first = make(repository.root, 'First')
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'first')
    repository.git('rm', '-q', first.path)
    expect(make(repository.root, 'Second').id).toBe('INV-002')
  })

  test('that other branches hold are passed over', () => {
    const repository = createRepository({ 'README.md': '# x\n' })
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'start')
    repository.git('switch', '-qc', 'other')
    repository.write('docs/a.md', sample.replace('INV-001', 'INV-007'))
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'a')
    repository.git('switch', '-q', 'main')
    expect(existsSync(path.join(repository.root, 'docs/a.md'))).toBe(false)
    expect(make(repository.root, 'Here').id).toBe('INV-008')
  })

  test('that another worktree holds uncommitted are passed over', () => {
    const repository = createRepository({ 'README.md': '# x\n' })
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'start')
    const other = path.join(scratchFolder(), 'tree')
    repository.git('worktree', 'add', '-q', other)
    expect(make(other, 'There').id).toBe('INV-001')
    expect(make(repository.root, 'Here').id).toBe('INV-002')
  })

  test('written by hand in another worktree are passed over', () => {
    const repository = createRepository({ 'README.md': '# x\n' })
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'start')
    const other = path.join(scratchFolder(), 'tree')
    repository.git('worktree', 'add', '-q', other)
    mkdirSync(path.join(other, folder), { recursive: true })
    writeFileSync(path.join(other, folder, 'a.md'), sample.replace('INV-001', 'INV-019'))
    expect(make(repository.root, 'Here').id).toBe('INV-020')
  })

  test('of many processes at once are all different', async () => {
    const repository = createRepository()
    const runs = await Promise.all(Array.from({ length: 16 }, (_, index) => start(repository.root, ['new', 'investigation', `Question ${index % 3}`, '--json'])))
    expect(runs.map((run) => run.stderr).join('')).toBe('')
    const ids = runs.map((run) => (JSON.parse(run.stdout) as Made).id)
    expect(new Set(ids).size).toBe(16)
    const files = readdirSync(path.join(repository.root, folder))
    expect(files).toHaveLength(16)
    // No temporary file and no half one is left behind.
    expect(files.filter((file) => !/^INVESTIGATION-INV-\d{3}-question-\d\.md$/u.test(file))).toEqual([])
    expect(JSON.parse(inquest(repository.root, ['check', '--json']).stdout)).toMatchObject({ summary: { documents: 16, errors: 0 } })
  })

  test('may be chosen, but not one that is taken', () => {
    const repository = createRepository({ 'docs/a.md': sample })
    expect(make(repository.root, 'Chosen', '--id', 'INV-500').id).toBe('INV-500')
    const run = inquest(repository.root, ['new', 'investigation', 'Again', '--id', 'INV-001'])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('docs/a.md: has the id INV-001 already')
  })

  test('look as the configuration says', () => {
    const repository = createRepository({ 'inquest.yaml': 'ids:\n  investigation: { prefix: Q, digits: 5 }\nfiles:\n  investigation: "questions/{{id}}.md"\n' })
    expect(make(repository.root, 'Any')).toMatchObject({ id: 'Q-00001', path: 'questions/Q-00001.md' })
  })
})

describe('titles', () => {
  const table: readonly (readonly [string, string])[] = [
    ['Crash on concurrent ingest', 'crash-on-concurrent-ingest'],
    ['It\'s "quoted" & <b>bold</b> | piped', 'its-quoted-b-bold-b-piped'],
    ['Łódź café naïve Über', 'łodz-cafe-naive-uber'],
    ['並行取り込み中のクラッシュ', '並行取り込み中のクラッシュ'],
    ['ingest 🚀 crash', 'ingest-crash'],
    ['../../etc/passwd', 'etc-passwd'],
    ['yes: [no] {{maybe}} #1', 'yes-no-maybe-1'],
  ]
  test.each(table)('%s', (title, slug) => {
    const repository = createRepository()
    const made = make(repository.root, title)
    expect(made.path).toBe(`${folder}/INVESTIGATION-INV-001-${slug}.md`)
    const listed = JSON.parse(inquest(repository.root, ['list', '--json']).stdout) as { documents: { title: string }[] }
    expect(listed.documents.map((one) => one.title)).toEqual([title])
    expect(JSON.parse(inquest(repository.root, ['check', '--json']).stdout)).toMatchObject({ summary: { documents: 1, errors: 0, warnings: 0 } })
  })

  test('without a letter leave the id alone', () => {
    expect(make(createRepository().root, '???').path).toBe(`${folder}/INVESTIGATION-INV-001.md`)
  })

  test('that are long are cut at a word', () => {
    const made = make(createRepository().root, 'word '.repeat(100))
    expect(Buffer.byteLength(path.basename(made.path))).toBeLessThan(200)
    expect(made.path).toMatch(/-word\.md$/u)
  })

  test('on several lines become one', () => {
    const repository = createRepository()
    const made = make(repository.root, 'one\n---\ntwo')
    expect(repository.read(made.path)).toContain('title: one --- two\n')
  })

  test('need no quotes', () => {
    expect(inquest(createRepository().root, ['new', 'investigation', 'Slow', 'login', 'page']).stdout).toBe(`${folder}/INVESTIGATION-INV-001-slow-login-page.md\n`)
  })
})

describe('files', () => {
  test('are never overwritten', () => {
    const repository = createRepository({ 'docs/here.md': 'mine\n' })
    const run = inquest(repository.root, ['new', 'investigation', 'Any', '--path', 'docs/here.md'])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('docs/here.md: exists already and is left as it is')
    expect(repository.read('docs/here.md')).toBe('mine\n')
    // The id that was taken for it is free again.
    expect(make(repository.root, 'Next').id).toBe('INV-001')
  })

  test('lie within the repository', () => {
    const run = inquest(createRepository().root, ['new', 'investigation', 'Any', '--path', '../outside.md'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('lies outside the repository')
  })

  test('in a folder that cannot be written are refused as the world\'s failure', () => {
    const repository = createRepository({ 'docs/investigations': 'a file where the folder should be\n' })
    const run = inquest(repository.root, ['new', 'investigation', 'Any'])
    expect(run).toMatchObject({ status: 3, stdout: '' })
    expect(run.stderr).toMatch(/^inquest: .*docs\/investigations.*cannot be written/u)
  })
})
