/** Owns the rule `conflict-unresolved`. */

import type { DocumentRule } from './rule.js'

export const conflictUnresolved: DocumentRule = {
  name: 'conflict-unresolved',
  over: 'document',
  severity: 'error',
  summary: 'The document contains a merge conflict that is not resolved.',
  why: 'Between the markers stand two versions at once. Readers, rules and fixes would take both for one document, so no other rule is checked, and no command changes the file.',
  remedy: 'Keep what is right of both sides, delete the lines with the markers, and check again. To show a conflict in a document, put it into a code block.',
  examples: [
    {
      good: '| H2 | **REFUTED** | The encoder stops at the first error | High |\n',
      bad: '<<<<<<< HEAD\n| H2 | **REFUTED** | The encoder stops at the first error | High |\n=======\n| H2 | **CONFIRMED** | The encoder stops at the first error | High |\n>>>>>>> other\n',
    },
    { good: 'author: Export team\n', bad: '<<<<<<< HEAD\nauthor: Export team\n||||||| 1f3a9c2\nauthor: Platform team\n=======\nauthor: Import team\n>>>>>>> other\n' },
  ],
  *check({ conflicts }) {
    for (const { at, ours, theirs, others } of conflicts) {
      const sides = [ours, theirs].filter((one) => one !== undefined).map(shorten)
      yield {
        message: `The merge conflict${between(sides)} is not resolved; keep what is right and delete its markers`,
        at,
        ...(sides.length > 0 && { subject: sides.join(' and ') }),
        ...(others.length > 0 && { related: others.map((other) => ({ message: 'a marker of the same conflict', at: other })) }),
      }
    }
  },
}

function between([one, other]: readonly string[]): string {
  if (one === undefined) return ''
  return other === undefined ? ` with \`${one}\`` : ` between \`${one}\` and \`${other}\``
}

/** Git puts the subject of a commit behind its name. */
function shorten(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label
}
