/** How git is called: for which repository, with whose settings, and what a repository that git refuses comes to. */

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeHost } from '../src/engine/node-host.js'
import type { Repository, Run } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample, samplePath, scratchFolder } from './support/repository.js'

const program = path.join(projectRoot, 'dist/cli.js')

const workItem = (id: string): string => `---
template: work_item
id: ${id}
title: Read the export's pages by key
status: active
owner: Export team
created: 2026-03-04
version: '1.0'
---
# ${id}: Read the export's pages by key

## Context

Deletes shift the pages.
`

function committed(files: Readonly<Record<string, string>>): Repository {
  const repository = createRepository(files)
  repository.git('add', '--all')
  repository.git('commit', '-q', '-m', 'Begin')
  return repository
}

describe('the environment of the user', () => {
  test('a hook sees the index of its commit, also from a folder below', () => {
    const repository = committed({ 'docs/inquest.yaml': '', 'docs/a.md': workItem('WORK-001') })
    const hook = path.join(repository.root, '.git/hooks/pre-commit')
    writeFileSync(hook, `#!/bin/sh\ncd docs && NO_COLOR=1 '${process.execPath}' '${program}' list --json > ../listed.json\n`)
    chmodSync(hook, 0o755)
    repository.write('docs/b.md', workItem('WORK-002'))
    // The index of a commit of named files is another than the repository's.
    const run = spawnSync('git', ['commit', '-q', '-m', 'More', '--only', 'docs/a.md', '--allow-empty'], { cwd: repository.root, encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const { documents } = JSON.parse(repository.read('listed.json')) as { documents: readonly { id: string }[] }
    expect(documents.map(({ id }) => id)).toEqual(['WORK-001', 'WORK-002'])
  })

  test('GIT_DIR and GIT_WORK_TREE name the repository, relative ones from the folder at hand', () => {
    const repository = committed({ 'docs/a.md': workItem('WORK-001'), '.gitignore': 'docs/ignored.md\n', 'docs/ignored.md': workItem('WORK-009') })
    spawnSync('mv', ['.git', '../kept.git'], { cwd: repository.root })
    const kept = path.join(repository.root, '../kept.git')
    try {
      const listed = (env: Readonly<Record<string, string>>, cwd = repository.root): unknown => (JSON.parse(inquest(cwd, ['list', '--json'], { env }).stdout) as { documents: readonly { id: string }[] }).documents.map(({ id }) => id)
      expect(listed({})).toEqual(['WORK-001', 'WORK-009'])
      expect(listed({ GIT_DIR: '../kept.git', GIT_WORK_TREE: '.' })).toEqual(['WORK-001'])
      expect(listed({ GIT_DIR: kept, GIT_WORK_TREE: repository.root })).toEqual(['WORK-001'])
    } finally {
      rmSync(kept, { recursive: true })
    }
  })

  test('what it says is not said of another repository', () => {
    const [mine, yours] = [committed({ 'docs/a.md': workItem('WORK-001') }), committed({ 'docs/a.md': workItem('WORK-001'), 'src/a.ts': 'one\n' })]
    const env = { ...process.env, GIT_DIR: path.join(mine.root, '.git'), GIT_INDEX_FILE: path.join(mine.root, '.git/index') }
    const host = createNodeHost(mine.root, env)
    expect(host.listFiles(yours.root, undefined)).toEqual(['docs/a.md', 'src/a.ts'])
    expect(host.git(yours.root, ['rev-parse', 'HEAD'])).toBe(yours.git('rev-parse', 'HEAD'))
    expect(host.git(mine.root, ['rev-parse', 'HEAD'])).toBe(mine.git('rev-parse', 'HEAD'))
  })

  test('settings of the environment count, and ours before them', () => {
    const repository = committed({ 'docs/a.md': workItem('WORK-001') })
    const marker = path.join(scratchFolder(), 'ran')
    const given = [['user.name', 'Somebody Else'], ['core.fsmonitor', `touch ${marker}; false`], ['core.quotePath', 'true']]
    const env = Object.fromEntries([['GIT_CONFIG_COUNT', String(given.length)], ...given.flatMap(([key = '', value = ''], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]])]) as Record<string, string>
    const host = createNodeHost(repository.root, { ...process.env, ...env })
    expect(host.git(repository.root, ['config', 'user.name'])).toBe('Somebody Else\n')
    host.listFiles(repository.root, undefined)
    expect(existsSync(marker)).toBe(false)
    spawnSync('git', ['ls-files', '--others'], { cwd: repository.root, env: { ...process.env, ...env } })
    expect(existsSync(marker), 'the same asked as usual runs it').toBe(true)
  })

  test('GIT_CEILING_DIRECTORIES ends the search for a repository', () => {
    const repository = committed({ 'docs/a.md': workItem('WORK-001') })
    const below = path.join(repository.root, 'docs')
    expect(createNodeHost(below).git(below, ['rev-parse', '--is-inside-work-tree'])).toBe('true\n')
    expect(createNodeHost(below, { ...process.env, GIT_CEILING_DIRECTORIES: repository.root }).git(below, ['rev-parse', '--is-inside-work-tree'])).toBeUndefined()
  })

  test('outside of any repository the author is the one of the user', () => {
    const folder = scratchFolder()
    const env = { HOME: folder, GIT_CONFIG_NOSYSTEM: '1', PATH: process.env['PATH'] ?? '' }
    writeFileSync(path.join(folder, '.gitconfig'), '[user]\n\tname = At Home\n')
    expect(createNodeHost(folder, env).git(folder, ['config', 'user.name'])).toBe('At Home\n')
    expect(createNodeHost(folder, env).git(folder, ['rev-parse', 'HEAD'])).toBeUndefined()
  })
})

test('a command of git that nobody has examined is not run', () => {
  const repository = committed({ 'docs/a.md': '' })
  expect(() => createNodeHost(repository.root).git(repository.root, ['gc'])).toThrow(TypeError)
})

describe('a second working tree and a submodule', () => {
  test('are asked of by what they are', () => {
    const repository = committed({ 'docs/a.md': workItem('WORK-001') })
    const other = path.join(scratchFolder(), 'other')
    repository.git('worktree', 'add', '-q', '-b', 'side', other)
    writeFileSync(path.join(other, 'docs/b.md'), workItem('WORK-002'))
    const host = createNodeHost(other)
    expect(host.listFiles(other, undefined)).toEqual(['docs/a.md', 'docs/b.md'])
    expect(host.git(path.join(other, 'docs'), ['rev-parse', '--abbrev-ref', 'HEAD'])).toBe('side\n')
    expect(host.headCommit(other)).toBe(repository.git('rev-parse', 'side').trim())
  })
})

describe.runIf(process.getuid?.() === 0)('a repository of another user, which only root can make', () => {
  const verbs: readonly (readonly string[])[] = [['check'], ['check', 'docs/a.md'], ['check', '--changed-since', 'HEAD'], ['list'], ['tree'], ['stats'], ['status'], ['status', 'WORK-001'], ['verify'], ['doctor'], ['fix'], ['new', 'work_item', 'More'], ['spawn', 'work_item', 'More', '--from', 'WORK-001'], ['advance', 'WORK-001'], ['close', 'WORK-001'], ['renumber', 'WORK-001'], ['memory', 'ingest', 'learned']]
  const owned = (): Repository => {
    const repository = committed({ 'docs/a.md': workItem('WORK-001') })
    for (const file of ['.', ...readdirSync(repository.root, { recursive: true, encoding: 'utf8' })]) chownSync(path.join(repository.root, file), 12_345, 12_345)
    return repository
  }

  const theirs = owned()
  test.each(verbs.map((verb) => [verb.join(' '), verb] as const))('is refused: inquest %s', (_name, verb) => {
    const home = scratchFolder()
    const run = inquest(theirs.root, verb, { env: { HOME: home } })
    expect(run.stderr).toMatch(/^inquest: .*: git refuses this repository, because another user owns it\n {2}If you trust its owner: git config --global --add safe\.directory '.*'\n$/u)
    expect([run.status, run.stdout]).toEqual([3, ''])
  })

  test('is opened once its owner is trusted, and by its owner', () => {
    const repository = owned()
    const home = scratchFolder()
    writeFileSync(path.join(home, '.gitconfig'), `[safe]\n\tdirectory = ${repository.root}\n`)
    expect(inquest(repository.root, ['list'], { env: { HOME: home } })).toMatchObject({ status: 0, stderr: '' })
    expect(inquest(repository.root, ['list'], { env: { HOME: scratchFolder(), SUDO_UID: '12345' } })).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('a checkout with other line ends', () => {
  test('says the same, and nothing is written anew for their sake', () => {
    const repository = createRepository({ [samplePath]: sample.replace('at [`src/export/pages.ts', 'at `src/export/pages.ts') })
    const ran = (...args: string[]): Run => {
      const run = inquest(repository.root, args)
      expect(run.status, run.stdout + run.stderr).toBeLessThan(2)
      return run
    }
    ran('init')
    repository.git('add', '--all')
    repository.git('commit', '-q', '-m', 'Begin')
    ran('verify', '--pin')
    repository.write(samplePath, sample.replace(/^\| H2 \| \*\*REFUTED.*\n/mu, ''))
    ran('check', '--update-baseline')
    repository.git('add', '--all')
    repository.git('commit', '-q', '-m', 'Bind')
    const before = { check: ran('check', '--json').stdout, verify: ran('verify', '--json').stdout }
    repository.git('config', 'core.autocrlf', 'true')
    for (const name of readdirSync(repository.root)) if (name !== '.git') rmSync(path.join(repository.root, name), { recursive: true })
    repository.git('checkout', '--', '.')
    expect(repository.read(samplePath)).toContain('\r\n')
    expect({ check: ran('check', '--json').stdout, verify: ran('verify', '--json').stdout }).toEqual(before)
    const files = ['.inquest/config.schema.json', 'inquest-baseline.json', `.inquest/evidence/${readdirSync(path.join(repository.root, '.inquest/evidence'))[0] ?? ''}`]
    const bytes = files.map((file) => readFileSync(path.join(repository.root, file), 'latin1'))
    for (const text of bytes) expect(text).toContain('\r\n')
    ran('init')
    ran('verify', '--pin')
    ran('check', '--update-baseline')
    expect(files.map((file) => readFileSync(path.join(repository.root, file), 'latin1'))).toEqual(bytes)
  })
})

test('a folder with the layout of a repository is a folder', () => {
  const repository = committed({ 'docs/a.md': workItem('WORK-001') })
  const nested = path.join(repository.root, 'docs/vendor')
  for (const folder of ['objects', 'refs']) mkdirSync(path.join(nested, folder), { recursive: true })
  writeFileSync(path.join(nested, 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(path.join(nested, 'b.md'), workItem('WORK-002'))
  const host = createNodeHost(nested)
  expect(host.git(nested, ['rev-parse', '--show-toplevel'])).toBe(`${repository.root}\n`)
  expect(host.listFiles(nested, undefined)).toEqual(['HEAD', 'b.md'])
})
