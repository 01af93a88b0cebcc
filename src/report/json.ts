/** Owns the format `json`: one object with all findings and the summary, as the contract has it. */

import { inertJson } from '../text/display.js'
import type { Report } from './report.js'

export function reportJson({ findings, summary }: Report): string {
  return `${inertJson({ version: 1, findings, summary }, 2)}\n`
}
