/** Owns the start of the extension: what it shows at once, and when it wakes the server. */

import * as vscode from 'vscode'
import { registerCommands } from './commands.js'
import { createInvestigations } from './investigations.js'
import { isPresent, looksLikeDocument, obstacle } from './presence.js'
import { createServer } from './server.js'
import { createStandings } from './standings.js'
import { createStatusBar } from './status-bar.js'
import { provideTasks } from './tasks.js'

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Inquest', { log: true })
  const server = createServer(context, output)
  const standings = createStandings(server)

  function tell(): void {
    const state = obstacle() ?? (server.running ? 'running' : 'off')
    void vscode.commands.executeCommand('setContext', 'inquest.state', state)
  }

  /** A window without documents of inquest stays as it is, and nothing is started in it. */
  async function consider(): Promise<void> {
    tell()
    if (!(await isPresent())) return
    void vscode.commands.executeCommand('setContext', 'inquest.present', true)
    // Why it does not start is in the output channel, and shown where somebody asks for something.
    if (obstacle() === undefined) await server.start().catch(() => undefined)
    tell()
  }

  async function reconsider(): Promise<void> {
    if (server.running) await server.restart()
    else await consider()
  }

  context.subscriptions.push(
    output,
    server,
    standings,
    registerCommands(server, standings, output),
    createStatusBar(server, standings),
    createInvestigations(server, standings),
    provideTasks(server),
    server.onChange(() => {
      if (server.running) void vscode.commands.executeCommand('setContext', 'inquest.present', true)
      tell()
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (looksLikeDocument(document)) void consider()
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (looksLikeDocument(document)) void consider()
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void consider()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void consider()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('inquest.path') || change.affectsConfiguration('inquest.node')) void reconsider().catch(() => undefined)
    }),
  )
  await consider()
}
