/** Owns the rule `pin-missing`. */

import type { FactRule } from './rule.js'

export const pinMissing: FactRule = {
  name: 'pin-missing',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'off',
  strict: 'error',
  since: 2,
  soundness: true,
  summary: 'Under the strict profile: a citation in an evidence row is not pinned.',
  why: 'Without a pin nobody can tell whether the cited lines still say what they said when the evidence was written.',
  remedy: 'Run `inquest verify --pin` and commit the pins.',
  examples: [],
  *check({ evidence, id, template }, world) {
    for (const row of evidence) {
      for (const { path, lines, span, written, problem } of row.citations) {
        if (problem !== undefined || lines.length === 0 || world.drift({ id, template: template.name, path, lines }) !== undefined) continue
        yield { message: `The citation \`${written}\` is not pinned`, at: span, subject: written, section: row.section, spec: row.spec }
      }
    }
  },
}
