/** Owns the commands: transitions and new documents as changes of the workspace that the client makes, and questions for its views. */

import type { ExecuteCommandParams } from 'vscode-languageserver/node'
import { ErrorCodes, MessageType, ResponseError } from 'vscode-languageserver/node'
import { movesOf } from '../../authoring/moves.js'
import { nameFollowUp } from '../../engine/follow-up.js'
import { listRules } from '../../engine/operations/explain.js'
import { listIn } from '../../engine/operations/list.js'
import { prepareDocument } from '../../engine/operations/new.js'
import type { PreparedDocument } from '../../engine/operations/new.js'
import { statusOfExamined } from '../../engine/operations/status.js'
import { templatesIn } from '../../engine/operations/template.js'
import type { Refused, WorkflowEvent } from '../../engine/operations/transition.js'
import { prepareTransition, promisedOnClosing, runTransition } from '../../engine/operations/transition.js'
import type { LiveWorkspace } from '../../engine/live.js'
import { InquestError } from '../../errors.js'
import { commandNames } from './command-names.js'
import { editsBetween, textEdits, workspaceEdit } from './edits.js'
import { blockerLocations } from './moves.js'
import type { Session, Sight } from './session.js'
import { mapDefined } from './session.js'

type Arguments = readonly unknown[]

/** @throws ResponseError for arguments that cannot be used */
export async function executeCommand(session: Session, { command, arguments: given = [] }: ExecuteCommandParams, folders: readonly string[]): Promise<unknown> {
  switch (command) {
    case commandNames.advance:
      return move(session, given, { type: 'advance' })
    case commandNames.close:
      return move(session, given, { type: 'close' })
    case commandNames.reopen:
      return move(session, given, { type: 'reopen', why: reason(given, 'reopen'), ...(textOf(given[1], 'to') !== undefined && { to: textOf(given[1], 'to') ?? '' }) })
    case commandNames.amend:
      return move(session, given, { type: 'amend', why: reason(given, 'amend') })
    case commandNames.spawn:
      return spawn(session, given)
    case commandNames.create:
      return create(session, given, folders)
    case commandNames.showBlockers:
      return showBlockers(session, given)
    case commandNames.status:
      return status(await sightOf(session, given))
    case commandNames.list:
      return list(session, given, folders)
    case commandNames.templates:
      return templates(session, folders)
    case commandNames.rules:
      return { rules: listRules().map(({ rule, severity, summary }) => ({ name: rule, severity, summary, uri: session.pageOf(rule) ?? null })) }
    default:
      throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${command}`)
  }
}

async function sightOf(session: Session, given: Arguments): Promise<Sight> {
  const [uri] = given
  const sight = typeof uri === 'string' ? await session.see(uri) : undefined
  if (sight === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'The command needs the address of a document in a file')
  const { examined, path } = sight.looked
  if (examined.skipped !== undefined) throw new InquestError('usage', `${path}: ${examined.skipped}`)
  return sight
}

function textOf(value: unknown, key: string): string | undefined {
  const text = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined
}

function reason(given: Arguments, verb: string): string {
  const why = textOf(given[1], 'why')
  if (why !== undefined) return why
  throw new InquestError('usage', `This needs a reason, which the editor did not ask for`, { hint: `Save the document and run \`inquest ${verb} <id> --why "…"\`, or send the reason with the command` })
}

/** Reasons that only people can give, by the keys under which a refusal asks for them. */
function reasonsIn(value: unknown): Readonly<Record<string, string>> {
  const reasons = typeof value === 'object' && value !== null ? (value as { readonly reasons?: unknown }).reasons : undefined
  if (typeof reasons !== 'object' || reasons === null) return {}
  return Object.fromEntries(Object.entries(reasons).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

/** Clients that show refusals themselves ask for no message. */
function isQuiet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { readonly quiet?: unknown }).quiet === true
}

