/** Owns the language server: its life from the first message to the last, and which question is answered where. */

import type { CallHierarchyItem, CancellationToken, Connection, InitializeResult, ServerCapabilities } from 'vscode-languageserver/node'
import { CodeActionKind, ErrorCodes, ResponseError, StreamMessageReader, StreamMessageWriter, TextDocumentSyncKind, createConnection } from 'vscode-languageserver/node'
import * as path from 'node:path'
import type { Host } from '../../engine/host.js'
import type { FileChange, LiveWorkspace } from '../../engine/live.js'
import { withStoreThreads } from '../../engine/resident-host.js'
import type { Client } from './client.js'
import { readClient } from './client.js'
import { fixAllKind, moveKind, relocateKind, offerActions, resolveAction } from './code-actions.js'
import { commandNames } from './command-names.js'
import { executeCommand } from './commands.js'
import { completeAt, triggers } from './completion.js'
import { lensesFor, resolveLens } from './moves.js'
import { definitionsAt, editsForRenames, hierarchyDataOf, incomingCalls, linkedRanges, outgoingCalls, prepareHierarchy, prepareRename, referencesAt, renameAt } from './navigation.js'
import type { Reports } from './pull.js'
import { diagnoseDocument, diagnoseWorkspace } from './pull.js'
import type { Push } from './push.js'
import { createPush } from './push.js'
import { documentLinks, foldingRanges, hoverAt, inlayHints, selectionRanges, semanticTokens, symbolsOf, tokenLegend, workspaceSymbols } from './reading.js'
import { createRepositories } from './repositories.js'
import type { Session, Sight } from './session.js'
import { asResponseError, createSession } from './session.js'
import { faultIn } from './shape.js'
import { createTexts } from './texts.js'
import { createTurns } from './turns.js'
import { pathOf } from './uri.js'
import { askClientToWatch, changesOf, watchRepository } from './watch.js'

export interface Streams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/** The bundle keeps it beside the program, and this file in a folder below. */
const storeThread = new URL('../store-thread.js', import.meta.url)

/** Answers the exit status once the client is gone: 0 where it said goodbye, 1 where it did not. */
export function serve(host: Host, version: string, { input, output }: Streams): Promise<number> {
  const reader = new StreamMessageReader(input)
  const writer = new StreamMessageWriter(output)
  const connection = createConnection(reader, writer)
  // What cannot be read as JSON is answered as the protocol has it; the next message is read all the same.
  reader.onError((error) => {
    if (error instanceof SyntaxError) void writer.write({ jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message: error.message } } as never).catch(() => undefined)
  })
  return new Promise((resolve) => {
    const life = startLife(connection, withStoreThreads(host, storeThread), version)
    const end = (): void => resolve(life.saidGoodbye() ? 0 : 1)
    connection.onExit(end)
    reader.onClose(end)
    input.on('end', end)
    // A client that is gone hears nothing; the end of the input says the same.
    output.on('error', end)
    connection.listen()
  })
}

interface Life {
  saidGoodbye(): boolean
}

interface Running {
  readonly session: Session
  readonly push: Push
  readonly reports: Reports
  readonly folders: Set<string>
}

