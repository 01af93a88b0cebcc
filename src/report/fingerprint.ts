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

/** A fingerprint for each finding. Findings that nothing tells apart are counted in the order in which they stand. */
export function fingerprintsOf(findings: readonly PlacedFinding[], lineAt: Report['lineAt']): ReadonlyMap<PlacedFinding, Fingerprint> {
  const identify = createIdentities(lineAt)
  const counts = new Map<string, number>()
  return new Map(
    findings.map((finding) => {
      const { rule, subject, context } = identify(finding)
      const digest = hash(`${rule}\0${subject}\0${context}`)
      const place = `${finding.path}\0${digest}`
      const ordinal = (counts.get(place) ?? 0) + 1
      counts.set(place, ordinal)
      return [finding, { local: `${digest}:${ordinal}`, global: hash(`${place}\0${ordinal}`) }]
    }),
  )
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}