/** With the places of what it tells, as the client counts them, and where the document can go from here. */
async function status(sight: Sight): Promise<unknown> {
  const { uri, looked, translator } = sight
  const answer = await statusOfExamined(looked.shown, looked.examined)
  const { facts } = looked.examined
  const rangeOf = (wanted: string): unknown => mapDefined(facts?.hypotheses.find(({ id }) => id === wanted), ({ idSpan }) => translator.range(idSpan))
  return {
    ...answer,
    uri,
    locations: blockerLocations(sight, answer.blockers),
    hypotheses: answer.hypotheses.map((one) => ({ ...one, range: rangeOf(one.id) })),
    moves: mapDefined(facts, movesOf),
  }
}

async function move(session: Session, given: Arguments, event: WorkflowEvent): Promise<unknown> {
  const sight = await sightOf(session, given)
  const { uri, version, looked, translator } = sight
  const reasons = reasonsIn(given[1])
  const promised = event.type === 'close' ? promisedOnClosing(looked.workspace, looked.path, looked.text) : []
  const answer = await prepareTransition(looked.workspace, looked.path, looked.text, event, { given: [], promised }, reasons)
  if (answer.kind === 'refused') return refuse(session, given, sight, answer)
  if (promised.length > 0) return closeAndStore(session, given, sight, reasons)
  const { id, path, from, to, ticked, edits, after } = answer
  const changes = textEdits(await editsBetween(looked.text, after), translator)
  await apply(session, `${event.type} ${id}`, workspaceEdit(session.client, [{ uri, version, edits: changes }]))
  return { id, path, from, to, edits, ticked }
}

/** The store and the file have to agree whatever happens in between, so both are written here, and the editor reads the file again. */
async function closeAndStore(session: Session, given: Arguments, sight: Sight, reasons: Readonly<Record<string, string>>): Promise<unknown> {
  const { live, looked } = sight
  const file = looked.workspace.toAbsolute(looked.path)
  if (looked.workspace.host.readDocument(file) !== looked.text) throw new InquestError('usage', `${looked.path}: closing stores what was learned, and for that the document has to be saved`, { hint: 'Save it and close it again' })
  const answer = await runTransition({ ...session.host, cwd: live.root }, { type: 'close' }, { id: file, reasons, onRecovered: session.log })
  if (answer.kind === 'refused') return refuse(session, given, sight, answer)
  live.note({ path: file, kind: 'changed' })
  const { kind: _, ...moved } = answer
  return moved
}

async function refuse(session: Session, given: Arguments, sight: Sight, { id, transition, reason: why, blockers, askable }: Refused): Promise<unknown> {
  if (!isQuiet(given[1])) await session.connection.sendNotification('window/showMessage', { type: MessageType.Warning, message: `${transition} ${id}: ${why}` })
  return { id, path: sight.looked.path, refused: { transition, reason: why, blockers, askable: askable.map(({ key, title, expected }) => ({ key, title, expected })), locations: blockerLocations(sight, blockers) } }
}

/** @throws InquestError where the client does not make the changes */
async function apply(session: Session, label: string, edit: ReturnType<typeof workspaceEdit>): Promise<void> {
  const answer = await session.connection.workspace.applyEdit({ label, edit })
  if (answer.applied) return
  throw new InquestError('changed-meanwhile', `${label}: the editor did not make the changes${answer.failureReason === undefined ? '' : `: ${answer.failureReason}`}`, { hint: 'Try it again' })
}

