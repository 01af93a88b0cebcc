/** What counts as a source: what a gate refuses, what `check` calls an error years later, and which sources are only marked. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, status } from '../src/index.js'
import { weaknessOf } from '../src/evidence/address.js'
import { findCited } from '../src/evidence/cited.js'
import { saidIn, surveyLines } from '../src/evidence/survey.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, sample, samplePath, scratchFolder } from './support/repository.js'

const file = 'docs/investigations/INVESTIGATION-INV-001-uploads.md'
const handler = 'const limit = 8\n\nexport function upload(body) {\n  return store(body)\n}\n'
const log = '201 8388609 bytes\n200 0 bytes\n'
const rows = '| The handler stores what it gets | `src/upload.js:3-4` | H1 |\n| The proxy forwards all of it | `logs/proxy.txt:1` | against H2 |'

/** The digest of the two hypotheses of the inquiry below, with which `advance` registers them. */
const registered = createHash('sha256').update(['H1 | The handler stores an empty buffer | High | Read the handler; refuted if it looks at the length | ', 'H2 | The proxy cuts large bodies | Low | Compare the sizes in the log | '].join('\n')).digest('hex').slice(0, 24)

/** The entries are as old as the commits that they name. */
const begun = Date.now()

interface Entry {
  readonly event: string
  readonly phase: string
  readonly commit?: string
  readonly rules?: number
}

/** An inquiry in the short form, as its verbs would have written it. */
function inquiry(evidence: string, history: readonly Entry[], { status: state = 'active', fields = '', follow = 'Nothing follows, the handler is removed in March.' } = {}): string {
  const entries = history.map(({ event, phase, commit, rules }, index) => `  - { event: ${event}, phase: ${phase}, at: ${new Date(begun + index * 1000).toISOString()}${commit === undefined ? '' : `, commit: '${commit}'`}${event === 'advance' && phase === 'explore' ? `, hypotheses: ${registered}` : ''}${rules === undefined ? '' : `, rules: ${rules}`} }\n`).join('')
  return `---
template: investigation-lite
status: ${state}
date: 2026-03-01
backlog_id: INV-001
title: Uploads are stored empty
lifecycle_phase: ${history.at(-1)?.phase ?? 'hypothesize'}
${fields.includes('memory_refs') ? '' : `memory_refs: ${state === 'complete' ? '[1]' : '[]'}\n`}version: '1.0'
${fields}${entries === '' ? '' : `phase_history:\n${entries}`}---
# Uploads are stored empty

## Question

Which part drops the body of a large upload?

## Hypotheses

| # | Hypothesis | Confidence | Test |
|---|------------|------------|------|
| **H1** | The handler stores an empty buffer | High | Read the handler; refuted if it looks at the length |
| **H2** | The proxy cuts large bodies | Low | Compare the sizes in the log |

## Evidence

| Finding | Source | Speaks To |
|---------|--------|-----------|
${evidence}

## Answer

| Hypothesis | Verdict | Why |
|------------|---------|-----|
| H1 | **CONFIRMED** | No branch looks at the length |
| H2 | **REFUTED** | The log has the full size |

**Answer:** The handler takes the empty buffer for the file.

## Follow-up

${follow}

## Closing

- [${state === 'complete' ? 'x' : ' '}] **Every hypothesis decided** - each has its verdict
- [${state === 'complete' ? 'x' : ' '}] **Evidence sourced** - every row can be looked up
- [${state === 'complete' ? 'x' : ' '}] **Follow-up settled** - it exists, or the reason for none stands there
- [${state === 'complete' ? 'x' : ' '}] **Learnings stored** - their ids stand in \`memory_refs\`
`
}

function commit(repository: Repository, message = 'Work'): string {
  repository.git('add', '-A')
  repository.git('commit', '-q', '--allow-empty', '-m', message)
  return repository.git('rev-parse', '--short=12', 'HEAD').trim()
}

/** Code that is committed, and an inquiry that was begun on it and is being explored. */
function exploring(evidence = rows, files: Readonly<Record<string, string>> = {}): { readonly repository: Repository; readonly history: readonly Entry[] } {
  const repository = createRepository({ 'src/upload.js': handler, 'logs/proxy.txt': log, 'package.json': '{\n  "name": "queue"\n}\n', 'README.md': '# Queue\n\nJobs.\n', ...files })
  const first = commit(repository, 'Code')
  repository.write(file, inquiry('| [What stands there] | [path:line] | [H1, or against H1] |', [{ event: 'start', phase: 'hypothesize', commit: first }]))
  const second = commit(repository, 'Begin')
  const history = [{ event: 'start', phase: 'hypothesize', commit: first }, { event: 'advance', phase: 'explore', commit: second }]
  repository.write(file, inquiry(evidence, history))
  return { repository, history }
}

/** The same once all its gates were passed. */
function closed(evidence = rows): { readonly repository: Repository; readonly history: readonly Entry[] } {
  const { repository, history } = exploring(evidence)
  const third = commit(repository, 'What was found')
  const done = [...history, { event: 'advance', phase: 'conclude', commit: third }, { event: 'close', phase: 'conclude', commit: third, rules: 99 }]
  repository.write(file, inquiry(evidence, done, { status: 'complete' }))
  commit(repository, 'Close')
  return { repository, history: done }
}

/** What keeps the gate shut, as `rule: subject`. */
async function blockers(repository: Repository): Promise<readonly string[]> {
  const answer = await status('INV-001', { cwd: repository.root })
  return answer.blockers.map(({ rule, subject = '' }) => `${rule}: ${subject}`)
}

