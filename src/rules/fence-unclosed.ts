/** Owns the rule `fence-unclosed`. */

import type { FactRule } from './rule.js'

export const fenceUnclosed: FactRule = {
  name: 'fence-unclosed',
  over: 'facts',
  kind: 'defect',
  syntax: true,
  severity: 'error',
  summary: 'A code fence is not closed where it was meant to be and swallows the sections after it.',
  why: 'All that stands behind it is shown as code, and every check of it would be blind.',
  remedy: 'Close the fence with a line of its own.',
  fixable: 'unsafe',
  examples: [{ good: '#### Deletes shift the pages\n', bad: '#### Deletes shift the pages\n\n```\nDELETE FROM rows\n' }],
  *check({ document }) {
    for (const { opening, heading } of document.swallowingFences) {
      const mark = /[`~]{3,}/u.exec(document.text.slice(opening.start, opening.end))?.[0] ?? '```'
      const title = document.text.slice(heading.start, heading.end).replace(/^\s*#+\s*/u, '').trim()
      const newline = document.text.includes('\r\n') ? '\r\n' : '\n'
      yield {
        message: `The code fence is not closed and swallows "${title}", expected \`${mark}\` before it`,
        at: opening,
        subject: title,
        related: [{ message: 'the first heading it swallows', at: heading }],
        fix: { applicability: 'unsafe', edits: [{ span: { start: heading.start, end: heading.start }, text: `${mark}${newline}${newline}` }] },
      }
    }
  },
}
