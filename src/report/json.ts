/** Owns the format `json`: one object with all findings and the summary, as the contract has it. */

import { inertJson } from '../text/display.js'
import type { Report } from './report.js'

export function* reportJson({ findings, summary }: Pick<Report, 'findings' | 'summary'>): Generator<string> {
  yield '{\n  "version": 1,\n  "findings": '
  yield* listJson(findings, '  ')
  yield `,\n  "summary": ${inertJson(summary, 2).replaceAll('\n', '\n  ')}\n}\n`
}

/** A list as JSON, one thing after the other. @param indent of the line that the list starts in */
export function* listJson(things: Iterable<unknown>, indent: string): Generator<string> {
  const margin = `\n${indent}  `
  let before = '['
  for (const thing of things) {
    yield `${before}${margin}${inertJson(thing, 2).replaceAll('\n', margin)}`
    before = ','
  }
  yield before === '[' ? '[]' : `\n${indent}]`
}