/** What is found about sources, as `severity rule: subject`. */
async function found(repository: Repository, of = /^(?:evidence|citation|absence|spawn|link|parent|block|id-|memory|pin)/u): Promise<readonly string[]> {
  const { findings } = await check({ cwd: repository.root })
  return findings.filter(({ rule, severity, path: where }) => of.test(rule) && severity !== 'info' && where === file).map(({ rule, severity, subject = '' }) => `${severity} ${rule}: ${subject}`)
}

const row = (source: string, finding = 'The handler stores what it gets'): string => `| ${finding} | ${source} | H1 |\n| The proxy forwards all of it | \`logs/proxy.txt:1\` | against H2 |`

describe('a gate asks for citations that can be looked up', () => {
  const { repository, history } = exploring()
  const at = (name: string): string => path.join(repository.root, name)
  repository.write('notes/empty.txt', '')
  repository.write('notes/blanks.txt', ' \n\t\n')
  repository.write('.gitignore', 'scratch/\n')
  repository.write('scratch/own.txt', 'it was the handler\n')
  symlinkSync(path.basename(file), at(`docs/investigations/copy.txt`))
  symlinkSync('.git/HEAD', at('head.txt'))
  symlinkSync('/dev/zero', at('zero.txt'))
  spawnSync('mkfifo', [at('pipe.txt')])
  commit(repository)

  test.each([
    ['src/nowhere.js:3', 'There is no `src/nowhere.js` in the repository'],
    ['src/upload.js:412', 'Line 412 cannot be: `src/upload.js` has 5 lines'],
    ['src/upload.js:3-900', 'Lines 3-900 cannot be: `src/upload.js` has 5 lines'],
    ['src/upload.js:2', '`src/upload.js:2` is blank, expected lines with content'],
    ['notes/blanks.txt:1-2', '`notes/blanks.txt:1-2` is blank, expected lines with content'],
    ['notes/empty.txt:1', '`notes/empty.txt` is empty, expected a file with content'],
    ['scratch/own.txt:1', 'Git ignores `scratch/own.txt`, expected a file that others can look up'],
    ['/etc/hostname:1', 'There is no `/etc/hostname` in the repository'],
    ['../../../../../../etc/hostname:1', '`../../../../../../etc/hostname` lies outside the repository, where nobody else can look it up'],
    [`${file}:20`, `\`${file}:20\` is this document, which is not evidence for itself`],
    [`${path.basename(file)}:20`, `\`${path.basename(file)}:20\` is this document, which is not evidence for itself`],
    ['docs/investigations/copy.txt:20', '`docs/investigations/copy.txt:20` is this document, which is not evidence for itself'],
    ['INV-001:20', '`INV-001:20` is this document, which is not evidence for itself'],
    ['.git/HEAD:1', '`.git/HEAD` lies outside the repository, where nobody else can look it up'],
    ['head.txt:1', '`head.txt` lies outside the repository, where nobody else can look it up'],
    ['zero.txt:1', '`zero.txt` lies outside the repository, where nobody else can look it up'],
    ['pipe.txt:1', '`pipe.txt` is no plain file that can be read'],
    ['src:1', '`src` is a folder, and a folder has no lines'],
  ])('%s', async (cited, message) => {
    repository.write(file, inquiry(row(`\`${cited}\``), history))
    const answer = await status('INV-001', { cwd: repository.root })
    expect(answer.blockers.map((finding) => [finding.rule, finding.severity, finding.message])).toEqual([['evidence-unresolved', 'error', message]])
    expect(answer.blockers[0]?.range.start.line).toBe(repository.read(file).split('\n').findIndex((line) => line.includes('The handler stores what it gets')) + 1)
    // The same is visible in `check`, once, and weighs less: the gate was not passed.
    expect((await found(repository)).map((one) => one.split(' ')[0])).toEqual(['warning'])
  })

  test('whole files have to hold something', async () => {
    repository.write(file, inquiry(row('`notes/empty.txt` (whole file)'), history))
    expect(await blockers(repository)).toEqual(['evidence-unresolved: notes/empty.txt'])
    repository.write(file, inquiry(row('`notes/blanks.txt` (whole file)'), history))
    expect(await blockers(repository)).toEqual(['evidence-unresolved: notes/blanks.txt'])
  })

  test('no comment waives it, and `advance` refuses', () => {
    repository.write(file, inquiry(row('`src/nowhere.js:3`'), history).replace('## Evidence\n', '## Evidence\n\n<!-- inquest-disable evidence-unresolved, citation-unresolved: the file was on another machine -->\n'))
    const run = inquest(repository.root, ['advance', 'INV-001'])
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('error[evidence-unresolved]: There is no `src/nowhere.js` in the repository')
  })

  test('in running text it is a warning, which a comment waives', async () => {
    repository.write(file, inquiry(rows, history).replace('Which part drops', 'Before 3.1 it was `lib/handler.js:40`. Which part drops'))
    expect(await blockers(repository)).toEqual([])
    expect(await found(repository)).toEqual(['warning citation-unresolved: lib/handler.js:40'])
    repository.write(file, inquiry(rows, history).replace('Which part drops', 'Before 3.1 it was `lib/handler.js:40`. Which part drops').replace('## Question\n', '## Question\n\n<!-- inquest-disable citation-unresolved: removed in 3.1, before this repository was split off -->\n'))
    expect(await found(repository, /./u)).toEqual([])
  })

  test('what can be looked up passes, be it cited from the document, by a short name or as a link', async () => {
    for (const source of ['`src/upload.js:3-4`', '`../../src/upload.js:3`', '`upload.js:3`', '[the handler](../../src/upload.js#L3)', '`src/upload.js` (whole file)']) {
      repository.write(file, inquiry(row(source), history))
      expect(await blockers(repository), source).toEqual([])
      expect(await found(repository), source).toEqual([])
    }
  })
})

