/** What becomes of files: people edit them, commands are killed, folders refuse; nothing of anybody's is lost, and nothing is left lying about. */

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Run } from './support/repository.js'
import { inquest, projectRoot, sample, scratchFolder } from './support/repository.js'

const exploring = sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: explore')

interface Folder {
  readonly root: string
  readonly docs: string
  readonly file: string
  read(): string
  /** What stands beside the document. */
  beside(): readonly string[]
}

function createFolder(name = 'a.md'): Folder {
  const root = scratchFolder()
  const docs = path.join(root, 'docs')
  const file = path.join(docs, name)
  mkdirSync(docs)
  writeFileSync(path.join(root, 'inquest.yaml'), 'author: Test Author\n')
  writeFileSync(file, exploring)
  return { root, docs, file, read: () => readFileSync(file, 'utf8'), beside: () => readdirSync(docs).filter((other) => other !== name) }
}

interface Act {
  readonly at: 'exchange' | 'after the exchange' | number
  readonly act: string
}

/** `advance` with somebody who acts at certain calls of it on files. */
function advance(folder: Folder, acts: readonly Act[], native = 'whole'): Run {
  const told = JSON.stringify({ file: folder.file, report: path.join(folder.root, 'report'), native, acts })
  const run = spawnSync(process.execPath, ['--import', path.join(projectRoot, 'scripts/interloper.mjs'), path.join(projectRoot, 'dist/cli.js'), 'advance', 'INV-001'], {
    cwd: folder.root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', INTERLOPER: told },
  })
  return { status: run.status ?? -1, stdout: run.stdout, stderr: run.stderr }
}

/** The number is that of the call. */
const note = '- Note 16 of a person\n'

test('an edit at the last moment stands, however it was saved, and the command is told', () => {
  for (const act of ['append', 'rewrite', 'rename']) {
    const folder = createFolder()
    const run = advance(folder, [{ at: 'exchange', act }])
    expect(run).toMatchObject({ status: 3, stdout: '' })
    expect(run.stderr).toContain('a.md: was changed meanwhile\n  Run the command again\n')
    expect(folder.read()).toBe(exploring + note)
    expect(folder.beside()).toEqual([])
    expect(inquest(folder.root, ['advance', 'INV-001']).status).toBe(0)
    expect(folder.read()).toContain(note)
  }
})

test('a program that has the document open for writing keeps it, and the command is told', { skip: process.platform !== 'linux' }, () => {
  for (const native of ['whole', 'no exchange', 'none']) {
    const folder = createFolder()
    const run = advance(folder, [{ at: 4, act: 'hold' }, { at: 99, act: 'write' }], native)
    expect(run.status).toBe(3)
    expect(folder.read()).toBe(`${exploring}- Note 99 of a person\n`)
    expect(folder.beside()).toEqual([])
  }
})

test('of two edits that meet, the later one stays and the earlier one is kept beside it', () => {
  const folder = createFolder()
  const run = advance(folder, [{ at: 'exchange', act: 'append' }, { at: 'after the exchange', act: 'rewrite' }])
  expect(run.status).toBe(3)
  expect(run.stderr).toContain('Two edits came while it was written: the earlier one is kept in ')
  expect(folder.read()).toContain('- Note 17 of a person\n')
  expect(folder.beside()).toEqual(['a.md.kept'])
  expect(readFileSync(path.join(folder.docs, 'a.md.kept'), 'utf8')).toBe(exploring + note)
  const doctor = inquest(folder.root, ['doctor'])
  expect(doctor.status).toBe(0)
  expect(doctor.stdout).toContain('warning: docs/a.md.kept: holds an edit that met a later one of the same document\n  compare it with docs/a.md, then delete it\n')
})

test('a command that is killed with an edit in its hands leaves it to the next one', () => {
  for (const next of [['doctor'], ['fix'], ['new', 'work_item', 'Other', '--path', 'other.md']]) {
    const folder = createFolder()
    advance(folder, [{ at: 'exchange', act: 'append' }, { at: 'after the exchange', act: 'kill' }])
    expect(folder.read()).toContain('lifecycle_phase: conclude')
    expect(folder.beside().length).toBe(2)
    const run = inquest(folder.root, next)
    expect(run.stderr).toContain('docs/a.md: an edit that a command had displaced when it was cut off is back in its place\n')
    expect(folder.read()).toBe(exploring + note)
    expect(folder.beside()).toEqual([])
  }
})

test('where somebody has edited the document since, the edit is kept beside it', () => {
  const folder = createFolder()
  advance(folder, [{ at: 'exchange', act: 'append' }, { at: 'after the exchange', act: 'kill' }])
  writeFileSync(folder.file, `${folder.read()}- Later\n`)
  expect(inquest(folder.root, ['reopen', 'INV-001', '--to', 'explore', '--why', 'Rows']).stderr).toContain('docs/a.md: an edit that a command had displaced when it was cut off is kept in docs/a.md.kept; compare the two, then delete it')
  expect(folder.read()).toContain('- Later\n')
  expect(readFileSync(path.join(folder.docs, 'a.md.kept'), 'utf8')).toBe(exploring + note)
})

test('only to look clears nothing away', () => {
  const folder = createFolder()
  advance(folder, [{ at: 'exchange', act: 'append' }, { at: 'after the exchange', act: 'kill' }])
  const before = folder.beside()
  for (const verb of [['check'], ['status'], ['fix', '--diff']]) expect(inquest(folder.root, verb).stderr).toBe('')
  expect(folder.beside()).toEqual(before)
})

