/** Owns the format `junit`: JUnit XML, a case for each document and what is asked of it, as GitLab and Jenkins read it. */

import type { PlacedFinding } from '../finding/finding.js'
import { atLeast } from '../finding/finding.js'
import { inert } from '../text/display.js'
import type { Report, ReportedDocument, Style } from './report.js'

type Outcome = 'passed' | 'failed' | 'skipped'

interface Case {
  readonly name: string
  readonly outcome: Outcome
  /** In a line; empty where there is nothing to say. */
  readonly message: string
  /** The message with its places. */
  readonly body: string
}

interface Suite {
  /** From the root of git's repository. */
  readonly path: string
  readonly cases: readonly Case[]
}

export function reportJunit(report: Report, style: Style): string {
  const { prefix, summary } = report
  const passedOver = summary.skipped.map(({ path, reason }): Suite => ({ path: `${prefix}${path}`, cases: [skippedCase('document', reason)] }))
  const suites = [...suitesOf(report, style), ...passedOver]
  const claim = createNames()
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="inquest" ${totals(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap((suite) => suiteLines(suite, claim)),
    '</testsuites>',
    '',
  ].join('\n')
}

function suitesOf({ findings, documents, failOn, prefix }: Report, style: Style): readonly Suite[] {
  const byPath = new Map<string, PlacedFinding[]>()
  for (const finding of findings) {
    const same = byPath.get(finding.path)
    if (same === undefined) byPath.set(finding.path, [finding])
    else same.push(finding)
  }
  const counts = (finding: PlacedFinding): boolean => finding.severity === 'error' || (failOn !== 'never' && atLeast(finding.severity, failOn))
  return Array.from(documents, ({ path, skips, asked }) => {
    const told = (byPath.get(path) ?? []).filter((finding) => counts(finding) || atLeast(finding.severity, style.show))
    // A case keeps its name from run to run, so that a reader who compares two of them sees that it passes now.
    const rules = [...new Set([...asked, ...told.map((finding) => finding.rule)])]
    const cases = rules.map((rule) => ruleCase(rule, told.filter((finding) => finding.rule === rule), prefix, counts))
    return { path: `${prefix}${path}`, cases: [...(cases.length === 0 ? [soundCase] : cases), ...skips.map(skippedSection)] }
  })
}

/** What a document is of which nothing is asked. */
const soundCase: Case = { name: 'document', outcome: 'passed', message: '', body: '' }

/** One rule over one document; what weighs comes first. */
function ruleCase(rule: string, told: readonly PlacedFinding[], prefix: string, counts: (finding: PlacedFinding) => boolean): Case {
  const findings = [...told.filter(counts), ...told.filter((finding) => !counts(finding))]
  const [first, ...more] = findings
  const message = `${first?.message ?? ''}${more.length > 0 ? ` (and ${more.length} more)` : ''}`
  return { name: rule, outcome: first !== undefined && counts(first) ? 'failed' : 'passed', message, body: findings.flatMap((finding) => findingLines(finding, prefix)).map(inert).join('\n') }
}

function findingLines({ severity, message, path, range, related = [] }: PlacedFinding, prefix: string): readonly string[] {
  const further = related.map((one) => `${prefix}${one.path}:${one.range.start.line}:${one.range.start.column}: ${one.message}`)
  return [`${prefix}${path}:${range.start.line}:${range.start.column}: ${severity}: ${message}`, ...further]
}

function skippedSection({ section, reason }: ReportedDocument['skips'][number]): Case {
  return skippedCase(`section: ${section}`, reason)
}

function skippedCase(name: string, reason: string): Case {
  return { name, outcome: 'skipped', message: reason, body: inert(reason) }
}

/**
 * Makes names unique: of two cases with one name GitLab keeps the first, and it has told names apart by
 * their letters and digits only.
 */
function createNames(): (path: string, name: string) => string {
  const taken = new Set<string>()
  return (path, name) => {
    for (let count = 1; ; count++) {
      const unique = count === 1 ? name : `${name} (${count})`
      const key = `${path} ${unique}`.replaceAll(/[^0-9A-Za-z]/gu, '-')
      if (taken.has(key)) continue
      taken.add(key)
      return unique
    }
  }
}

function suiteLines({ path, cases }: Suite, claim: (path: string, name: string) => string): readonly string[] {
  return [
    `  <testsuite name="${attribute(path)}" ${totals(cases)}>`,
    ...cases.flatMap((one) => caseLines(one, attribute(path), attribute(claim(path, one.name)))),
    '  </testsuite>',
  ]
}

function caseLines({ outcome, message, body }: Case, path: string, name: string): readonly string[] {
  const open = `    <testcase classname="${path}" name="${name}" file="${path}"`
  const element = { passed: 'system-out', failed: 'failure', skipped: 'skipped' }[outcome]
  if (body === '') return outcome === 'passed' ? [`${open}/>`] : [`${open}>`, `      <${element}/>`, '    </testcase>']
  const told = outcome === 'passed' ? '' : ` message="${attribute(message)}"`
  return [`${open}>`, `      <${element}${told}>${content(body)}</${element}>`, '    </testcase>']
}

function totals(cases: readonly Case[]): string {
  const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length
  return `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Two characters that XML 1.0 forbids are no control characters. `[[` would name a file to attach. */
function content(text: string): string {
  return text
    .replaceAll(/[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('[[', '[ [')
    .replaceAll(/[&<>"']/gu, (sign) => entities[sign] ?? sign)
}

function attribute(text: string): string {
  return content(inert(text))
}
