/** Citations held against real histories of git: every state for the right citation, and lines found again to the letter. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VerifiedCitation } from '../src/index.js'
import { check, verify } from '../src/index.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, sample, scratchFolder } from './support/repository.js'

const file = 'docs/INV-001.md'

/** A document that cites nothing but what is given. */
function documentOf(cited: readonly string[], date = '2026-03-02', id = 'INV-001'): string {
  const rows = cited.map((one, index) => `| Finding ${index} | ${one} | H1 | |`).join('\n')
  return `---
template: investigation
status: active
date: ${date}
backlog_id: ${id}
title: What is cited
lifecycle_phase: explore
version: '2.0'
---
# Investigation: What is cited

## Evidence Collection

### Codebase Evidence

| Finding | Source (file:line) | Supports Hypothesis | Notes |
|---------|--------------------|---------------------|-------|
${rows}
`
}

const code = (name: string, count = 30): string => Array.from({ length: count }, (_, index) => `const ${name}${index + 1} = ${index * 7}\n`).join('')

let day = 0
function commit(repository: Repository, message = 'change'): string {
  day++
  repository.git('add', '-A')
  repository.git('-c', `user.name=${message}`, 'commit', '-q', '--allow-empty', '-m', message, `--date=2026-03-0${1 + (day % 8)}T12:00:00Z`)
  return repository.git('rev-parse', 'HEAD').trim()
}

/** `path:lines state → where` of each citation. */
async function statesOf(repository: Repository, documents: readonly string[] = []): Promise<readonly string[]> {
  const { citations } = await verify({ cwd: repository.root, documents })
  return citations.map(describeOne)
}

function describeOne({ citation, state, to, since }: VerifiedCitation): string {
  const place = to === undefined || state === 'ok' ? '' : ` → ${to.path}:${to.lines.map(({ start, end }) => (start === end ? start : `${start}-${end}`)).join(',')}`
  return `${citation} ${state}${since === undefined ? '' : `/${since}`}${place}`
}

