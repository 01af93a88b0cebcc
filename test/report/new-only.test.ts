/** Only what is new: documents that changed since a commit, and findings that the baseline does not hold. */

import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Repository } from '../support/repository.js'
import { createRepository, inquest, sample, scratchFolder } from '../support/repository.js'
import { runnerCommands } from './readers.js'

const documentOf = (id: string): string => sample.replaceAll('INV-001', id)
const brokenOf = (id: string): string => documentOf(id).replace('**CONFIRMED**', 'maybe')

interface Answer {
  readonly findings: readonly { readonly path: string; readonly rule: string }[]
  readonly summary: { readonly documents: number; readonly baselined?: number; readonly stale?: number }
}

function check(repository: Repository, ...args: readonly string[]): Answer {
  return JSON.parse(inquest(repository.root, ['check', '--json', ...args]).stdout) as Answer
}

function pathsOf(answer: Answer): readonly string[] {
  return answer.findings.map((finding) => finding.path)
}

const odd = 'docs/é "quoted" \\ tab\tname.md'

describe('--changed-since', () => {
  const repository = createRepository({ 'docs/old.md': brokenOf('INV-001'), 'docs/edited.md': brokenOf('INV-002'), 'docs/gone.md': brokenOf('INV-003'), [odd]: documentOf('INV-004'), 'docs/moved.md': brokenOf('INV-005') })
  beforeAll(() => {
    repository.git('add', '.')
    repository.git('commit', '-qm', 'first')
    repository.git('checkout', '-qb', 'topic')
    repository.write('docs/edited.md', brokenOf('INV-002').replace('## Context\n', '## Context\n\nMore of it.\n'))
    repository.git('rm', '-q', 'docs/gone.md')
    repository.git('mv', 'docs/moved.md', 'docs/moved here.md')
    repository.git('commit', '-qam', 'second')
    repository.git('checkout', '-q', 'main')
    repository.write('docs/old.md', brokenOf('INV-001').replace('## Context\n', '## Context\n\nLater, on the main branch.\n'))
    repository.git('commit', '-qam', 'third')
    repository.git('checkout', '-q', 'topic')
    repository.write(odd, brokenOf('INV-004'))
    repository.write('docs/staged.md', brokenOf('INV-006'))
    repository.git('add', 'docs/staged.md')
    repository.write('docs/new.md', brokenOf('INV-007'))
  })

  test('checks what is committed on the branch, staged, changed or new, and nothing else', () => {
    const answer = check(repository, '--changed-since', 'main')
    expect(pathsOf(answer)).toEqual(['docs/edited.md', 'docs/moved here.md', 'docs/new.md', 'docs/staged.md', odd])
    expect(answer.summary.documents).toBe(5)
    expect(pathsOf(check(repository, '--changed-since', 'HEAD'))).toEqual(['docs/new.md', 'docs/staged.md', odd])
  })

  test('goes together with paths', () => {
    expect(pathsOf(check(repository, 'docs/new.md', 'docs/old.md', '--changed-since', 'main'))).toEqual(['docs/new.md'])
  })

  test('does not depend on how somebody has set git up', () => {
    const settings = { GIT_CONFIG_COUNT: '4', GIT_CONFIG_KEY_0: 'diff.noprefix', GIT_CONFIG_VALUE_0: 'true', GIT_CONFIG_KEY_1: 'diff.external', GIT_CONFIG_VALUE_1: 'false', GIT_CONFIG_KEY_2: 'color.ui', GIT_CONFIG_VALUE_2: 'always', GIT_CONFIG_KEY_3: 'diff.renames', GIT_CONFIG_VALUE_3: 'false' }
    const plain = inquest(repository.root, ['check', '--changed-since', 'main', '--format', 'github'])
    expect(inquest(repository.root, ['check', '--changed-since', 'main', '--format', 'github'], { env: settings })).toEqual(plain)
  })

  test('counts from the folder of the configuration', () => {
    const nested = createRepository({ 'sub/inquest.yaml': '', 'sub/docs/a.md': documentOf('INV-001'), 'docs/b.md': documentOf('INV-002') })
    nested.git('add', '.')
    nested.git('commit', '-qm', 'first')
    nested.write('sub/docs/a.md', brokenOf('INV-001'))
    nested.write('docs/b.md', brokenOf('INV-002'))
    const run = inquest(path.join(nested.root, 'sub'), ['check', '--json', '--changed-since', 'HEAD'])
    expect(new Set(pathsOf(JSON.parse(run.stdout) as Answer))).toEqual(new Set(['docs/a.md']))
  })

  test('works in a shallow clone that holds no common ancestor', () => {
    const clone = scratchFolder()
    execFileSync('git', ['clone', '-q', '--depth=1', '--branch=topic', `file://${repository.root}`, clone])
    execFileSync('git', ['fetch', '-q', '--depth=1', 'origin', 'main:refs/remotes/origin/main'], { cwd: clone })
    const run = inquest(clone, ['check', '--json', '--changed-since', 'origin/main'])
    expect(pathsOf(JSON.parse(run.stdout) as Answer)).toEqual(['docs/edited.md', 'docs/moved here.md', 'docs/old.md'])
  })

  const refused: readonly (readonly [readonly string[], string])[] = [
    [['--changed-since', 'no-such-branch'], '`--changed-since no-such-branch`: git knows no such commit'],
    [['--changed-since=--output=x'], '`--changed-since --output=x`: git knows no such commit'],
    [['--changed-since', 'main', '--update-baseline'], 'A baseline is written for all documents, not for those that changed'],
    [['-', '--changed-since', 'main'], 'A text that is not in a file cannot be compared to a commit'],
  ]
  test.each(refused)('%j is refused', (args, message) => {
    const run = inquest(repository.root, ['check', ...args])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr.split('\n')[0]).toBe(`inquest: ${message}`)
    expect(run.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
  })

  test('without git it is refused', () => {
    const folder = scratchFolder()
    const run = inquest(folder, ['check', '--changed-since', 'main'], { env: { GIT_CEILING_DIRECTORIES: path.dirname(folder) } })
    expect(run).toMatchObject({ status: 2, stderr: 'inquest: `--changed-since` asks git, and this is no repository that git can read\n' })
  })
})