function startLife(connection: Connection, host: Host, version: string): Life {
  let running: Running | undefined
  let goodbye = false
  const log = (message: string): void => connection.console.error(message)

  /** Questions before the first message and after the last are refused, and no failure of one ends the others. */
  function answer<Params, Result>(work: (one: Running, params: Params, token: CancellationToken) => Result | Promise<Result>) {
    return async (params: Params, token: CancellationToken): Promise<Result | ResponseError<never>> => {
      if (running === undefined) return new ResponseError(ErrorCodes.ServerNotInitialized, 'The server was not initialized') as ResponseError<never>
      running.session.turns.heard()
      if (goodbye) return new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down') as ResponseError<never>
      const wrong = faultIn(params)
      if (wrong !== undefined) return new ResponseError(ErrorCodes.InvalidParams, wrong) as ResponseError<never>
      try {
        return await work(running, params, token)
      } catch (error) {
        return asResponseError(error, log) as ResponseError<never>
      }
    }
  }
  function hear<Params>(work: (one: Running, params: Params) => void): (params: Params) => void {
    return (params) => {
      if (running === undefined || goodbye) return
      running.session.turns.heard()
      const wrong = faultIn(params)
      if (wrong !== undefined) return log(`A message was passed over: ${wrong}`)
      try {
        work(running, params)
      } catch (error) {
        log(error instanceof Error ? (error.stack ?? error.message) : String(error))
      }
    }
  }

  connection.onInitialize((params) => {
    const client = readClient(params)
    running = start(connection, host, client)
    return initializeResult(client, version)
  })
  connection.onInitialized(
    hear(({ session, folders }) => {
      if (session.client.changesFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          for (const { uri } of removed) folders.delete(uri)
          for (const { uri } of added) folders.add(uri)
        })
      }
      if (session.client.watchesFiles) void askClientToWatch(session).catch((error: unknown) => log(String(error)))
    }),
  )
  connection.onShutdown(() => {
    goodbye = true
  })
  connection.onDidOpenTextDocument(hear((one, { textDocument: { uri, version: at, text } }) => hold(one, uri, one.session.texts.open(uri, at, text).text)))
  connection.onDidChangeTextDocument(
    hear((one, { textDocument: { uri, version: at }, contentChanges }) => {
      const changed = one.session.texts.change(uri, at, contentChanges)
      if (changed === undefined) log(`${uri}: was changed and is not open`)
      else hold(one, uri, changed.text)
    }),
  )
  connection.onDidSaveTextDocument(hear((one, { textDocument: { uri } }) => note(one, changesOf([{ uri, type: 2 }]))))
  connection.onDidCloseTextDocument(
    hear((one, { textDocument: { uri } }) => {
      one.session.texts.close(uri)
      hold(one, uri, undefined)
      one.push.closed(uri)
    }),
  )
  connection.onDidChangeWatchedFiles(hear((one, { changes }) => note(one, changesOf(changes))))
  connection.languages.diagnostics.on(answer(({ session }, { textDocument, previousResultId }) => diagnoseDocument(session, textDocument.uri, previousResultId)))
  connection.languages.diagnostics.onWorkspace(async (params, token, _work, progress) => {
    const ask = answer((one: Running, { previousResultIds }: typeof params) => diagnoseWorkspace(one.session, one.reports, [...one.folders], previousResultIds, token, progress))
    return ask(params, token)
  })
  connection.onCodeAction(answer(({ session }, params) => offerActions(session, params)))
  connection.onCodeActionResolve(answer(({ session }, action) => resolveAction(session, action)))
  connection.onCodeLensResolve(answer(({ session }, lens) => resolveLens(session, lens)))
  /** A question about a document: where it is no file, or no document of a template, there is nothing to say. */
  function about<Params extends { readonly textDocument: { readonly uri: string } }, Result>(none: Result, work: (session: Session, sight: Sight, params: Params) => Result | Promise<Result>) {
    return answer(async ({ session }: Running, params: Params) => {
      const sight = await session.see(params.textDocument.uri)
      return sight === undefined ? none : work(session, sight, params)
    })
  }
  connection.onCodeLens(about([], (_, sight) => lensesFor(sight)))
  connection.onHover(about(null, (session, sight, { position }) => hoverAt(session, sight, position)))
  connection.onCompletion(about({ isIncomplete: false, items: [] }, (session, sight, params) => completeAt(session, sight, params)))
  connection.onDefinition(about([], (session, sight, { position }) => definitionsAt(session, sight, position)))
  connection.onReferences(about([], (session, sight, { position, context }) => referencesAt(session, sight, position, context.includeDeclaration)))
  connection.onPrepareRename(about(null, (_, sight, { position }) => prepareRename(sight, position)))
  connection.onRenameRequest(about(null, (session, sight, { position, newName }) => renameAt(session, sight, position, newName)))
  connection.languages.onLinkedEditingRange(about(null, (_, sight, { position }) => linkedRanges(sight, position)))
  connection.onDocumentSymbol(about([], (session, sight) => symbolsOf(session, sight)))
  connection.onWorkspaceSymbol(answer(({ session, folders }, { query }) => workspaceSymbols(session, query, [...folders])))
  connection.onFoldingRanges(about([], (_, sight) => foldingRanges(sight)))
  connection.onSelectionRanges(about([], (_, sight, { positions }) => selectionRanges(sight, positions)))
  connection.onDocumentLinks(about([], (_, sight) => documentLinks(sight)))
  connection.languages.inlayHint.on(about([], (_, sight, { range }) => inlayHints(sight, sight.translator.span(range))))
  connection.languages.semanticTokens.on(about({ data: [] }, (_, sight) => semanticTokens(sight, undefined)))
  connection.languages.semanticTokens.onRange(about({ data: [] }, (_, sight, { range }) => semanticTokens(sight, sight.translator.span(range))))
  connection.languages.callHierarchy.onPrepare(about(null, (_, sight, { position }) => prepareHierarchy(sight, position)))
  const related = <Result>(work: (sight: Sight, id: string) => Result[]) => {
    return answer(async ({ session }: Running, { item }: { readonly item: CallHierarchyItem }): Promise<Result[]> => {
      const data = hierarchyDataOf(item)
      const sight = data === undefined ? undefined : await session.see(data.uri)
      return data === undefined || sight === undefined ? [] : work(sight, data.hypothesis)
    })
  }
  connection.languages.callHierarchy.onIncomingCalls(related(incomingCalls))
  connection.languages.callHierarchy.onOutgoingCalls(related(outgoingCalls))
  connection.workspace.onWillRenameFiles(answer(({ session }, { files }) => editsForRenames(session, files)))
  connection.onExecuteCommand(answer(({ session, folders }, params) => executeCommand(session, params, [...folders])))
  return { saidGoodbye: () => goodbye }
}

