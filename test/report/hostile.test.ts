/** What a document says commands nobody: no reader of any format obeys it. */

import { describe, expect, test } from 'vitest'
import { assert, asyncProperty, constantFrom, array, string } from 'fast-check'
import { parse } from '../../src/index.js'
import { formats, loadReporter } from '../../src/report/report.js'
import type { Format, Report } from '../../src/report/report.js'
import { summariseForGithub } from '../../src/report/github.js'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { QualityEntry, SarifLog } from './readers.js'
import { findingAt, junitCases, junitMistakes, qualityMistakes, reportOf, runnerCommands, sarifMistakes } from './readers.js'

/** Each would do something if it were obeyed by a terminal, the runner, an XML parser, a browser or a reader of Markdown. */
const attacks = [
  '::error title=owned::pwned',
  '\n::set-output name=x::y',
  '\r\n  ::add-mask::secret',
  '\r::stop-commands::token',
  '##[set-output name=x;]y',
  '##vso[task.setvariable variable=x]y',
  '%0A::warning::z',
  '\u001B[2J\u001B]8;;https://example.com\u0007',
  '\u009B31m',
  '\u0000',
  '\u0007',
  '\u202Etxt.exe',
  '\u2066',
  '\u2028::error::a',
  '\uD800',
  '\uFFFE',
  ']]>',
  '<script>alert(1)</script>',
  '"/><testcase classname="x" name="y"/>',
  '&lt;&#0;&undefined;',
  '<!--',
  'a | b | c',
  '`|`',
  '[a](https://example.com)',
  '![](https://example.com/x.png)',
  '[[ATTACHMENT|/etc/passwd]]',
  '{0}',
  'C:\\a,b=c:d',
] as const

/** Everything that a terminal or a log reader would obey; line ends are ours. */
// eslint-disable-next-line no-control-regex
const obeyed = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]|\p{Cs}|##\w*\[/u

/** A report in which every word that comes from a document is `text`. */
function reportSaying(text: string): Report {
  const finding = findingAt(1, { message: `Unexpected ${text}`, section: text, subject: text, path: `docs/${text}.md` })
  const related = [{ message: text, path: finding.path, range: finding.range }]
  const fix = { applicability: 'safe' as const, edits: [{ range: finding.range, text }] }
  // More than is annotated, so that the log and the tables hold the others.
  const findings = Array.from({ length: 12 }, (_, index) => ({ ...finding, related, fix, range: { start: { line: index + 1, column: 1 }, end: { line: index + 1, column: 1 } } }))
  const report = reportOf(findings, { lineAt: () => text, documents: [{ path: finding.path, skips: [{ section: text, line: 1, reason: text }], asked: [] }] })
  return { ...report, summary: { ...report.summary, skipped: [{ path: `skipped/${text}.md`, reason: text }] } }
}

async function written(format: Format, report: Report): Promise<string> {
  const reporter = await loadReporter(format)
  return [...reporter(report, { color: false, show: 'info', statistics: false })].join('')
}

