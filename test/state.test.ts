/** State of one machine: where it lies, what is never taken for it, and what becomes of that of the first version. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Repository, Run } from './support/repository.js'
import { createRepository, inquest, scratchFolder } from './support/repository.js'

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

const broken = workItem('WORK-001').replace('status: active', 'status: nowhere')

/** An inquiry that others can follow from. */
const parent = (() => {
  const repository = createRepository()
  inquest(repository.root, ['new', 'investigation', 'Rows are lost', '--path', 'docs/a.md'])
  return repository.read('docs/a.md')
})()

function committed(files: Readonly<Record<string, string>>): Repository {
  const repository = createRepository(files)
  repository.git('add', '--force', '--all')
  repository.git('commit', '-q', '-m', 'Begin')
  return repository
}

interface Checked {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly path: string; readonly message: string }[]
  readonly summary: Readonly<Record<string, number>>
}

const check = (root: string, ...args: string[]): Checked & { readonly status: number } => {
  const run = inquest(root, ['check', '--json', ...args])
  return { ...(JSON.parse(run.stdout) as Checked), status: run.status }
}

const rulesIn = ({ findings }: Checked): readonly string[] => findings.map(({ severity, rule, path: file }) => `${severity} ${rule} ${file}`)

/** Files below a folder, relative to it. */
const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(folder, file)).isFile()).toSorted() : [])

const spawned = (child: string, text = workItem('WORK-002')): string => `${JSON.stringify({ kind: 'spawn', parent: 'docs/a.md', child, text, id: 'WORK-002', title: 'More' })}\n`

