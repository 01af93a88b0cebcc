/** Owns the rule `frontmatter-invalid`. */

import type { DocumentRule } from './rule.js'

export const frontmatterInvalid: DocumentRule = {
  name: 'frontmatter-invalid',
  over: 'document',
  severity: 'error',
  summary: 'The frontmatter cannot be read: it is no YAML, holds a key twice, or asks for a language that runs code.',
  why: 'Readers that guess at broken YAML each guess something else, and a key that stands twice means two things at once.',
  remedy: 'Mend the line that is pointed at. Frontmatter is YAML; `---js` and the like are never evaluated.',
  examples: [
    { good: 'author: Export team\n', bad: 'author: Export team\nauthor: Import team\n' },
    { good: 'related: []\n', bad: 'related: [\n' },
  ],
  *check(document) {
    if (document.frontmatter.kind === 'invalid') yield { message: document.frontmatter.problem, at: document.frontmatter.at }
  },
}
