/** Owns the rule `challenge-missing`. */

import { missingAttestations } from './attestation-missing.js'
import type { FactRule } from './rule.js'

export const challengeMissing: FactRule = {
  name: 'challenge-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'off',
  strict: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'Under the strict profile: no record shows that an independent agent tried to refute the verdicts.',
  why: 'Whoever writes a verdict overlooks what speaks against it. A fresh agent that has only the document and the sources does not share that view.',
  remedy: 'Let the agent `challenger` work on the document: `/challenge-investigation <id>`. `inquest hook SubagentStop` makes the record.',
  examples: [],
  *check(facts, world) {
    yield* missingAttestations(facts, world, true)
  },
}