describe('check calls it an error only where it was never right', () => {
  const missing = rows.replace('src/upload.js:3-4', 'src/uploads/handler.js:7')
  const rewrite = (repository: Repository, history: readonly Entry[], evidence: string): void => repository.write(file, inquiry(evidence, history, { status: 'complete' }))

  test.each([['src/uploads/handler.js:7'], ['src/upload.js:412'], ['src/upload.js:2'], ['.git/HEAD:1']])('%s, written by hand into a closed inquiry', async (cited) => {
    const { repository, history } = closed()
    rewrite(repository, history, rows.replace('src/upload.js:3-4', cited))
    const wanted = [`error evidence-unresolved: ${cited}`]
    expect(await found(repository)).toEqual(wanted)
    commit(repository, 'By hand')
    expect(await found(repository)).toEqual(wanted)
    expect(inquest(repository.root, ['check']).status).toBe(1)
  })

  test('a typed pin makes it no better', async () => {
    const { repository, history } = closed()
    rewrite(repository, history, missing)
    const pin = { template: 'investigation-lite', cite: 'src/uploads/handler.js:7', path: 'src/uploads/handler.js', lines: '7', commit: '1'.repeat(40), blob: '2'.repeat(40), text: ['store.put(empty)'] }
    repository.write('.inquest/evidence/INV-001.pins.jsonl', `${JSON.stringify(pin)}\n`)
    commit(repository, 'By hand')
    expect(await found(repository)).toContain('error evidence-unresolved: src/uploads/handler.js:7')
  })

  test('what is gone since is a warning', async () => {
    const { repository } = closed()
    rmSync(path.join(repository.root, 'src/upload.js'))
    expect(await found(repository)).toEqual(['warning citation-unresolved: src/upload.js:3-4'])
    commit(repository, 'Remove the handler')
    expect(await found(repository)).toEqual(['warning citation-unresolved: src/upload.js:3-4'])
  })

  test('what was shortened, emptied or renamed since is a warning', async () => {
    const { repository } = closed()
    repository.write('src/upload.js', 'const limit = 8\n')
    commit(repository, 'Shorten')
    expect(await found(repository)).toEqual(['warning citation-out-of-range: src/upload.js:3-4'])
    repository.write('src/upload.js', '\n\n\n\n\n')
    commit(repository, 'Empty')
    expect(await found(repository)).toEqual(['warning evidence-unresolved: src/upload.js:3-4'])
    repository.write('src/upload.js', handler)
    mkdirSync(path.join(repository.root, 'lib'))
    renameSync(path.join(repository.root, 'src/upload.js'), path.join(repository.root, 'lib/handler.js'))
    commit(repository, 'Rename')
    expect(await found(repository)).toEqual(['warning citation-unresolved: src/upload.js:3-4'])
  })

  test('what the same commit takes away was there before', async () => {
    const { repository, history } = exploring('| [What stands there] | [path:line] | [H1, or against H1] |')
    commit(repository)
    rmSync(path.join(repository.root, 'src/upload.js'))
    repository.write(file, inquiry(rows, history))
    const at = commit(repository, 'Remove the handler, and say why')
    rewrite(repository, [...history, { event: 'advance', phase: 'conclude', commit: at }, { event: 'close', phase: 'conclude', commit: at, rules: 99 }], rows)
    commit(repository, 'Close')
    expect(await found(repository)).toEqual(['warning citation-unresolved: src/upload.js:3-4'])
  })

  test('on a branch that was merged it is an error as well', async () => {
    const { repository, history } = closed()
    repository.git('checkout', '-q', '-b', 'topic')
    rewrite(repository, history, missing)
    commit(repository, 'By hand')
    repository.git('checkout', '-q', 'main')
    repository.write('other.txt', 'x\n')
    commit(repository, 'Other work')
    repository.git('merge', '-q', '--no-ff', '-m', 'Merge', 'topic')
    expect(await found(repository)).toEqual(['error evidence-unresolved: src/uploads/handler.js:7'])
  })

  test('without a history of transitions, before the gate, without commits or after a squash it is a warning', async () => {
    const warning = ['warning citation-unresolved: src/uploads/handler.js:7']
    const { repository, history } = closed()
    repository.write(file, inquiry(missing, [], { status: 'complete' }).replace('lifecycle_phase: hypothesize', 'lifecycle_phase: conclude'))
    commit(repository)
    expect(await found(repository)).toEqual(warning)
    rewrite(repository, history, missing)
    repository.git('checkout', '-q', '--orphan', 'flat')
    commit(repository, 'All of it')
    expect(await found(repository)).toEqual(warning)

    const fresh = createRepository({ 'logs/proxy.txt': log, [file]: inquiry(missing, [{ event: 'start', phase: 'hypothesize' }, { event: 'advance', phase: 'explore' }, { event: 'advance', phase: 'conclude' }, { event: 'close', phase: 'conclude', rules: 99 }], { status: 'complete' }) })
    expect(await found(fresh)).toEqual(warning)
    rmSync(path.join(fresh.root, '.git'), { recursive: true })
    expect(await found(fresh)).toEqual(warning)
    expect(await blockers(exploring(missing).repository)).toEqual(['evidence-unresolved: src/uploads/handler.js:7'])
  })

  test('a shallow clone cannot tell', async () => {
    const { repository, history } = closed()
    rewrite(repository, history, missing)
    commit(repository, 'By hand')
    const clone = path.join(scratchFolder(), 'clone')
    spawnSync('git', ['clone', '-q', '--depth', '1', `file://${repository.root}`, clone])
    const shallow = { ...repository, root: clone, read: (name: string) => readFileSync(path.join(clone, name), 'utf8') }
    expect(await found(shallow)).toEqual(['warning citation-unresolved: src/uploads/handler.js:7'])
    spawnSync('git', ['fetch', '-q', '--unshallow'], { cwd: clone })
    expect(await found(shallow)).toEqual(['error evidence-unresolved: src/uploads/handler.js:7'])
  })

  test('what was kept of an earlier run is asked anew once there is a commit', async () => {
    const { repository, history } = closed()
    mkdirSync(path.join(repository.root, '.inquest'))
    const kept = path.join(scratchFolder(), 'kept')
    const errors = (): number => (JSON.parse(inquest(repository.root, ['check', '--format', 'json', '--cache-dir', kept]).stdout) as { summary: { errors: number } }).summary.errors
    expect([errors(), errors()]).toEqual([0, 0])
    rewrite(repository, history, missing)
    expect([errors(), errors()]).toEqual([1, 1])
    // The file came to be, and the citation with it.
    repository.write('src/uploads/handler.js', log.repeat(5))
    expect([errors(), errors()]).toEqual([0, 0])
    commit(repository, 'Move it')
    rmSync(path.join(repository.root, 'src/uploads'), { recursive: true })
    commit(repository, 'Remove it')
    expect([errors(), errors()]).toEqual([0, 0])
  })

  test('git is not asked for each document', () => {
    const count = (documents: number): number => {
      const { repository, history } = closed()
      for (let at = 2; at <= documents; at++) {
        repository.write(`docs/investigations/INVESTIGATION-INV-00${at}-uploads.md`, inquiry(rows.replace('src/upload.js:3-4', at % 2 === 0 ? 'src/nowhere.js:7' : 'logs/later.txt:1'), history, { status: 'complete' }).replace('INV-001', `INV-00${at}`))
      }
      repository.write('logs/later.txt', log)
      commit(repository, 'More')
      const trace = path.join(scratchFolder(), 'trace')
      inquest(repository.root, ['check'], { env: { GIT_TRACE2_EVENT: trace } })
      return readFileSync(trace, 'utf8').split('\n').filter((line) => line.includes('"event":"start"')).length
    }
    // A file that never was costs one look at the versions of the document that cites it, and no log of its own.
    expect(count(9) - count(3)).toBeLessThanOrEqual(3 * 6)
  })
})