describe('states', () => {
  test('each for its own citation', async () => {
    const repository = createRepository({ 'README.md': 'x\n' })
    commit(repository)
    const files = { same: code('same'), above: code('above'), inside: code('inside'), below: code('below'), gone: code('gone'), old: code('old'), edited: code('edited'), swapped: code('swapped'), rewritten: code('rewritten') }
    for (const [name, text] of Object.entries(files)) repository.write(`src/${name}.ts`, text)
    repository.write('one/twice.ts', code('one'))
    repository.write('two/twice.ts', code('two', 60))
    repository.write('.gitignore', 'build/\n')
    repository.write('build/made.ts', code('made'))
    const cited = [...Object.keys(files).map((name) => `\`src/${name}.ts:10-12\``), '`src/edited.ts:20`', '`src/same.ts:999`', '`twice.ts:3`', '`twice.ts:59`', '`build/made.ts:3`', '`src/never.ts:3`', '`src/old.ts` (whole file)', '`src/gone.ts` (whole file)']
    repository.write(file, documentOf(cited))
    commit(repository)
    repository.write('src/above.ts', `// one\n// two\n${files.above}`)
    repository.write('src/inside.ts', files.inside.replace('inside11 = 70', 'inside11 = 71'))
    repository.write('src/below.ts', `${files.below}// behind\n`)
    repository.write('src/rewritten.ts', code('other'))
    repository.git('rm', '-q', 'src/gone.ts')
    repository.git('mv', 'src/old.ts', 'src/new name é.ts')
    repository.git('mv', 'src/edited.ts', 'src/renamed.ts')
    repository.write('src/renamed.ts', `// head\n${files.edited.replace('edited11 = 70', 'edited11 = 71')}`)
    const [head, carried, tail] = [files.swapped.split('\n').slice(0, 8), files.swapped.split('\n').slice(8, 13), files.swapped.split('\n').slice(13)]
    repository.write('src/swapped.ts', [...head, ...tail.slice(0, 6), ...carried, ...tail.slice(6)].join('\n'))
    commit(repository)
    repository.write('src/untracked.ts', code('fresh'))
    repository.write(file, `${repository.read(file)}| New | \`src/untracked.ts:3\` | H1 | |\n`)
    expect(await statesOf(repository)).toEqual([
      'src/same.ts:10-12 ok',
      'src/above.ts:10-12 moved → src/above.ts:12-14',
      'src/inside.ts:10-12 changed → src/inside.ts:10-12',
      'src/below.ts:10-12 ok',
      'src/gone.ts:10-12 missing',
      'src/old.ts:10-12 moved → src/new name é.ts:10-12',
      'src/edited.ts:10-12 changed → src/renamed.ts:11-13',
      'src/swapped.ts:10-12 moved → src/swapped.ts:16-18',
      'src/rewritten.ts:10-12 changed → src/rewritten.ts:1-30',
      'src/edited.ts:20 moved → src/renamed.ts:21',
      'src/same.ts:999 out-of-range',
      'twice.ts:3 ambiguous',
      'twice.ts:59 ok',
      'build/made.ts:3 ignored',
      'src/never.ts:3 missing',
      'src/old.ts moved → src/new name é.ts:',
      'src/gone.ts missing',
      'src/untracked.ts:3 untracked',
    ])
    const { citations, relocated } = await verify({ cwd: repository.root, relocate: true, write: true })
    expect(citations.find((one) => one.citation === 'src/inside.ts:10-12')).toMatchObject({ before: ['const inside10 = 63', 'const inside11 = 70', 'const inside12 = 77'], now: ['const inside10 = 63', 'const inside11 = 71', 'const inside12 = 77'] })
    expect(relocated).toMatchObject([{ path: file, relocated: 5 }])
    const now = await statesOf(repository)
    expect(now.filter((one) => one.includes(' moved'))).toEqual([])
    expect(now.filter((one) => one.includes(' ok'))).toEqual(['src/same.ts:10-12 ok', 'src/above.ts:12-14 ok', 'src/below.ts:10-12 ok', 'src/new name é.ts:10-12 ok', 'src/swapped.ts:16-18 ok', 'src/renamed.ts:21 ok', 'twice.ts:59 ok', 'src/new name é.ts ok'])
  })

  test('the time that counts is when the citation came, not when the document last changed', async () => {
    const repository = createRepository({ 'src/a.ts': code('a') })
    commit(repository)
    repository.write(file, documentOf(['`src/a.ts:5`']))
    const first = commit(repository)
    repository.write('src/a.ts', `// above\n${code('a')}`)
    commit(repository)
    repository.git('mv', file, 'docs/INV-001-renamed.md')
    repository.write('docs/INV-001-renamed.md', documentOf(['`src/a.ts:5`', '`src/a.ts:7`']))
    const second = commit(repository)
    const { citations } = await verify({ cwd: repository.root })
    expect(citations.map((one) => [one.citation, one.state, one.at?.how, one.at?.commit])).toEqual([
      ['src/a.ts:5', 'moved', 'introduced', first],
      ['src/a.ts:7', 'ok', 'introduced', second],
    ])
  })

  test('a document that is not committed is held against its date', async () => {
    const repository = createRepository({ 'src/a.ts': code('a') })
    repository.git('add', '-A')
    spawnSync('git', ['commit', '-q', '-m', 'one'], { cwd: repository.root, env: { ...process.env, GIT_COMMITTER_DATE: '2026-01-10T12:00:00Z' } })
    repository.write('src/a.ts', `// above\n${code('a')}`)
    repository.git('add', '-A')
    spawnSync('git', ['commit', '-q', '-m', 'two'], { cwd: repository.root, env: { ...process.env, GIT_COMMITTER_DATE: '2026-02-10T12:00:00Z' } })
    repository.write(file, documentOf(['`src/a.ts:5`'], '2026-01-20'))
    expect(await statesOf(repository)).toEqual(['src/a.ts:5 moved → src/a.ts:6'])
    repository.write(file, documentOf(['`src/a.ts:5`'], '2026-02-20'))
    expect(await statesOf(repository)).toEqual(['src/a.ts:5 ok'])
  })

  test('a document that is cited by its id is held against the history as well', async () => {
    const cited = `${documentOf([], '2026-03-02', 'INV-002')}one\ntwo\n`
    const line = cited.split('\n').indexOf('one') + 1
    const repository = createRepository({ 'docs/INV-002.md': cited, [file]: documentOf([`\`INV-002:${line}\``]) })
    commit(repository)
    repository.write('docs/INV-002.md', repository.read('docs/INV-002.md').replace('one\n', 'above\nbetween\none\n'))
    commit(repository)
    expect(await statesOf(repository)).toEqual([`INV-002:${line} moved → docs/INV-002.md:${line + 2}`])
  })

  test('an empty line among others than before is no line that moved', async () => {
    const repository = createRepository({ 'a.md': '# One\n\n- first\n\n**Tools:** read\n\n# Two\n', [file]: documentOf(['`a.md:4`', '`a.md:6`']) })
    commit(repository)
    repository.write('a.md', '# Nought\n\n# One\n\n- second\n\n**Tools:** write\n\n# Two\n')
    commit(repository)
    expect((await statesOf(repository)).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual(['a.md:4 changed', 'a.md:6 moved'])
  })

  test('a document older than the history says so', async () => {
    const repository = createRepository({ 'src/a.ts': code('a'), 'src/b.ts': code('b'), [file]: documentOf(['`src/a.ts:5`', '`src/b.ts:5`', '`src/c.ts:5`'], '2020-01-01') })
    commit(repository)
    repository.write('src/a.ts', `// above\n${code('a')}`)
    commit(repository)
    const { citations } = await verify({ cwd: repository.root })
    expect(citations.map(({ state, at, reason = '' }) => [state, at?.how, reason.includes('older than the history')])).toEqual([['moved', 'oldest', true], ['ok', 'oldest', true], ['missing', 'oldest', true]])
    repository.git('rm', '-q', '--cached', file)
    repository.git('commit', '-q', '-m', 'taken out')
    expect(await statesOf(repository)).toEqual(['src/a.ts:5 before-history/ok', 'src/b.ts:5 before-history/ok', 'src/c.ts:5 before-history/missing'])
  })

  test('without git, and without a commit, nothing is claimed', async () => {
    const bare = scratchFolder()
    mkdirSync(path.join(bare, 'docs'))
    writeFileSync(path.join(bare, 'a.ts'), code('a'))
    writeFileSync(path.join(bare, file), documentOf(['`a.ts:3`', '`a.ts:99`', '`b.ts:1`']))
    const states = async (cwd: string): Promise<readonly string[]> => (await verify({ cwd })).citations.map((one) => one.state)
    expect(await states(bare)).toEqual(['unknown', 'out-of-range', 'missing'])
    const fresh = createRepository({ 'a.ts': code('a'), [file]: documentOf(['`a.ts:3`']) })
    expect(await states(fresh.root)).toEqual(['unknown'])
  })
})

describe('where histories are not whole', () => {
  function withHistory(): Repository {
    const repository = createRepository({ 'src/a.ts': code('a') })
    commit(repository)
    repository.write(file, documentOf(['`src/a.ts:5`', '`src/a.ts:9`']))
    commit(repository)
    repository.write('src/a.ts', `// above\n${code('a')}`)
    commit(repository)
    return repository
  }

  test('a shallow clone says what it cannot know', async () => {
    const { root } = withHistory()
    const clone = path.join(scratchFolder(), 'clone')
    expect(spawnSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, clone]).status).toBe(0)
    const { citations } = await verify({ cwd: clone })
    expect(citations.map(({ state, since, reason = '' }) => [state, since, reason.includes('shallow')])).toEqual([['unknown', 'ok', true], ['unknown', 'ok', true]])
  })

  test('a worktree and a folder with its own configuration answer as the repository does', async () => {
    const repository = withHistory()
    const tree = path.join(scratchFolder(), 'a tree')
    repository.git('worktree', 'add', '-q', tree, '-b', 'other')
    expect((await verify({ cwd: tree })).citations.map(describeOne)).toEqual(['src/a.ts:5 moved → src/a.ts:6', 'src/a.ts:9 moved → src/a.ts:10'])
    const nested = createRepository({ 'part/inquest.yaml': '', 'part/src/a.ts': code('a'), [`part/${file}`]: documentOf(['`src/a.ts:5`']), 'src/a.ts': code('wrong') })
    commit(nested)
    commit(nested)
    nested.write('part/src/a.ts', `// above\n${code('a')}`)
    commit(nested)
    expect((await verify({ cwd: path.join(nested.root, 'part') })).citations.map(describeOne)).toEqual(['src/a.ts:5 moved → src/a.ts:6'])
  })

  test('a submodule is asked where it is checked out', async () => {
    const inner = createRepository({ 'lib/x.ts': code('x') })
    commit(inner)
    const outer = createRepository({ 'README.md': 'x\n' })
    commit(outer)
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'vendor/inner')
    outer.write(file, documentOf(['`vendor/inner/lib/x.ts:5`']))
    commit(outer)
    inner.write('lib/x.ts', `// above\n${code('x')}`)
    commit(inner)
    outer.git('-C', 'vendor/inner', 'pull', '-q')
    commit(outer)
    expect(await statesOf(outer)).toEqual(['vendor/inner/lib/x.ts:5 moved → vendor/inner/lib/x.ts:6'])
    const clone = path.join(scratchFolder(), 'clone')
    spawnSync('git', ['clone', '-q', outer.root, clone])
    const [only] = (await verify({ cwd: clone })).citations
    expect(only).toMatchObject({ state: 'unknown', reason: 'the submodule vendor/inner is not checked out; `git submodule update --init` does it' })
    const { findings } = await check({ cwd: clone })
    expect(findings.filter(({ rule }) => rule.startsWith('citation-')).map(({ message }) => message)).toEqual(['Whether there is a `vendor/inner/lib/x.ts` cannot be told: the submodule `vendor/inner` is not checked out, which `git submodule update --init` does'])
    expect(inquest(clone, ['verify', '--fail-on', 'warning']).status).toBe(1)
  })

  test('a submodule without the commit that counts says so', async () => {
    const inner = createRepository({ 'lib/x.ts': code('x') })
    commit(inner)
    const outer = createRepository({ 'README.md': 'x\n' })
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'vendor/inner')
    outer.write(file, documentOf(['`vendor/inner/lib/x.ts:5`']))
    commit(outer)
    inner.write('lib/x.ts', code('y'))
    commit(inner)
    outer.git('-C', 'vendor/inner', 'pull', '-q')
    commit(outer)
    const clone = path.join(scratchFolder(), 'clone')
    spawnSync('git', ['clone', '-q', `file://${outer.root}`, clone])
    spawnSync('git', ['clone', '-q', '--depth', '1', `file://${inner.root}`, path.join(clone, 'vendor/inner')])
    const [only] = (await verify({ cwd: clone })).citations
    expect([only?.state, only?.reason]).toEqual(['unknown', expect.stringContaining('the submodule vendor/inner lacks the commit that counts')])
  })

  test('a partial clone says what it lacks, fetches nothing, and tells the rest', async () => {
    const repository = createRepository({ 'src/a.ts': code('a'), 'src/gone.ts': code('gone'), 'src/still.ts': code('still') })
    repository.git('config', 'uploadpack.allowFilter', 'true')
    commit(repository)
    repository.write(file, documentOf(['`src/a.ts:5`', '`src/gone.ts:5`', '`src/still.ts:5`', '`src/never.ts:5`']))
    commit(repository)
    repository.write('src/a.ts', `// above\n${code('a')}`)
    repository.git('rm', '-q', 'src/gone.ts')
    commit(repository)
    const clone = path.join(scratchFolder(), 'clone')
    expect(spawnSync('git', ['clone', '-q', '--filter=blob:none', `file://${repository.root}`, clone]).status).toBe(0)
    const objects = (): string => spawnSync('git', ['count-objects', '-v'], { cwd: clone, encoding: 'utf8' }).stdout
    const before = objects()
    const { citations } = await verify({ cwd: clone })
    expect(citations.map(({ citation, state, reason = '' }) => [citation, state, reason.includes('the clone is partial') && reason.includes('git fetch --refetch --no-filter')])).toEqual([
      ['src/a.ts:5', 'unknown', true],
      ['src/gone.ts:5', 'unknown', true],
      ['src/still.ts:5', 'ok', false],
      ['src/never.ts:5', 'missing', false],
    ])
    expect(objects()).toBe(before)
    // Without a version of the document itself nobody knows since when it cites.
    repository.write(file, documentOf(['`src/a.ts:5`', '`src/still.ts:5`']).replace('What is cited', 'What was cited'))
    commit(repository)
    const later = path.join(scratchFolder(), 'clone')
    spawnSync('git', ['clone', '-q', '--filter=blob:none', `file://${repository.root}`, later])
    expect((await verify({ cwd: later })).citations.map(describeOne)).toEqual(['src/a.ts:5 unknown/ok → src/a.ts:5', 'src/still.ts:5 unknown/ok → src/still.ts:5'])
    // Without folders nobody knows what there was.
    const bare = path.join(scratchFolder(), 'clone')
    spawnSync('git', ['clone', '-q', '--filter=tree:0', `file://${repository.root}`, bare])
    expect(new Set((await verify({ cwd: bare })).citations.map((one) => one.state))).toEqual(new Set(['unknown']))
  })

  test('what a sparse checkout leaves out is read from git', async () => {
    const repository = withHistory()
    repository.git('sparse-checkout', 'set', 'docs')
    expect(existsSync(path.join(repository.root, 'src'))).toBe(false)
    expect(await statesOf(repository)).toEqual(['src/a.ts:5 moved → src/a.ts:6', 'src/a.ts:9 moved → src/a.ts:10'])
    repository.write(file, documentOf(['`src/a.ts:7`', '`src/a.ts:99`']))
    expect(await statesOf(repository)).toEqual(['src/a.ts:7 ok', 'src/a.ts:99 out-of-range'])
    const { findings } = await check({ cwd: repository.root })
    expect(findings.find(({ rule }) => rule === 'citation-unresolved')?.message).toContain('a sparse checkout leaves it out')
  })

  test('a file too large to be read is none that is missing', async () => {
    const repository = createRepository({ 'big.log': 'x\n', [file]: documentOf(['`big.log:1`']) })
    commit(repository)
    truncateSync(path.join(repository.root, 'big.log'), 3 * 2 ** 30)
    const [only] = (await verify({ cwd: repository.root })).citations
    expect([only?.state, only?.reason]).toEqual(['unknown', expect.stringContaining('too large')])
  })

  test('a document of an earlier day, not committed, is not judged by the little that a shallow clone holds', async () => {
    const { root } = withHistory()
    const clone = path.join(scratchFolder(), 'clone')
    spawnSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, clone])
    writeFileSync(path.join(clone, 'docs/INV-002.md'), documentOf(['`src/a.ts:5`'], '2020-01-01', 'INV-002'))
    const { citations } = await verify({ cwd: clone, documents: ['INV-002'] })
    expect(citations.map(describeOne)).toEqual(['src/a.ts:5 unknown/ok'])
  })

  test('a history that was rewritten loses nothing that was bound', async () => {
    const repository = withHistory()
    await verify({ cwd: repository.root, relocate: true, write: true, pin: true })
    commit(repository, 'bound')
    // As after a force-push by somebody else: one new commit, and no trace of the old ones.
    repository.git('checkout', '-q', '--orphan', 'rewritten')
    repository.write('src/a.ts', `// top\n// above\n${code('a').replace('a9 = 56', 'a9 = 0')}`)
    commit(repository, 'rewritten')
    repository.git('branch', '-D', 'main')
    repository.git('reflog', 'expire', '--expire=now', '--all')
    repository.git('gc', '-q', '--prune=now')
    const { citations } = await verify({ cwd: repository.root })
    expect(citations.map(describeOne)).toEqual(['src/a.ts:6 moved → src/a.ts:7', 'src/a.ts:10 changed → src/a.ts:10'])
  })
})

