/** Owns the format `sarif`: SARIF 2.1.0 in the part of it that GitHub's code scanning takes. */

import type { PlacedFinding, Severity } from '../finding/finding.js'
import { inert, inertJson } from '../text/display.js'
import type { Range } from '../text/span.js'
import type { Fingerprint } from './fingerprint.js'
import { createFingerprints } from './fingerprint.js'
import { chooseHeaviest, countShown } from './heaviest.js'
import { listJson } from './json.js'
import type { Report, ReportedRule, Style } from './report.js'
import { plural } from './words.js'

/** GitHub refuses a file with more. */
const mostResults = 25_000

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }
const problemSeverities: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'recommendation' }

export function* reportSarif(report: Report, style: Style): Generator<string> {
  const { rules, version, summary } = report
  const uriOf = (path: string): string => encodePath(`${report.prefix}${path}`)
  const shown = countShown(summary, style.show).reduce((sum, { count }) => sum + count, 0)
  const notices = notifications(report, Math.max(0, shown - mostResults), uriOf)
  const log = inertJson(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'inquest',
              version,
              semanticVersion: version,
              rules: rules.map(describeRule),
            },
          },
          invocations: [{ executionSuccessful: true, ...(notices.length > 0 && { toolExecutionNotifications: notices }) }],
          columnKind: 'utf16CodeUnits',
          results: [],
        },
      ],
    },
    2,
  )
  // The list of results stands last.
  const at = log.lastIndexOf('[]')
  yield log.slice(0, at)
  yield* listJson(results(report, style, uriOf), '      ')
  yield `${log.slice(at + '[]'.length)}\n`
}

function* results(report: Report, style: Style, uriOf: (path: string) => string): Generator<object> {
  const indices = new Map(report.rules.map((rule, index) => [rule.name, index]))
  const isKept = chooseHeaviest(report.summary, style.show, mostResults)
  const fingerprintOf = createFingerprints(report.lineAt)
  for (const finding of report.findings) {
    const fingerprint = fingerprintOf(finding)
    if (isKept(finding)) yield result(finding, indices.get(finding.rule), fingerprint, uriOf)
  }
}

function describeRule({ name, severity, summary, why, page, url }: ReportedRule): object {
  return {
    id: name,
    name: name.replaceAll(/(?:^|-)(\w)/gu, (_all, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: page, markdown: page },
    ...(url !== undefined && { helpUri: url }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['investigation', 'documentation'], precision: 'very-high', 'problem.severity': problemSeverities[severity] },
  }
}

function result(finding: PlacedFinding, ruleIndex: number | undefined, fingerprint: Fingerprint, uriOf: (path: string) => string): object {
  const { rule, severity, message, path, range, related = [], fix } = finding
  const replacements = fix?.edits.map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.text } })) ?? []
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text: plain(message) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: region(range) } }],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, index) => ({
        id: index + 1,
        message: { text: plain(one.message) },
        physicalLocation: { artifactLocation: { uri: uriOf(one.path) }, region: region(one.range) },
      })),
    }),
    partialFingerprints: { 'inquest/v1': fingerprint.local },
    // What a store of results cannot hold is no fix any more.
    ...(fix !== undefined && replacements.length > 0 && fix.edits.every((edit) => !/[\0\p{Cs}]/u.test(edit.text)) && {
      fixes: [
        {
          description: { text: fix.applicability === 'safe' ? 'What `inquest fix` does.' : 'What `inquest fix --unsafe` does: a good guess to look at.' },
          artifactChanges: [{ artifactLocation: { uri: uriOf(path) }, replacements }],
        },
      ],
    }),
  }
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** A message of SARIF may hold links and places for arguments; what a document says is neither. */
function plain(text: string): string {
  return inert(text).replaceAll('](', '] (').replaceAll(/\{(\d+)\}/gu, '{{$1}}')
}

/** A relative reference: what would be read as a scheme, a query or the like is encoded. */
function encodePath(path: string): string {
  return path
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
}

/** What a reader of the results has to know of the run. */
function notifications({ summary }: Report, leftOut: number, uriOf: (path: string) => string): readonly object[] {
  const cut = {
    level: 'warning',
    message: { text: `${plural(leftOut, 'finding')} more than the ${mostResults} that a file may hold; \`inquest check\` shows all.` },
  }
  return [
    ...(leftOut > 0 ? [cut] : []),
    ...summary.skipped.map(({ path, reason }) => ({
      level: 'note',
      message: { text: plain(`Not checked: ${reason}`) },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
    })),
  ]
}