describe('weak sources are told', () => {
  const { repository, history } = exploring(rows, { 'one/same.txt': log, 'two/same.txt': log, 'inquest.yaml': '{}\n', '.inquest/templates/README.md': 'Templates.\n' })
  commit(repository)
  test.each([
    ['`package.json:1`', 'package.json:1'],
    ['`src/upload.js:5`', 'src/upload.js:5'],
    ['`same.txt:1`', 'same.txt:1'],
    ['`inquest.yaml:1`', 'inquest.yaml:1'],
    ['`.inquest/templates/README.md:1`', '.inquest/templates/README.md:1'],
    ['http://localhost:3000/files', 'http://localhost:3000/files'],
    ['http://127.8.9.1/x', 'http://127.8.9.1/x'],
    ['http://[::1]/x', 'http://[::1]/x'],
    ['https://192.168.0.7/x', 'https://192.168.0.7/x'],
    ['https://example.com', 'https://example.com'],
    ['<https://example.com/>', 'https://example.com/'],
    ['https://www.google.com/search?q=upload', 'https://www.google.com/search?q=upload'],
    ['https://github.com/search?q=upload&type=code', 'https://github.com/search?q=upload&type=code'],
  ])('%s', async (source, subject) => {
    repository.write(file, inquiry(row(source), history))
    expect(await found(repository)).toEqual([`warning evidence-weak: ${subject}`])
    expect(await blockers(repository)).toEqual([])
  })

  test.each(['https://example.com/report.html', 'https://example.com/?page=2', 'https://datatracker.ietf.org/doc/html/rfc7230#section-3.3', 'https://docs.example.com/search/tuning', 'https://10.example.com/x', 'https://172.15.0.1/x'])('%s is not weak', async (source) => {
    repository.write(file, inquiry(row(source), history))
    expect(await found(repository)).toEqual([])
  })

  test('a file that git does not have, cited by a document that it has', async () => {
    repository.write('notes/mine.txt', 'it was the handler\n')
    repository.write(file, inquiry(row('`notes/mine.txt:1`'), history))
    expect(await found(repository)).toEqual(['warning evidence-untracked: notes/mine.txt:1'])
    // What is not committed at all will come together.
    repository.git('rm', '-q', '--cached', file)
    expect(await found(repository)).toEqual([])
    repository.git('reset', '-q')
    repository.git('add', 'notes/mine.txt')
    expect(await found(repository)).toEqual([])
    repository.git('reset', '-q')
    unlinkSync(path.join(repository.root, 'notes/mine.txt'))
  })
})

