/** Owns code actions: what can be done about findings, and where a document can go from here. Edits are made when one is chosen. */

import type { CodeAction, CodeActionParams, Command, Diagnostic, Range } from 'vscode-languageserver/node'
import { CodeActionKind, LSPErrorCodes, MessageType, ResponseError } from 'vscode-languageserver/node'
import type { Remedy } from '../../authoring/remedies.js'
import { ownRemedy, remediesOf } from '../../authoring/remedies.js'
import { editsOf } from '../../engine/examine.js'
import type { Diagnosis } from '../../engine/look.js'
import { fieldEdits, fixText } from '../../engine/operations/fix.js'
import { relocateAt } from '../../engine/verify/items.js'
import { scaffoldFacts } from '../../engine/scaffolds.js'
import { diagnosticsOf } from './diagnostics.js'
import type { DocumentEdits } from './edits.js'
import { editsBetween, textEdits, workspaceEdit } from './edits.js'
import type { Session, Sight } from './session.js'
import { offeredMoves } from './moves.js'

export const fixAllKind = `${CodeActionKind.SourceFixAll}.inquest`
/** What writes where moved lines are. */
export const relocateKind = `${CodeActionKind.RefactorRewrite}.inquest`
/** Where a document can go from here. */
export const moveKind = `${CodeActionKind.Refactor}.inquest`

/** What a chosen action is made from again: the text may be newer than the one it was offered for. */
interface Chosen {
  readonly uri: string
  readonly rule: string
  readonly subject: string | undefined
  readonly remedy: string
  /** The offset where the finding stood when it was offered. */
  readonly at: number
}

/** A citation that git is asked about once the action is chosen. */
interface Relocated {
  readonly uri: string
  readonly citation: string
  readonly at: number
}

type ActionData = Chosen | Relocated | { readonly uri: string; readonly all: true }

export async function offerActions(session: Session, { textDocument, range, context }: CodeActionParams): Promise<(CodeAction | Command)[]> {
  const sight = await session.see(textDocument.uri)
  if (sight === undefined || sight.looked.examined.skipped !== undefined) return []
  const wanted = (kind: string): boolean => context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`))
  const actions: CodeAction[] = []
  if (wanted(CodeActionKind.QuickFix)) actions.push(...quickFixes(session, sight, range))
  if (wanted(fixAllKind) && hasSafeFix(sight)) actions.push({ title: 'Apply all safe fixes of inquest', kind: fixAllKind, data: { uri: sight.uri, all: true } satisfies ActionData })
  // Asking git takes a while, so it is done for the action that is chosen only.
  if (wanted(relocateKind) && session.client.actions.lazyEdits) actions.push(...relocations(sight, range))
  if (!session.client.actions.lazyEdits) for (const action of actions) await addEdit(session, action)
  if (wanted(moveKind)) actions.push(...offeredMoves(session, sight, range))
  return session.client.actions.literals ? actions : actions.flatMap(({ command }) => command ?? [])
}

function quickFixes(session: Session, sight: Sight, range: Range): CodeAction[] {
  const diagnostics = diagnosticsOf(sight.looked, session.surroundings(sight))
  return sight.looked.diagnoses.flatMap((diagnosis, index): CodeAction[] => {
    const diagnostic = diagnostics[index]
    if (diagnostic === undefined || !touches(diagnostic.range, range)) return []
    return remediesOf(diagnosis.finding, sight.looked.examined.facts).map((remedy) => actionFor(sight, diagnosis, diagnostic, remedy))
  })
}

function relocations({ uri, looked, translator }: Sight, range: Range): CodeAction[] {
  const { facts } = looked.examined
  const cited = facts?.citations.filter(({ problem, lines, span }) => problem === undefined && lines.length > 0 && touches(translator.range(span), range)) ?? []
  return cited.slice(0, 1).map(({ written, span }) => ({
    title: `Relocate \`${written}\` to where its lines are now`,
    kind: relocateKind,
    data: { uri, citation: written, at: span.start } satisfies ActionData,
  }))
}

