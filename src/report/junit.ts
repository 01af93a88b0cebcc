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

export function* reportJunit(report: Report, style: Style): Generator<string> {
  const claim = createNames(pathsOf(report))
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  // All is gone through twice, because its counts stand at the head.
  yield `<testsuites name="inquest" ${attributesOf(countCases(suitesOf(report, style)))}>\n`
  for (const suite of suitesOf(report, style)) yield suiteLines(suite, claim).map((line) => `${line}\n`).join('')
  yield '</testsuites>\n'
}

function* pathsOf({ documents, prefix, summary }: Report): Generator<string> {
  for (const { path } of documents) yield `${prefix}${path}`
  for (const { path } of summary.skipped) yield `${prefix}${path}`
}

function* suitesOf({ findings, documents, failOn, prefix, summary }: Report, style: Style): Generator<Suite> {
  const counts = (finding: PlacedFinding): boolean => finding.severity === 'error' || (failOn !== 'never' && atLeast(finding.severity, failOn))
  const findingsOf = byDocument(findings)
  for (const { path, skips, asked } of documents) {
    const told = findingsOf(path).filter((finding) => counts(finding) || atLeast(finding.severity, style.show))
    // A case keeps its name from run to run, so that a reader who compares two of them sees that it passes now.
    const rules = [...new Set([...asked, ...told.map((finding) => finding.rule)])]
    const cases = rules.map((rule) => ruleCase(rule, told.filter((finding) => finding.rule === rule), prefix, counts))
    yield { path: `${prefix}${path}`, cases: [...(cases.length === 0 ? [soundCase] : cases), ...skips.map(skippedSection)] }
  }
  for (const { path, reason } of summary.skipped) yield { path: `${prefix}${path}`, cases: [skippedCase('document', reason)] }
}

/** Tells the findings of each document, asked in the order of paths in which they stand. */
function byDocument(findings: Iterable<PlacedFinding>): (path: string) => readonly PlacedFinding[] {
  const iterator = findings[Symbol.iterator]()
  let next = iterator.next()
  return (path) => {
    const found: PlacedFinding[] = []
    for (; next.done !== true && next.value.path === path; next = iterator.next()) found.push(next.value)
    return found
  }
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
function createNames(paths: Iterable<string>): (path: string, name: string) => string {
  const mingling = pathsThatMingle(paths)
  const amongAll = new Set<string>()
  let own: { readonly path: string; readonly taken: Set<string> } | undefined
  return (path, name) => {
    if (own?.path !== path) own = { path, taken: mingling.has(lettersOf(path)) ? amongAll : new Set() }
    for (let count = 1; ; count++) {
      const unique = count === 1 ? name : `${name} (${count})`
      const key = lettersOf(`${path} ${unique}`)
      if (own.taken.has(key)) continue
      own.taken.add(key)
      return unique
    }
  }
}

/** Paths that are others by their letters, or the start of others, so that a case of one may look like a case of the other. */
function pathsThatMingle(paths: Iterable<string>): ReadonlySet<string> {
  const mingling = new Set<string>()
  let start: string | undefined
  // In this order what starts with a path comes right behind it.
  for (const path of Array.from(paths, lettersOf).toSorted()) {
    if (start !== undefined && (path === start || path.startsWith(`${start}-`))) mingling.add(start).add(path)
    else start = path
  }
  return mingling
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^0-9A-Za-z]/gu, '-')
}

function suiteLines({ path, cases }: Suite, claim: (path: string, name: string) => string): readonly string[] {
  return [
    `  <testsuite name="${attribute(path)}" ${attributesOf(countCases([{ cases }]))}>`,
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

type CaseCounts = Readonly<Record<Outcome, number>>

function countCases(suites: Iterable<Pick<Suite, 'cases'>>): CaseCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { cases } of suites) for (const { outcome } of cases) counts[outcome]++
  return counts
}

function attributesOf({ passed, failed, skipped }: CaseCounts): string {
  return `tests="${passed + failed + skipped}" failures="${failed}" errors="0" skipped="${skipped}"`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Two characters that XML 1.0 forbids are no control characters. `[[` would name a file to attach. */
function content(text: string): string {
  return text
    .replaceAll(/[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/\[(?=\[)/gu, '[ ')
    .replaceAll(/[&<>"']/gu, (sign) => entities[sign] ?? sign)
}

function attribute(text: string): string {
  return content(inert(text))
}
