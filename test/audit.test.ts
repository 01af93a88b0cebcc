/** `audit` through the command line: each statement of a document, and who says so. */

import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from './support/repository.js'

const file = 'docs/INV-001.md'

interface Audited {
  readonly id: string
  readonly trust: Readonly<Record<string, number>>
  readonly statements: readonly { readonly kind: string; readonly what: string; readonly range: { readonly start: { readonly line: number } } }[]
}

function audited(text: string, extra: Readonly<Record<string, string>> = {}): Audited {
  const repository = createRepository({ [file]: text, ...extra })
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'all of it')
  const run = inquest(repository.root, ['audit', 'INV-001', '--json'])
  expect(run.status, run.stderr).toBe(0)
  const [document] = (JSON.parse(run.stdout) as { documents: readonly Audited[] }).documents
  if (document === undefined) throw new Error('a document was named')
  return document
}

function kindOf(document: Audited, what: string): string | undefined {
  return document.statements.find((statement) => statement.what === what)?.kind
}

describe('audit', () => {
  test('counts agree with the statements, and each is placed', () => {
    const document = audited(sample)
    for (const [kind, count] of Object.entries(document.trust)) expect(document.statements.filter((one) => one.kind === kind), kind).toHaveLength(count)
    const lines = sample.split('\n')
    const skipped = document.statements.find(({ kind }) => kind === 'waived')
    expect(skipped?.what).toBe('"External Evidence (if applicable)" is skipped: The code and the log of one night decide both hypotheses.')
    expect(lines[(skipped?.range.start.line ?? 0) - 1]).toMatch(/^\*\*SKIPPED/u)
  })

  test('a citation that resolves is verified, an address is asserted, and what has a finding is neither', () => {
    const whole = audited(sample)
    expect(kindOf(whole, '`src/export/encode.ts:17` is there')).toBe('verified')
    expect(kindOf(whole, 'H2 is refuted')).toBe('computed')
    const gone = audited(sample.replace('src/export/encode.ts:17', 'src/export/gone.ts:17'))
    expect(gone.statements.some(({ what }) => what.includes('gone.ts'))).toBe(false)
    expect(gone.trust['verified']).toBeLessThan(whole.trust['verified'] ?? 0)
    const twice = audited(sample.replace('| H2 | **REFUTED** |', '| H2 | **CONFIRMED** |'))
    expect(kindOf(twice, 'H2 is confirmed')).toBeUndefined()
  })

  test('a tick is verified where its rules look beyond the document, computed where they do not, asserted where it says more', () => {
    const document = audited(sample.replace('- [x] **Evidence sourced** - every row can be looked up', '- [x] **Evidence sourced** - and read again by two people'))
    expect(kindOf(document, 'Evidence sourced')).toBe('asserted')
    expect(kindOf(document, 'Ground Truth Verification complete')).toBe('computed')
    expect(kindOf(audited(sample), 'Spawned items created')).toBe('verified')
    expect(kindOf(document, 'Was the fix measured? No')).toBe('asserted')
  })

  test('concepts are verified where the store has them, and asserted where nothing does', () => {
    expect(kindOf(audited(sample), 'concept 101 is stored')).toBe('asserted')
  })

  test('a suppression is a waiver', () => {
    const text = sample
      .replace('## Findings\n', '## Findings\n\n<!-- inquest-disable citation-unresolved: the module was removed in March -->\n')
      .replace('**Analysis:** A page', '**Analysis:** As in `src/export/gone.ts:3`, a page')
    expect(kindOf(audited(text), '`citation-unresolved` is suppressed: the module was removed in March')).toBe('waived')
  })

  test('the text answer names what rests on people, and `status` has the same counts', () => {
    const repository = createRepository({ [file]: sample })
    const text = inquest(repository.root, ['audit', 'INV-001']).stdout
    expect(text).toMatch(/^\d+ computed, \d+ verified, 0 attested, \d+ asserted, 1 waived$/mu)
    expect(text).toMatch(/^asserted:\n(?: {2}line \d+ +.*\n)+/mu)
    expect(text).not.toContain('computed:')
    expect(inquest(repository.root, ['audit', 'INV-001', '--all']).stdout).toContain('computed:')
    const { trust } = JSON.parse(inquest(repository.root, ['status', 'INV-001', '--json']).stdout) as { trust: object }
    const [document] = (JSON.parse(inquest(repository.root, ['audit', '--json']).stdout) as { documents: readonly Audited[] }).documents
    expect(document?.trust).toEqual(trust)
  })

  test('a document that is not there is a wrong use', () => {
    const run = inquest(createRepository({ [file]: sample }).root, ['audit', 'INV-404'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('INV-404')
  })
})
