/** Owns the format `gitlab`: a report for GitLab's Code Quality, which compares the reports of two branches by fingerprint. */

import type { Severity } from '../finding/finding.js'
import { atLeast } from '../finding/finding.js'
import { inert, inertJson } from '../text/display.js'
import { fingerprintsOf } from './fingerprint.js'
import { lastLine } from './place.js'
import type { Report, Style } from './report.js'

const gitlabSeverities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' }

export function reportGitlab(report: Report, style: Style): string {
  const findings = [...report.findings]
  const fingerprints = fingerprintsOf(findings, report.lineAt)
  const shown = findings.filter((finding) => atLeast(finding.severity, style.show))
  return `${inertJson(
    shown.map((finding) => ({
      description: inert(finding.message),
      check_name: finding.rule,
      fingerprint: fingerprints.get(finding)?.global,
      severity: gitlabSeverities[finding.severity],
      location: { path: inert(`${report.prefix}${finding.path}`), lines: { begin: finding.range.start.line, end: lastLine(finding.range) } },
    })),
    2,
  )}\n`
}
