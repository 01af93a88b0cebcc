/** Owns the rule `citation-unresolved`. */

import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'
import { describeUnresolved } from './unresolved.js'

/** Told of any citation; further reasons make an evidence row worth nothing, and are told of that. */
const told: ReadonlySet<string> = new Set(['absent', 'removed', 'submodule', 'outside', 'special', 'folder'])

export const citationUnresolved: FactRule = {
  name: 'citation-unresolved',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'warning',
  soundness: true,
  summary: 'A citation names a file that the repository does not hold.',
  why: 'What nobody can open nobody can check. The file was renamed or removed, the path has a slip in it, or it was never there.',
  remedy: 'Mend the path, counted from the root of the repository or from the document. `inquest verify` asks the history where the file went. Where documents are kept apart from the code that they cite, turn the rule off in `inquest.yaml`.',
  examples: [
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/page.ts:41-58`' },
    { good: '- The log of the night of 1 March', bad: '- `src/import/pages.ts:12` was not looked at' },
  ],
  *check({ citations, document }, world) {
    for (const citation of citations) {
      // `a.py:5`, `9` leaves its file to the citation before, and that one is told of.
      if (!document.text.slice(citation.span.start, citation.span.end).includes(citation.path)) continue
      const resolution = resolve(citation, world)
      if (resolution?.state !== 'unresolved' || !told.has(resolution.reason)) continue
      yield { message: describeUnresolved(citation, resolution), at: citation.span, subject: citation.written, section: citation.section, spec: citation.spec }
    }
  },
}
