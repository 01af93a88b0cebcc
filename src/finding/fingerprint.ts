/** Owns what makes a finding the same after edits elsewhere in its document: all but the number of its line. */

import type { PlacedFinding } from './finding.js'

export interface Identity {
  readonly rule: string
  /** `-` where the finding is about nothing in particular. */
  readonly subject: string
  /** The section and the text of the line, with white space evened out. */
  readonly context: string
}

/** Tells findings apart by what they say and the line they stand on. Quickest for findings in order of path. */
export function createIdentities(readText: (path: string) => string | undefined): (finding: PlacedFinding) => Identity {
  let read: { readonly path: string; readonly lines: readonly string[] } | undefined
  return ({ path, range, rule, subject = '-', section = '' }) => {
    if (read?.path !== path) read = { path, lines: (readText(path) ?? '').split(/\r\n|\n|\r/u) }
    const line = read.lines[range.start.line - 1]?.trim().replaceAll(/\s+/gu, ' ') ?? ''
    return { rule, subject, context: `${section}\0${line}` }
  }
}
