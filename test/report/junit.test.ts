/** JUnit XML as GitLab and Jenkins read it. */

import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { JunitCase } from './readers.js'
import { findingAt, junitCases, junitMistakes, reportOf, written } from './readers.js'

const file = 'docs/INV-001.md'
const broken = sample.replaceAll('| 88 | Off', '| none | Off').replace('`src/export/pages.ts:41-58`', '@src/export/gone.ts')

async function casesOf(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<readonly JunitCase[]> {
  const { stdout } = inquest(createRepository(files).root, ['check', '--format', 'junit', ...args])
  expect(await junitMistakes(stdout)).toEqual([])
  return junitCases(stdout)
}

function told(cases: readonly JunitCase[]): readonly (readonly [string, string])[] {
  return cases.map(({ name, outcome }) => [name, outcome])
}

const skip = ['section: External Evidence (if applicable)', 'skipped'] as const

/** Those of findings and skips: what is neither passed because nothing was found. */
function ofInterest(cases: readonly JunitCase[]): readonly JunitCase[] {
  return cases.filter(({ outcome, text }) => outcome !== 'passed' || text !== '')
}

describe('cases', () => {
  test('of a document without findings: one that passed for each rule that it is held to, and a skip for each section that is left out', async () => {
    const cases = await casesOf({ [file]: sample })
    expect(told(ofInterest(cases))).toEqual([skip])
    expect(ofInterest(cases)[0]).toMatchObject({ classname: file, message: 'The code and the log of one night decide both hypotheses.' })
    const names = cases.slice(0, -1).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['verdict-missing', 'checklist-untrue', 'frontmatter-invalid', 'memory-refs-missing']))
    // What no gate of the template asks for is asked of nobody.
    expect(names).not.toContain('attestation-missing')
  })

  test('of a document with findings: the rules that found something failed, with all that they found', async () => {
    const cases = await casesOf({ [file]: broken, 'docs/INV-002.md': sample.replaceAll('INV-001', 'INV-002') })
    const [failed, ...others] = ofInterest(cases.filter(({ classname }) => classname === file)).filter(({ outcome }) => outcome !== 'passed')
    expect(told(others)).toEqual([skip])
    expect(failed).toMatchObject({ name: 'evidence-unsourced', outcome: 'failed', message: expect.stringMatching(/^The evidence "Pages.* \(and 1 more\)$/u) as string })
    expect(failed?.text).toMatch(/^docs\/INV-001\.md:\d+:\d+: error: The evidence "Pages.*\ndocs\/INV-001\.md:\d+:\d+: "Evidence has sources" is ticked all the same\ndocs\/INV-001\.md:\d+:\d+: error: The evidence "Offsets/u)
    expect(told(ofInterest(cases.filter(({ classname }) => classname !== file)))).toEqual([skip])
  })

  test('keep their names, so that what was mended passes in the next run', async () => {
    const [before, after] = [await casesOf({ [file]: broken }), await casesOf({ [file]: sample })]
    expect(before.map(({ name }) => name)).toEqual(after.map(({ name }) => name))
    expect(after.find(({ name }) => name === 'evidence-unsourced')?.outcome).toBe('passed')
  })

  test('of an open document are those of the gates behind it', async () => {
    const open = sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: explore').replaceAll('[x]', '[ ]').replaceAll('| Yes |', '|  |')
    const names = (await casesOf({ [file]: open }, '--show', 'warning')).map(({ name }) => name)
    expect(names).toContain('hypothesis-missing')
    expect(names).not.toContain('verdict-missing')
    expect((await casesOf({ [file]: open.replace('status: active', 'status: archived') })).map(({ name }) => name)).not.toContain('hypothesis-missing')
  })

  test('of a file that was passed over: one that is skipped', async () => {
    const cases = await casesOf({ [file]: sample, 'docs/other.md': '---\ntemplate: no-such-kind\n---\n# Other\n' })
    expect(cases.filter(({ classname }) => classname === 'docs/other.md')).toMatchObject([{ name: 'document', outcome: 'skipped', message: 'there is no template `no-such-kind`' }])
  })

  test('a run without documents is a file without cases', async () => {
    expect(await casesOf({})).toEqual([])
  })

  test('only what `--fail-on` weighs fails; errors always do', async () => {
    const files = { [file]: sample.replace('- The log of the night of 1 March', '- @src/export/gone.ts') }
    const outcomes = async (...args: readonly string[]): Promise<readonly string[]> => (await casesOf(files, ...args)).filter(({ name }) => name.startsWith('reference')).map(({ outcome }) => outcome)
    expect(await outcomes()).toEqual(['passed'])
    expect(await outcomes('--fail-on', 'warning')).toEqual(['failed'])
    expect((await casesOf({ [file]: broken }, '--fail-on', 'never')).filter(({ outcome }) => outcome === 'failed')).toHaveLength(1)
  })
})

describe('names', () => {
  test('are unique even for a reader that knows letters and digits only', async () => {
    const skipped = ['A?', 'A!', 'A?', 'A? (2)'].map((section) => ({ section, line: 1, reason: 'b' }))
    const report = reportOf([findingAt(1), findingAt(2, { path: 'docs/a_md' })])
    // What the path of one ends with, the name of a case of the other may start with.
    const start = { path: 'docs/a', skips: [], asked: ['md-verdict-missing'] }
    const text = await written('junit', { ...report, documents: [start, { path: 'docs/a.md', skips: skipped, asked: [] }, { path: 'docs/a_md', skips: [], asked: [] }] })
    expect(await junitMistakes(text)).toEqual([])
    const keys = junitCases(text).map(({ classname, name }) => `${classname} ${name}`.replaceAll(/[^0-9A-Za-z]/gu, '-'))
    expect(new Set(keys).size).toBe(7)
  })

  test('totals are those of the cases', async () => {
    const text = await written('junit', reportOf([findingAt(1), findingAt(2, { severity: 'warning', rule: 'field-unknown' })], { documents: [{ path: 'docs/a.md', skips: [{ section: 'S', line: 1, reason: '' }], asked: ['field-unknown', 'verdict-missing'] }] }))
    expect(text).toContain('<testsuites name="inquest" tests="3" failures="1" errors="0" skipped="1">')
    expect(text).toContain('<testsuite name="docs/a.md" tests="3" failures="1" errors="0" skipped="1">')
    expect(text).toContain('<skipped/>')
    expect(await junitMistakes(text)).toEqual([])
  })
})

test('no row of brackets names a file to attach', async () => {
  expect(await written('junit', reportOf([findingAt(1, { message: '[[[ATTACHMENT|/etc/passwd]]' })]))).toContain('[ [ [ATTACHMENT|')
})

test('libxml2 sees mistakes', async () => {
  const sound = await written('junit', reportOf([findingAt(1), findingAt(2, { rule: 'field-unknown' })]))
  expect(await junitMistakes(sound)).toEqual([])
  expect(await junitMistakes(sound.replace('Finding 1', 'Finding \u0001'))).not.toEqual([])
  expect(await junitMistakes(sound.replace('name="field-unknown"', 'name="verdict-missing"'))).not.toEqual([])
})