describe('changed lines', () => {
  const references = (...names: readonly string[]): string => names.map((name) => `@gone/${name}.ts\n\n`).join('')
  const old = Array.from({ length: 12 }, (_, index) => `a${index}`)
  const listing = (before: string, after: string): string => sample.replace('## References\n', `## References\n\n${before}${references(...old)}${after}`)

  test('come first among annotations, in documents with any name', () => {
    // In a patch these lines look like the names of files.
    const repository = createRepository({ [odd]: listing('-- a/docs/other.md\n', '') })
    repository.git('add', '.')
    repository.git('commit', '-qm', 'first')
    repository.write(odd, listing('++ b/docs/other.md\n', references('b0')))
    const annotated = (...args: readonly string[]): readonly string[] => {
      const { stdout } = inquest(repository.root, ['check', '--format', 'github', ...args])
      return runnerCommands(stdout).filter(({ name }) => name === 'warning').map(({ message }) => /gone\/(\w+)\.ts/u.exec(message)?.[1] ?? '')
    }
    expect(annotated()).toEqual(old.slice(0, 10))
    expect(annotated('--changed-since', 'HEAD')).toEqual(['b0', ...old.slice(0, 9)])
    // Every line of a new file is one that changed.
    repository.write('zoo.md', sample.replaceAll('INV-001', 'INV-002').replace('## References\n', `## References\n\n${references('z0')}`))
    expect(annotated('--changed-since', 'HEAD')).toEqual(['b0', 'z0', ...old.slice(0, 8)])
  })
})

describe('the baseline', () => {
  const files = { 'docs/a.md': brokenOf('INV-001'), 'docs/b.md': brokenOf('INV-002') }

  test('entries are stale when their document is sound or gone, and only where it was looked at', () => {
    const repository = createRepository(files)
    inquest(repository.root, ['check', '--update-baseline'])
    repository.write('docs/a.md', documentOf('INV-001'))
    expect(check(repository).summary).toMatchObject({ baselined: 1, stale: 1 })
    rmSync(path.join(repository.root, 'docs/b.md'))
    expect(check(repository).summary).toMatchObject({ baselined: 0, stale: 2 })
    expect(check(repository, 'docs/a.md').summary).toMatchObject({ baselined: 0, stale: 1 })
  })

  test('written for some documents keeps what it knows of others', () => {
    const repository = createRepository(files)
    inquest(repository.root, ['check', '--update-baseline'])
    repository.write('docs/a.md', brokenOf('INV-001').replace('**REFUTED**', 'perhaps'))
    inquest(repository.root, ['check', 'docs/a.md', '--update-baseline'])
    expect(check(repository)).toMatchObject({ findings: [], summary: { baselined: 3, stale: 0 } })
    repository.write('docs/a.md', documentOf('INV-001'))
    inquest(repository.root, ['check', '--update-baseline'])
    expect(Object.keys((JSON.parse(repository.read('inquest-baseline.json')) as { findings: object }).findings)).toEqual(['docs/b.md'])
  })
})