describe('a file that came with the row', () => {
  const proof = row('`notes/proof.md:1`')
  const mark = ['warning evidence-same-commit: notes/proof.md:1']
  const write = (repository: Repository): void => repository.write('notes/proof.md', 'The handler is at fault.\n')

  test('is marked, and blocks nothing', async () => {
    const { repository, history } = exploring()
    commit(repository, 'First rows')
    write(repository)
    repository.write(file, inquiry(proof, history))
    commit(repository, 'Proof and row')
    expect(await found(repository)).toEqual(mark)
    expect(await blockers(repository)).toEqual([])
    repository.write('other.txt', 'x\n')
    commit(repository, 'Other work')
    expect(await found(repository)).toEqual(mark)
  })

  test('or with the document is marked', async () => {
    const repository = createRepository({ 'logs/proxy.txt': log })
    const first = commit(repository)
    write(repository)
    repository.write(file, inquiry(proof, [{ event: 'start', phase: 'explore', commit: first }]))
    commit(repository, 'All at once')
    expect(await found(repository)).toEqual(mark)
  })

  test('is not marked where it came by itself, before or after, or with another change of the document', async () => {
    const { repository, history } = exploring()
    commit(repository, 'First rows')
    write(repository)
    commit(repository, 'Output of the probe')
    repository.write(file, inquiry(proof, history))
    commit(repository, 'The row')
    expect(await found(repository)).toEqual([])

    const other = exploring()
    commit(other.repository, 'First rows')
    write(other.repository)
    other.repository.write(file, inquiry(rows.replace('The handler', 'This handler'), other.history))
    commit(other.repository, 'The output, and a slip mended')
    other.repository.write(file, inquiry(proof, other.history))
    commit(other.repository, 'The row')
    expect(await found(other.repository)).toEqual([])
  })

  test('is not marked after a squash, nor where a document was begun without inquest', async () => {
    const { repository, history } = exploring()
    write(repository)
    repository.write(file, inquiry(proof, history))
    commit(repository, 'Proof and row')
    repository.git('checkout', '-q', '--orphan', 'flat')
    commit(repository, 'All of it')
    expect(await found(repository)).toEqual([])
    const { repository: other } = exploring()
    commit(other)
    write(other)
    other.write(file, inquiry(proof, []))
    commit(other, 'By hand')
    expect(await found(other)).toEqual([])
  })
})

describe('evidence counts once', () => {
  const { repository, history } = exploring()
  commit(repository)
  const handlerRow = '| The handler stores what it gets | `src/upload.js:3-4` | H1 |'
  const proxyRow = '| The proxy forwards all of it | `logs/proxy.txt:1` | against H2 |'

  test('copies of a row are told once, and counted once', async () => {
    repository.write(file, inquiry([proxyRow, handlerRow, handlerRow.replace('gets |', 'gets. |'), handlerRow.replaceAll('`', '')].join('\n'), history))
    expect(await found(repository)).toEqual(['warning evidence-duplicate: The handler stores what it gets'])
    const { hypotheses } = await status('INV-001', { cwd: repository.root })
    expect(hypotheses.map((one) => [one.id, one.for, one.against])).toEqual([['H1', 1, 0], ['H2', 0, 1]])
  })

  test('the same finding in two places, and two findings in one place, are no copies', async () => {
    repository.write(file, inquiry([handlerRow, handlerRow.replace('3-4', '4'), handlerRow.replace('stores what it gets', 'never looks'), proxyRow].join('\n'), history))
    expect(await found(repository)).toEqual([])
  })

  test('a row for and against the same is refused', async () => {
    repository.write(file, inquiry(`${handlerRow.replace('H1', 'H1, against H1')}\n${proxyRow}`, history))
    expect(await blockers(repository)).toEqual(['evidence-contradictory: H1'])
    expect(await found(repository)).toEqual(['error evidence-contradictory: H1'])
  })

  test.each([
    ['one row for both rivals', handlerRow.replace('H1', 'H1, H2')],
    ['each row for all', `${handlerRow.replace('H1', 'H1-H2')}\n${proxyRow.replace('against H2', 'against H1, against H2')}`],
  ])('%s decides nothing', async (_name, evidence) => {
    repository.write(file, inquiry(evidence, history))
    expect(await found(repository, /^evidence-(?!un)/u)).toEqual(['warning evidence-indecisive: The handler stores what it gets'])
  })

  test('one citation for everything is told', async () => {
    repository.write(file, inquiry([handlerRow, proxyRow.replace('logs/proxy.txt:1', 'src/upload.js:3-4')].join('\n'), history))
    expect(await found(repository)).toEqual(['warning evidence-one-source: src/upload.js:3-4'])
    repository.write(file, inquiry(handlerRow, history).replace(/\| \*\*H2\*\*.*\n/u, ''))
    expect(await found(repository)).toEqual([])
  })
})

describe('code that a finding quotes', () => {
  const { repository, history } = exploring()
  commit(repository)
  test.each(['`job.leasedUntil = now + leaseMs` drops it', '`max_bytes` is compared', '`readBody({ limitBytes })` gives an empty buffer'])('%s is not in the file', async (finding) => {
    repository.write(file, inquiry(row('`src/upload.js:3`', finding), history))
    expect(await found(repository)).toEqual(['warning evidence-code-absent: src/upload.js:3'])
  })

  test.each([
    '`upload(body)` stores it', '`UPLOAD` is called', '`const limit = 8` is fixed', 'No `maxBytes` is passed', '`max_bytes` should be passed', '`git log --follow` shows it', '`src/maxBytes.js` calls it', 'It sends `X-Upload-Id`',
    '`INV-007a` said so', '`*.maxBytes` everywhere', '`limit` and `max_bytes` differ', 'A `201` for all', '`storeBody` calls `store`',
  ])('%s is left alone', async (finding) => {
    repository.write('src/upload.js', `${handler}// storeBody\n`)
    repository.write(file, inquiry(row('`src/upload.js:3`', finding), history).replace('`limit` and `max_bytes` differ', '`storeBody` and `max_bytes` differ'))
    expect(await found(repository)).toEqual([])
  })
})

