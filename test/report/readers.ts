/** Owns the readers of reports as tests know them: what the tools behind each format accept, and what they take from it. */

import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { validateXML } from 'xmllint-wasm'
import type { PlacedFinding } from '../../src/finding/finding.js'
import type { Format, Report } from '../../src/report/report.js'
import { loadReporter, shownByDefault } from '../../src/report/report.js'
import { projectRoot, scratchFolder } from '../support/repository.js'

const require = createRequire(import.meta.url)

// ---------------------------------------------------------------- reports made by hand

export function findingAt(line: number, more: Partial<PlacedFinding> = {}): PlacedFinding {
  const range = { start: { line, column: 1 }, end: { line, column: 5 } }
  return { rule: 'verdict-missing', severity: 'error', message: `Finding ${line}`, path: 'docs/a.md', range, ...more }
}

export function reportOf(findings: readonly PlacedFinding[], more: Partial<Report> = {}): Report {
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length
  const paths = [...new Set(findings.map((finding) => finding.path))]
  return {
    findings,
    summary: { documents: paths.length, errors: count('error'), warnings: count('warning'), infos: count('info'), skipped: [] },
    documents: paths.map((file) => ({ path: file, skips: [], asked: [] })),
    rules: [{ name: 'verdict-missing', severity: 'error', summary: 'No verdict.', why: 'It has to be.', page: '# verdict-missing\n' }],
    failOn: 'error',
    prefix: '',
    version: '1.2.3',
    lineAt: () => '',
    ...more,
  }
}

export async function written(format: Format, report: Report): Promise<string> {
  const reporter = await loadReporter(format)
  return [...reporter(report, { color: false, show: shownByDefault(format), statistics: false })].join('')
}

// ---------------------------------------------------------------- SARIF

export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Readonly<Record<string, number>> } }[]
  readonly relatedLocations?: readonly unknown[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly fixes?: readonly { readonly artifactChanges: readonly { readonly replacements: readonly { readonly insertedContent: { readonly text: string } }[] }[] }[]
}

export interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly version: string; readonly rules: readonly { readonly id: string; readonly help: { readonly text: string; readonly markdown: string }; readonly defaultConfiguration: { readonly level: string } }[] } }
    readonly columnKind: string
    readonly invocations: readonly { readonly toolExecutionNotifications?: readonly { readonly level: string; readonly message: { readonly text: string } }[] }[]
    readonly results: readonly SarifResult[]
  }[]
}

/** The program of the SARIF Multitool, whose package holds the schema of SARIF 2.1.0 as well. */
const multitool = require('@microsoft/sarif-multitool') as string

const characters = "[A-Za-z0-9\\-._~:/?#[\\]@!$&'()*+,;=]"
let sarifSchema: ValidateFunction | undefined

/** What in a log does not fit the schema of SARIF 2.1.0. */
export function sarifMistakes(text: string): readonly ErrorObject[] {
  sarifSchema ??= new Ajv2020({
    allErrors: true,
    strict: false,
    formats: {
      uri: new RegExp(`^[a-z][a-z0-9+.-]*:(?:${characters}|%[0-9A-F]{2})*$`, 'iu'),
      'uri-reference': new RegExp(`^(?:${characters}|%[0-9A-F]{2})*$`, 'iu'),
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u,
      uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu,
    },
  }).compile(JSON.parse(readFileSync(path.join(path.dirname(multitool), 'sarif-2.1.0.json'), 'utf8')) as object)
  sarifSchema(JSON.parse(text))
  return sarifSchema.errors ?? []
}

/** What the SARIF Multitool says by its own rules and by those of GitHub; its exit status says nothing. */
export function multitoolFindings(text: string): readonly { readonly rule: string; readonly level: string }[] {
  const folder = scratchFolder()
  const at = (file: string): string => path.join(folder, file)
  writeFileSync(at('in.sarif'), text)
  // The address of the schema is not looked up in the network.
  writeFileSync(at('rules.json'), '{ "SARIF2006.UrisShouldBeReachable.Options": { "RuleEnabled": "Disabled" } }')
  // Packages are installed without their scripts, one of which would do this.
  chmodSync(multitool, 0o755)
  const args = ['validate', at('in.sarif'), '--rule-kind', 'Sarif;Ghas', '--config', at('rules.json'), '--level', 'Error;Warning;Note', '--output', at('out.sarif')]
  const run = spawnSync(multitool, args, { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } })
  if (run.error !== undefined) throw run.error
  if (!readdirSync(folder).includes('out.sarif')) throw new Error(`The SARIF Multitool wrote nothing: ${run.stdout}${run.stderr}`)
  const answer = JSON.parse(readFileSync(at('out.sarif'), 'utf8')) as { readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly level?: string }[] }[] }
  return answer.runs.flatMap(({ results }) => results.map(({ ruleId, level = 'warning' }) => ({ rule: ruleId, level })))
}

