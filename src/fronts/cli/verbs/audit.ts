/** Owns the verb `audit`. */

import pico from 'picocolors'
import type { AuditedDocument } from '../../../engine/operations/audit.js'
import { audit } from '../../../engine/operations/audit.js'
import type { Trust } from '../../../engine/statements.js'
import { statementKinds } from '../../../engine/statements.js'
import { inert } from '../../../text/display.js'
import { alignColumns } from '../columns.js'
import type { Terminal, Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const auditVerb: Verb = {
  name: 'audit',
  summary: 'show what documents rest on: computed, verified, attested, asserted, waived',
  positional: [{ form: '[ids...]', summary: 'ids or paths; all inquiries where none is given', completes: 'documents' }],
  options: [{ flags: '--all', summary: 'list every statement; computed and verified ones are only counted otherwise' }, jsonOption],
  examples: [
    { command: 'inquest audit', summary: 'counts for every inquiry' },
    { command: 'inquest audit INV-027', summary: 'one of them, with each statement that rests on a person' },
    { command: 'inquest audit INV-027 --all', summary: 'with every statement and its place' },
    { command: 'inquest audit --json', summary: 'for programs' },
  ],
  async run(terminal, [ids], options) {
    const named = Array.isArray(ids) ? (ids as readonly string[]) : []
    const documents = await audit(terminal.host, named)
    if (options['json'] === true) terminal.out(jsonAnswer({ documents }))
    else if (named.length > 0 || options['all'] === true) for (const document of documents) terminal.out(describe(document, options['all'] === true, terminal))
    else terminal.out(overview(documents))
    return 0
  },
}

/** `31 computed, 12 verified, 2 attested, 3 asserted, 1 waived`. */
export function trustText(trust: Trust): string {
  return statementKinds.map((kind) => `${trust[kind]} ${kind}`).join(', ')
}

function overview(documents: readonly AuditedDocument[]): string {
  if (documents.length === 0) return 'no inquiry\n'
  return alignColumns([['id', 'status', ...statementKinds, 'title'], ...documents.map(({ id, status, trust, title }) => [id, status, ...statementKinds.map((kind) => String(trust[kind])), title])])
}

function describe({ id, title, path, status, trust, statements }: AuditedDocument, all: boolean, { color }: Terminal): string {
  const paint = pico.createColors(color)
  const lines = [paint.bold(`${id}  ${inert(title)}`), paint.dim(`${path} (${status})`), trustText(trust)]
  for (const kind of statementKinds) {
    const own = statements.filter((statement) => statement.kind === kind)
    if (own.length === 0 || (!all && (kind === 'computed' || kind === 'verified'))) continue
    lines.push('', `${kind}:`, alignColumns(own.map(({ what, range }) => [`line ${range.start.line}`, inert(what)]), '  ').trimEnd())
  }
  return `${lines.join('\n')}\n\n`
}
