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

describe('cases', () => {
  test('of a document without findings: one that passed, and a skip for each section that is left out', async () => {
    const cases = await casesOf({ [file]: sample })
    expect(told(cases)).toEqual([['document', 'passed'], skip])
    expect(cases[1]).toMatchObject({ classname: file, message: 'The code and the log of one night decide both hypotheses.' })
  })

  test('of a document with findings: one for each, named by the rule and what it is about', async () => {
    const cases = await casesOf({ [file]: broken, 'docs/INV-002.md': sample.replaceAll('INV-001', 'INV-002') })
    expect(told(cases.filter(({ classname }) => classname === file))).toEqual([
      ['evidence-unsourced: Pages are read by offset', 'failed'],
      ['evidence-unsourced: Offsets skip rows when the table changes while it is read', 'failed'],
      skip,
    ])
    expect(cases[0]?.message).toMatch(/^The evidence "Pages/u)
    expect(cases[0]?.text).toMatch(/^docs\/INV-001\.md:\d+:\d+: error: The evidence "Pages.*\ndocs\/INV-001\.md:\d+:\d+: "Evidence has sources" is ticked all the same$/u)
    expect(told(cases.filter(({ classname }) => classname !== file))).toEqual([['document', 'passed'], skip])
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
    expect((await casesOf({ [file]: broken }, '--fail-on', 'never')).filter(({ outcome }) => outcome === 'failed')).toHaveLength(2)
  })
})

describe('names', () => {
  test('are unique even for a reader that knows letters and digits only', async () => {
    const same = [findingAt(1, { subject: 'A?' }), findingAt(2, { subject: 'A!' }), findingAt(3, { subject: 'A?' }), findingAt(4, { subject: 'A? (2)' })]
    const text = await written('junit', reportOf([...same, findingAt(1, { path: 'docs/a_md', subject: 'A?' })]))
    expect(await junitMistakes(text)).toEqual([])
    const keys = junitCases(text).map(({ classname, name }) => `${classname} ${name}`.replaceAll(/[^0-9A-Za-z]/gu, '-'))
    expect(new Set(keys).size).toBe(5)
  })

  test('totals are those of the cases', async () => {
    const text = await written('junit', reportOf([findingAt(1), findingAt(2, { severity: 'warning' })], { documents: [{ path: 'docs/a.md', skips: [{ section: 'S', line: 1, reason: '' }] }] }))
    expect(text).toContain('<testsuites name="inquest" tests="3" failures="1" errors="0" skipped="1">')
    expect(text).toContain('<testsuite name="docs/a.md" tests="3" failures="1" errors="0" skipped="1">')
    expect(text).toContain('<skipped/>')
    expect(await junitMistakes(text)).toEqual([])
  })
})

test('libxml2 sees mistakes', async () => {
  const sound = await written('junit', reportOf([findingAt(1), findingAt(2)]))
  expect(await junitMistakes(sound)).toEqual([])
  expect(await junitMistakes(sound.replace('Finding 1', 'Finding \u0001'))).not.toEqual([])
  expect(await junitMistakes(sound.replace('verdict-missing (2)', 'verdict-missing'))).not.toEqual([])
})
