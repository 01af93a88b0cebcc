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
  examples: [
    { good: '#### Deletes shift the pages\n', bad: '#### Deletes shift the pages\n\n```\nDELETE FROM rows\n' },
    { good: '#### Deletes shift the pages\n', bad: '#### Deletes shift the pages\n\n```markdown\n```sql\nDELETE FROM rows\n```\n\nMore of it.\n```\n' },
  ],
  *check({ document }) {
    for (const { kind, opening, heading, outer } of document.swallowing) {
      if (kind !== 'fence') continue
      const mark = /[`~]{3,}/u.exec(document.text.slice(opening.start, opening.end))?.[0] ?? '```'
      const title = document.text.slice(heading.start, heading.end).replace(/^\s*#+\s*/u, '').trim()
      if (outer !== undefined) {
        yield {
          message: `The code fence ends at the fence within it, and what follows swallows "${title}", expected a longer fence such as \`${mark}\`\``,
          at: outer.opening,
          subject: title,
          related: [
            { message: 'it ends here', at: outer.end },
            { message: 'the first heading that is swallowed', at: heading },
          ],
        }
        continue
      }
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
