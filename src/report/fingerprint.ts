/** Owns fingerprints for readers that follow a finding from run to run; the number of its line has no part in them. */

import { createHash } from 'node:crypto'
import type { PlacedFinding } from '../finding/finding.js'
import { createIdentities } from '../finding/fingerprint.js'
import type { Report } from './report.js'

export interface Fingerprint {
  /** Unique within the document. */
  readonly local: string
  /** Unique within the repository. */
  readonly global: string
}

/** Tells fingerprints, asked of all findings in their order. Findings that nothing tells apart are counted in it. */
export function createFingerprints(lineAt: Report['lineAt']): (finding: PlacedFinding) => Fingerprint {
  const identify = createIdentities(lineAt)
  let path: string | undefined
  const counts = new Map<string, number>()
  return (finding) => {
    if (finding.path !== path) counts.clear()
    path = finding.path
    const { rule, subject, context } = identify(finding)
    const digest = hash(`${rule}\0${subject}\0${context}`)
    const ordinal = (counts.get(digest) ?? 0) + 1
    counts.set(digest, ordinal)
    return { local: `${digest}:${ordinal}`, global: hash(`${path}\0${digest}\0${ordinal}`) }
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}
