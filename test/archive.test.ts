/** Archiving and superseding through the command line: transitions with a reason, recorded, and undone by `reopen`. */

import { describe, expect, test } from 'vitest'
import type { Repository, Run } from './support/repository.js'
import { createRepository, inquest, sample } from './support/repository.js'

function json<T>(run: Run): T {
  return JSON.parse(run.stdout) as T
}

/** Two inquiries that were just started, and what a person would see of the first one's frontmatter. */
function started(): { repository: Repository; file: string; other: string; head: () => string } {
  const repository = createRepository({ 'src/a.js': 'a\n' })
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'start')
  const [file, other] = ['Two writers crash', 'Three writers crash'].map((title) => json<{ path: string }>(inquest(repository.root, ['new', 'investigation-lite', title, '--json'])).path) as [string, string]
  return { repository, file, other, head: () => repository.read(file).split('\n---\n')[0] ?? '' }
}

describe('archive', () => {
  test('needs a reason, records it with the status, and holds the document to nothing afterwards', () => {
    const { repository, head } = started()
    expect(inquest(repository.root, ['archive', 'INV-001'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('`archive` needs a reason') })
    const run = inquest(repository.root, ['archive', 'INV-001', '--why', 'The writer was removed in 4.0', '--json'])
    expect(run.status).toBe(0)
    expect(json(run)).toMatchObject({ version: 1, id: 'INV-001', from: 'hypothesize', to: 'archived' })
    expect(head()).toContain('\nstatus: archived\n')
    expect(head()).toMatch(/event: archive\n\s+phase: hypothesize\n\s+at: \S+\n\s+by: Test Author\n\s+commit: [0-9a-f]{12}\n\s+status: archived\n\s+why: The writer was removed in 4\.0$/u)
    expect(inquest(repository.root, ['check', '--fail-on', 'warning']).status).toBe(0)
    expect(json<{ documents: { id: string }[] }>(inquest(repository.root, ['status', '--json'])).documents.map(({ id }) => id)).toEqual(['INV-002'])
  })

  test('takes any status that the template has for it, and no other', () => {
    const { repository, head } = started()
    const wrong = inquest(repository.root, ['archive', 'INV-001', '--as', 'complete', '--why', 'No time'])
    expect(wrong.status).toBe(1)
    expect(wrong.stdout).toContain('`complete` is not a status for archived documents, expected `archived`, `superseded`, `abandoned`')
    expect(inquest(repository.root, ['archive', 'INV-001', '--as', 'Abandoned', '--why', 'No time before the release']).status).toBe(0)
    expect(head()).toContain('\nstatus: abandoned\n')
  })

  test('an archived document goes nowhere until it is reopened', () => {
    const { repository, head } = started()
    inquest(repository.root, ['archive', 'INV-001', '--why', 'No time before the release'])
    const before = head()
    for (const verb of [['advance', 'INV-001'], ['close', 'INV-001'], ['amend', 'INV-001', '--why', 'Another wording'], ['archive', 'INV-001', '--why', 'Once more'], ['supersede', 'INV-001', '--by', 'INV-002']]) {
      const run = inquest(repository.root, verb)
      expect(run.status, verb[0]).toBe(1)
      expect(run.stdout, verb[0]).toMatch(/it is archived(?: already)?; reopen it first/u)
    }
    expect(head()).toBe(before)
    expect(json(inquest(repository.root, ['reopen', 'INV-001', '--why', 'There is time now', '--json']))).toMatchObject({ from: 'archived', to: 'hypothesize' })
    expect(head()).toContain('\nstatus: active\n')
    expect(inquest(repository.root, ['check', '--fail-on', 'warning']).status).toBe(0)
  })

  test('a status that was set back by hand contradicts the record', () => {
    const { repository, file } = started()
    inquest(repository.root, ['archive', 'INV-001', '--why', 'No time before the release'])
    repository.write(file, repository.read(file).replace('status: archived', 'status: active'))
    expect(inquest(repository.root, ['check']).stdout).toContain('error[phase-invalid]: The status is `active`, and the recorded transitions have archived the document')
  })

  test('a closed document can be archived as well, and one without a history', () => {
    const repository = createRepository({ 'docs/a.md': sample })
    expect(json(inquest(repository.root, ['archive', 'INV-001', '--why', 'The export is gone', '--json']))).toMatchObject({ from: 'closed', to: 'archived' })
    expect(repository.read('docs/a.md')).toMatch(/status: archived\n[\s\S]*event: archive/u)
    expect(json(inquest(repository.root, ['reopen', 'INV-001', '--why', 'It is back', '--json']))).toMatchObject({ from: 'archived', to: 'conclude' })
  })
})

describe('supersede', () => {
  test('records the successor, which has to be another document that exists and is in force', () => {
    const { repository, file, other, head } = started()
    const before = head()
    expect(inquest(repository.root, ['supersede', 'INV-001'])).toMatchObject({ status: 2, stderr: expect.stringContaining('needs the document that takes its place') })
    expect(inquest(repository.root, ['supersede', 'INV-001', '--by', 'INV-009'])).toMatchObject({ status: 2, stderr: expect.stringContaining('No document has the id INV-009') })
    expect(inquest(repository.root, ['supersede', 'INV-001', '--by', file])).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot supersede itself') })
    expect(head()).toBe(before)
    expect(inquest(repository.root, ['supersede', 'INV-001', '--by', other, '--why', 'It looks at three']).stdout).toBe('INV-001: hypothesize → archived\n')
    expect(head()).toContain('\nstatus: superseded\n')
    expect(head()).toMatch(/event: supersede\n[\s\S]*successor: INV-002\n\s+why: It looks at three$/u)
    expect(inquest(repository.root, ['supersede', 'INV-002', '--by', 'INV-001'])).toMatchObject({ status: 2, stderr: expect.stringContaining('INV-001: is archived itself') })
    expect(inquest(repository.root, ['check', '--fail-on', 'warning']).status).toBe(0)
  })

  test('the template\'s field names the successor, and reopening takes it back', () => {
    const repository = createRepository()
    const [record] = ['Keep a queue', 'Keep a log'].map((title) => json<{ path: string }>(inquest(repository.root, ['new', 'architecture_decision_record', title, '--json'])).path) as [string, string]
    expect(inquest(repository.root, ['supersede', 'ADR-001', '--by', 'ADR-002']).status).toBe(0)
    expect(repository.read(record)).toMatch(/^status: superseded$[\s\S]*^superseded_by: ADR-002$/mu)
    expect(inquest(repository.root, ['reopen', 'ADR-001', '--why', 'The log was given up']).status).toBe(0)
    expect(repository.read(record)).toMatch(/^status: proposed$[\s\S]*^superseded_by: null$/mu)
  })
})

test('shells complete the documents that may take the place', () => {
  const { repository } = started()
  const candidates = inquest(repository.root, ['completions', 'candidates', '--', 'supersede', 'INV-001', '--by', '']).stdout.split('\n')
  expect(candidates).toEqual(expect.arrayContaining(['INV-001', 'INV-002']))
  expect(inquest(repository.root, ['completions', 'candidates', '--', '']).stdout.split('\n')).toEqual(expect.arrayContaining(['archive', 'supersede']))
})