describe('pins', () => {
  const pins = '.inquest/evidence/INV-001.pins.jsonl'
  const drifted = async (repository: Repository): Promise<readonly (readonly [string, string | undefined])[]> => {
    const { findings } = await check({ cwd: repository.root, paths: [path.join(repository.root, file)] })
    return findings.filter(({ rule }) => rule === 'citation-drifted').map(({ message, fix }) => [message, fix?.edits[0]?.text])
  }

  test('check tells what moved and what changed, fix follows what moved, and nothing is asked of git', async () => {
    const repository = createRepository({ 'src/a.ts': code('a'), 'src/b.ts': code('b'), 'src/big.ts': code('big', 300), 'src/c.ts': code('c'), [file]: documentOf(['`src/a.ts:5-7`', '`src/b.ts#L5`', '`src/big.ts:10-290`', '`src/c.ts:3`', '`src/nowhere.ts:3`']) })
    commit(repository)
    expect((await verify({ cwd: repository.root, pin: true })).pinned).toEqual([{ path: pins, citations: 4 }])
    const written = repository.read(pins)
    expect(written.trim().split('\n').map((line) => (JSON.parse(line) as { cite: string }).cite)).toEqual(['src/a.ts:5-7', 'src/b.ts:5', 'src/big.ts:10-290', 'src/c.ts:3'])
    expect(written.length).toBeLessThan(6000)
    expect(await drifted(repository)).toEqual([])
    await verify({ cwd: repository.root, pin: true })
    expect(repository.read(pins)).toBe(written)

    repository.write('src/a.ts', `// above\n${code('a')}`)
    repository.write('src/b.ts', code('b').replace('b5 = 28', 'b5 = 29'))
    repository.write('src/big.ts', `// above\n${code('big', 300)}`)
    repository.git('rm', '-q', '-f', 'src/c.ts')
    expect(await drifted(repository)).toEqual([
      ['What `src/a.ts:5-7` was bound to stands at lines 6-8 now', '6-8'],
      ['What `src/b.ts#L5` was bound to has changed: it said "const b5 = 28", there stands "const b5 = 29"', undefined],
      ['What `src/big.ts:10-290` was bound to stands at lines 11-291 now', '11-291'],
      ['The file that `src/c.ts:3` was bound to is gone', undefined],
    ])
    expect(inquest(repository.root, ['fix']).stdout).toContain('2 findings fixed')
    expect((await drifted(repository)).map(([message]) => message.slice(0, 30))).toEqual(['What `src/b.ts#L5` was bound t', 'The file that `src/c.ts:3` was'])
    commit(repository)
    await verify({ cwd: repository.root, pin: true })
    expect(repository.read(pins)).toContain('"cite":"src/a.ts:6-8"')
    expect(repository.read(pins)).not.toContain('"cite":"src/a.ts:5-7"')
  })

  test('branches that bind different citations merge', async () => {
    const repository = createRepository({ 'src/a.ts': code('a'), [file]: documentOf(['`src/a.ts:5`']), 'docs/w.md': documentOf(['`src/a.ts:9`'], '2026-03-02', 'INV-002') })
    commit(repository)
    repository.git('checkout', '-q', '-b', 'other')
    await verify({ cwd: repository.root, pin: true, documents: ['INV-002'] })
    commit(repository)
    repository.git('checkout', '-q', 'main')
    await verify({ cwd: repository.root, pin: true, documents: ['INV-001'] })
    commit(repository)
    repository.git('merge', '-q', '--no-edit', 'other')
    expect((await verify({ cwd: repository.root })).citations.map((one) => [one.citation, one.pinned])).toEqual([['src/a.ts:5', true], ['src/a.ts:9', true]])
  })

  test('a file of pins that cannot be read is an error with its line, not a pass', () => {
    const repository = createRepository({ 'src/a.ts': code('a'), [file]: documentOf(['`src/a.ts:5`']), [pins]: '<<<<<<< HEAD\n' })
    const run = inquest(repository.root, ['check'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain(`${pins}: line 1 is no JSON`)
  })
})

describe('relocation', () => {
  const line = fc.stringMatching(/^[a-z]{3,8}\([a-z]{0,4}\);?$/u)
  const text = fc.array(fc.oneof(line, fc.constantFrom('', '}', '{', '  return', '  return x')), { minLength: 12, maxLength: 40 })

  /** Commits a version and cites it, commits the next, and answers what becomes of the citation. */
  async function outcome(before: readonly string[], after: readonly string[], lines: string, rename: boolean): Promise<VerifiedCitation> {
    const repository = createRepository({ 'a b/ä.ts': `${before.join('\n')}\n`, [file]: documentOf([`\`a b/ä.ts:${lines}\``]) })
    commit(repository)
    if (rename) {
      repository.git('mv', 'a b/ä.ts', 'c.ts')
      commit(repository)
    }
    repository.write(rename ? 'c.ts' : 'a b/ä.ts', `${after.join('\n')}\n`)
    commit(repository)
    const [only] = (await verify({ cwd: repository.root })).citations
    if (only === undefined) throw new Error('nothing is cited')
    return only
  }

  test('lines that were only moved are found again, whatever stands around them', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(line, { maxLength: 6 }), fc.array(line, { maxLength: 6 }), fc.nat(), fc.nat(5), fc.boolean(), async (before, above, below, at, length, rename) => {
        const start = 1 + (at % before.length)
        const end = Math.min(before.length, start + length)
        const answer = await outcome(before, [...above, ...before, ...below], `${start}-${end}`, rename)
        const wanted = { start: start + above.length, end: end + above.length }
        expect(['ok', 'moved']).toContain(answer.state)
        const [found] = answer.to?.lines ?? []
        // Lines that repeat at the seam may be taken for each other; what is named reads the same to the letter.
        const after = [...above, ...before, ...below]
        expect(after.slice((found?.start ?? 0) - 1, found?.end)).toEqual(before.slice(start - 1, end))
        if (!above.some((one) => before.includes(one)) && !below.some((one) => before.includes(one))) expect(found).toEqual(wanted)
      }),
      { numRuns: 12 },
    )
  })

  test('lines that were changed are never said to have moved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(line, { minLength: 12, maxLength: 30 }), fc.array(line, { maxLength: 6 }), fc.nat(), fc.boolean(), async (before, above, at, again) => {
        const index = at % before.length
        const after = [...above.filter((one) => !before.includes(one)), ...before.map((one, place) => (place === index ? `${one} // changed` : one))]
        // The very text turning up elsewhere does not make the changed line one that moved.
        if (again && index < before.length - 2) after.push('// as it was', before[index] ?? '')
        const answer = await outcome(before, after, String(index + 1), false)
        expect(answer.state).toBe('changed')
        expect(answer.fix).toBeUndefined()
      }),
      { numRuns: 12 },
    )
  })

  test('every form keeps its marks', async () => {
    const forms = ['`src/a.ts:5-7`', 'src/a.ts:5–7', '`src/a.ts:L5-L7`', '`src/a.ts#L5-L7`', '`src/a.ts`, lines 5-7', '`src/a.ts:5,7`', '`src/a.ts:5` vs `:7`', '@src/a.ts:5', '**src/a.ts:5**', '`src/a.ts:5:3` (a note with 5)', '`a.ts:5`']
    const moved = ['`src/a.ts:6-8`', 'src/a.ts:6–8', '`src/a.ts:L6-L8`', '`src/a.ts#L6-L8`', '`src/a.ts`, lines 6-8', '`src/a.ts:6,8`', '`src/a.ts:6` vs `:8`', '@src/a.ts:6', '**src/a.ts:6**', '`src/a.ts:6:3` (a note with 5)', '`a.ts:6`']
    const repository = createRepository({ 'src/a.ts': code('a'), [file]: documentOf(forms) })
    commit(repository)
    repository.git('mv', 'src/a.ts', 'src/b.ts')
    repository.write('src/b.ts', `// above\n${code('a')}`)
    commit(repository)
    const run = inquest(repository.root, ['verify', '--relocate', '--pin'])
    expect(run.stdout).toContain('+| Finding 0 | `src/b.ts:6-8` | H1 | |')
    expect(run.stdout).toContain('12 citations can be relocated in 1 document; --write writes it')
    expect(repository.read(file)).toBe(documentOf(forms))
    const proposed = JSON.parse(inquest(repository.root, ['verify', '--relocate', '--json']).stdout) as { written: boolean; citations: { fix?: { edits: { text: string }[] } }[] }
    expect([proposed.written, proposed.citations.filter((one) => one.fix !== undefined).length, proposed.citations[0]?.fix?.edits.map((edit) => edit.text)]).toEqual([false, 12, ['src/b.ts', '6-8']])
    expect(inquest(repository.root, ['verify', '--relocate', '--write', '--diff']).stdout).toContain('can be relocated')
    expect(inquest(repository.root, ['verify', '--write'])).toMatchObject({ status: 2, stderr: expect.stringContaining('inquest verify --relocate --write') as string })
    expect(repository.read(file)).toBe(documentOf(forms))
    expect(inquest(repository.root, ['verify', '--relocate', '--write']).stdout).toContain('12 citations relocated in 1 document')
    const cellsNow = (): readonly string[] => repository.read(file).split('\n').flatMap((row) => /^\| Finding \d+ \| (.*) \| H1/u.exec(row)?.[1] ?? [])
    expect(cellsNow()).toEqual(moved.map((cell) => cell.replaceAll('src/a.ts', 'src/b.ts').replace('`a.ts', '`src/b.ts')))
    // A name with a blank is read in code marks only.
    commit(repository)
    repository.git('mv', 'src/b.ts', 'src/b c.ts')
    commit(repository)
    inquest(repository.root, ['verify', '--relocate', '--write'])
    const blank = ['6-8', '6-8', 'L6-L8', '6-8', '6-8', '6,8', '6', '6', '6', '6', '6'].map((numbers) => `\`src/b c.ts:${numbers}\``)
    expect(cellsNow().map((cell) => /`src[^`]+`/u.exec(cell)?.[0])).toEqual(blank)
  })
})

describe('documents and repositories that are not meant well', () => {
  test('nothing is run, nothing outside is read, nothing hangs', async () => {
    const outside = scratchFolder()
    writeFileSync(path.join(outside, 'secret.txt'), code('secret'))
    const marker = path.join(outside, 'ran')
    const cells = ['../secret.txt:3', `${outside}/secret.txt:3`, 'leak.txt:3', 'leak.txt:1', '../../secret.txt:1', 'leaks/secret.txt:3', '--output=x.ts:3', '--upload-pack=touch x:3', '$(touch ran).ts:3', '`;touch ran`.ts:3', 'HEAD:a.ts:3', 'a.ts^{}:3', ':(exclude)a.ts:3', '.git/config:1', 'pipe.ts:1', '-:3']
    const repository = createRepository({ '--output=x.ts': code('x'), ':(exclude)a.ts': code('y'), 'a.ts': code('z'), [file]: documentOf(cells.map((cell) => `\`${cell}\``)) })
    symlinkSync(path.join(outside, 'secret.txt'), path.join(repository.root, 'leak.txt'))
    symlinkSync(outside, path.join(repository.root, 'leaks'))
    commit(repository)
    expect(spawnSync('mkfifo', [path.join(repository.root, 'pipe.ts')]).status).toBe(0)
    // What a repository asks git to run for it is not run.
    repository.git('config', 'diff.external', `touch ${marker}`)
    repository.git('config', 'core.attributesFile', path.join(repository.root, 'attributes'))
    repository.git('config', 'diff.evil.textconv', `touch ${marker};cat`)
    repository.write('attributes', '* diff=evil\n')
    const { citations } = await verify({ cwd: repository.root, pin: true })
    expect(Object.fromEntries(citations.map((one) => [one.citation, one.reason]))).toMatchObject({ 'leak.txt:1': expect.stringContaining('it leads out of the repository') as string, '../../secret.txt:1': expect.stringContaining('it lies outside the repository') as string })
    expect(JSON.stringify(citations)).not.toContain('secret12')
    expect(citations.filter((one) => one.state === 'ok').map((one) => one.target)).toEqual(['--output=x.ts', 'a.ts', 'a.ts'])
    expect(existsSync(marker)).toBe(false)
    expect(repository.git('status', '--short', '--untracked-files=all')).toBe('?? .inquest/evidence/INV-001.pins.jsonl\n?? attributes\n')
  })

  test('names, ends of lines and bytes of every kind, names of branches, and a head that is no branch', async () => {
    const repository = createRepository({ 'src/crlf.py': code('crlf').replaceAll('\n', '\r\n'), 'src/nul.py': `a\u0000b\n${code('nul')}`, 'chain.ts': code('chain'), 'copied.ts': code('copied'), 'merged.ts': code('merged'), 'from.ts': code('from'), 'to.ts': code('to'), topic: code('topic') })
    const name = Buffer.concat([Buffer.from(`${repository.root}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.py')])
    writeFileSync(name, code('bytes'))
    repository.write(file, documentOf(['`src/crlf.py:5-6`', '`src/nul.py:3`', '`chain.ts:7-9`', '`copied.ts:5`', '`merged.ts:20-22`', '`from.ts:12-14`', '`topic:3`', '`\uFFFD\uFFFD.py:3`', '`from.ts:10-5`']))
    commit(repository)
    repository.write('src/crlf.py', `// top\r\n${repository.read('src/crlf.py')}`)
    repository.write('copy.ts', code('copied'))
    commit(repository)
    for (const [from, to] of [['chain', 'two'], ['two', 'three'], ['three', 'four']]) {
      repository.git('mv', `${from}.ts`, `${to}.ts`)
      repository.write(`${to}.ts`, `// ${to}\n${repository.read(`${to}.ts`)}`)
      commit(repository)
    }
    const lines = code('from').split('\n')
    repository.write('from.ts', [...lines.slice(0, 11), ...lines.slice(14)].join('\n'))
    repository.write('to.ts', lines.slice(11, 14).join('\n') + `\n${code('to')}`)
    commit(repository)
    repository.git('checkout', '-q', '-b', 'topic')
    repository.write('merged.ts', `// above\n${code('merged')}`)
    commit(repository)
    repository.git('checkout', '-q', 'main')
    repository.write('merged.ts', `${code('merged')}// below\n`)
    commit(repository)
    repository.git('merge', '-q', '--no-edit', 'topic')
    repository.git('checkout', '-q', '--detach')
    const states = await statesOf(repository)
    expect(states.slice(0, 5)).toEqual(['src/crlf.py:5-6 moved → src/crlf.py:6-7', 'src/nul.py:3 ok', 'chain.ts:7-9 moved → four.ts:10-12', 'copied.ts:5 ok', 'merged.ts:20-22 moved → merged.ts:21-23'])
    // Lines that went to another file are a change of this one; nothing guesses where they are.
    expect(states[5]).toMatch(/^from.ts:12-14 changed/u)
    expect(states.slice(6)).toEqual(['topic:3 ok', '\uFFFD\uFFFD.py:3 unknown'])
  })

  test('pins cannot lead out of the repository either', async () => {
    const outside = scratchFolder()
    const secret = path.join(outside, 'secret.txt')
    writeFileSync(secret, code('secret'))
    const pin = { template: 'investigation', cite: 'src/a.ts:5', path: `../${path.basename(outside)}/secret.txt`, lines: '5', commit: 'a'.repeat(40), blob: 'b'.repeat(40), text: ['x'] }
    const repository = createRepository({ 'src/a.ts': code('a'), [file]: documentOf(['`src/a.ts:5`']), '.inquest/evidence/INV-001.pins.jsonl': `${JSON.stringify(pin)}\n` })
    commit(repository)
    const run = inquest(repository.root, ['verify', '--json'])
    expect(run.status).toBe(0)
    expect(run.stdout + inquest(repository.root, ['check']).stdout).not.toContain('secret5')
  })
})

describe('the command', () => {
  const repository = createRepository({ 'src/a.ts': code('a'), [file]: documentOf(['`src/a.ts:5`', '`src/b.ts:5`']) })
  commit(repository)

  test('counts states, lists what does not hold, and fails where it is asked to', () => {
    const run = inquest(repository.root, ['verify'])
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('src/b.ts:5  missing (there is no such file, and there was none when it was cited; the document is older than the history)')
    expect(run.stdout).not.toContain('src/a.ts:5')
    expect(inquest(repository.root, ['verify', '--all']).stdout).toContain('src/a.ts:5  ok')
    expect(inquest(repository.root, ['verify', '--fail-on', 'warning']).status).toBe(1)
  })

  test('shows what speaks for and against each hypothesis', () => {
    const { root } = createRepository({ 'docs/a.md': sample })
    const matrix = 'line  H1  H2  evidence\n65    +       Pages are read by offset\n66        -   Encoding errors end the job\n72    +       Offsets skip rows when the table changes while it is read\n'
    expect(inquest(root, ['status', 'INV-001', '--matrix']).stdout).toContain(matrix)
    expect(inquest(root, ['verify', '--matrix']).stdout).toContain(matrix)
    const { matrices } = JSON.parse(inquest(root, ['verify', '--json']).stdout) as { matrices: { hypotheses: string[]; evidence: object[] }[] }
    expect(matrices[0]).toMatchObject({ hypotheses: ['H1', 'H2'], evidence: [{ line: 65, source: 'src/export/pages.ts:41-58', for: ['H1'], against: [] }, { for: [], against: ['H2'] }, { for: ['H1'] }] })
  })

  test('answers as JSON', () => {
    const answer = JSON.parse(inquest(repository.root, ['verify', 'INV-001', '--json']).stdout) as { version: number; citations: Record<string, unknown>[]; summary: unknown }
    expect(answer.version).toBe(1)
    expect(answer.summary).toEqual({ ok: 1, missing: 1 })
    expect(answer.citations[0]).toMatchObject({ path: file, document: 'INV-001', target: 'src/a.ts', lines: [{ start: 5, end: 5 }], state: 'ok', pinned: false, range: { start: { line: 18 } } })
    expect(inquest(repository.root, ['verify', 'INV-404', '--json']).status).toBe(2)
  })
})
