/** Owns the format `json`: one object with all findings and the summary, as the contract has it. */

import type { Report } from './report.js'

export function reportJson({ findings, summary }: Report): string {
  return `${JSON.stringify({ version: 1, findings, summary }, undefined, 2)}\n`
}
