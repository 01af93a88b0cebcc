/** SARIF as GitHub's code scanning takes it: by the schema, by the SARIF Multitool, and in what it means. */

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { SarifLog, SarifResult } from './readers.js'
import { findingAt, multitoolFindings, multitoolRuns, reportOf, sarifMistakes, written } from './readers.js'

const file = 'docs/investigations/INV-001 rows & pages.md'
const broken = sample
  .replace('| H2 | **REFUTED** | The encoder stops at the first error | High |', '| H2 | **REFUTED** | The encoder stops at the first error |')
  .replaceAll('| 88 | Off', '| none | Off')

function read(text: string): SarifLog['runs'][number] {
  const [run] = (JSON.parse(text) as SarifLog).runs
  if (run === undefined) throw new Error('A log holds a run')
  return run
}

function sarifOf(cwd: string, ...args: readonly string[]): string {
  return inquest(cwd, ['check', '--format', 'sarif', ...args]).stdout
}

function fingerprints(results: readonly SarifResult[]): readonly string[] {
  return results.map((result) => `${result.ruleId} ${result.partialFingerprints['inquest/v1']}`)
}

const repository = createRepository({ [file]: broken, 'README.md': '# A readme\n' })
const text = sarifOf(repository.root)
const { results, tool, columnKind } = read(text)

describe('what is written', () => {
  const cases: readonly (readonly [string, () => string])[] = [
    ['findings, with related places and a fix', () => text],
    ['no finding', () => sarifOf(createRepository({ [file]: sample }).root)],
    ['no document', () => sarifOf(createRepository().root)],
    ['a file that was passed over', () => sarifOf(repository.root, 'README.md')],
  ]
  test.each(cases)('%s: fits the schema of SARIF 2.1.0', (_name, make) => {
    expect(sarifMistakes(make())).toEqual([])
  })

  test.runIf(multitoolRuns).each(cases)('%s: passes the rules of the SARIF Multitool and of GitHub', (_name, make) => {
    const told = multitoolFindings(make()).filter(({ level }) => level !== 'note')
    // The project has no address of its own to name.
    expect(told).toEqual([{ rule: 'SARIF2005', level: 'warning' }])
  })

  test.runIf(multitoolRuns)('the Multitool sees mistakes', () => {
    expect(multitoolFindings(text.replaceAll('"help"', '"properties2"').replaceAll(/"endColumn": \d+/gu, '"endColumn": 0')).filter(({ level }) => level === 'error')).not.toEqual([])
  })

  test('the schema sees mistakes', () => {
    expect(sarifMistakes(text.replace('"level": "error"', '"level": "fatal"'))).not.toEqual([])
    expect(sarifMistakes(text.replace('%20rows', ' rows'))).not.toEqual([])
  })
})

describe('results', () => {
  test('stand where the findings stand, with a relative address', () => {
    const [unsourced, row] = results
    expect(results.map((result) => [result.ruleId, result.level])).toEqual([['evidence-unsourced', 'error'], ['table-invalid', 'error']])
    const lines = broken.split('\n')
    const line = lines.findLastIndex((one) => one.includes('| none | Off')) + 1
    expect(unsourced?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'docs/investigations/INV-001%20rows%20%26%20pages.md' },
      region: { startLine: line, startColumn: 3, endLine: line, endColumn: 7 },
    })
    expect(columnKind).toBe('utf16CodeUnits')
    expect(unsourced?.relatedLocations).toHaveLength(1)
    expect(row?.fixes?.[0]?.artifactChanges[0]?.replacements.map(({ insertedContent }) => insertedContent.text)).toEqual([' |'])
  })

  test('name their rule, whose page is the text of help', () => {
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId)
    const rule = tool.driver.rules.find(({ id }) => id === 'table-invalid')
    expect(rule?.help.markdown).toBe(inquest(repository.root, ['explain', 'table-invalid']).stdout)
    expect(rule?.defaultConfiguration.level).toBe('error')
    expect(tool.driver.version).toBe(inquest(repository.root, ['--version']).stdout.trim())
  })

  test('are all there, infos as notes, unless `--show` says otherwise', () => {
    const active = createRepository({ [file]: sample.replace('status: complete', 'status: active').replaceAll('[x]', '[ ]') })
    expect(new Set(read(sarifOf(active.root)).results.map((result) => result.level))).toEqual(new Set(['note']))
    expect(read(sarifOf(active.root, '--show', 'warning')).results).toEqual([])
  })

  test('count paths from the top of the repository where the configuration stands below it', () => {
    const nested = createRepository({ 'research notes/inquest.yaml': '', [`research notes/${file}`]: broken })
    mkdirSync(path.join(nested.root, 'research notes/src'))
    const [first] = read(sarifOf(path.join(nested.root, 'research notes'))).results
    expect(first?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('research%20notes/docs/investigations/INV-001%20rows%20%26%20pages.md')
  })
})