describe('a search for what is absent', () => {
  const { repository, history } = exploring(rows, { 'src/deep/queue.js': 'export const attempts = 3\n' })
  commit(repository)
  const searched = (source: string): string => row(source, 'Nothing tries again')

  test.each(['`src/` (searched for `retry`, no match)', '`src` (searched for `retry` and `again`, no matches)', '`src/upload.js` (grepped for `retry`: nothing)', '`.` (searched for `retryTimes`, not found)', 'src/ (searched for `retry`, none)', '`../../src/` (searched for `retry`, no match)'])('%s is a source', async (source) => {
    repository.write(file, inquiry(searched(source), history))
    expect(await found(repository)).toEqual([])
    expect(await blockers(repository)).toEqual([])
  })

  test('is repeated by inquest, and a match is refused', async () => {
    repository.write(file, inquiry(searched('`src/` (searched for `retry` and `attempts`, no match)'), history))
    const answer = await status('INV-001', { cwd: repository.root })
    expect(answer.blockers.map(({ message }) => message)).toEqual(['`attempts` is in `src/deep/queue.js:1`, expected no match in `src/`'])
    expect(await found(repository)).toEqual(['error absence-untrue: attempts'])
  })

  test('looks at what git has, to the letter, and not at the document', async () => {
    repository.write('src/scratch.js', 'retry\n')
    repository.write(file, inquiry(searched('`.` (searched for `retry`, no match)'), history))
    expect(await blockers(repository)).toEqual([])
    repository.git('add', 'src/scratch.js')
    expect(await blockers(repository)).toEqual(['absence-untrue: retry'])
    repository.git('rm', '-qf', 'src/scratch.js')
    repository.write(file, inquiry(searched('`src/` (searched for `ATTEMPTS`, no match)'), history))
    expect(await blockers(repository)).toEqual([])
  })

  test('somewhere that is not there shows nothing', async () => {
    repository.write(file, inquiry(searched('`lib/` (searched for `retry`, no match)'), history))
    const answer = await status('INV-001', { cwd: repository.root })
    expect(answer.blockers.map(({ message }) => message)).toEqual(['The search for `retry` cannot be repeated: there is no `lib/`'])
  })

  test('that says nothing of its outcome is no source', async () => {
    for (const source of ['`src/` (searched for `retry`)', '`src/` (searched, no match)', '`src/` (searched for `retry`, 3 matches)']) {
      repository.write(file, inquiry(searched(source), history))
      expect(await blockers(repository), source).toEqual(['evidence-unsourced: Nothing tries again'])
    }
  })

  test('is a warning once the gate is passed: the code may have changed', async () => {
    const { repository: other } = closed(searched('`src/` (searched for `retry`, no match)'))
    expect(await found(other)).toEqual([])
    other.write('src/retry.js', 'export function retry() {}\n')
    commit(other, 'Try again')
    expect(await found(other)).toEqual(['warning absence-untrue: retry'])
  })
})

describe('concepts', () => {
  const concept = row('4711', 'Large bodies come back empty')

  test('that nothing here could have are refused at a gate, and check is silent', async () => {
    const { repository } = exploring(concept)
    commit(repository)
    expect(await blockers(repository)).toEqual(['evidence-concept-unknown: 4711'])
    expect(await found(repository)).toEqual([])
  })

  test('are taken as they are where the configuration says that they are kept elsewhere', async () => {
    const { repository } = exploring(concept)
    repository.write('inquest.yaml', 'memory: { external: true }\n')
    commit(repository)
    expect(await blockers(repository)).toEqual([])
    expect(await found(repository)).toEqual([])
  })

  test('that the export has are sources, and those that the document stored itself are weak', async () => {
    const { repository, history } = exploring(concept)
    const line = (id: number, document: string): string => `${JSON.stringify({ id, key: `k${id}`, type: 'learning', body: 'x', provenance: [{ document, template: 'investigation-lite' }] })}\n`
    repository.write('.inquest/memory.jsonl', line(4711, 'INV-007') + line(1, 'INV-001'))
    expect(await blockers(repository)).toEqual(['memory-ref-unrecorded: 1'])
    repository.write(file, inquiry(row('1', 'The handler stores it'), history, { fields: 'memory_refs: [1]\n' }))
    expect(await found(repository)).toEqual(['warning evidence-weak: 1'])
    repository.write(file, inquiry(row('mem:9', 'The handler stores it'), history, { fields: 'memory_refs: [1]\n' }))
    expect(await found(repository)).toEqual(['warning evidence-concept-unknown: 9'])
    expect(await blockers(repository)).toEqual(['evidence-concept-unknown: 9'])
  })

  test('typed into the list of learnings are refused when closing, unless they are kept elsewhere', async () => {
    const { repository, history } = exploring()
    const done = [...history, { event: 'advance', phase: 'conclude', commit: history[1]?.commit ?? '' }]
    repository.write(file, inquiry(rows, done, { fields: 'memory_refs: [901, 902]\n' }))
    commit(repository)
    const run = inquest(repository.root, ['close', 'INV-001'])
    expect([run.status, run.stdout]).toEqual([1, expect.stringContaining('error[memory-ref-unknown]: There is no concept store that could have 901, 902')])
    expect(await found(repository)).toEqual([])
    repository.write('inquest.yaml', 'memory: { external: true }\n')
    expect(inquest(repository.root, ['close', 'INV-001'])).toMatchObject({ status: 0 })
  })
})

