/** Owns the rule `evidence-same-commit`. */

import { begunAt } from './history.js'
import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'

export const evidenceSameCommit: FactRule = {
  name: 'evidence-same-commit',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'A cited file came into the repository in the commit that brought the row, or the document.',
  why: 'A file that its author wrote together with the claim may have been written for the claim. Git does not know why; readers of the row should know that it is so.',
  remedy: 'Commit the output of a program in a commit before the row that cites it; `run:` evidence can be repeated by every reader. After a squash, and for documents that were begun without inquest, nothing is reported. Only the newest 5,000 commits are looked at.',
  examples: [],
  *check(facts, world) {
    const begun = begunAt(facts)
    if (begun === undefined) return
    const cited = facts.evidence.flatMap(({ citations, section, spec }) => {
      return citations.flatMap((citation) => {
        const resolution = resolve(citation, world)
        if (resolution?.state !== 'resolved') return []
        return [{ citation, section, spec, path: resolution.path ?? citation.path, source: facts.document.text.slice(citation.span.start, citation.span.end) }]
      })
    })
    if (cited.length === 0) return
    const added = new Set(world.addedWith(begun, cited.map(({ path, source }) => [path, source] as const)))
    for (const [index, { citation, section, spec, path }] of cited.entries()) {
      if (added.has(index)) yield { message: `\`${path}\` was added in the commit that brought this citation`, at: citation.span, subject: citation.written, section, spec }
    }
  },
}
