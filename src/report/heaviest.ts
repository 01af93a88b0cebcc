/** Owns choosing findings where a reader takes so many and no more. */

import type { PlacedFinding, Severity } from '../finding/finding.js'
import { atLeast, severities } from '../finding/finding.js'
import type { ReportSummary } from './report.js'

/** Which findings are shown: how many of each severity, errors first. @param show findings below it are not */
export function countShown({ errors, warnings, infos }: ReportSummary, show: Severity): readonly { readonly severity: Severity; readonly count: number }[] {
  const counts = { error: errors, warning: warnings, info: infos }
  return severities.filter((severity) => atLeast(severity, show)).map((severity) => ({ severity, count: counts[severity] }))
}

/**
 * Tells of each finding, asked in their order, whether it is among the first so many, errors before warnings before infos.
 * Those chosen stay in their order.
 */
export function chooseHeaviest(summary: ReportSummary, show: Severity, most: number): (finding: PlacedFinding) => boolean {
  const left = new Map<Severity, number>()
  let open = most
  for (const { severity, count } of countShown(summary, show)) {
    left.set(severity, Math.min(count, open))
    open -= Math.min(count, open)
  }
  return ({ severity }) => {
    const more = left.get(severity) ?? 0
    left.set(severity, more - 1)
    return more > 0
  }
}