describe('work that follows', () => {
  const concluding = (follow: string, files: Readonly<Record<string, string>> = {}): Repository => {
    const { repository, history } = exploring(rows, files)
    repository.write(file, inquiry(rows, [...history, { event: 'advance', phase: 'conclude', commit: history[1]?.commit ?? '' }], { follow, fields: 'memory_refs: [1]\n' }))
    repository.write('inquest.yaml', 'memory: { external: true }\n')
    commit(repository)
    return repository
  }
  const item = (id: string, body: string): string => `---\ntemplate: work_item\nid: ${id}\ntitle: Reject bodies above the limit\nstatus: active\nowner: Queue team\ncreated: 2026-03-04\nspawned_by: INV-001\nversion: '1.0'\n---\n# ${id}\n\n## Context\n\n${body}\n\n## Deliverables\n\n- [ ] ${body}\n`

  test('with an id that leads nowhere is refused, and check is silent where nothing is tracked', async () => {
    const repository = concluding('- [ ] **ABC-12: Reject bodies above the limit**')
    expect(await blockers(repository)).toEqual(['spawn-unresolved: ABC-12'])
    expect(await found(repository)).toEqual([])
    repository.write('inquest.yaml', "memory: { external: true }\ntrackers: [{ prefix: ABC, url: 'https://tracker.example/{id}' }]\n")
    expect(await blockers(repository)).toEqual([])
    repository.write('inquest.yaml', "memory: { external: true }\ntrackers: [{ prefix: AB, url: 'https://tracker.example/{id}' }]\n")
    expect(await blockers(repository)).toEqual(['spawn-unresolved: ABC-12'])
  })

  test('that is the inquiry itself, or names no id, is refused', async () => {
    expect(await blockers(concluding('- [ ] **INV-001: Uploads are stored empty**'))).toEqual(['spawn-unresolved: INV-001'])
    expect(await blockers(concluding('- [ ] Reject bodies above the limit\n- [ ] Tell the client'))).toEqual(['spawn-missing: Reject bodies above the limit'])
    expect(await blockers(concluding('- [ ] Nothing more is needed, the handler goes'))).toEqual([])
  })

  test('that is only said to be deferred is told, and a reason is enough', async () => {
    expect(await found(concluding('- [ ] **WORK-777: Reject bodies** - deferred'))).toEqual(['warning spawn-deferred: WORK-777'])
    expect(await found(concluding('- [ ] **WORK-777: Reject bodies** - deferred until the new reader is in use'))).toEqual([])
    expect(await found(concluding('- [ ] **WORK-777: Reject bodies** - deferred\n  - Waits for the new reader'))).toEqual([])
  })

  test('that nobody has described is told', async () => {
    const repository = concluding('- [ ] **WORK-001: Reject bodies above the limit**', { 'docs/work/WORK-001.md': item('WORK-001', '[What is wrong or missing]') })
    expect(await found(repository)).toEqual(['warning spawn-unwritten: WORK-001'])
    repository.write('docs/work/WORK-001.md', item('WORK-001', 'Bodies above 8 MiB are answered with 413'))
    expect(await found(repository)).toEqual([])
  })
})

describe('references to other documents', () => {
  const of = (fields: string, files: Readonly<Record<string, string>> = {}, text = sample): Repository => {
    const repository = createRepository({ [file]: text.replace('spawned_by: null\n', fields), ...files })
    return repository
  }
  const work = (id: string, state: string): string => `---\ntemplate: work_item\nid: ${id}\ntitle: Read pages by key\nstatus: ${state}\nowner: Export team\ncreated: 2026-03-04\nspawned_by: INV-001\nversion: '1.0'\n---\n# ${id}\n\n## Context\n\nDeletes shift the pages.\n`

  test('to an origin that is not there', async () => {
    expect(await found(of('spawned_by: INV-404\n'))).toEqual(['warning parent-unresolved: INV-404'])
    // Of a kind that nothing here has, nobody knows where it is kept.
    expect(await found(of('spawned_by: EPIC-7\n'))).toEqual([])
    expect(await found(of('spawned_by: INV-404\n', { 'inquest.yaml': "trackers: [{ prefix: INV, url: 'https://tracker.example/{id}' }]\n" }))).toEqual([])
  })

  test('to what blocks it', async () => {
    const there = { 'docs/work/WORK-002.md': work('WORK-002', 'active') }
    expect(await found(of('blocked_by: [WORK-404]\n', there))).toEqual(['warning blocker-unresolved: WORK-404'])
    expect(await found(of('blocked_by: [WORK-002]\n', there))).toEqual(['warning blocked-closed: WORK-002'])
    expect(await found(of('blocked_by: [WORK-002]\n', { 'docs/work/WORK-002.md': work('WORK-002', 'complete') }))).toEqual([])
    expect(await found(of('blocked_by: [WORK-002]\n', there, sample.replace('status: complete', 'status: blocked')))).toEqual([])
  })

  test('one id for two inquiries of two forms', async () => {
    const repository = of('spawned_by: null\n', { 'docs/investigations/other.md': inquiry(rows, []) })
    expect(await found(repository)).toEqual(['warning id-duplicate: INV-001'])
    const plan = of('spawned_by: null\n', { 'docs/work/WORK-002.md': work('WORK-002', 'active'), 'docs/plans/INV-001.md': '---\ntemplate: implementation_plan\nstatus: draft\ndate: 2026-03-01\nbacklog_id: INV-001\ntitle: Plan\nversion: "1.5"\n---\n# Plan\n' })
    expect(await found(plan)).toEqual([])
  })

  test('relative links', async () => {
    const linking = (link: string): Repository => of('spawned_by: null\n', { 'logs/with blank.txt': log, 'docs/b.md': '# B\n' }, sample.replace('- The log of the night of 1 March', `- ${link}`))
    expect(await found(linking('[log](../../logs/none.txt)'))).toEqual(['warning link-unresolved: ../../logs/none.txt'])
    expect(await found(linking('![shot](shot.png)'))).toEqual(['warning link-unresolved: shot.png'])
    for (const link of ['[log](../../logs/with%20blank.txt)', '[log](<../../logs/with blank.txt>)', '[b](../b.md#heading)', '[b](/docs/b.md)', '[folder](../../logs)', '[here](#scope)', '[mail](mailto:a@example.org)', '[web](https://example.org/x)', '[up](../../../elsewhere/x.md)', '`[x](none.md)`']) {
      expect(await found(linking(link)), link).toEqual([])
    }
  })
})

