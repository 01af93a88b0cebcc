/** Owns the format `text`: each finding with its line, the place underlined, the rule's name, and a summary. */

import pico from 'picocolors'
import type { PlacedFinding, Severity } from '../finding/finding.js'
import { atLeast } from '../finding/finding.js'
import { displayWidth, inert } from '../text/display.js'
import type { Report, ReportSummary, Style } from './report.js'
import { plural } from './words.js'

type Paint = ReturnType<typeof pico.createColors>

/** Lines longer than this are shown around the place they are about. */
const widest = 120

/** What the format needs of a report; findings that no check made are shown by it as well. */
type Shown = Pick<Report, 'findings' | 'summary' | 'lineAt'>

export function* reportText(report: Shown, style: Style): Generator<string> {
  const paint = pico.createColors(style.color)
  if (style.statistics) {
    yield statistics(report, paint)
    return
  }
  let hidden = 0
  for (const finding of report.findings) {
    if (atLeast(finding.severity, style.show)) yield `${describe(finding, report.lineAt(finding.path, finding.range.start.line), paint)}\n`
    else hidden++
  }
  yield summaryLine(report.summary, hidden, style, paint)
}

/** The same in one piece, for a few findings. */
export function textReport(report: Shown, style: Style): string {
  return [...reportText(report, style)].join('')
}

function colorOf(severity: Severity, paint: Paint): (text: string) => string {
  return severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
}

function describe(finding: PlacedFinding, line: string, paint: Paint): string {
  const color = colorOf(finding.severity, paint)
  const { start, end } = finding.range
  const last = end.line === start.line ? end.column : line.length + 1
  const gutter = String(start.line).length
  const pad = ' '.repeat(gutter)
  const bar = paint.dim('|')
  const { text, from, to } = excerpt(line, start.column - 1, Math.max(last - 1, start.column))
  const before = ' '.repeat(displayWidth(text.slice(0, from)))
  const mark = '^'.repeat(Math.max(1, displayWidth(text.slice(from, to))))
  const place = `${inert(finding.path)}:${start.line}:${start.column}`
  return [
    `${color(paint.bold(finding.severity))}${paint.bold(`[${finding.rule}]`)}: ${inert(finding.message)}`,
    `${pad}${paint.dim('-->')} ${place}${finding.section === undefined ? '' : paint.dim(` (${inert(finding.section)})`)}`,
    `${pad} ${bar}`,
    `${paint.dim(String(start.line))} ${bar} ${inert(text)}`,
    `${pad} ${bar} ${before}${color(mark)}`,
    ...(finding.related ?? []).map((related) => {
      const where = related.path === finding.path ? `line ${related.range.start.line}` : `${inert(related.path)}:${related.range.start.line}`
      return `${pad} ${paint.dim('=')} ${where}: ${inert(related.message)}`
    }),
    ...(finding.fix === undefined ? [] : [`${pad} ${paint.dim('=')} can be fixed${finding.fix.applicability === 'safe' ? ': run `inquest fix`' : ' with `inquest fix --unsafe`'}`]),
    '',
  ].join('\n')
}

/** The part of a long line around `from`–`to`; places are moved with it. */
function excerpt(line: string, from: number, to: number): { text: string; from: number; to: number } {
  const flat = line.replaceAll('\t', ' ')
  if (flat.length <= widest) return { text: flat, from, to: Math.min(to, flat.length) }
  const first = Math.max(0, Math.min(from - 20, flat.length - widest))
  const piece = flat.slice(first, first + widest)
  const lead = first > 0 ? '…' : ''
  const tail = first + widest < flat.length ? '…' : ''
  return { text: `${lead}${piece}${tail}`, from: from - first + lead.length, to: Math.min(to - first + lead.length, lead.length + piece.length) }
}

function summaryLine(summary: ReportSummary, hidden: number, style: Style, paint: Paint): string {
  const documents = plural(summary.documents, 'document')
  const parts = [
    summary.errors > 0 ? paint.red(plural(summary.errors, 'error')) : undefined,
    summary.warnings > 0 ? paint.yellow(plural(summary.warnings, 'warning')) : undefined,
    summary.infos > 0 && style.show === 'info' ? paint.cyan(plural(summary.infos, 'info')) : undefined,
  ].filter((part) => part !== undefined)
  const found = parts.length === 0 ? paint.green(style.show === 'error' ? 'no error' : 'no finding') : parts.join(', ')
  const lines = [`${found} in ${documents}`]
  if (hidden > 0) lines.push(paint.dim(`${plural(hidden, 'finding')} below \`${style.show}\` not shown; \`--show info\` shows what the present phase still asks for`))
  if (summary.baselined !== undefined && summary.baselined > 0) lines.push(paint.dim(`${plural(summary.baselined, 'finding')} known to the baseline`))
  if (summary.stale !== undefined && summary.stale > 0) {
    lines.push(paint.dim(`${plural(summary.stale, 'entry', 'entries')} of the baseline match nothing any more; \`--update-baseline\` drops them`))
  }
  if (summary.skipped.length > 0) {
    const [first] = summary.skipped
    if (summary.skipped.length <= 3) lines.push(...summary.skipped.map((one) => paint.dim(`skipped ${inert(one.path)}: ${inert(one.reason)}`)))
    else lines.push(paint.dim(`skipped ${summary.skipped.length} files, such as ${inert(first?.path ?? '')}: ${inert(first?.reason ?? '')}`))
  }
  return `${lines.join('\n')}\n`
}

function statistics({ findings, summary }: Pick<Report, 'findings' | 'summary'>, paint: Paint): string {
  const counts = new Map<string, { severity: Severity; count: number; documents: Set<string> }>()
  for (const finding of findings) {
    const one = counts.get(finding.rule) ?? { severity: finding.severity, count: 0, documents: new Set<string>() }
    one.count++
    one.documents.add(finding.path)
    if (atLeast(finding.severity, one.severity)) one.severity = finding.severity
    counts.set(finding.rule, one)
  }
  const rows = [...counts].toSorted(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
  const width = Math.max(5, ...rows.map(([, one]) => String(one.count).length))
  const lines = rows.map(([rule, one]) => {
    return `${String(one.count).padStart(width)}  ${colorOf(one.severity, paint)(one.severity.padEnd(7))}  ${rule.padEnd(24)} ${paint.dim(`in ${plural(one.documents.size, 'document')}`)}`
  })
  const total = `${plural(summary.errors, 'error')}, ${plural(summary.warnings, 'warning')}, ${plural(summary.infos, 'info')} in ${plural(summary.documents, 'document')}`
  return `${[...lines, total].join('\n')}\n`
}
