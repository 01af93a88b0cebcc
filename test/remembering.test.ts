/** What git said is used again while it would say the same, and never when it would not, however soon it is asked after a change. */

import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Host } from '../src/engine/host.js'
import { createNodeHost } from '../src/engine/node-host.js'
import { rememberGit } from '../src/engine/remembering.js'
import type { Repository } from './support/repository.js'
import { createRepository, scratchFolder } from './support/repository.js'

const questions = [
  (host: Host, root: string) => host.listFiles(root, undefined),
  (host: Host, root: string) => host.listFiles(root, ['.md']),
  (host: Host, root: string) => host.git(root, ['rev-parse', '--verify', '--quiet', '--short=12', 'HEAD']),
  (host: Host, root: string) => host.git(root, ['rev-parse', 'HEAD', '--is-shallow-repository']),
  (host: Host, root: string) => host.git(root, ['config', 'user.name']),
]
const answersOf = (host: Host, root: string): readonly unknown[] => questions.map((ask) => ask(host, root))

/** Long enough for what was written to have settled. */
const rest = 250

/** A repository with a bit of everything, in a home of its own. */
function prepare(): Repository & { readonly home: string } {
  const repository = createRepository({ 'docs/a.md': 'a\n', 'src/deep/b.ts': 'b\n', '.gitignore': 'build/\n*.log\n', 'build/made.md': 'x\n', 'notes.log': 'x\n', 'other/c.md': 'c\n' })
  const home = scratchFolder()
  mkdirSync(path.join(repository.root, 'empty/within'), { recursive: true })
  mkdirSync(path.join(repository.root, 'nested'))
  repository.git('add', 'docs', '.gitignore')
  repository.git('commit', '-qm', 'start')
  repository.git('branch', 'side')
  repository.git('commit', '-q', '--allow-empty', '-m', 'on')
  repository.git('config', 'core.excludesFile', path.join(home, 'ignore'))
  writeFileSync(path.join(home, 'included'), '')
  repository.git('config', 'include.path', path.join(home, 'included'))
  return { ...repository, home }
}

/** A host that remembers, what it asks git, and one that does not remember. */
function hostsFor(root: string): { readonly remembering: Host; readonly plain: Host; readonly asked: string[] } {
  const plain = createNodeHost(root)
  const asked: string[] = []
  const counting: Host = {
    ...plain,
    git(folder, args) {
      asked.push(args.join(' '))
      return plain.git(folder, args)
    },
    listFiles(folder, extensions) {
      asked.push('list')
      return plain.listFiles(folder, extensions)
    },
  }
  return { remembering: rememberGit(counting), plain, asked }
}

const changes: Readonly<Record<string, (repository: ReturnType<typeof prepare>, turn: number) => void>> = {
  'a new file': ({ write }, turn) => write(`new-${turn}.md`, 'x'),
  'a new file in a folder': ({ write }, turn) => write(`docs/new-${turn}.md`, 'x'),
  'a new file in a folder that git does not know': ({ write }, turn) => write(`other/new-${turn}.md`, 'x'),
  'a file in a folder that was empty': ({ write }, turn) => write(`empty/within/new-${turn}.md`, 'x'),
  'a new folder': ({ write }, turn) => write(`fresh-${turn}/new.md`, 'x'),
  'a file that goes': ({ root }, turn) => rmSync(path.join(root, turn === 0 ? 'other/c.md' : 'src/deep/b.ts')),
  'a file that moves': ({ root }, turn) => renameSync(path.join(root, turn === 0 ? 'other/c.md' : 'other/d.md'), path.join(root, turn === 0 ? 'other/d.md' : 'docs/d.md')),
  'a file that is added and ignored': ({ git }, turn) => void git('add', '-f', turn === 0 ? 'build/made.md' : 'notes.log'),
  'a file that is taken out of the index': ({ git, write }, turn) => {
    git('rm', '-q', '--cached', turn === 0 ? 'docs/a.md' : '.gitignore')
    write('.git/info/exclude', turn === 0 ? '*.md\n' : '.gitignore\n')
  },
  'a file that is ignored from now on': ({ write }, turn) => write('.gitignore', turn === 0 ? 'build/\n*.log\nother/\n' : '*.md\n'),
  'a folder that says what it ignores': ({ write }, turn) => write('other/.gitignore', turn === 0 ? '*.md\n' : ''),
  'a person who ignores it everywhere': ({ home }, turn) => writeFileSync(path.join(home, 'ignore'), turn === 0 ? 'other/\n' : '*.ts\n'),
  'a folder that becomes a repository': ({ root, git, write }, turn) => {
    if (turn === 0) git('init', '-q', path.join(root, 'nested'))
    else {
      rmSync(path.join(root, 'nested/.git'), { recursive: true })
      write('nested/now.md', 'x')
    }
  },
  'a link': ({ root }, turn) => symlinkSync('docs', path.join(root, `linked-${turn}`)),
  'a commit': ({ git }, turn) => void git('commit', '-q', '--allow-empty', '-m', `turn ${turn}`),
  'another branch': ({ git }, turn) => void git('checkout', '-q', ...(turn === 0 ? ['side'] : ['--detach', 'main'])),
  'a commit on another branch that is packed': ({ git }, turn) => {
    git('commit', '-q', '--allow-empty', '-m', `turn ${turn}`)
    git('pack-refs', '--all')
  },
  'another name': ({ git }, turn) => void git('config', 'user.name', `Author ${turn}`),
  'another name in what is included': ({ home }, turn) => writeFileSync(path.join(home, 'included'), `[user]\nname = Included ${turn}\n`),
}