describe('names as people write them', () => {
  const repository = createRepository({
    [samplePath]: sample, 'src/my file.ts': 'one\ntwo\nthree\n', 'src/caf\u00e9.ts': 'one\ntwo\n', 'app/(auth).tsx': 'one\ntwo\n', "app/it's, here.ts": 'one\ntwo\n', 'app/(auth)/page.tsx': 'one\ntwo\n', 'docs/plan.md': '# Plan\n', 'docs/my plan.md': '# Plan\n',
  })
  const clean = async (from: string, to: string): Promise<readonly string[]> => {
    expect(sample).toContain(from)
    const { findings } = await check({ cwd: repository.root, text: { path: 'docs/a/INV-001.md', content: sample.replace(from, () => to) } })
    return findings.filter(({ rule }) => !rule.startsWith('id-')).filter(({ severity }) => severity !== 'info').map(({ rule, message }) => `${rule}: ${message}`)
  }
  test.each([
    '[my file](../../src/my%20file.ts#L2)', '[my file](../../src/my%20file.ts#L2-L3)', '`src/my file.ts:2`', '`src/cafe\u0301.ts:2`', '`src/caf\u00e9.ts:2`', '`app/(auth).tsx:2`', '`app/(auth).tsx` (whole file)', "`app/it's, here.ts:2`", '`app/(auth)/page.tsx:1-2`', '[auth](../../app/%28auth%29.tsx#L2)',
  ])('%s is a source', async (source) => {
    expect(await clean('`src/export/encode.ts:17`', source)).toEqual([])
  })

  test.each(['[my file](../../src/my%20file.ts#L9)', '`src/cafe\u0301.ts:9`', '`app/(auth).tsx:9`', '`app/(auth).tsx:1`, `app/(none).tsx:1`'])('%s is looked up all the same', async (source) => {
    expect((await clean('`src/export/encode.ts:17`', source)).map((one) => one.split(':')[0])).toEqual([expect.stringMatching(/^citation-/u)])
  })

  test.each(['@docs/plan.md - the plan of the export', '@docs/plan.md – the plan', '@docs/plan.md the plan of the export', '@docs/plan.md: the plan', '@docs/plan.md (the plan)', '@docs/my plan.md', '@docs/my plan.md - the plan', '@docs/ - all of it'])('%s is found', async (reference) => {
    expect(await clean('- The log of the night of 1 March', `- ${reference}`)).toEqual([])
  })

  test('a reference with a note that leads nowhere is named without the note', async () => {
    expect(await clean('- The log of the night of 1 March', '- @docs/none.md - the plan of the export')).toEqual(['reference-unresolved: There is no `docs/none.md` in the repository'])
  })

  test('whatever a file is called, its encoded and its decomposed name lead to it', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aZ09 éüñ가-_()[]\',%&+~'), minLength: 1, maxLength: 12 }).map((one) => one.trim()).filter((one) => one !== '' && !/^\.*$/u.test(one))
    fc.assert(
      fc.property(name, (made) => {
        const real = `src/${made.normalize('NFC')}.ts`
        const tree = { at: (one: string) => (one === real ? ({ kind: 'file', lines: 3 } as const) : ({ kind: 'absent' } as const)), named: () => [], starting: () => [], matching: () => [] }
        for (const written of [real, encodeURI(real).replaceAll('%25', '%25'), real.split('/').map(encodeURIComponent).join('/'), real.normalize('NFD'), `../${real}`]) {
          expect(findCited(written, 'docs/', tree), written).toEqual({ kind: 'file', path: real, lines: 3 })
        }
      }),
      { numRuns: 300 },
    )
  })
})

test('a pin that was rewritten to what the file says today is told', async () => {
  const { repository } = closed()
  expect(inquest(repository.root, ['verify', '--pin']).status).toBe(0)
  commit(repository, 'Bind')
  expect(await found(repository)).toEqual([])
  const pins = '.inquest/evidence/INV-001.pins.jsonl'
  repository.write('src/upload.js', handler.replace('store(body)', 'store(body.slice(0))'))
  expect(await found(repository)).toEqual(['warning citation-drifted: src/upload.js:3-4'])
  repository.write(pins, repository.read(pins).replace('store(body)', 'store(body.slice(0))'))
  commit(repository, 'Change code and pin')
  expect(await found(repository)).toEqual(['warning pin-untrue: src/upload.js:3-4'])
  expect(inquest(repository.root, ['verify', '--pin']).status).toBe(0)
})

describe('what lines say', () => {
  test('is told as a plain reading tells it', () => {
    const line = fc.constantFrom('', ' ', '\t', '}', '});', ' // ', '---', 'x', ' return 1', 'é', '\r', '*/')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), fc.nat(29), fc.nat(29), (lines, ends, a, b) => {
        const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '')
        const survey = surveyLines(Buffer.from(text))
        const all = text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
        expect(survey.lines).toBe(all.length)
        const [start, end] = [Math.min(a, b) + 1, Math.max(a, b) + 1]
        if (end > all.length) return
        const cited = all.slice(start - 1, end).join('')
        expect(saidIn(survey, [{ start, end }])).toBe(/[\p{L}\p{N}]/u.test(cited) ? 'something' : cited.trim() === '' ? 'nothing' : 'signs')
      }),
      { numRuns: 500 },
    )
  })

  test('of addresses is told without a fault, whatever is written', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (address, any) => void [weaknessOf(address), weaknessOf(any), weaknessOf(`http://${any}`)]))
  })
})
