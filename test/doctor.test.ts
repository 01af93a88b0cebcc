/** What `doctor` finds in a repository as a whole. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample } from './support/repository.js'

interface Diagnosis {
  readonly check: string
  readonly severity: string
  readonly message: string
  readonly remedy: string
}

function diagnoses({ root }: Repository): readonly Diagnosis[] {
  const run = inquest(root, ['doctor', '--json'])
  expect(run.stderr).toBe('')
  const answer = JSON.parse(run.stdout) as { readonly diagnoses: readonly Diagnosis[] }
  expect(run.status).toBe(answer.diagnoses.some(({ severity }) => severity === 'error') ? 1 : 0)
  return answer.diagnoses
}

const messages = (repository: Repository, check: string): readonly string[] => diagnoses(repository).filter((one) => one.check === check).map(({ message }) => message)

const file = 'docs/investigations/INV-001.md'
const own = readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8')

test('a sound repository has nothing to look at, set up or not', () => {
  const repository = createRepository({ [file]: sample })
  expect(diagnoses(repository)).toEqual([])
  inquest(repository.root, ['init', '--agents', 'all', '--ci', 'all'])
  expect(diagnoses(repository)).toEqual([])
})

describe('settings', () => {
  const settings: readonly (readonly [string, string, readonly string[]])[] = [
    ['globs without files', "documents: ['docs/**/*.md', 'notes/*.md']\nexclude: ['old/**']\noverrides:\n  - paths: ['gone/**']\n    rules: { evidence-unsourced: off }\n", ['`documents` of inquest.yaml names `notes/*.md`, and no file is there', '`exclude` of inquest.yaml names `old/**`, and no file is there', '`overrides.0.paths` of inquest.yaml names `gone/**`, and no file is there']],
    ['documents that are excluded', "documents: ['docs/**/*.md']\nexclude: ['docs/**']\n", ['`documents` of inquest.yaml names `docs/**/*.md`, and `exclude` takes out every file that is there']],
    ['templates that there are none of', "ids: { inquiry: { prefix: Q } }\nfiles: { investigations: 'a/{{id}}.md' }\noverrides:\n  - templates: [investigation@2, report]\n    rules: { evidence-unsourced: warning }\n", ['`ids` of inquest.yaml names the template `inquiry`, which there is none of', '`files` of inquest.yaml names the template `investigations`, which there is none of', '`overrides.0.templates` of inquest.yaml names the template `report`, which there is none of']],
    ['an entry that a later one undoes', "overrides:\n  - paths: ['docs/**']\n    rules: { evidence-unsourced: off, field-unknown: off }\n  - paths: ['docs/**']\n    rules: { evidence-unsourced: error }\n", ['`overrides.0` of inquest.yaml sets `evidence-unsourced`, and a later entry for the same documents sets it otherwise']],
    ['new documents that nobody would find', "documents: ['docs/**/*.md']\nfiles: { investigation: 'inquiries/{{id}}.md' }\n", ['New documents of `investigation` are written to `inquiries/{{id}}.md`, where `documents` of inquest.yaml looks for none']],
  ]
  test.each(settings)('%s', (_name, text, expected) => {
    expect(messages(createRepository({ [file]: sample, 'inquest.yaml': text }), 'configuration')).toEqual(expected)
  })

  test('that do something are left alone', () => {
    const text = "documents: ['docs/**/*.md']\nexclude: ['docs/old/**']\nids: { investigation: { digits: 4 } }\noverrides:\n  - paths: ['docs/investigations/**']\n    rules: { evidence-unsourced: warning }\n  - paths: ['docs/old/**']\n    rules: { evidence-unsourced: off }\n"
    expect(diagnoses(createRepository({ [file]: sample, 'docs/old/a.md': '# Old\n', 'inquest.yaml': text }))).toEqual([])
  })
})

describe('gates', () => {
  test('of a template that judges no document, and by a rule that is off', () => {
    const repository = createRepository({ [file]: sample, '.inquest/templates/bug.md': own.replaceAll('template: investigation', 'template: bug').replace('initial: investigation', 'initial: bug'), 'inquest.yaml': 'rules: { verdict-missing: off }\n' })
    expect(messages(repository, 'gates')).toEqual([
      '.inquest/templates/bug.md: no document is judged by it, so its gates hold nothing back',
      'The gate of `conclude` in builtin:investigation.md asks for `verdict-missing`, and inquest.yaml turns that rule off',
    ])
    // Off for some paths, it holds the others back.
    repository.write('inquest.yaml', "overrides:\n  - paths: ['docs/**']\n    rules: { verdict-missing: off }\n")
    expect(messages(repository, 'gates')).toHaveLength(1)
    repository.write('inquest.yaml', 'overrides:\n  - templates: [investigation]\n    rules: { verdict-missing: off }\n')
    expect(messages(repository, 'gates')).toHaveLength(2)
  })
})

describe('references', () => {
  test('to parents, files and work that there are none of', () => {
    const repository = createRepository({
      [file]: sample.replace('spawned_by: null', 'spawned_by: INV-404').replace('src/export/encode.ts:17', 'src/export/gone.ts:17'),
      'docs/INV-002.md': sample.replace('INV-001', 'INV-002').replace('spawned_by: null', 'spawned_by: TICKET-9'),
    })
    expect(messages(repository, 'references')).toEqual([`${file}: says that it came from INV-404, and no document has that id`, expect.stringMatching(/^docs\/investigations\/INV-001\.md:66: There is no `src\/export\/gone\.ts`/u) as string])
  })
})

describe('records', () => {
  test('that nobody can read, and of documents that are gone', () => {
    const record = { template: 'investigation', document: file, agent: 'investigator', run: 'a', phase: 'explore', at: '2026-03-10T14:20:00Z' }
    const repository = createRepository({ [file]: sample, '.inquest/attestations/INV-001/a.json': JSON.stringify(record), '.inquest/attestations/INV-001/b.json': '{', '.inquest/attestations/INV-009/a.json': JSON.stringify(record) })
    expect(diagnoses(repository)).toEqual([
      { check: 'records', severity: 'error', message: '.inquest/attestations/INV-001/b.json: is no record that can be read, so it attests nothing', remedy: 'Take it back from git, or delete it' },
      { check: 'records', severity: 'warning', message: '.inquest/attestations/INV-009/a.json: is on record for INV-009, and no document of `investigation` has that id', remedy: 'Delete it, if the document is gone for good' },
    ])
    expect(inquest(repository.root, ['doctor']).stdout).toContain('records        2 to look at\n')
  })
})
