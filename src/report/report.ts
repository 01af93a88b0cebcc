/** Owns what every output format is given, and the list of formats. */

import type { PlacedFinding, Severity } from '../finding/finding.js'

export interface ReportSummary {
  readonly documents: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly baselined?: number
  readonly stale?: number
}

export interface Report {
  readonly findings: readonly PlacedFinding[]
  readonly summary: ReportSummary
  /** The text of a document, to show the line a finding stands on. */
  readText(path: string): string | undefined
}

/** How a format that people read is to look. */
export interface Style {
  readonly color: boolean
  /** Findings below this are counted, not shown. */
  readonly show: Severity
  /** Counts by rule in place of the findings. */
  readonly statistics: boolean
}

export type Reporter = (report: Report, style: Style) => string

export const formats = ['text', 'json', 'jsonl'] as const
export type Format = (typeof formats)[number]

/** Loads only the format that is asked for. */
export async function loadReporter(format: Format): Promise<Reporter> {
  switch (format) {
    case 'text':
      return (await import('./text.js')).reportText
    case 'json':
      return (await import('./json.js')).reportJson
    case 'jsonl':
      return (await import('./jsonl.js')).reportJsonl
  }
}