async function spawn(session: Session, given: Arguments): Promise<unknown> {
  const { uri, version, looked, translator, live } = await sightOf(session, given)
  const { facts } = looked.examined
  const title = textOf(given[1], 'title')
  if (title === undefined) throw new InquestError('usage', 'A follow-up needs a title', { hint: 'Select the words that are to be its title, or write an entry for it' })
  if (facts?.id === undefined) throw new InquestError('usage', `${looked.path}: has no id that a child could name`)
  if (facts.claim.standing === 'closed') throw new InquestError('usage', `${looked.path}: is closed`, { hint: 'Reopen it first' })
  const template = textOf(given[1], 'template') ?? facts.template.name
  const why = textOf(given[1], 'why')
  const child = await prepareDocument(looked.workspace, { template, title }, facts.id)
  return placeNew(session, live, child, async () => {
    const after = nameFollowUp(looked.workspace, looked.path, looked.text, { id: child.id, title: child.title, ...(why !== undefined && { why }) })
    return [{ uri, version, edits: textEdits(await editsBetween(looked.text, after), translator) }]
  })
}

async function create(session: Session, given: Arguments, folders: readonly string[]): Promise<unknown> {
  const [options] = given
  const title = textOf(options, 'title')
  const folder = textOf(options, 'folder') ?? folders[0]
  if (title === undefined || folder === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'A new document needs `title`, and `folder` where no folder is open')
  const live = session.repositoryAt(folder)
  const workspace = await live.current()
  const made = await prepareDocument(workspace, { template: textOf(options, 'template') ?? 'investigation', title }, '')
  return placeNew(session, live, made, () => Promise.resolve([]))
}

/** Creates a prepared document through the client, and gives its id back where nothing comes of it. */
async function placeNew(session: Session, live: LiveWorkspace, made: PreparedDocument, others: () => Promise<Parameters<typeof workspaceEdit>[1]>): Promise<unknown> {
  const { client, connection, host } = session
  const uri = session.uriIn(live, made.path)
  try {
    const documents = await others()
    if (client.edits.create) await apply(session, `new ${made.id}`, workspaceEdit(client, documents, [{ uri, text: made.text }]))
    else {
      // A client that cannot create files has no buffer of this one either.
      const workspace = await live.current()
      if (!workspace.host.createFile(workspace.toAbsolute(made.path), made.text)) throw new InquestError('exists', `${made.path}: exists already and is left as it is`)
      live.note({ path: workspace.toAbsolute(made.path), kind: 'created' })
      if (documents.length > 0) await apply(session, `spawn ${made.id}`, workspaceEdit(client, documents))
    }
  } catch (error) {
    if (!host.exists((await live.current()).toAbsolute(made.path))) made.release()
    throw error
  }
  if (client.showsDocuments) await connection.window.showDocument({ uri, takeFocus: true })
  return { id: made.id, path: made.path, uri, template: made.template.name }
}

async function showBlockers(session: Session, given: Arguments): Promise<unknown> {
  const sight = await sightOf(session, given)
  const { next, blockers, id } = await statusOfExamined(sight.looked.shown, sight.looked.examined)
  const locations = blockerLocations(sight, blockers)
  const lines = blockers.map(({ range, message }) => `${range.start.line}: ${message}`)
  if (lines.length > 0) await session.connection.sendNotification('window/showMessage', { type: MessageType.Info, message: [`${id} before ${next}:`, ...lines].join('\n') })
  const [first] = locations
  if (first !== undefined && session.client.showsDocuments) await session.connection.window.showDocument({ uri: first.uri, selection: first.range, takeFocus: true })
  return locations
}

async function list(session: Session, given: Arguments, folders: readonly string[]): Promise<unknown> {
  const open = typeof given[0] === 'object' && given[0] !== null && (given[0] as { readonly open?: unknown }).open === true
  const lives = [...new Set(folders.map((folder) => session.repositoryAt(folder)))]
  const documents: unknown[] = []
  for (const live of lives) {
    const workspace = await live.current()
    documents.push(...listIn(workspace, { open }).map((one) => ({ ...one, uri: session.uriIn(live, one.path) })))
  }
  return { documents }
}

async function templates(session: Session, folders: readonly string[]): Promise<unknown> {
  const [folder] = folders
  if (folder === undefined) return { templates: [] }
  return { templates: templatesIn(await session.repositoryAt(folder).current()) }
}
