/** Owns the rule `comment-unclosed`. */

import type { FactRule } from './rule.js'

export const commentUnclosed: FactRule = {
  name: 'comment-unclosed',
  over: 'facts',
  kind: 'defect',
  syntax: true,
  severity: 'error',
  since: 2,
  waivable: false,
  summary: 'A comment never ends and hides the sections after it.',
  why: 'Readers see nothing of what follows, and checks of it would be blind.',
  remedy: 'End the comment with `-->`.',
  fixable: 'unsafe',
  examples: [{ good: '## Scope\n', bad: '## Scope\n\n<!-- what the scope leaves out\n' }],
  *check({ document }) {
    for (const { kind, opening, heading } of document.swallowing) {
      if (kind !== 'comment') continue
      const title = document.text.slice(heading.start, heading.end).replace(/^\s*#+\s*/u, '').trim()
      yield {
        message: `The comment never ends and hides "${title}", expected \`-->\` before it`,
        at: opening,
        subject: title,
        related: [{ message: 'the first heading that it hides', at: heading }],
        fix: { applicability: 'unsafe', edits: [{ span: { start: opening.end, end: opening.end }, text: ' -->' }] },
      }
    }
  },
}