describe.each(Object.entries(changes))('%s', (_name, change) => {
  test('is noticed at once', async () => {
    const repository = prepare()
    const { remembering, plain } = hostsFor(repository.root)
    await sleep(rest)
    answersOf(remembering, repository.root)
    for (const turn of [0, 1]) {
      const before = answersOf(plain, repository.root)
      expect(answersOf(remembering, repository.root)).toEqual(before)
      change(repository, turn)
      const after = answersOf(plain, repository.root)
      expect(after).not.toEqual(before)
      expect(answersOf(remembering, repository.root)).toEqual(after)
      // The second change comes while the first one is still young.
    }
    await sleep(rest)
    for (let turn = 0; turn < 2; turn++) expect(answersOf(remembering, repository.root)).toEqual(answersOf(plain, repository.root))
  })
})

describe('git is not asked again', () => {
  test.each(['a repository', 'a folder of one', 'a second working tree', 'a repository without a commit'])('in %s that is left alone', async (kind) => {
    const repository = prepare()
    let { root } = repository
    if (kind === 'a folder of one') root = path.join(root, 'docs')
    if (kind === 'a second working tree') repository.git('worktree', 'add', '-q', (root = path.join(scratchFolder(), 'tree')), 'side')
    if (kind === 'a repository without a commit') ({ root } = createRepository({ 'docs/a.md': 'a\n' }))
    const { remembering, plain, asked } = hostsFor(root)
    await sleep(rest)
    const first = answersOf(remembering, root)
    expect(first).toEqual(answersOf(plain, root))
    asked.splice(0)
    for (let turn = 0; turn < 3; turn++) expect(answersOf(remembering, root)).toEqual(first)
    expect(asked).toEqual([])
    if (kind !== 'a second working tree') return
    // Its commit and its files are its own.
    writeFileSync(path.join(root, 'here.md'), 'x')
    repository.git('-C', root, 'commit', '-q', '--allow-empty', '-m', 'here')
    expect(answersOf(remembering, root)).toEqual(answersOf(plain, root))
  })

  test('but is where there is none, or where it is told to look elsewhere', () => {
    const folder = scratchFolder()
    writeFileSync(path.join(folder, 'a.md'), 'x')
    const { remembering, plain, asked } = hostsFor(folder)
    for (let turn = 0; turn < 2; turn++) {
      writeFileSync(path.join(folder, `${turn}.md`), 'x')
      expect(answersOf(remembering, folder)).toEqual(answersOf(plain, folder))
    }
    expect(asked.length).toBeGreaterThan(0)
    const host = createNodeHost(folder, { ...process.env, GIT_DIR: '/elsewhere' })
    expect(rememberGit(host)).toBe(host)
  })
})
