/** Owns the rule `absence-untrue`. */

import { leftAt } from './history.js'
import type { FactRule } from './rule.js'

export const absenceUntrue: FactRule = {
  name: 'absence-untrue',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'An evidence row says that a text is nowhere below a path, and inquest finds it there, or cannot look.',
  why: 'That something is missing can be shown only by looking everywhere. inquest repeats the search: for the text to the letter, in the files that git has below the path.',
  remedy: 'Fix the row, or name the path and the text that were meant: `src/` (searched for `retry`, no match). At most 5,000 files and 64 MB are searched. In a document that has passed the gate since, a match is a warning: the code may have changed.',
  examples: [{ good: '`src/export/encode.ts:17`', bad: '`src/export/` (searched for `encodeRow`, no match)', severity: 'warning' }],
  *check(facts, world) {
    for (const { absence, section, spec } of facts.evidence) {
      if (absence === undefined) continue
      for (const text of absence.texts) {
        const searched = world.search(absence.path, text)
        if (searched.state === 'none') continue
        const common = { at: absence.span, subject: text, section, spec }
        if (searched.state === 'found') yield { ...common, message: `\`${text}\` is in \`${searched.path}:${searched.line}\`, expected no match in \`${absence.path}\``, ...(leftAt(facts, spec.phase) !== undefined && { inCheck: 'warning' as const }) }
        else yield { ...common, message: `The search for \`${text}\` cannot be repeated: ${searched.why}`, inCheck: 'warning' }
      }
    }
  },
}
