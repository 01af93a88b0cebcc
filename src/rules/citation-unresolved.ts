/** Owns the rule `citation-unresolved`. */

import type { Cited } from '../evidence/cited.js'
import type { CitationFact } from '../facts/facts.js'
import type { FactRule } from './rule.js'

export const citationUnresolved: FactRule = {
  name: 'citation-unresolved',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'warning',
  summary: 'A citation names a file that the repository does not hold.',
  why: 'What nobody can open nobody can check. The file was renamed or removed, the path has a slip in it, or it was never there.',
  remedy: 'Mend the path, counted from the root of the repository or from the document. `inquest verify` asks the history where the file went. Where documents are kept apart from the code that they cite, turn the rule off in `inquest.yaml`.',
  examples: [
    { good: '`src/export/pages.ts:41-58`', bad: '`src/export/page.ts:41-58`' },
    { good: '- The log of the night of 1 March', bad: '- `src/import/pages.ts:12` was not looked at' },
  ],
  *check({ citations, document }, world) {
    for (const citation of citations) {
      if (citation.problem !== undefined) continue
      // `a.py:5`, `9` leaves its file to the citation before, and that one is told of.
      if (!document.text.slice(citation.span.start, citation.span.end).includes(citation.path)) continue
      const cited = world.cited(citation.path)
      const reason = reasonAgainst(citation, cited)
      if (reason === undefined) continue
      yield { message: reason, at: citation.span, subject: citation.written, section: citation.section, spec: citation.spec }
    }
  },
}

function reasonAgainst({ path, lines }: CitationFact, cited: Cited): string | undefined {
  switch (cited.kind) {
    case 'absent':
      return `There is no \`${path}\` in the repository${cited.near.length === 0 ? '' : `; a file of that name is ${cited.near.map((one) => `\`${one}\``).join(', ')}`}`
    case 'unseen':
      if (cited.submodule === undefined) return `\`${path}\` is not in the working tree, though git has it: it was removed there, or a sparse checkout leaves it out`
      return `Whether there is a \`${path}\` cannot be told: the submodule \`${cited.submodule}\` is not checked out, which \`git submodule update --init\` does`
    case 'outside':
      return `\`${path}\` lies outside the repository, where nobody else can look it up`
    case 'special':
      return `\`${path}\` is no plain file that can be read`
    case 'folder':
      return lines.length === 0 ? undefined : `\`${path}\` is a folder, and a folder has no lines`
    default:
      return undefined
  }
}