/** The Multitool is a program for these systems. */
export const multitoolRuns = ['linux-x64', 'darwin-x64', 'win32-x64'].includes(`${process.platform}-${process.arch}`)

// ---------------------------------------------------------------- the runner of GitHub Actions

export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

const runnerCommandNames: ReadonlySet<string> = new Set([
  'add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'internal-set-repo-path', 'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning',
])

/**
 * The commands that a log holds, in both forms that the runner knows: `::name key=value::message` at the start of a
 * line behind any blanks, and `##[name key=value;]message` wherever it stands.
 */
export function runnerCommands(log: string): readonly RunnerCommand[] {
  return log.split(/\r\n|\n|\r/u).flatMap((line) => {
    const modern = /^\s*::([^\s:]+)(?: ((?:(?!::).)*))?::(.*)$/u.exec(line)
    if (modern !== null && runnerCommandNames.has(modern[1] ?? '')) return [command(modern[1] ?? '', (modern[2] ?? '').split(','), modern[3] ?? '')]
    const old = /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/u.exec(line)
    return old !== null && runnerCommandNames.has(old[1] ?? '') ? [command(old[1] ?? '', (old[2] ?? '').split(';'), old[3] ?? '')] : []
  })
}

function command(name: string, pairs: readonly string[], message: string): RunnerCommand {
  const properties = pairs.flatMap((pair) => {
    const at = pair.indexOf('=')
    return at === -1 ? [] : [[pair.slice(0, at), unescaped(pair.slice(at + 1))] as const]
  })
  return { name, properties: Object.fromEntries(properties), message: unescaped(message) }
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
}

// ---------------------------------------------------------------- GitLab

/** A report for Code Quality, by GitLab's documentation. */
const codeQuality = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^(?:\\./|/)' } },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } }, additionalProperties: false },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
})

export interface QualityEntry {
  readonly description: string
  readonly check_name: string
  readonly fingerprint: string
  readonly severity: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } }
}

export function qualityMistakes(text: string): readonly ErrorObject[] {
  codeQuality(JSON.parse(text))
  return codeQuality.errors ?? []
}

// ---------------------------------------------------------------- JUnit

/** What libxml2 says against a file: that it is no XML 1.0, or none of the form that is expected. */
export async function junitMistakes(text: string): Promise<readonly string[]> {
  const schema = readFileSync(path.join(projectRoot, 'test/report/junit.xsd'), 'utf8')
  const { valid, errors, rawOutput } = await validateXML({ xml: [{ fileName: 'report.xml', contents: text }], schema: [schema] })
  return valid ? [] : errors.length > 0 ? errors.map((error) => error.message) : [rawOutput]
}

export interface JunitCase {
  readonly classname: string
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly message: string
  readonly text: string
}

/** The cases of a file that libxml2 has no word against. */
export function junitCases(text: string): readonly JunitCase[] {
  return [...text.matchAll(/<testcase ([^>]*?)(?:\/>|>\s*(?:<(failure|skipped|system-out)(?: message="([^"]*)")?(?:\/>|>([^<]*)<\/[\w-]+>))?\s*<\/testcase>)/gu)].map(([, attributes = '', element, message = '', content = '']) => ({
    classname: decoded(/classname="([^"]*)"/u.exec(attributes)?.[1] ?? ''),
    name: decoded(/ name="([^"]*)"/u.exec(attributes)?.[1] ?? ''),
    outcome: element === 'failure' ? 'failed' : element === 'skipped' ? 'skipped' : 'passed',
    message: decoded(message),
    text: decoded(content),
  }))
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}
