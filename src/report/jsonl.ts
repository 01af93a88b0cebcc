/** Owns the format `jsonl`: a line for each finding, and the summary as the last line. */

import { inertJson } from '../text/display.js'
import type { Report } from './report.js'

export function* reportJsonl({ findings, summary }: Pick<Report, 'findings' | 'summary'>): Generator<string> {
  for (const finding of findings) yield `${inertJson({ version: 1, finding })}\n`
  yield `${inertJson({ version: 1, summary })}\n`
}