describe('fingerprints', () => {
  test('survive edits above, and elsewhere in the line is the finding another one', () => {
    const after = (change: (was: string) => string): readonly string[] => {
      const changed = change(broken)
      expect(changed).not.toBe(broken)
      return fingerprints(read(sarifOf(createRepository({ [file]: changed }).root)).results)
    }
    const before = fingerprints(results)
    expect(after((was) => was.replace('## Context\n', '## Context\n\nA line that was not there.\n'))).toEqual(before)
    expect(after((was) => was.replaceAll('\n', '\r\n'))).toEqual(before)
    expect(after((was) => was.replaceAll('| none | Off', '|  none |  Off'))).toEqual(before)
    const moved = after((was) => was.replaceAll('| none | Offsets', '| none | Counters'))
    expect(moved[0]).not.toBe(before[0])
    expect(moved[1]).toBe(before[1])
  })

  test('leave the hash of the line to whoever uploads the file', () => {
    for (const result of results) expect(Object.keys(result.partialFingerprints)).toEqual(['inquest/v1'])
  })

  test('of findings that nothing tells apart are counted', async () => {
    const twins = read(await written('sarif', reportOf([findingAt(3), findingAt(4), findingAt(5, { path: 'docs/b.md' })]))).results
    const [first = '', second = '', elsewhere] = twins.map((result) => result.partialFingerprints['inquest/v1'] ?? '')
    expect(first).toMatch(/^[0-9a-f]{40}:1$/u)
    expect(second).toBe(first.replace(/1$/u, '2'))
    expect(elsewhere).toBe(first)
  })
})

describe('limits', () => {
  test('of more results than GitHub takes the lightest are left out, and the log says so', async () => {
    const infos = Array.from({ length: 20_000 }, (_, index) => findingAt(index + 1, { severity: 'info' as const }))
    const errors = Array.from({ length: 6_000 }, (_, index) => findingAt(index + 1, { path: 'docs/b.md' }))
    const run = read(await written('sarif', reportOf([...infos, ...errors])))
    expect(run.results).toHaveLength(25_000)
    expect(run.results.filter((result) => result.level === 'error')).toHaveLength(6_000)
    expect(run.results[0]?.level).toBe('note')
    expect(run.invocations[0]?.toolExecutionNotifications).toEqual([{ level: 'warning', message: { text: '1000 findings more than the 25000 that a file may hold; `inquest check` shows all.' } }])
  })

  test('files that were passed over are told', () => {
    expect(read(sarifOf(repository.root, 'README.md')).invocations[0]?.toolExecutionNotifications).toMatchObject([{ level: 'note', message: { text: 'Not checked: it has no frontmatter' } }])
  })
})

test('what a document says is neither a link nor a place for an argument', async () => {
  const [result] = read(await written('sarif', reportOf([findingAt(1, { message: 'Unexpected [this](https://example.com/{0}) of `{{title}}`' })]))).results
  expect(result?.message.text).toBe('Unexpected [this] (https://example.com/{{0}}) of `{{title}}`')
})
