/** Owns the rule `frontmatter-missing`. */

import type { DocumentRule } from './rule.js'

export const frontmatterMissing: DocumentRule = {
  name: 'frontmatter-missing',
  over: 'document',
  severity: 'error',
  summary: 'A file that the configuration says is a document has no frontmatter.',
  why: 'Without frontmatter nothing says which template the document follows, so nothing in it can be checked.',
  remedy: 'Start the file with a block between two lines `---` that names at least `template` and `version`, or exclude it in `inquest.yaml`.',
  examples: [],
  *check(document, { declared }) {
    if (!declared || document.frontmatter.kind !== 'none') return
    const firstLine = document.lines.lineSpan(1)
    yield { message: 'The file has no frontmatter, expected a block between two lines `---` that names its template', at: firstLine }
  },
}