test('where names cannot be exchanged, or the library does not load, edits in place are found all the same', () => {
  for (const native of ['no exchange', 'none']) {
    for (const at of [5, 11, 18, 21]) {
      const folder = createFolder()
      const run = advance(folder, [{ at, act: 'append' }], native)
      expect(run.status, run.stderr).toBe(3)
      expect(folder.read()).toBe(`${exploring}- Note ${at} of a person\n`)
      expect(folder.beside()).toEqual([])
    }
    const alone = createFolder()
    expect(advance(alone, [], native).status).toBe(0)
    expect(alone.read()).toContain('lifecycle_phase: conclude')
  }
})

test('a person saves beside commands, at each of their calls and hundreds of times by chance', () => {
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/torture.mjs'), 'edits', '--points', '4', '--edits', '300'], { encoding: 'utf8', timeout: 120_000 })
  expect(run.stdout + run.stderr).toMatch(/by chance: 0 of 300 edits lost, .*\n0 faults\n$/u)
  expect(run.status).toBe(0)
}, 120_000)

test('the usual way to replace a file is found out', () => {
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/torture.mjs'), 'edits', '--edits', '300', '--control'], { encoding: 'utf8', timeout: 120_000 })
  expect(run.stdout).toMatch(/^the usual way: [1-9]\d* of 300 edits lost/mu)
  expect(run.status).toBe(1)
}, 120_000)

test('hidden files and locks of processes that are gone are cleared away, those of living ones are not', () => {
  const folder = createFolder()
  const gone = spawnSync('true').pid.toString(36)
  const living = `.b.md.${process.pid.toString(36)}-1.inquest-tmp`
  for (const name of [`.a.md.${gone}-1.inquest-tmp`, living, '.inquest-lock', '.else.tmp']) writeFileSync(path.join(folder.docs, name), 'half a te')
  expect(inquest(folder.root, ['advance', 'INV-001']).status).toBe(0)
  expect(folder.beside().toSorted()).toEqual([living, '.else.tmp'].toSorted())
})

test('a file with a name as long as names can be is replaced', () => {
  const folder = createFolder(`${'ä'.repeat(126)}.md`)
  expect(inquest(folder.root, ['advance', 'INV-001']).status).toBe(0)
  expect(folder.read()).toContain('lifecycle_phase: conclude')
  expect(folder.beside()).toEqual([])
  advance(folder, [{ at: 'exchange', act: 'append' }])
  writeFileSync(folder.file, exploring)
  advance(folder, [{ at: 'exchange', act: 'append' }, { at: 'after the exchange', act: 'kill' }])
  inquest(folder.root, ['doctor'])
  expect(folder.read()).toBe(exploring + note)
  expect(folder.beside()).toEqual([])
})

test('permissions, owner, byte order mark and links are kept', () => {
  const folder = createFolder()
  writeFileSync(folder.file, `\uFEFF${exploring.replaceAll('\n', '\r\n')}`)
  chmodSync(folder.file, 0o640)
  const asRoot = process.getuid?.() === 0
  if (asRoot) chownSync(folder.file, 65_534, 65_534)
  const link = path.join(folder.root, 'link.md')
  symlinkSync(folder.file, link)
  expect(inquest(folder.root, ['advance', 'link.md']).status).toBe(0)
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(statSync(folder.file).mode & 0o7777).toBe(0o640)
  if (asRoot) expect(statSync(folder.file)).toMatchObject({ uid: 65_534, gid: 65_534 })
  expect(folder.read().startsWith('\uFEFF---\r\n')).toBe(true)
  expect(folder.read().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
})

test('another hard link of a document keeps the text it had, as a copy does', () => {
  const folder = createFolder()
  const other = path.join(folder.root, 'snapshot')
  linkSync(folder.file, other)
  expect(inquest(folder.root, ['advance', 'INV-001']).status).toBe(0)
  expect(readFileSync(other, 'utf8')).toBe(exploring)
  expect(folder.read()).toContain('lifecycle_phase: conclude')
})

test('a document in a folder that cannot be written is left as it is, with the reason', () => {
  const folder = createFolder()
  // An administrator may write everywhere.
  const as = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  for (const one of [folder.root, folder.file]) chmodSync(one, 0o777)
  chmodSync(folder.docs, 0o555)
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'dist/cli.js'), 'advance', 'INV-001'], { cwd: folder.root, encoding: 'utf8', env: { PATH: process.env['PATH'], NO_COLOR: '1' }, ...as })
  chmodSync(folder.docs, 0o755)
  expect(run.stderr).toBe(`inquest: ${folder.docs}: cannot be written into: permission denied\n  A document is replaced by a file that is written beside it, so its folder has to be writable\n`)
  expect(run.status).toBe(3)
  expect(folder.read()).toBe(exploring)
  expect(folder.beside()).toEqual([])
})

test('a document that is moved away at the moment is not brought back', () => {
  const folder = createFolder()
  const run = advance(folder, [{ at: 'exchange', act: 'aside' }, { at: 99, act: 'append' }])
  expect(run.status).toBe(3)
  expect(run.stderr).toContain('a.md: was moved or removed meanwhile\n')
  expect(existsSync(folder.file)).toBe(false)
  renameSync(`${folder.file}~`, folder.file)
  expect(folder.beside()).toEqual([])
})
