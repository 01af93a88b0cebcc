/** Owns the rule `evidence-unresolved`. */

import type { Citation } from '../facts/citation.js'
import type { Evidence, Facts } from '../facts/facts.js'
import type { Severity } from '../finding/finding.js'
import { begunAt, leftAt } from './history.js'
import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'
import { describeUnresolved } from './unresolved.js'
import type { World } from './world.js'

export const evidenceUnresolved: FactRule = {
  name: 'evidence-unresolved',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'An evidence row cites what cannot be looked up: no such file or line, a blank line, an empty file, one that git ignores, one outside the repository, the document itself.',
  why: 'A row that cites nothing is an opinion, and all that rests on it is one too. A gate asks for citations that can be looked up when they are made. Later on code moves, so `check` reports an error only where the citation could not be looked up in the commit that brought it either.',
  remedy: 'Cite the file and the lines that show what the row says. Commit what a program printed before you cite it. Where documents are kept apart from the code that they cite, turn the rule off in `inquest.yaml`.',
  examples: [
    { good: '`src/export/encode.ts:17`', bad: '`src/export/encode.ts:2`', severity: 'warning' },
    { good: '`src/export/encode.ts:17`', bad: '`examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md:3`', severity: 'warning' },
  ],
  *check(facts, world) {
    for (const row of facts.evidence) {
      for (const citation of row.citations) {
        if (!writesPath(facts, citation)) continue
        const resolution = resolve(citation, world)
        if (resolution?.state !== 'unresolved') continue
        yield {
          message: describeUnresolved(citation, resolution),
          at: citation.span,
          subject: citation.written,
          section: row.section,
          spec: row.spec,
          inCheck: isUntrue(facts, row, citation, world) ? 'error' : weightInCheck(resolution.reason, citation),
        }
      }
    }
  },
}

/** `a.py:5`, `9` leaves its file to the citation before, and that one is reported. */
function writesPath({ document }: Facts, { path, span }: Citation): boolean {
  return document.text.slice(span.start, span.end).includes(path)
}

/** True where it passed a gate, as its history says, and could not be looked up when it was written either. */
function isUntrue(facts: Facts, row: Evidence, { path, lines, span }: Citation, world: World): boolean {
  const [begun, passed] = [begunAt(facts), leftAt(facts, row.spec.phase)]
  if (begun === undefined || passed === undefined) return false
  const source = facts.document.text.slice(span.start, span.end)
  return world.resolvedThen({ path, lines, source }, begun, passed).state === 'unresolved'
}

/** What another rule reports of every citation is not reported twice. */
function weightInCheck(reason: string, { lines }: Citation): Severity | 'off' {
  if (reason === 'empty') return lines.length > 0 ? 'off' : 'warning'
  return reason === 'blank' || reason === 'ignored' || reason === 'itself' ? 'warning' : 'off'
}
