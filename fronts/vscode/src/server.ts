/** Owns the language server's life in a window: started when there is something to serve, restarted when asked, asked by its commands. */

import * as path from 'node:path'
import * as vscode from 'vscode'
import type { DynamicFeature, StaticFeature } from 'vscode-languageclient/node'
import { ExecuteCommandRequest, LanguageClient, ResponseError, TransportKind } from 'vscode-languageclient/node'
import type { Choice } from './choice.js'
import { chooseInquest, describeChoice } from './choice.js'
import { obstacle } from './presence.js'
import type { Run } from './runtime.js'
import { runOf } from './runtime.js'

/** The extension registers the server's commands itself, because it asks people for what they need. */
class Client extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    if (!('registrationType' in feature) || feature.registrationType.method !== ExecuteCommandRequest.method) super.registerFeature(feature)
  }
}

export interface Server extends vscode.Disposable {
  /** Starts it where it does not run. @throws Error that says why it cannot run, or what it answered */
  ask<Answer>(command: string, ...args: readonly unknown[]): Promise<Answer>
  /** @throws Error that says why it cannot run */
  start(): Promise<void>
  restart(): Promise<void>
  /** How the chosen inquest is run, for tasks. @throws Error where a setting names none */
  run(): Promise<Run>
  /** True once it has started, until it ends. */
  readonly running: boolean
  /** It began or ceased to run. */
  readonly onChange: vscode.Event<void>
}

export function createServer(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Server {
  const changed = new vscode.EventEmitter<void>()
  let client: Client | undefined
  let starting: Promise<Client> | undefined
  /** Tasks ask as well; the same need not be said again. */
  let told = ''
  let origin: Choice['origin'] = 'extension'

  async function run(): Promise<Run> {
    const settings = vscode.workspace.getConfiguration('inquest')
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath)
    const choice = chooseInquest({ setting: settings.get('path', '').trim(), folders, bundled: path.join(context.extensionPath, 'server') })
    origin = choice.origin
    const described = describeChoice(choice)
    if (described !== told) output.info(described)
    told = described
    return runOf(choice, settings.get('node', '').trim() || 'node', (message) => output.warn(message))
  }

  async function begin(): Promise<Client> {
    const inTheWay = obstacle()
    if (inTheWay !== undefined) throw new Error(inTheWay === 'untrusted' ? 'inquest waits until you trust this workspace' : 'inquest needs a workspace of files on a disk')
    const { command, args, env, shell } = await run()
    const made = new Client(
      'inquest',
      'inquest',
      { command, args: [...args, 'lsp'], transport: TransportKind.stdio, options: { env: { ...process.env, ...env }, shell } },
      { documentSelector: [{ scheme: 'file', language: 'markdown' }], outputChannel: output, diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true } },
    )
    made.onDidChangeState(() => changed.fire())
    await made.start()
    client = made
    const { serverInfo } = made.initializeResult ?? {}
    output.info(`${serverInfo?.name ?? 'the server'} ${serverInfo?.version ?? ''} is running`)
    changed.fire()
    return made
  }

  function ready(): Promise<Client> {
    starting ??= begin().catch((error: unknown) => {
      starting = undefined
      output.error(error instanceof Error ? error.message : String(error))
      throw error
    })
    return starting
  }

  async function end(): Promise<void> {
    const ending = starting
    starting = undefined
    client = undefined
    const made = await ending?.catch(() => undefined)
    await made?.dispose()
    changed.fire()
  }

  return {
    async ask<Answer>(command: string, ...args: readonly unknown[]) {
      const asked = await ready()
      try {
        return (await asked.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...args] })) as Answer
      } catch (error) {
        if (origin !== 'extension' || !lacksDriver(error)) throw error
        throw new Error('The inquest in the extension cannot open a concept store. Install inquest in the workspace, or name one in the setting inquest.path', { cause: error })
      }
    },
    async start() {
      await ready()
    },
    async restart() {
      await end()
      await ready()
    },
    run,
    get running() {
      return client?.isRunning() === true
    },
    onChange: changed.event,
    dispose() {
      void end()
      changed.dispose()
    },
  }
}

/** The native part of the store, which no extension for all systems can carry. */
function lacksDriver(error: unknown): boolean {
  return error instanceof ResponseError && (error.data as { readonly code?: unknown } | undefined)?.code === 'store-unavailable'
}
