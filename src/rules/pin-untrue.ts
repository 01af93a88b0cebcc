/** Owns the rule `pin-untrue`. */

import type { FactRule } from './rule.js'

export const pinUntrue: FactRule = {
  name: 'pin-untrue',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'A pin says that its version of the file had other lines than git says.',
  why: 'A pin keeps what a citation showed. One that was rewritten to what the file says today hides that the evidence has changed.',
  remedy: 'Look whether the evidence is still right, and bind the citation anew with `inquest verify --pin`.',
  examples: [],
  *check({ citations, id, template }, world) {
    for (const citation of citations) {
      if (citation.problem !== undefined) continue
      const bound = { id, template: template.name, path: citation.path, lines: citation.lines }
      const drift = world.drift(bound)
      if (drift === undefined || world.isPinTrue(bound, drift.pin) !== false) continue
      yield { message: `The pin of \`${citation.written}\` does not say what its commit says`, at: citation.span, subject: citation.written, section: citation.section, spec: citation.spec }
    }
  },
}
