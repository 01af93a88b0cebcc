/** Owns the format `github`: annotations in the log of a GitHub Actions step, and the step's summary. */

import type { PlacedFinding, Severity } from '../finding/finding.js'
import { severities } from '../finding/finding.js'
import { inert } from '../text/display.js'
import { countShown } from './heaviest.js'
import { lastLine } from './place.js'
import type { Report, Style } from './report.js'
import { countFound, plural } from './words.js'

/** GitHub shows so many annotations of a kind for each step and drops the others without a word. */
const mostOfKind = 10
/** A summary may hold 1 MiB; nobody reads more than this. */
const mostListed = 100

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** The commands that the runner takes from the log, and what no annotation is shown for as lines of the log. */
export function* reportGithub(report: Report, style: Style): Generator<string> {
  const kinds = countShown(report.summary, style.show)
  for (const { severity } of kinds) for (const finding of first(mostOfKind, ofKind(report, severity))) yield `${annotation(finding, report.prefix)}\n`
  const rest = kinds.reduce((sum, { count }) => sum + Math.max(0, count - mostOfKind), 0)
  if (rest > 0) {
    yield `::group::${plural(rest, 'finding')} without an annotation\n`
    for (const { severity } of kinds) for (const finding of allBut(mostOfKind, ofKind(report, severity))) yield `${logLine(finding)}\n`
    yield '::endgroup::\n'
  }
  yield `${countFound(report.summary)}\n`
}

/** Markdown for the file that GITHUB_STEP_SUMMARY names. */
export function summariseForGithub(report: Report, style: Style): string {
  const kinds = countShown(report.summary, style.show)
  const hidden = report.findings.length - kinds.reduce((sum, { count }) => sum + count, 0)
  const { baselined = 0, stale = 0, skipped } = report.summary
  const notes = [
    hidden > 0 ? `${plural(hidden, 'finding')} below \`${style.show}\` not shown.` : '',
    baselined > 0 ? `${plural(baselined, 'finding')} known to the baseline.` : '',
    stale > 0 ? `${plural(stale, 'entry', 'entries')} of the baseline match nothing any more.` : '',
    skipped.length > 0 ? `${plural(skipped.length, 'file')} not checked, such as ${cell(skipped[0]?.path ?? '')}: ${cell(skipped[0]?.reason ?? '')}.` : '',
  ].filter((note) => note !== '')
  const parts = [`### inquest: ${countFound(report.summary)}`, notes.join(' '), ...tables(report, kinds.map(({ severity }) => severity))]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`
}

/** Those on changed lines first, which a reader of the change can see. */
function* ofKind({ findings, touches }: Report, severity: Severity): Generator<PlacedFinding> {
  for (const finding of findings) if (finding.severity === severity && touches?.(finding) !== false) yield finding
  if (touches === undefined) return
  for (const finding of findings) if (finding.severity === severity && !touches(finding)) yield finding
}

function* first<T>(count: number, things: Iterable<T>): Generator<T> {
  let at = 0
  for (const thing of things) {
    if (at++ === count) return
    yield thing
  }
}

function* allBut<T>(count: number, things: Iterable<T>): Generator<T> {
  let at = 0
  for (const thing of things) if (at++ >= count) yield thing
}

function annotation(finding: PlacedFinding, prefix: string): string {
  const { severity, rule, message, path, range, related = [] } = finding
  const end = lastLine(range)
  const properties: readonly (readonly [string, string | number])[] = [
    ['file', inert(`${prefix}${path}`)],
    ['line', range.start.line],
    ['endLine', end],
    // The runner drops columns of places that go over several lines.
    ...(end === range.start.line && end === range.end.line ? ([['col', range.start.column], ['endColumn', range.end.column]] as const) : []),
    ['title', rule],
  ]
  const further = related.map((one) => `${one.path === path ? 'line ' : `${one.path}:`}${one.range.start.line}: ${one.message}`)
  const text = [message, ...further].map(inert).join('\n')
  return `::${commands[severity]} ${properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')}::${escapeMessage(text)}`
}

/** Text as the message of a command for the runner. */
export function commandText(text: string): string {
  return escapeMessage(text.split('\n').map(inert).join('\n'))
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Opens with a word of ours: a line that opens with `::` is a command, whatever blanks stand before it. */
function logLine({ severity, rule, message, path, range }: PlacedFinding): string {
  return inert(`${severity}[${rule}] ${path}:${range.start.line}:${range.start.column} ${message}`)
}

/** How often each rule found something, and the first findings that no annotation shows. */
function tables(report: Report, kinds: readonly Severity[]): readonly string[] {
  const counts = new Map<string, { readonly severity: Severity; readonly rule: string; readonly paths: Set<string>; found: number; unseen: number }>()
  const listed: PlacedFinding[] = []
  let unseen = 0
  for (const severity of kinds) {
    let at = 0
    for (const finding of ofKind(report, severity)) {
      const { rule, path } = finding
      const key = `${severity} ${rule}`
      const count = counts.get(key) ?? { severity, rule, paths: new Set<string>(), found: 0, unseen: 0 }
      counts.set(key, count)
      count.paths.add(path)
      count.found++
      if (at++ < mostOfKind) continue
      count.unseen++
      if (unseen++ < mostListed) listed.push(finding)
    }
  }
  const rows = [...counts.values()]
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.found - a.found || (a.rule < b.rule ? -1 : 1))
    .map(({ severity, rule, paths, found, unseen: without }) => `| ${severity} | ${cell(rule)} | ${found} | ${paths.size} | ${without} |`)
  const countTable = ['| Severity | Rule | Findings | Documents | Without an annotation |', '| --- | --- | ---: | ---: | ---: |', ...rows].join('\n')
  return [rows.length === 0 ? '' : countTable, restTable(listed, unseen)]
}

/** @param count of all that are meant, of which the first are listed */
function restTable(listed: readonly PlacedFinding[], count: number): string {
  if (count === 0) return ''
  const rows = listed.map(({ severity, rule, message, path, range }) => `| ${severity} | ${cell(rule)} | ${cell(`${path}:${range.start.line}`)} | ${cell(message)} |`)
  const more = count > listed.length ? [`| | | | and ${count - listed.length} more |`] : []
  return ['Without an annotation:', '', '| Severity | Rule | Place | Finding |', '| --- | --- | --- | --- |', ...rows, ...more].join('\n')
}

/** Text in which nothing is Markdown, HTML or the end of a table's cell. */
function cell(text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 299)}…` : text
  return inert(short).replaceAll(/[!-/:-@[-`{-~]/gu, String.raw`\$&`)
}
