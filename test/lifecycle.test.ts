/** The lifecycle through the command line: each gate refuses with the right blockers, then opens; the history can be trusted. */

import { chmodSync, lstatSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from './support/repository.js'
import type { Repository, Run } from './support/repository.js'

const folder = 'docs/investigations'

interface Refusal {
  readonly refused: { readonly transition: string; readonly reason: string; readonly blockers: readonly { rule: string; subject?: string; range: { start: { line: number } } }[] }
}

function json<T>(run: Run): T {
  return JSON.parse(run.stdout) as T
}

function refusedRules(run: Run): readonly string[] {
  expect(run.status, run.stderr + run.stdout).toBe(1)
  return [...new Set(json<Refusal>(run).refused.blockers.map((finding) => finding.rule))].toSorted()
}

function edit(repository: Repository, file: string, ...changes: readonly (readonly [string, string])[]): void {
  let text = repository.read(file)
  for (const [from, to] of changes) {
    expect(text).toContain(from)
    text = text.replace(from, () => to)
  }
  repository.write(file, text)
}

/** A small inquiry with its question and hypotheses written, still in its first phase. */
function begun(template = 'investigation-lite'): { repository: Repository; file: string } {
  const repository = createRepository({ 'src/db.js': 'a\nb\nexport const timeout = 0\n' })
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'start')
  const file = json<{ path: string }>(inquest(repository.root, ['new', template, 'Two writers crash', '--json'])).path
  edit(
    repository,
    file,
    ['[What is seen, what was expected, and what has to be found out?]', 'Why does the second of two writers crash?'],
    ['| **H1** | [What you expect to be true] | [High/Medium/Low] | [What to read or run, and what would refute it] |', '| **H1** | Nobody waits for the lock | High | Read db.js |\n| **H2** | The disk is full | Low | Run df |'],
  )
  return { repository, file }
}

function explored(): { repository: Repository; file: string } {
  const { repository, file } = begun()
  expect(inquest(repository.root, ['advance', 'INV-001']).status).toBe(0)
  edit(repository, file, ['| [What stands there] | [path:line] | [H1, or against H1] |', '| The timeout is 0 | `src/db.js:3` | H1 |\n| 10 GB are free | `src/db.js` (whole file) | against H2 |'])
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'explored')
  return { repository, file }
}

function concluded(): { repository: Repository; file: string } {
  const { repository, file } = explored()
  expect(inquest(repository.root, ['advance', 'INV-001']).status).toBe(0)
  edit(
    repository,
    file,
    ['| H1 | [Confirmed/Refuted/Inconclusive] | [The rows that decide it] |', '| H1 | Confirmed | The timeout |\n| H2 | Refuted | The disk |'],
    ['[The question, answered in one sentence]', 'The second writer does not wait.'],
    ['- [ ] **[Id]: [Title]**\n\n[Or, in place of items, why nothing follows]', 'Nothing follows: the timeout was set on the spot.'],
  )
  return { repository, file }
}

