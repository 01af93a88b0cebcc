/** Owns what makes a finding the same after edits elsewhere in its document: all but the number of its line. */

import type { PlacedFinding } from './finding.js'

export interface Identity {
  readonly rule: string
  /** `-` where the finding is about nothing in particular. */
  readonly subject: string
  /** The section and the text of the line, with white space evened out. */
  readonly context: string
}

/** Tells findings apart by what they say and the line they stand on. */
export function createIdentities(lineAt: (path: string, line: number) => string): (finding: PlacedFinding) => Identity {
  return ({ path, range, rule, subject = '-', section = '' }) => {
    const line = lineAt(path, range.start.line).trim().replaceAll(/\s+/gu, ' ')
    return { rule, subject, context: `${section}\0${line}` }
  }
}
