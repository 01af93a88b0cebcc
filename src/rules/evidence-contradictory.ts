/** Owns the rule `evidence-contradictory`. */

import type { FactRule } from './rule.js'

export const evidenceContradictory: FactRule = {
  name: 'evidence-contradictory',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  summary: 'An evidence row speaks for and against one hypothesis.',
  why: 'What speaks for and against the same says nothing of it, and would count for both.',
  remedy: 'Say which of the two it is. Where a part of the finding speaks for it and a part against it, write two rows.',
  examples: [{ good: '| against H2 | Nothing is dropped |', bad: '| H2, against H2 | Nothing is dropped |' }],
  *check({ evidence }) {
    for (const { refs, finding, section, spec } of evidence) {
      const other = refs.find((ref) => refs.some((one) => one.id === ref.id && one.stance !== ref.stance))
      if (other === undefined) continue
      yield { message: `The evidence "${finding}" speaks for and against \`${other.id}\`, expected one of the two`, at: other.span, subject: other.id, section, spec }
    }
  },
}