async function relocation(session: Session, { uri, version, looked, translator }: Sight, { citation, at }: Relocated): Promise<DocumentEdits> {
  const { facts } = looked.examined
  const found = facts === undefined ? undefined : relocateAt(looked.workspace, { path: looked.path, text: looked.text, facts }, at)
  if (found?.citation !== citation) throw outdated()
  if (found.edits.length === 0) {
    const why = `${found.state}${found.reason === undefined ? '' : `, ${found.reason}`}`
    await session.connection.sendNotification('window/showMessage', { type: MessageType.Info, message: `There is nothing to relocate about ${citation}: ${why}` })
  }
  return { uri, version, edits: textEdits(found.edits, translator) }
}

function actionFor({ uri, translator }: Sight, { finding }: Diagnosis, diagnostic: Diagnostic, { name, title, kind }: Remedy): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(kind === 'safe' && { isPreferred: true }),
    data: { uri, rule: finding.rule, subject: finding.subject, remedy: name, at: translator.offset(diagnostic.range.start) } satisfies ActionData,
  }
}

/** Places count that share a character, or at which a finding without extent stands. */
function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start)
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character)
}

function hasSafeFix({ looked }: Sight): boolean {
  return looked.diagnoses.some(({ finding }) => finding.fix?.applicability === 'safe' && (finding.fix.edits.length > 0 || finding.fix.append !== undefined))
}

/** @throws ResponseError where the document is no longer what the action was offered for */
export async function resolveAction(session: Session, action: CodeAction): Promise<CodeAction> {
  if (action.edit === undefined && isActionData(action.data)) await addEdit(session, action)
  return action
}

function isActionData(data: unknown): data is ActionData {
  return typeof data === 'object' && data !== null && 'uri' in data && ('all' in data || 'remedy' in data || 'citation' in data)
}

async function addEdit(session: Session, action: CodeAction): Promise<void> {
  const data = action.data as ActionData
  const sight = await session.see(data.uri)
  if (sight === undefined) throw outdated()
  const documents = 'all' in data ? [await fixAll(sight)] : 'citation' in data ? [await relocation(session, sight, data)] : await editsFor(session, sight, data)
  action.edit = workspaceEdit(session.client, documents)
}

async function fixAll({ uri, version, looked, translator }: Sight): Promise<DocumentEdits> {
  const { text } = await fixText(looked.workspace, looked.path, looked.text, {})
  return { uri, version, edits: textEdits(await editsBetween(looked.text, text), translator) }
}

async function editsFor(session: Session, sight: Sight, chosen: Chosen): Promise<readonly DocumentEdits[]> {
  const { looked, translator, uri, version, live } = sight
  const { facts } = looked.examined
  const same = looked.diagnoses.filter(({ finding }) => finding.rule === chosen.rule && finding.subject === chosen.subject)
  const distance = ({ placed }: Diagnosis): number => Math.abs(looked.examined.document.lines.offsetAt(placed.range.start) - chosen.at)
  const [nearest] = same.toSorted((a, b) => distance(a) - distance(b))
  const remedy = nearest === undefined ? undefined : remediesOf(nearest.finding, facts).find((one) => one.name === chosen.remedy)
  if (nearest === undefined || remedy === undefined) throw outdated()
  const scaffold = facts === undefined || remedy.kind !== 'begun' ? undefined : await scaffoldFacts(looked.workspace, facts.template)
  const edits = remedy.name === ownRemedy ? await editsOf(nearest.finding, looked.examined.document) : remedy.edits(scaffold)
  const own: DocumentEdits = { uri, version, edits: textEdits(edits, translator) }
  const others: DocumentEdits[] = []
  for (const set of remedy.elsewhere) {
    const other = await session.see(session.uriIn(live, set.path))
    if (other === undefined) continue
    others.push({ uri: other.uri, version: other.version, edits: textEdits(await fieldEdits(looked.workspace, other.looked.text, set), other.translator) })
  }
  return [own, ...others]
}

function outdated(): ResponseError {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The document is no longer what this was offered for')
}