function start(connection: Connection, host: Host, client: Client): Running {
  const texts = createTexts(client.encoding)
  const opened = (live: LiveWorkspace): void => {
    // A single file somewhere is no reason to watch all that lies around it.
    if (!client.watchesFiles && !live.loose) void watchRepository(live, (changes) => note(running, changes), session.log).catch((error: unknown) => session.log(String(error)))
  }
  const repositories = createRepositories(host, opened)
  const session = createSession({ connection, client, host, texts, repositories, turns: createTurns(), seen: (sight) => running.push.seen(sight) })
  const running: Running = { session, push: createPush(session), reports: new Map(), folders: new Set(client.folders) }
  return running
}

/** The unsaved text of a document goes before its file; undefined gives it back. */
function hold({ session, push }: Running, uri: string, text: string | undefined): void {
  const file = pathOf(uri)
  if (file === undefined) return
  const { live, file: relative } = session.repositories.locate(file)
  if (live.hold(relative, text) !== 'own') push.around(live)
  if (text !== undefined) push.changed(uri)
}

function note(one: Running, changes: readonly FileChange[]): void {
  const { session, push } = one
  if (session.repositories.bounds(changes)) {
    session.repositories.forget()
    for (const { uri, text } of session.texts.all()) hold(one, uri, text)
    for (const live of session.repositories.all()) push.around(live)
    return
  }
  for (const [live, reach] of session.repositories.note(changes)) if (reach !== 'own') push.around(live)
  for (const { path: changed } of changes) {
    const open = session.texts.all().find(({ uri }) => pathOf(uri) === path.normalize(changed))
    if (open !== undefined) push.changed(open.uri)
  }
}

function initializeResult(client: Client, version: string): InitializeResult {
  const capabilities: ServerCapabilities = {
    positionEncoding: client.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    diagnosticProvider: { identifier: 'inquest', interFileDependencies: true, workspaceDiagnostics: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, relocateKind, moveKind], resolveProvider: true },
    codeLensProvider: { resolveProvider: true },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [...triggers] },
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    linkedEditingRangeProvider: true,
    documentSymbolProvider: { label: 'inquest' },
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    inlayHintProvider: true,
    semanticTokensProvider: { legend: tokenLegend, full: true, range: true },
    callHierarchyProvider: true,
    executeCommandProvider: { commands: Object.values(commandNames) },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willRename: { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] } },
    },
  }
  return { capabilities, serverInfo: { name: 'inquest', version } }
}
