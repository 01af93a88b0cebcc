/** Owns the task `inquest: check`, which checks a folder as the command line does. */

import * as vscode from 'vscode'
import type { Server } from './server.js'

const type = 'inquest'

export function provideTasks(server: Server): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(type, {
    async provideTasks() {
      const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
      return Promise.all(folders.map((folder) => checkTask(server, folder, { type, verb: 'check' })))
    },
    resolveTask({ definition, scope }) {
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0]
      if (folder === undefined || definition['verb'] !== 'check') return undefined
      return checkTask(server, folder, definition)
    },
  })
}

export async function checkTask(server: Server, folder: vscode.WorkspaceFolder, definition: vscode.TaskDefinition): Promise<vscode.Task> {
  const { command, args, env } = await server.run()
  const more = Array.isArray(definition['args']) ? definition['args'].map(String) : []
  const execution = new vscode.ProcessExecution(command, [...args, 'check', ...more], { cwd: folder.uri.fsPath, env })
  const task = new vscode.Task(definition, folder, 'check', type, execution, '$inquest')
  task.group = vscode.TaskGroup.Test
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true }
  return task
}
