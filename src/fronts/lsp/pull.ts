/** Owns answering clients that ask for diagnostics: of one document, or of the whole workspace. */

import { createHash } from 'node:crypto'
import type { CancellationToken, Diagnostic, DocumentDiagnosticReport, PreviousResultId, ResultProgressReporter, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportPartialResult, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver/node'
import { DocumentDiagnosticReportKind } from 'vscode-languageserver/node'
import * as path from 'node:path'
import type { LiveWorkspace } from '../../engine/live.js'
import { InquestError } from '../../errors.js'
import { diagnosticOfFailure, diagnosticsOf } from './diagnostics.js'
import type { Session } from './session.js'
import { cancelled } from './session.js'
import { pathOf } from './uri.js'

/** What was found in files that are not open; looking at one again takes longer than asking whether it is the same. */
export type Reports = Map<string, { readonly generation: number; readonly stamp: string; readonly resultId: string; readonly items: Diagnostic[] }>

async function diagnoseFile(session: Session, live: LiveWorkspace, file: string, uri: string, reports: Reports): Promise<{ readonly resultId: string; readonly items: Diagnostic[] }> {
  const stamp = session.texts.get(uri) === undefined ? JSON.stringify(session.host.stamp(path.join(live.root, file))) : undefined
  const known = reports.get(uri)
  if (stamp !== undefined && known?.generation === live.generation && known.stamp === stamp) return known
  const { generation } = live
  const items = await diagnosticsAt(session, uri)
  const report = { generation, stamp: stamp ?? '', resultId: resultIdOf(items), items }
  if (stamp !== undefined) reports.set(uri, report)
  return report
}

/** @throws ResponseError for a document that is neither open nor there */
export async function diagnoseDocument(session: Session, uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> {
  const items = await diagnosticsAt(session, uri)
  const resultId = resultIdOf(items)
  if (previous === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items }
}

async function diagnosticsAt(session: Session, uri: string): Promise<Diagnostic[]> {
  try {
    const sight = await session.see(uri)
    return sight === undefined ? [] : [...diagnosticsOf(sight.looked, session.surroundings(sight))]
  } catch (error) {
    if (!(error instanceof InquestError)) throw error
    return [diagnosticOfFailure(error, 0)]
  }
}

/** The same diagnostics always have the same id, so that it holds across documents, changes and restarts. */
function resultIdOf(items: readonly Diagnostic[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 16)
}

/** How long documents are looked at, in milliseconds, before whatever else was asked has its turn. */
const slice = 8

/** All documents of the repositories that the client has open, those without findings left out as long as they were never told of. */
export async function diagnoseWorkspace(
  session: Session,
  reports: Reports,
  folders: readonly string[],
  previous: readonly PreviousResultId[],
  token: CancellationToken,
  progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
): Promise<WorkspaceDiagnosticReport> {
  const before = new Map(previous.map(({ uri, value }) => [uri, value]))
  const left = new Set(before.keys())
  const items: WorkspaceDocumentDiagnosticReport[] = []
  const report = (one: WorkspaceDocumentDiagnosticReport): void => {
    if (progress === undefined) items.push(one)
    else progress.report({ items: [one] })
  }
  let until = 0
  for (const live of repositoriesOf(session, folders)) {
    for (const file of await documentsOf(session, live)) {
      if (performance.now() > until) {
        await session.turns.idle()
        until = performance.now() + slice
      }
      const stop = cancelled(token)
      if (stop !== undefined) throw stop
      const uri = session.uriIn(live, file)
      left.delete(uri)
      const version = session.texts.get(uri)?.version ?? null
      // A file that went away while the others were looked at has nothing wrong with it.
      const found = await diagnoseFile(session, live, file, uri, reports).catch(() => undefined)
      if (found === undefined) continue
      const { resultId, items: all } = found
      if (before.get(uri) === resultId) report({ kind: DocumentDiagnosticReportKind.Unchanged, resultId, uri, version })
      else if (all.length > 0 || before.has(uri)) report({ kind: DocumentDiagnosticReportKind.Full, resultId, uri, version, items: all })
    }
  }
  for (const uri of left) report({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] })
  return { items }
}

function repositoriesOf(session: Session, folders: readonly string[]): readonly LiveWorkspace[] {
  const chosen = new Set<LiveWorkspace>()
  for (const uri of folders) if (pathOf(uri) !== undefined) chosen.add(session.repositoryAt(uri))
  return [...chosen]
}

async function documentsOf(session: Session, live: LiveWorkspace): Promise<readonly string[]> {
  try {
    return await live.documents()
  } catch (error) {
    // The configuration's mistake is shown in the configuration.
    if (error instanceof InquestError) return []
    session.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return []
  }
}
