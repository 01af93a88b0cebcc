/** Annotations as the runner of GitHub Actions reads them, and the summary of the step. */

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from '../../src/index.js'
import { summariseForGithub } from '../../src/report/github.js'
import { createRepository, inquest, sample, scratchFolder } from '../support/repository.js'
import { findingAt, reportOf, runnerCommands, written } from './readers.js'

const file = 'docs/investigations/INV-001, rows: 100%.md'
const broken = sample.replaceAll('| 88 | Off', '| none | Off').replace('@src/export/pages.ts', '@src/export/gone.ts')
const people = { color: false, show: 'warning', statistics: false } as const

describe('annotations', () => {
  const repository = createRepository({ [file]: broken, 'src/export/pages.ts': '' })

  test('say what, where and by which rule', () => {
    const run = inquest(repository.root, ['check', '--format', 'github'])
    const [first] = runnerCommands(run.stdout)
    const line = String(broken.split('\n').findLastIndex((one) => one.includes('| none | Off')) + 1)
    expect(first).toEqual({
      name: 'error',
      properties: { file, line, endLine: line, col: '3', endColumn: '7', title: 'evidence-unsourced' },
      message: expect.stringMatching(/^The evidence "Offsets .* expected a concept id\nline \d+: "Evidence has sources" is ticked all the same$/u) as string,
    })
    expect(run.status).toBe(1)
    expect(run.stdout).toMatch(/\n1 error.* in 1 document\n$/u)
  })

  test('a clean run gives none', () => {
    expect(inquest(createRepository({ [file]: sample }).root, ['check', '--format', 'github']).stdout).toBe('no finding in 1 document\n')
  })

  test('columns are left out of places that go over several lines, and an end before the first character', async () => {
    const long = findingAt(3, { range: { start: { line: 3, column: 2 }, end: { line: 5, column: 4 } } })
    const whole = findingAt(7, { range: { start: { line: 7, column: 1 }, end: { line: 8, column: 1 } } })
    const [a, b] = runnerCommands(await written('github', reportOf([long, whole])))
    expect(a?.properties).toEqual({ file: 'docs/a.md', line: '3', endLine: '5', title: 'verdict-missing' })
    expect(b?.properties).toEqual({ file: 'docs/a.md', line: '7', endLine: '7', title: 'verdict-missing' })
  })

  test('give back what was said, sign by sign', async () => {
    const [only] = runnerCommands(await written('github', reportOf([findingAt(1, { message: '100%: %0A, %25 and %3A', path: 'docs/a%2Cb, c: d=e%.md' })])))
    expect(only).toMatchObject({ message: '100%: %0A, %25 and %3A', properties: { file: 'docs/a%2Cb, c: d=e%.md' } })
  })

  test('infos are notices where `--show` asks for them', () => {
    const active = createRepository({ [file]: sample.replace('status: complete', 'status: active').replaceAll('[x]', '[ ]') })
    expect(runnerCommands(inquest(active.root, ['check', '--format', 'github']).stdout)).toEqual([])
    const names = new Set(runnerCommands(inquest(active.root, ['check', '--format', 'github', '--show', 'info']).stdout).map(({ name }) => name))
    expect(names).toEqual(new Set(['notice']))
  })
})

describe('more than GitHub shows', () => {
  const errors = Array.from({ length: 25 }, (_, index) => findingAt(index + 1))
  const warnings = Array.from({ length: 12 }, (_, index) => findingAt(index + 1, { severity: 'warning', rule: 'reference-unresolved', path: 'docs/0.md' }))
  const report = reportOf([...warnings, ...errors], { touches: ({ range }) => range.start.line > 20 })

  test('ten of a kind are annotated: errors first, and those on changed lines before others', async () => {
    const commands = runnerCommands(await written('github', report))
    const shown = commands.filter(({ name }) => name === 'error' || name === 'warning')
    expect(shown.map(({ name }) => name)).toEqual([...Array<string>(10).fill('error'), ...Array<string>(10).fill('warning')])
    expect(shown.slice(0, 10).map(({ properties }) => Number(properties['line']))).toEqual([21, 22, 23, 24, 25, 1, 2, 3, 4, 5])
  })

  test('the others stand in the log, folded', async () => {
    const log = await written('github', report)
    const [, folded = ''] = /::group::17 findings without an annotation\n([\s\S]*?)\n::endgroup::\n/u.exec(log) ?? []
    expect(folded.split('\n')).toHaveLength(17)
    expect(folded.split('\n')[0]).toBe('error[verdict-missing] docs/a.md:6:1 Finding 6')
  })

  test('the summary counts them in a table', async () => {
    const summary = summariseForGithub(report, people)
    expect(summary).toContain('### inquest: 25 errors, 12 warnings in 2 documents\n')
    expect(summary).toContain('| error | verdict\\-missing | 25 | 1 | 15 |\n| warning | reference\\-unresolved | 12 | 1 | 2 |\n')
    const tables = (await parse(summary)).root.children.filter((node) => node.type === 'table')
    expect(tables.map((table) => table.children.length)).toEqual([3, 18])
  })

  test('no more of them are listed than anybody reads', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => findingAt(index + 1, { message: 'x'.repeat(5_000) }))
    const summary = summariseForGithub(reportOf(many), people)
    expect(summary).toContain('| | | | and 4890 more |')
    expect(Buffer.byteLength(summary)).toBeLessThan(64 * 1024)
  })
})

describe('the summary of the step', () => {
  const folder = scratchFolder()
  const step = path.join(folder, 'summary.md')

  test('is added to the file that the runner names, and to no other', () => {
    writeFileSync(step, 'Of a step before.\n')
    const repository = createRepository({ [file]: broken, 'src/export/pages.ts': '', 'docs/other.md': '---\ntemplate: no-such-kind\n---\n# Other\n' })
    const env = { GITHUB_STEP_SUMMARY: step }
    inquest(repository.root, ['check', '--format', 'json'], { env })
    expect(readFileSync(step, 'utf8')).toBe('Of a step before.\n')
    inquest(repository.root, ['check', '--format', 'github'], { env })
    const summary = readFileSync(step, 'utf8')
    expect(summary).toMatch(/^Of a step before\.\n### inquest: 1 error.* in 1 document\n/u)
    expect(summary).toContain('1 file not checked, such as docs\\/other\\.md: there is no template')
    expect(summary).toContain('| error | evidence\\-unsourced | 1 | 1 | 0 |')
  })

  test('of a clean run says so', () => {
    expect(summariseForGithub(reportOf([]), people)).toBe('### inquest: no finding in 0 documents\n\n')
  })

  test('tells what the baseline holds and what is below `--show`', () => {
    const report = reportOf([findingAt(1, { severity: 'info' })])
    const summary = summariseForGithub({ ...report, summary: { ...report.summary, baselined: 3, stale: 1 } }, people)
    expect(summary).toContain('1 finding below `warning` not shown. 3 findings known to the baseline. 1 entry of the baseline match')
  })
})
