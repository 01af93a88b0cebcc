/** Owns the format `gitlab`: a report for GitLab's Code Quality, which compares the reports of two branches by fingerprint. */

import type { Severity } from '../finding/finding.js'
import { atLeast } from '../finding/finding.js'
import { inert } from '../text/display.js'
import { createFingerprints } from './fingerprint.js'
import { listJson } from './json.js'
import { lastLine } from './place.js'
import type { Report, Style } from './report.js'

const gitlabSeverities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' }

export function* reportGitlab(report: Report, style: Style): Generator<string> {
  yield* listJson(entries(report, style), '')
  yield '\n'
}

function* entries({ findings, lineAt, prefix }: Report, style: Style): Generator<object> {
  const fingerprintOf = createFingerprints(lineAt)
  for (const finding of findings) {
    const fingerprint = fingerprintOf(finding).global
    if (!atLeast(finding.severity, style.show)) continue
    yield {
      description: inert(finding.message),
      check_name: finding.rule,
      fingerprint,
      severity: gitlabSeverities[finding.severity],
      location: { path: inert(`${prefix}${finding.path}`), lines: { begin: finding.range.start.line, end: lastLine(finding.range) } },
    }
  }
}
