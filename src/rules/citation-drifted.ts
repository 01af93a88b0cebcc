/** Owns the rule `citation-drifted`. */

import type { Drift } from '../evidence/pins.js'
import type { CitationFact } from '../facts/facts.js'
import { renumberLines } from '../facts/citation.js'
import { writeLines } from '../text/span.js'
import type { FactRule } from './rule.js'

export const citationDrifted: FactRule = {
  name: 'citation-drifted',
  over: 'facts',
  each: 'citations',
  kind: 'defect',
  severity: 'warning',
  summary: 'A citation that was bound by `inquest verify --pin` no longer shows what it showed.',
  why: 'A number of a line stays as it is while the file around it changes. Whoever looks the evidence up finds something else, or something that says the opposite.',
  remedy: 'Where the lines only moved, `inquest fix` or `inquest verify --relocate --write` writes where they are. Where they changed, look whether the evidence still holds, mend the row, and bind it anew with `inquest verify --pin`.',
  fixable: 'safe',
  examples: [],
  *check({ citations, document, id, template }, world) {
    for (const citation of citations) {
      if (citation.problem !== undefined) continue
      const drift = world.drift({ id, template: template.name, path: citation.path, lines: citation.lines })
      if (drift === undefined || drift.state === 'same') continue
      const common = { message: describe(citation, drift), at: citation.span, subject: citation.written, section: citation.section, spec: citation.spec }
      const text = drift.state === 'moved' ? renumberLines(document.text.slice(citation.linesSpan.start, citation.linesSpan.end), drift.lines) : undefined
      if (text === undefined) yield common
      else yield { ...common, fix: { applicability: 'safe', edits: [{ span: citation.linesSpan, text }] } }
    }
  },
}

function describe({ written }: CitationFact, drift: Exclude<Drift, { state: 'same' }>): string {
  switch (drift.state) {
    case 'gone':
      return `The file that \`${written}\` was bound to is gone`
    case 'moved':
      return `What \`${written}\` was bound to stands at ${drift.lines.length === 1 && drift.lines[0]?.start === drift.lines[0]?.end ? 'line' : 'lines'} ${writeLines(drift.lines)} now`
    case 'changed': {
      const { before, now } = drift
      const index = before === undefined ? -1 : before.findIndex((line, at) => line !== now[at])
      const was = before?.[index]
      if (was === undefined) return `What \`${written}\` was bound to has changed`
      return `What \`${written}\` was bound to has changed: it said "${shorten(was)}"${now[index] === undefined ? '' : `, there stands "${shorten(now[index])}"`}`
    }
  }
}

function shorten(line: string): string {
  const said = line.trim()
  return said.length > 80 ? `${said.slice(0, 79)}…` : said
}
