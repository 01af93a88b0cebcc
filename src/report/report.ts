/** Owns what every output format is given, and the list of formats. */

import type { PlacedFinding, Severity } from '../finding/finding.js'
import type { Listed } from '../text/listed.js'

export interface ReportSummary {
  readonly documents: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly baselined?: number
  readonly stale?: number
}

/** A document that was looked at, and what its author left out on purpose. */
export interface ReportedDocument {
  readonly path: string
  readonly skips: readonly { readonly section: string; readonly line: number; readonly reason: string }[]
  /** The rules that it is held to now, whether or not they find anything. */
  readonly asked: readonly string[]
}

/** A rule as readers of a report meet it. */
export interface ReportedRule {
  readonly name: string
  readonly severity: Severity
  /** What is reported, as one sentence. */
  readonly summary: string
  readonly why: string
  /** The whole page as Markdown. */
  readonly page: string
  readonly url?: string
}

export interface Report {
  /** In order of path, then range. */
  readonly findings: Listed<PlacedFinding>
  readonly summary: ReportSummary
  readonly documents: Iterable<ReportedDocument>
  /** All rules, whether or not they found anything. */
  readonly rules: readonly ReportedRule[]
  /** The severity from which the run fails. */
  readonly failOn: Severity | 'never'
  /** What stands before each path where it counts from the root of git's repository: `` or `folder/`. */
  readonly prefix: string
  /** The version of the program. */
  readonly version: string
  /** Whether a finding stands on a line that changed; there only where changes were asked for. */
  readonly touches?: (finding: PlacedFinding) => boolean
  /** A line of a document, to show what a finding stands on; empty where there is none. */
  lineAt(path: string, line: number): string
}

/** How a format is to look. */
export interface Style {
  readonly color: boolean
  /** Findings below this are counted, not shown. */
  readonly show: Severity
  /** Counts by rule in place of the findings. */
  readonly statistics: boolean
}

/** The report in pieces, which are joined to one text. */
export type Reporter = (report: Report, style: Style) => Iterable<string>

export const formats = ['text', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit'] as const
export type Format = (typeof formats)[number]

/** What a format shows where nobody says: people see what is due, programs all there is. */
export function shownByDefault(format: Format): Severity {
  return format === 'text' || format === 'github' ? 'warning' : 'info'
}

/** Loads only the format that is asked for. */
export async function loadReporter(format: Format): Promise<Reporter> {
  switch (format) {
    case 'text':
      return (await import('./text.js')).reportText
    case 'json':
      return (await import('./json.js')).reportJson
    case 'jsonl':
      return (await import('./jsonl.js')).reportJsonl
    case 'sarif':
      return (await import('./sarif.js')).reportSarif
    case 'github':
      return (await import('./github.js')).reportGithub
    case 'gitlab':
      return (await import('./gitlab.js')).reportGitlab
    case 'junit':
      return (await import('./junit.js')).reportJunit
  }
}
