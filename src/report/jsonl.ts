/** Owns the format `jsonl`: a line for each finding, and the summary as the last line. */

import { inertJson } from '../text/display.js'
import type { Report } from './report.js'

export function reportJsonl({ findings, summary }: Report): string {
  const lines = [...findings.map((finding) => ({ version: 1, finding })), { version: 1, summary }]
  return lines.map((line) => `${inertJson(line)}\n`).join('')
}