describe('gates', () => {
  test('leaving the first phase: the question, and hypotheses with confidence and test', () => {
    const repository = createRepository()
    const file = json<{ path: string }>(inquest(repository.root, ['new', 'investigation', 'Any', '--json'])).path
    const before = repository.read(file)
    const run = inquest(repository.root, ['advance', 'INV-001', '--json'])
    expect(refusedRules(run)).toEqual(['hypothesis-missing', 'section-empty'])
    expect(json<Refusal>(run).refused.blockers.map((finding) => finding.subject)).toEqual(['Context', 'Prior Work Query', 'Objective', 'Scope', undefined])
    expect(repository.read(file)).toBe(before)
  })

  test('a hypothesis without confidence or test keeps the gate shut', () => {
    const { repository, file } = begun()
    edit(repository, file, ['| Low | Run df |', '|  |  |'])
    const run = inquest(repository.root, ['advance', 'INV-001'])
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('error[hypothesis-incomplete]: Hypothesis `H2` has no confidence and no test method')
    expect(run.stdout).toMatch(/refused: advance INV-001: 1 finding keeps it from `explore`\n$/u)
  })

  test('leaving the evidence: rows at all, every source located, every hypothesis looked into', () => {
    const { repository, file } = explored()
    const rows = '| The timeout is 0 | `src/db.js:3` | H1 |\n| 10 GB are free | `src/db.js` (whole file) | against H2 |'
    edit(repository, file, [rows, '| The timeout is 0 | `src/db.js` | H1 |'])
    expect(refusedRules(inquest(repository.root, ['advance', 'INV-001', '--json']))).toEqual(['evidence-unsourced', 'hypothesis-untested'])
    edit(repository, file, ['| The timeout is 0 | `src/db.js` | H1 |\n', ''])
    expect(refusedRules(inquest(repository.root, ['advance', 'INV-001', '--json']))).toEqual(['evidence-missing'])
  })

  test('closing: verdicts, the answer, what follows and learnings; boxes follow by themselves', () => {
    const { repository, file } = explored()
    inquest(repository.root, ['advance', 'INV-001'])
    const before = repository.read(file)
    expect(refusedRules(inquest(repository.root, ['close', 'INV-001', '--json']))).toEqual(['memory-refs-missing', 'placeholder-left', 'spawn-missing', 'verdict-missing'])
    expect(repository.read(file)).toBe(before)
  })

  test('closing from an earlier phase is refused with the way on', () => {
    const { repository } = explored()
    const run = inquest(repository.root, ['close', 'INV-001', '--json'])
    expect(run.status).toBe(1)
    expect(json<Refusal>(run).refused).toMatchObject({ transition: 'close', blockers: [] })
    expect(json<Refusal>(run).refused.reason).toContain('advance it first')
  })

  test('a document that no template judges passes no gate', () => {
    const repository = createRepository({ 'docs/a.md': '---\ntemplate: investigation\nversion: "9.9"\nbacklog_id: INV-001\nstatus: active\n---\n# A\n' })
    const run = inquest(repository.root, ['advance', 'docs/a.md'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('cannot be judged by any template, so no gate can be passed')
  })

  test('a template with a mistake passes no gate', () => {
    const { repository } = begun()
    const template = inquest(repository.root, ['template', 'show', 'investigation-lite']).stdout
    repository.write('.inquest/templates/lite.md', template.replace('[evidence-missing,', '[evidence-mising,'))
    const before = repository.read(`${folder}/INVESTIGATION-INV-001-two-writers-crash.md`)
    const run = inquest(repository.root, ['advance', 'INV-001'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('which is no rule')
    expect(repository.read(`${folder}/INVESTIGATION-INV-001-two-writers-crash.md`)).toBe(before)
  })
})

describe('the whole way', () => {
  test('closes with all that is proven ticked, and check finds nothing', () => {
    const { repository, file } = concluded()
    const run = inquest(repository.root, ['close', 'INV-001', '--memory-refs', '7,8', '--json'])
    expect(json(run)).toMatchObject({ version: 1, id: 'INV-001', from: 'conclude', to: 'closed', ticked: ['Every hypothesis decided', 'Follow-up settled', 'Learnings stored'] })
    const text = repository.read(file)
    expect(text).toContain('status: complete\n')
    expect(text).toContain('memory_refs: [7, 8]\n')
    expect(text).not.toContain('[ ]')
    expect(inquest(repository.root, ['check', '--show', 'info']).stdout).toBe('no finding in 1 document\n')
    expect(json<{ next: null }>(inquest(repository.root, ['status', 'INV-001', '--json'])).next).toBeNull()
  })

  test('records who, when and on which commit, and no byte besides', () => {
    const { repository, file } = begun()
    const before = repository.read(file)
    const commit = repository.git('rev-parse', '--short=12', 'HEAD').trim()
    inquest(repository.root, ['advance', 'INV-001'], { env: { SOURCE_DATE_EPOCH: '4102444800' } })
    const after = repository.read(file)
    expect(after).toContain(`  - event: advance\n    phase: explore\n    at: 2100-01-01T00:00:00Z\n    by: Test Author\n    commit: ${commit}\n    hypotheses: `)
    const restored = after.replace(/ {2}- event: advance[\s\S]*?(?=---)/u, '').replace('lifecycle_phase: explore', 'lifecycle_phase: hypothesize')
    expect(restored).toBe(before)
  })

  test('a clock that runs behind makes no history that runs backwards', () => {
    const { repository } = begun()
    expect(inquest(repository.root, ['advance', 'INV-001'], { env: { SOURCE_DATE_EPOCH: '1000' } }).status).toBe(0)
    expect(inquest(repository.root, ['check']).status).toBe(0)
  })

  test('documents that began without inquest enter their history where they stand', () => {
    const active = sample.replace('status: complete', 'status: active')
    for (const form of [active, `\uFEFF${active.replaceAll('\n', '\r\n')}`]) {
      const repository = createRepository({ 'docs/a.md': form })
      expect(inquest(repository.root, ['close', 'INV-001']).status).toBe(0)
      const after = repository.read('docs/a.md')
      expect(inquest(repository.root, ['check']).stdout).toMatch(/^no finding in 1 document\n/u)
      expect(after.replace(/phase_history:[\s\S]*?(?=---)/u, '').replace('status: complete', 'status: active')).toBe(form)
    }
  })

  test('the tracker gets a row where there is one', () => {
    const tracked = sample.replace('status: complete', 'status: active').replace('## Ground Truth', '## Session Progress Tracker\n\n| Session | Date | Phase | Progress | Notes |\n|---|---|---|---|---|\n| 1 | 2026-03-02 | HYPOTHESIZE | Started | |\n\n## Ground Truth')
    const repository = createRepository({ 'docs/a.md': tracked })
    inquest(repository.root, ['close', 'INV-001'], { env: { SOURCE_DATE_EPOCH: '4102444800', TZ: 'UTC' } })
    expect(repository.read('docs/a.md')).toContain('| 1 | 2026-03-02 | HYPOTHESIZE | Started | |\n| - | 2100-01-01 | CONCLUDE | Complete |  |\n')
  })

  test('templates with other phases run the same machine', () => {
    for (const [template, phases] of [
      ['investigation-explore-first', ['explore', 'hypothesize', 'validate', 'conclude']],
      ['investigation-lite', ['hypothesize', 'explore', 'conclude']],
      ['postmortem', ['reconstruct', 'analyse', 'improve']],
    ] as const) {
      const repository = createRepository()
      const { id } = json<{ id: string }>(inquest(repository.root, ['new', template, 'Any', '--json']))
      expect(json<{ phase: string; next: string }>(inquest(repository.root, ['status', id, '--json']))).toMatchObject({ phase: phases[0], next: phases[1] })
      expect(refusedRules(inquest(repository.root, ['advance', id, '--json']))).not.toEqual([])
    }
  })
})

describe('what only a person can say', () => {
  test('is not ticked because a section was written: a stated goal is not a goal reached', () => {
    const repository = createRepository()
    const { path: plan } = json<{ path: string }>(inquest(repository.root, ['new', 'implementation_plan', 'Cut the ids', '--json']))
    repository.write(plan, repository.read(plan).replaceAll(/\[[A-Z][^\]\n]+\]/gu, 'Said'))
    expect(inquest(repository.root, ['advance', 'PLAN-001']).stdout).toBe('PLAN-001: plan → do\n')
    expect(inquest(repository.root, ['fix', '--tick']).status).toBe(0)
    expect(repository.read(plan)).toContain('- [ ] **Goal reached**')
    expect(inquest(repository.root, ['advance', 'PLAN-001']).status).toBe(0)
    const open = inquest(repository.root, ['close', 'PLAN-001', '--json'])
    expect(refusedRules(open)).toEqual(['checklist-incomplete'])
  })

  test('neither is a deliverable in place because it is named', () => {
    const repository = createRepository()
    const { path: item } = json<{ path: string }>(inquest(repository.root, ['new', 'work_item', 'Cut the ids', '--json']))
    edit(repository, item, ['- [ ] [What there is afterwards that was not there before]', '- [ ] Shorter ids'])
    inquest(repository.root, ['fix', '--tick'])
    expect(repository.read(item)).toContain('- [ ] **Deliverables in place**')
  })
})

describe('a phase that was set by hand', () => {
  test('past its gate is found', () => {
    const { repository, file } = begun()
    edit(repository, file, ['lifecycle_phase: hypothesize', 'lifecycle_phase: explore'])
    const run = inquest(repository.root, ['check'])
    expect(run.stdout).toContain('error[phase-invalid]: The phase is `explore`, and the recorded transitions lead to `hypothesize`')
    expect(inquest(repository.root, ['advance', 'INV-001']).status).toBe(1)
  })

  test('a status that was set by hand is found', () => {
    const { repository, file } = concluded()
    edit(repository, file, ['status: active', 'status: complete'], ['memory_refs: []', 'memory_refs: [7]'])
    inquest(repository.root, ['fix', '--tick'])
    expect(inquest(repository.root, ['check']).stdout).toContain('error[phase-invalid]: The status is `complete`, and the recorded transitions have not closed the document')
  })

  test('times that run backwards and entries that cannot follow are found', () => {
    const { repository, file } = explored()
    const text = repository.read(file)
    repository.write(file, text.replace(/(event: advance\n\s+phase: explore\n\s+at: )\S+/u, '$12001-01-01T00:00:00Z'))
    expect(inquest(repository.root, ['check']).stdout).toContain('its time 2001-01-01T00:00:00Z lies before the one above it')
    repository.write(file, text.replace('  - event: advance\n    phase: explore', '  - event: advance\n    phase: conclude').replace('lifecycle_phase: explore', 'lifecycle_phase: conclude'))
    expect(inquest(repository.root, ['check']).stdout).toContain('it goes from `hypothesize` to `conclude`')
  })

  test('a tracker that is further than the phase is found', () => {
    const text = sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: explore').replaceAll('[x]', '[ ]').replace('| Yes |', '| |')
    const repository = createRepository({ 'docs/a.md': text.replace('## Ground Truth', '## Session Progress Tracker\n\n| Session | Date | Phase | Progress | Notes |\n|---|---|---|---|---|\n| 1 | 2026-03-02 | CONCLUDE | Complete | |\n\n## Ground Truth') })
    expect(inquest(repository.root, ['check']).stdout).toContain('warning[phase-behind]: The work is noted to be in `conclude`, and the phase is still `explore`')
  })
})

describe('registration', () => {
  test('a reworded hypothesis is found, with the registered text from the history of git', () => {
    const { repository, file } = explored()
    edit(repository, file, ['The disk is full', 'The disk was slow'])
    const run = inquest(repository.root, ['check'])
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('error[registration-broken]: The hypotheses are not what was registered: `H2` was changed')
    expect(run.stdout).toContain('registered: H2 | The disk is full | Low | Run df')
    expect(run.stdout).toContain('now: H2 | The disk was slow | Low | Run df')
    expect(refusedRules(inquest(repository.root, ['advance', 'INV-001', '--json']))).toEqual(['registration-broken'])
  })

  test('what changes no meaning breaks nothing', () => {
    const { repository, file } = explored()
    edit(repository, file, ['| **H1** | Nobody waits for the lock | High |', '|   H1   |  *Nobody*   waits for the lock | High |'])
    expect(inquest(repository.root, ['check']).status).toBe(0)
  })

  test('an amendment needs a reason, a change, and marks that evidence stood already', () => {
    const { repository, file } = explored()
    expect(inquest(repository.root, ['amend', 'INV-001', '--why', ' '])).toMatchObject({ status: 2, stdout: '' })
    expect(inquest(repository.root, ['amend', 'INV-001', '--why', 'x'])).toMatchObject({ status: 1 })
    edit(repository, file, ['The disk is full', 'The disk was slow'])
    expect(inquest(repository.root, ['amend', 'INV-001', '--why', 'It was never full']).status).toBe(0)
    expect(repository.read(file)).toMatch(/event: amend\n[\s\S]*why: It was never full\n\s+hypotheses: [0-9a-f]{24}\n\s+evidence: present\n/u)
    expect(inquest(repository.root, ['check']).status).toBe(0)
  })

  test('where git does not hold the registered text, the finding says so', () => {
    const { repository, file } = begun()
    inquest(repository.root, ['advance', 'INV-001'])
    edit(repository, file, ['The disk is full', 'The disk was slow'])
    expect(inquest(repository.root, ['check']).stdout).toContain('the registered text is not in the history of this checkout')
  })
})

describe('reopen', () => {
  test('needs a reason and goes back to work', () => {
    const { repository, file } = concluded()
    inquest(repository.root, ['close', 'INV-001', '--memory-refs', '7'])
    expect(inquest(repository.root, ['reopen', 'INV-001']).status).toBe(2)
    expect(json(inquest(repository.root, ['reopen', 'INV-001', '--why', 'It came back', '--to', 'explore', '--json']))).toMatchObject({ from: 'closed', to: 'explore' })
    expect(repository.read(file)).toContain('status: active\n')
    expect(repository.read(file)).toContain('why: It came back\n')
    expect(inquest(repository.root, ['check']).status).toBe(0)
  })

  test('does not go ahead, nor reopen what is open', () => {
    const { repository } = explored()
    expect(inquest(repository.root, ['reopen', 'INV-001', '--why', 'x', '--to', 'conclude']).stdout).toContain('lies ahead')
    expect(inquest(repository.root, ['reopen', 'INV-001', '--why', 'x']).stdout).toContain('is at work in `explore` already')
    expect(inquest(repository.root, ['reopen', 'INV-001', '--why', 'x', '--to', 'nowhere']).stdout).toContain('`nowhere` is no phase')
  })

  test('before the registering phase the hypotheses are free again', () => {
    const { repository, file } = explored()
    inquest(repository.root, ['reopen', 'INV-001', '--to', 'hypothesize', '--why', 'The question was wrong'])
    edit(repository, file, ['The disk is full', 'The network is slow'])
    expect(inquest(repository.root, ['check']).status).toBe(0)
    expect(inquest(repository.root, ['advance', 'INV-001']).status).toBe(0)
  })
})

describe('ticking', () => {
  test('a box that only a person can tick stays', () => {
    const text = sample.replace('status: complete', 'status: active').replace('- [x] **Findings synthesized**', '- [ ] **Asked the team that owns the table**\n- [x] **Findings synthesized**')
    const repository = createRepository({ 'docs/a.md': text })
    expect(refusedRules(inquest(repository.root, ['close', 'INV-001', '--json']))).toEqual(['checklist-incomplete'])
    inquest(repository.root, ['fix', '--tick'])
    expect(repository.read('docs/a.md')).toBe(text)
  })

  test('rows to verify and questions are given where the document proves them', () => {
    const text = sample.replaceAll('[x]', '[ ]').replace('| Yes | All 2 hypotheses |', '|  | All 2 hypotheses |').replace('1. [ ]', '1. [x]').replace('2. [ ]', '2. [x]')
    const repository = createRepository({ 'docs/a.md': text })
    inquest(repository.root, ['fix', '--tick'])
    expect(repository.read('docs/a.md')).toBe(sample)
  })

  test('nothing is ticked that the document contradicts, and plain fix ticks nothing', () => {
    const text = sample.replaceAll('- [x] **', '- [ ] **').replace('memory_refs: [101, 102]', 'memory_refs: []')
    const repository = createRepository({ 'docs/a.md': text })
    inquest(repository.root, ['fix', '--unsafe'])
    expect(repository.read('docs/a.md')).toBe(text)
    inquest(repository.root, ['fix', '--tick'])
    expect(repository.read('docs/a.md')).toContain('- [ ] **memory_refs populated**')
    expect(repository.read('docs/a.md')).toContain('- [x] **Hypotheses resolved**')
  })

  test('a wrong count is not proven', () => {
    const text = sample.replace('| Yes | All 2 hypotheses |', '|  | All 3 hypotheses |')
    const repository = createRepository({ 'docs/a.md': text })
    inquest(repository.root, ['fix', '--tick'])
    expect(repository.read('docs/a.md')).toBe(text)
  })
})

describe('spawn', () => {
  test('creates the child and names it in the parent', () => {
    const { repository, file } = explored()
    const made = json<{ id: string; path: string; template: string }>(inquest(repository.root, ['spawn', 'work_item', 'Set a timeout', '--from', 'INV-001', '--why', 'H1', '--json']))
    expect(made).toMatchObject({ id: 'WORK-001', template: 'work_item' })
    expect(repository.read(made.path)).toContain('spawned_by: INV-001\n')
    expect(repository.read(file)).toContain('- [ ] **WORK-001: Set a timeout**\n  - Why: H1\n')
    expect(repository.read(file)).not.toContain('[Id]')
    expect(inquest(repository.root, ['spawn', 'investigation-lite', 'Why did nobody see it?', '--from', 'INV-001']).status).toBe(0)
    expect(repository.read(file)).toContain('- [ ] **WORK-001: Set a timeout**\n  - Why: H1\n- [ ] **INV-002: Why did nobody see it?**\n')
    expect(inquest(repository.root, ['tree']).stdout).toMatch(/^INV-001 .*\n├─ INV-002 .*\n└─ WORK-001 .*\n$/u)
    expect(inquest(repository.root, ['check']).stdout).toContain('no finding in 3 documents')
  })

  test('adds a row where the parent keeps a table', () => {
    const table = sample.replace('status: complete', 'status: active').replace(/## Spawned Work Items[\s\S]*?(?=## Ground)/u, '## Work Disposition\n\n| Finding | Recommended Work | Disposition | ID / Rationale |\n|---|---|---|---|\n| Import | Look at it | DEFERRED | next year |\n\n')
    const repository = createRepository({ 'docs/a.md': table })
    inquest(repository.root, ['spawn', 'work_item', 'Read by key', '--from', 'INV-001', '--why', 'Paging'])
    expect(repository.read('docs/a.md')).toContain('| Import | Look at it | DEFERRED | next year |\n| Paging | Read by key | SPAWNED | WORK-001 |\n')
  })

  test('a parent without a place for it, or closed, is refused before anything is written', () => {
    const repository = createRepository({ 'docs/a.md': sample.replace('status: complete', 'status: active').replace(/## Spawned Work Items[\s\S]*?(?=## Ground)/u, ''), 'docs/b.md': sample.replace('INV-001', 'INV-002') })
    const before = repository.git('status', '--porcelain', '-uall')
    expect(inquest(repository.root, ['spawn', 'work_item', 'X', '--from', 'INV-001']).stderr).toContain('has no section for spawned work')
    expect(inquest(repository.root, ['spawn', 'work_item', 'X', '--from', 'INV-002']).stderr).toContain('is closed')
    expect(inquest(repository.root, ['spawn', 'work_item', 'X']).stderr).toContain('needs the document')
    expect(repository.git('status', '--porcelain', '-uall')).toBe(before)
    expect(json<{ id: string }>(inquest(repository.root, ['new', 'work_item', 'Y', '--json'])).id).toBe('WORK-001')
  })

  test('a child that does not point back is linked by fix', () => {
    const { repository, file } = explored()
    const { path: child } = json<{ path: string }>(inquest(repository.root, ['new', 'work_item', 'Set a timeout', '--json']))
    edit(repository, file, ['- [ ] **[Id]: [Title]**', '- [ ] **WORK-001: Set a timeout**'])
    inquest(repository.root, ['advance', 'INV-001'])
    expect(inquest(repository.root, ['status', 'INV-001']).stdout).toContain('spawn-unlinked')
    edit(repository, file, ['lifecycle_phase: conclude', 'lifecycle_phase: conclude'])
    expect(inquest(repository.root, ['fix', file]).stdout).toContain('1 finding fixed in 1 file')
    expect(repository.read(child)).toContain('spawned_by: INV-001\n')
  })
})

describe('ids used twice', () => {
  const twin = (title: string): string => sample.replace('title: Nightly export loses rows', `title: ${title}`)

  test('after a merge are found, and the younger is renumbered with what names its file', () => {
    const repository = createRepository({ 'docs/INV-001-old.md': twin('Old') })
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'old', '--date=2026-03-01T00:00:00Z')
    repository.write('docs/INV-001-young.md', twin('Young'))
    repository.write('docs/notes.md', 'See INV-001-young.md and INV-001.\n')
    const doctor = inquest(repository.root, ['doctor'])
    expect(doctor.status).toBe(1)
    expect(doctor.stdout).toContain('2 documents of investigation have the id INV-001: docs/INV-001-old.md, docs/INV-001-young.md\n  inquest renumber INV-001')
    const shown = inquest(repository.root, ['renumber', 'INV-001'])
    expect(shown.stdout).toContain('+backlog_id: INV-002')
    expect(shown.stdout).toContain('docs/notes.md:1')
    expect(repository.read('docs/INV-001-young.md')).toBe(twin('Young'))
    expect(inquest(repository.root, ['renumber', 'INV-001', '--write']).status).toBe(0)
    expect(repository.read('docs/INV-002-young.md')).toContain('backlog_id: INV-002\n')
    expect(repository.read('docs/notes.md')).toBe('See INV-002-young.md and INV-001.\n')
    expect(inquest(repository.root, ['doctor']).status).toBe(0)
  })

  test('one that is unique takes every reference with it', () => {
    const { repository, file } = explored()
    inquest(repository.root, ['spawn', 'work_item', 'Set a timeout', '--from', 'INV-001'])
    expect(inquest(repository.root, ['renumber', 'WORK-001', '--to', 'WORK-040', '--write']).stdout).toContain('WORK-001 → WORK-040 in 2 files')
    expect(repository.read(file)).toContain('- [ ] **WORK-040: Set a timeout**')
    expect(inquest(repository.root, ['tree']).stdout).toContain('└─ WORK-040')
  })

  test('the name of the file goes with the id, behind a word as well, and so does what names the file', () => {
    const { repository, file } = explored()
    repository.write('docs/notes.md', `INV-001, see [it](investigations/${file.split('/').at(-1)}) and INV-0010.\n`)
    expect(inquest(repository.root, ['renumber', 'INV-001', '--to', 'nonsense', '--write'])).toMatchObject({ status: 2, stderr: 'inquest: nonsense: is no id\n  Ids look like INV-001\n' })
    expect(inquest(repository.root, ['renumber', 'INV-001', '--to', 'INV-009', '--write']).status).toBe(0)
    expect(repository.read('docs/notes.md')).toBe('INV-009, see [it](investigations/INVESTIGATION-INV-009-two-writers-crash.md) and INV-0010.\n')
    expect(repository.read(`${folder}/INVESTIGATION-INV-009-two-writers-crash.md`)).toContain('backlog_id: INV-009\n')
    expect(repository.git('status', '--porcelain', '-uall')).toContain(` D ${file}\n`)
  })

  test('on another branch are told before they meet', () => {
    const repository = createRepository({ 'README.md': 'x\n' })
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'start')
    repository.git('switch', '-qc', 'other')
    repository.write('docs/a.md', twin('There'))
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'a')
    repository.git('switch', '-q', 'main')
    repository.write('docs/b.md', twin('Here'))
    expect(inquest(repository.root, ['doctor']).stdout).toContain('warning: INV-001 is docs/b.md here and docs/a.md on other')
  })
})

describe('files', () => {
  test('keep their permissions, and a link stays a link', () => {
    const { repository, file } = begun()
    const full = path.join(repository.root, file)
    chmodSync(full, 0o640)
    symlinkSync(full, path.join(repository.root, 'docs/link.md'))
    expect(inquest(repository.root, ['advance', 'docs/link.md']).status).toBe(0)
    expect(statSync(full).mode & 0o777).toBe(0o640)
    expect(lstatSync(path.join(repository.root, 'docs/link.md')).isSymbolicLink()).toBe(true)
    expect(repository.read(file)).toContain('lifecycle_phase: explore')
  })
})
