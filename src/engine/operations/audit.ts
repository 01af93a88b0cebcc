/** Owns the use case `audit`: what documents rest on, statement by statement. */

import type { Range } from '../../text/span.js'
import { InquestError } from '../../errors.js'
import type { Finding } from '../../finding/finding.js'
import { judge } from '../../rules/judge.js'
import type { Examined } from '../examine.js'
import { examine, placeFindings, severitiesFor, suppressionsOf } from '../examine.js'
import { factsOf } from '../gate.js'
import type { Host } from '../host.js'
import { resolveDocument } from '../resolve.js'
import type { Statement, StatementKind, Trust } from '../statements.js'
import { countTrust, statementsOf } from '../statements.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface AuditedDocument {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly status: string
  readonly trust: Trust
  /** In the order of the document. */
  readonly statements: readonly { readonly kind: StatementKind; readonly what: string; readonly range: Range }[]
}

/** Documents named by id or path; all that have phases of their own where none is named. */
export async function audit(host: Host, ids: readonly string[]): Promise<readonly AuditedDocument[]> {
  const workspace = await openWorkspace(host)
  const entries = ids.length > 0 ? ids.map((id) => resolveDocument(workspace, id)) : inquiries(workspace)
  const audited: AuditedDocument[] = []
  for (const { path } of entries) audited.push(await auditDocument(workspace, path))
  return audited
}

function inquiries(workspace: Workspace) {
  return workspace.index().entries.filter((entry) => {
    const template = workspace.templates.find(entry.template, entry.version)
    return template !== undefined && template.machine.phaseField !== undefined && !template.tracked
  })
}

async function auditDocument(workspace: Workspace, path: string): Promise<AuditedDocument> {
  const text = workspace.readText(path)
  if (text === undefined) throw new InquestError('io', `${path}: is gone`)
  const examined = examine(workspace, path, text, true)
  const { document, id, title, claim } = factsOf(examined)
  const statements = statementsIn(workspace, examined)
  // Statements are placed as findings are: a field is looked up in the frontmatter.
  const findings = statements.map(({ what, at }): Finding => ({ rule: '', severity: 'info', message: what, at }))
  const placed = await placeFindings(findings, document, path)
  return {
    id: id ?? '',
    path,
    title: title ?? '',
    status: claim.status ?? '',
    trust: countTrust(statements),
    statements: statements.flatMap(({ kind, what }, at) => {
      const range = placed[at]?.range
      return range === undefined ? [] : [{ kind, what, range }]
    }),
  }
}

/** What a document that was read rests on. */
export function statementsIn(workspace: Workspace, examined: Examined): readonly Statement[] {
  const facts = factsOf(examined)
  const world = workspace.worldOf(examined.path)
  const { findings, waived } = judge(facts, world, severitiesFor(workspace, examined.path, facts.template), { suppressions: suppressionsOf(workspace) })
  return statementsOf(facts, world, findings, waived)
}
