/** Owns the format `json`: one object with all findings and the summary, as the contract has it. */

import { inertJson } from '../text/display.js'
import type { Report } from './report.js'

/** Findings are written one after the other, as there may be hundreds of thousands. */
export function* reportJson({ findings, summary }: Pick<Report, 'findings' | 'summary'>): Generator<string> {
  const frame = inertJson({ version: 1, findings: [], summary }, 2)
  if (findings.length === 0) {
    yield `${frame}\n`
    return
  }
  const empty = '"findings": []'
  const at = frame.indexOf(empty)
  yield frame.slice(0, at + empty.length - 1)
  let separator = '\n'
  for (const finding of findings) {
    yield `${separator}    ${inertJson(finding, 2).replaceAll('\n', '\n    ')}`
    separator = ',\n'
  }
  yield `\n  ${frame.slice(at + empty.length - 1)}\n`
}