describe('where state lies', () => {
  test("in git's folder, and nothing of it in the tree", () => {
    const repository = committed({ 'inquest.yaml': '', '.inquest/templates/README.md': 'x\n', 'docs/a.md': parent })
    inquest(repository.root, ['check'])
    inquest(repository.root, ['new', 'work_item', 'Another'])
    expect(inquest(repository.root, ['spawn', 'work_item', 'Third', '--from', 'INV-001']).stderr).toBe('')
    expect(filesIn(path.join(repository.root, '.git/inquest')).filter((file) => !file.startsWith('cache/'))).toEqual(['ids/WORK-001', 'ids/WORK-002'])
    expect(filesIn(path.join(repository.root, '.git/inquest/cache'))).toContain('findings.jsonl')
    expect(filesIn(path.join(repository.root, '.inquest'))).toEqual(['templates/README.md'])
  })

  test('apart for each folder with a configuration, and for each working tree; ids are shared', () => {
    const files = (folder: string): Record<string, string> => ({ [`${folder}/inquest.yaml`]: '', [`${folder}/.inquest/x`]: '', [`${folder}/docs/a.md`]: workItem('WORK-001') })
    const repository = committed({ ...files('one'), ...files('two/below') })
    const other = path.join(scratchFolder(), 'other')
    repository.git('worktree', 'add', '-q', '-b', 'side', other)
    for (const root of [repository.root, other]) for (const folder of ['one', 'two/below']) inquest(path.join(root, folder), ['check'])
    const git = path.join(repository.root, '.git')
    expect(filesIn(git).filter((file) => file.endsWith('findings.jsonl'))).toEqual([
      'inquest/roots/one/cache/findings.jsonl',
      'inquest/roots/two%2Fbelow/cache/findings.jsonl',
      'worktrees/other/inquest/roots/one/cache/findings.jsonl',
      'worktrees/other/inquest/roots/two%2Fbelow/cache/findings.jsonl',
    ])
    inquest(path.join(other, 'one'), ['new', 'work_item', 'There'])
    expect(inquest(path.join(repository.root, 'one'), ['new', 'work_item', 'Here']).stdout).toContain('WORK-003')
  })

  test('in the folder of the user where there is no git, by the real path', () => {
    const [root, home] = [scratchFolder(), scratchFolder()]
    mkdirSync(path.join(root, '.inquest'))
    mkdirSync(path.join(root, 'docs'))
    writeFileSync(path.join(root, 'docs/a.md'), workItem('WORK-001'))
    const link = path.join(scratchFolder(), 'link')
    symlinkSync(root, link)
    const env = { XDG_STATE_HOME: home }
    for (const cwd of [root, link]) expect(inquest(cwd, ['check'], { env }).status).toBe(0)
    expect(inquest(root, ['new', 'work_item', 'Another'], { env }).status).toBe(0)
    const [folder = '', ...more] = readdirSync(path.join(home, 'inquest'))
    expect(more).toEqual([])
    expect(folder).toMatch(/^inquest-test-.*-[0-9a-f]{16}$/u)
    // Heads are kept of files that were left alone for a while.
    expect(filesIn(path.join(home, 'inquest', folder)).filter((file) => file !== 'cache/heads.jsonl')).toEqual(['cache/findings.jsonl', 'ids/WORK-002'])
    expect(filesIn(path.join(root, '.inquest'))).toEqual([])
  })

  test('in the folder of the user where the folder of git cannot be written, and found there again', () => {
    const repository = committed({ '.inquest/x': '', 'inquest.yaml': '', 'docs/a.md': parent })
    const home = scratchFolder()
    const env = { XDG_STATE_HOME: home }
    // Whoever may do everything may not make a folder where a file is.
    writeFileSync(path.join(repository.root, '.git/inquest'), '')
    const first = inquest(repository.root, ['check', '--verbose'], { env })
    expect(first.stderr).toContain('read anew: docs/a.md')
    expect(inquest(repository.root, ['check', '--verbose'], { env }).stderr).toBe('')
    expect(inquest(repository.root, ['spawn', 'work_item', 'Third', '--from', 'INV-001'], { env }).stderr).toBe('')
    rmSync(path.join(repository.root, '.git/inquest'))
    expect(inquest(repository.root, ['new', 'work_item', 'Fourth', '--id', 'WORK-009'], { env }).status).toBe(0)
    // What was given there is still given.
    rmSync(path.join(repository.root, 'docs'), { recursive: true })
    expect(inquest(repository.root, ['new', 'work_item', 'Fifth'], { env }).stdout).toContain('WORK-002')
  })

  test('verbs that only read need no such place; verbs that write say what they lack', () => {
    const repository = committed({ '.inquest/x': '', 'docs/a.md': parent })
    writeFileSync(path.join(repository.root, '.git/inquest'), '')
    const file = path.join(scratchFolder(), 'file')
    writeFileSync(file, '')
    const env = { XDG_STATE_HOME: file }
    for (const verb of [['check'], ['list'], ['status'], ['verify'], ['doctor']]) expect(inquest(repository.root, verb, { env }), verb.join(' ')).toMatchObject({ status: 0, stderr: '' })
    const run = inquest(repository.root, ['spawn', 'work_item', 'Third', '--from', 'INV-001'], { env })
    expect(run.status).toBe(3)
    expect(run.stderr).toMatch(/^inquest: ids\/WORK-001: there is no folder to keep it in: .*\n {2}Make git's folder writable, or set XDG_STATE_HOME/u)
    expect(readdirSync(path.join(repository.root, 'docs'))).toEqual(['a.md'])
  })

  test('never in the tree, whatever names a folder there', () => {
    const repository = committed({ '.inquest/x': '', 'docs/a.md': parent, 'theirs/HEAD': 'ref: refs/heads/main\n', 'theirs/refs/x': '', 'theirs/objects/x': '' })
    rmSync(path.join(repository.root, '.git'), { recursive: true })
    writeFileSync(path.join(repository.root, '.git'), 'gitdir: theirs\n')
    const home = scratchFolder()
    inquest(repository.root, ['check'], { env: { XDG_STATE_HOME: home } })
    inquest(repository.root, ['check'], { env: { XDG_STATE_HOME: path.join(repository.root, 'theirs') } })
    expect(filesIn(path.join(repository.root, 'theirs'))).toEqual(['HEAD', 'objects/x', 'refs/x'])
    expect(filesIn(home)).not.toEqual([])
  })

  test('in the folder of git that a file .git names, only where that names the working tree in turn', () => {
    const repository = committed({ '.inquest/x': '', 'docs/a.md': parent })
    const apart = path.join(scratchFolder(), 'apart.git')
    spawnSync('mv', [path.join(repository.root, '.git'), apart])
    writeFileSync(path.join(repository.root, '.git'), `gitdir: ${apart}\n`)
    const home = scratchFolder()
    inquest(repository.root, ['check'], { env: { XDG_STATE_HOME: home } })
    expect(existsSync(path.join(apart, 'inquest'))).toBe(false)
    expect(filesIn(home)).not.toEqual([])
    spawnSync('git', ['config', 'core.worktree', repository.root], { cwd: repository.root })
    inquest(repository.root, ['check'], { env: { XDG_STATE_HOME: scratchFolder() } })
    expect(filesIn(path.join(apart, 'inquest'))).toContain('cache/findings.jsonl')
  })
})

describe('state that was committed', () => {
  test('is not acted on, and is told by check and by doctor', () => {
    const files = { '.inquest/pending/x.json': spawned('docs/b.md'), '.inquest/ids/WORK-001': '', '.inquest/cache/heads.jsonl': '' }
    const repository = committed({ ...files, 'docs/a.md': parent })
    const before = check(repository.root)
    expect(rulesIn(before).filter((one) => one.includes('state-'))).toEqual(Object.keys(files).toSorted().map((file) => `error state-committed ${file}`))
    expect([before.status, before.summary['errors']]).toEqual([1, 3])
    expect(inquest(repository.root, ['new', 'work_item', 'Another']).stdout).toContain('WORK-001')
    const doctor = inquest(repository.root, ['doctor'])
    for (const file of Object.keys(files)) expect(doctor.stdout + doctor.stderr).toContain(`git rm --cached ${file}`)
    expect(readdirSync(path.join(repository.root, 'docs'))).toEqual(['a.md', 'work'])
    for (const [file, text] of Object.entries(files)) expect(repository.read(file)).toBe(text)
    expect(repository.git('status', '--porcelain', '.inquest')).toBe('')
  })

  test('nor where it is only added, or a link; a cache hides nothing', () => {
    const repository = committed({ 'inquest.yaml': '', '.inquest/x': '', 'docs/a.md': broken })
    const honest = rulesIn(check(repository.root))
    expect(honest).toContain('error phase-invalid docs/a.md')
    // What an honest run keeps, with the findings taken out, where the first version looked for it.
    const forged = readFileSync(path.join(repository.root, '.git/inquest/cache/findings.jsonl'), 'latin1').replaceAll(/\{"findings":\[.*\],"skips"/gu, '{"findings":[],"skips"')
    repository.write('.inquest/cache/findings.jsonl', forged)
    repository.git('add', '--force', '.inquest/cache')
    rmSync(path.join(repository.root, '.git/inquest'), { recursive: true })
    expect(rulesIn(check(repository.root))).toEqual(['error state-committed .inquest/cache/findings.jsonl', ...honest])
    repository.git('rm', '-q', '-r', '--cached', '.inquest/cache')
    rmSync(path.join(repository.root, '.inquest/cache'), { recursive: true })
    symlinkSync('../elsewhere', path.join(repository.root, '.inquest/cache'))
    repository.write('elsewhere/findings.jsonl', forged)
    repository.git('add', '--force', '--all')
    expect(rulesIn(check(repository.root))).toEqual(['error state-committed .inquest/cache', ...honest])
  })

  test('a folder for the cache that git tracks is none, and one beside the tree is', () => {
    const repository = committed({ 'docs/a.md': broken, 'inquest.yaml': '' })
    const honest = rulesIn(check(repository.root, '--cache-dir', 'kept'))
    const kept = path.join(repository.root, 'kept/findings.jsonl')
    writeFileSync(kept, readFileSync(kept, 'latin1'))
    repository.git('add', '--force', 'kept')
    const told = (folder: string): string => inquest(repository.root, ['check', '--verbose', '--cache-dir', folder]).stderr
    expect(told('kept')).toBe('read anew: docs/a.md: nothing is kept\n')
    symlinkSync('kept', path.join(repository.root, 'link'))
    expect(told('link')).toBe('read anew: docs/a.md: nothing is kept\n')
    repository.git('rm', '-q', '-r', '--cached', 'kept')
    expect(told('kept')).toBe('')
    const outside = path.join(scratchFolder(), 'kept')
    expect(told(outside)).toBe('read anew: docs/a.md: it was not checked before\n')
    expect(told(outside)).toBe('')
    expect(rulesIn(check(repository.root, '--cache-dir', 'kept'))).toEqual(honest)
  })

  test('what looks like the remains of a command is left alone, and told', () => {
    const document = workItem('WORK-001')
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
    const displaced = `docs/.a.md.${digest('other')}-${digest(document)}.zz-zz.inquest-displaced`
    const above = `....${digest('other')}-${digest('x')}.zz-zz.inquest-displaced`
    const files = { [displaced]: workItem('WORK-666'), [above]: 'out of here\n', 'docs/.inquest-lock': '1\n', 'docs/.b.zzzz-zz.inquest-tmp': '' }
    const repository = committed({ 'docs/a.md': document, 'inquest.yaml': '', ...files })
    expect(rulesIn(check(repository.root)).filter((one) => one.includes('state-'))).toEqual([above, displaced, 'docs/.b.zzzz-zz.inquest-tmp', 'docs/.inquest-lock'].toSorted().map((file) => `error state-committed ${file}`))
    inquest(repository.root, ['new', 'work_item', 'Another'])
    inquest(repository.root, ['doctor'])
    expect(repository.read('docs/a.md')).toBe(document)
    for (const [file, text] of Object.entries(files)) if (!file.endsWith('.inquest-lock')) expect(repository.read(file)).toBe(text)
    expect(existsSync(path.join(path.dirname(repository.root), '.kept'))).toBe(false)
    expect(existsSync(`${path.dirname(repository.root)}.kept`)).toBe(false)
  })

  test('a lock that is a link makes no file elsewhere', () => {
    const outside = path.join(scratchFolder(), 'made')
    const repository = createRepository({ 'docs/a.md': parent })
    symlinkSync(outside, path.join(repository.root, 'docs/.inquest-lock'))
    const run = inquest(repository.root, ['spawn', 'work_item', 'Third', '--from', 'INV-001'])
    expect(run.status).toBe(3)
    expect(run.stderr).toContain('is not a plain file, so nothing is written beside it')
    expect(existsSync(outside)).toBe(false)
  })
})

describe('a store that somebody else may have made', () => {
  const stored = (): Repository => {
    const repository = createRepository({ 'inquest.yaml': '', 'docs/a.md': parent })
    expect(inquest(repository.root, ['memory', 'ingest', 'The table is vacuumed at two']).status).toBe(0)
    return repository
  }
  const verbs = [['memory', 'ingest', 'More'], ['memory', 'search', 'table'], ['memory', 'stats'], ['memory', 'show', '1'], ['memory', 'export'], ['memory', 'check']]
  const expectRefused = (repository: Repository, why: string): void => {
    for (const verb of verbs) {
      const run = inquest(repository.root, verb)
      expect([run.status, run.stdout], verb.join(' ')).toEqual([3, ''])
      expect(run.stderr, verb.join(' ')).toContain(`.inquest/memory.db: ${why}; it is not opened`)
    }
    expect(inquest(repository.root, ['doctor']).stdout).toContain(why)
  }

  test('is not opened where git tracks it, or a part of it', () => {
    for (const file of ['.inquest/memory.db', '.inquest/memory.db-wal']) {
      const repository = stored()
      expect(inquest(repository.root, ['memory', 'search', 'table']).stdout).toContain('vacuumed')
      if (!existsSync(path.join(repository.root, file))) repository.write(file, '')
      repository.git('add', '--force', file)
      expectRefused(repository, 'is tracked by git, so that anybody may have written it')
      expect(rulesIn(check(repository.root))).toContain(`error state-committed ${file}`)
    }
  })

  test('is not opened where it is a link that leaves the repository, or lies behind one', () => {
    for (const link of ['.inquest/memory.db', '.inquest']) {
      const [theirs, repository] = [stored(), createRepository({ 'inquest.yaml': '', 'docs/a.md': parent })]
      mkdirSync(path.dirname(path.join(repository.root, link)), { recursive: true })
      symlinkSync(path.join(theirs.root, link), path.join(repository.root, link))
      expectRefused(repository, 'is a link that leaves the repository')
    }
  })
})

describe('intents', () => {
  const bad: Readonly<Record<string, string>> = {
    'no JSON': '{"kind":',
    'another kind': JSON.stringify({ kind: 'write', child: 'docs/b.md', text: 'x' }),
    'above the root': spawned('../outside.md'),
    absolute: spawned('/tmp/outside.md'),
    'on the way out and back': spawned('docs/../../x/b.md'),
    'into git': spawned('.git/hooks/post-commit.md'),
    'into git in capitals': spawned('.GIT/hooks/post-commit.md'),
    'into the state': spawned('.inquest/templates/b.md'),
    'into packages': spawned('node_modules/b/README.md'),
    'no Markdown': spawned('docs/b.sh'),
    hidden: spawned('.github/workflows/x.yml'),
    'a hidden folder': spawned('.claude/agents/x.md'),
    'a text that is none': JSON.stringify({ kind: 'spawn', parent: 'docs/a.md', child: 'docs/b.md', text: 1, id: 'WORK-002', title: 'More' }),
    'a record that is none': JSON.stringify({ kind: 'renumber', from: 'WORK-001', to: 'WORK-009', own: 'docs/a.md', shared: false, files: [{ path: '.inquest/attestations/../../inquest.yaml', record: true }] }),
    'another folder': JSON.stringify({ kind: 'renumber', from: 'WORK-001', to: 'WORK-009', own: 'docs/a.md', shared: false, files: [{ path: 'docs/a.md', to: 'b.md' }] }),
  }
  const before = (repository: Repository): readonly string[] => filesIn(repository.root).filter((file) => !file.startsWith('.git/')).map((file) => `${file}: ${repository.read(file)}`)

  test.each(Object.entries(bad))('%s: is no intent, is left alone and told of', (_name, text) => {
    const repository = createRepository({ 'inquest.yaml': '', 'docs/a.md': parent, '.git/inquest/pending/x.json': text })
    const files = before(repository)
    const run = inquest(repository.root, ['doctor'])
    expect(run.stdout + run.stderr).toContain('x.json: lies among the intents and is none that inquest wrote')
    expect(before(repository)).toEqual(files)
  })

  test('an honest one is finished', () => {
    const repository = createRepository({ 'inquest.yaml': '', 'docs/a.md': parent, '.git/inquest/pending/x.json': spawned('docs/b.md') })
    expect(inquest(repository.root, ['doctor']).stdout).toContain('1 finished')
    expect(repository.read('docs/b.md')).toBe(workItem('WORK-002'))
    expect(repository.read('docs/a.md')).toContain('WORK-002')
  })
})

describe('state of the first version', () => {
  const old = { '.inquest/pending/x.json': spawned('docs/b.md'), '.inquest/pending/y.json': spawned('../outside.md'), '.inquest/ids/WORK-007': '', '.inquest/ids/..%2F..%2Fx': '', '.inquest/cache/findings.jsonl': 'x', '.inquest/cache/sessions/0123456789abcdef/0123456789abcdef.json': '{}' }

  test('is told by check, and taken over once as far as it is what inquest writes', () => {
    const repository = createRepository({ 'inquest.yaml': '', '.gitignore': '.inquest/\n', 'docs/a.md': parent, ...old })
    expect(rulesIn(check(repository.root)).filter((one) => one.includes('state-'))).toEqual(['warning state-leftover .inquest/cache/findings.jsonl', 'warning state-leftover .inquest/ids/..%2F..%2Fx', 'warning state-leftover .inquest/pending/x.json'])
    const taken: Run = inquest(repository.root, ['doctor'])
    expect(taken.stdout).toContain('1 finished')
    expect(repository.read('docs/b.md')).toBe(workItem('WORK-002'))
    expect(filesIn(path.join(repository.root, '.inquest'))).toEqual(['ids/..%2F..%2Fx', 'pending/y.json'])
    expect(filesIn(path.join(repository.root, '.git/inquest')).filter((file) => !file.startsWith('cache/'))).toEqual(['ids/WORK-007'])
    expect(inquest(repository.root, ['doctor']).stdout).toContain('no operation was left unfinished')
  })

  test('is left where git is not there to say what was committed', () => {
    const root = scratchFolder()
    for (const [file, text] of Object.entries({ 'docs/a.md': parent, ...old })) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    inquest(root, ['doctor'])
    expect(filesIn(root)).toEqual(['docs/a.md', ...Object.keys(old)].toSorted())
  })
})