/** What each format's reader makes of it, beyond there being nothing to obey. */
const inertTo: Readonly<Record<Format, (output: string, report: Report) => void | Promise<void>>> = {
  text: () => undefined,
  json: (output, { findings }) => {
    expect((JSON.parse(output) as { readonly findings: unknown }).findings).toEqual(findings)
  },
  jsonl: (output, { findings }) => {
    const lines = output.trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly finding?: unknown })
    expect(lines.slice(0, -1).map(({ finding }) => finding)).toEqual(findings)
  },
  sarif: (output, { findings }) => {
    expect(sarifMistakes(output)).toEqual([])
    const results = (JSON.parse(output) as SarifLog).runs.flatMap((run) => run.results)
    expect(results).toHaveLength(12)
    // A fix is exact or not there: a store of results holds neither NUL nor half a character.
    const text = [...findings][0]?.fix?.edits[0]?.text ?? ''
    const inserted = results[0]?.fixes?.flatMap((fix) => fix.artifactChanges.flatMap(({ replacements }) => replacements.map(({ insertedContent }) => insertedContent.text)))
    expect(inserted).toEqual(/[\0\p{Cs}]/u.test(text) ? undefined : [text])
    for (const { message, locations } of results) {
      expect(message.text).not.toMatch(obeyed)
      expect(message.text).not.toMatch(/\]\(|(?<!\{)\{\d+\}(?!\})/u)
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^docs\/[\w%./!~*'()-]*\.md$/u)
    }
  },
  github: (output) => {
    expect(runnerCommands(output).map(({ name }) => name)).toEqual([...Array<string>(10).fill('error'), 'group', 'endgroup'])
    expect(output.split('\n').every((line) => /^(?:::error file=docs%?|::group::\d|::endgroup::$|error\[|\d+ error|$)/u.test(line))).toBe(true)
  },
  gitlab: (output) => {
    expect(qualityMistakes(output)).toEqual([])
    for (const { description, location } of JSON.parse(output) as readonly QualityEntry[]) {
      expect(description).not.toMatch(obeyed)
      expect(location.path).not.toMatch(obeyed)
    }
  },
  junit: async (output) => {
    expect(await junitMistakes(output)).toEqual([])
    expect(junitCases(output).map(({ outcome }) => outcome)).toEqual(['failed', 'skipped', 'skipped'])
    expect(output).not.toMatch(/\[\[ATTACHMENT|\]\]>|<script|<!\[CDATA/u)
  },
}

describe.each(formats)('%s', (format) => {
  test.each(attacks)('%j', async (attack) => {
    const report = reportSaying(attack)
    const output = await written(format, report)
    expect(output).not.toMatch(obeyed)
    if (format !== 'github') expect(runnerCommands(output)).toEqual([])
    await inertTo[format](output, report)
  })

  test('any mixture of them', async () => {
    const mixture = array(constantFrom(...attacks, ...'#[]|:%<>&\\"\'`\n\r '), { maxLength: 8 }).map((parts) => parts.join(''))
    await assert(
      asyncProperty(mixture, string({ unit: 'binary', maxLength: 6 }), async (attack, noise) => {
        const report = reportSaying(`${attack}${noise}`)
        const output = await written(format, report)
        expect(output).not.toMatch(obeyed)
        if (format !== 'github') expect(runnerCommands(output)).toEqual([])
        await inertTo[format](output, report)
      }),
      // Each run of libxml2 starts a thread of its own.
      { numRuns: format === 'junit' ? 25 : 150 },
    )
  })
})

test.each(attacks)('the summary of a step: %j', async (attack) => {
  const summary = summariseForGithub(reportSaying(attack), { color: false, show: 'info', statistics: false })
  expect(summary).not.toMatch(obeyed)
  const { root } = await parse(summary)
  expect(root.children.map((node) => node.type)).toEqual(['heading', 'paragraph', 'table', 'paragraph', 'table'])
  const tables = root.children.filter((node) => node.type === 'table')
  expect(tables.map((table) => table.children.map((row) => row.children.length))).toEqual([[5, 5], [4, 4, 4]])
  const kinds = new Set<string>()
  const open: (typeof root | (typeof root)['children'][number])[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    kinds.add(node.type)
    if ('children' in node) open.push(...(node.children as typeof open))
  }
  expect([...kinds].toSorted()).toEqual(['heading', 'paragraph', 'root', 'table', 'tableCell', 'tableRow', 'text'])
})

describe('a hostile document, checked as its readers would', () => {
  const said = 'maybe ::error::a ##[set-output name=x;]b \u001B[2J \u202E ]]> <script>c</script> %0A [d](https://example.com) {0}'
  const file = 'docs/::error title=x::##[add-mask]a, b%0A & <c>.md'
  const repository = createRepository({ [file]: sample.replace('**CONFIRMED**', said).replace('**SKIPPED:** The code', `**SKIPPED:** ${said} The code`) })

  test.each(formats)('%s', async (format) => {
    const run = inquest(repository.root, ['check', '--format', format])
    expect(run.status).toBe(1)
    expect(run.stderr).toBe('')
    expect(run.stdout).not.toMatch(obeyed)
    expect(runnerCommands(run.stdout).map(({ name, properties }) => [name, properties['title']])).toEqual(format === 'github' ? [['error', 'verdict-invalid']] : [])
    if (format === 'sarif') expect(sarifMistakes(run.stdout)).toEqual([])
    if (format === 'gitlab') expect(qualityMistakes(run.stdout)).toEqual([])
    if (format === 'junit') expect(await junitMistakes(run.stdout)).toEqual([])
  })
})
