/** Owns what a command does before its own work: it finishes and clears away what killed commands left. */

import * as path from 'node:path'
import { recoverPending } from './pending.js'
import type { Workspace } from './workspace.js'

/** Files first, since what is pending is then done upon them. @returns names of the operations that were finished */
export function recover(workspace: Workspace): readonly string[] {
  for (const folder of writtenFolders(workspace)) workspace.host.recoverFolder(folder)
  return recoverPending(workspace)
}

/** Edits of people that await them beside their documents, relative to the root. */
export function keptEdits(workspace: Workspace): readonly string[] {
  return documentFolders(workspace).flatMap((folder) => workspace.host.keptEdits(folder)).map((file) => path.relative(workspace.root, file).split(path.sep).join('/'))
}

function documentFolders(workspace: Workspace): readonly string[] {
  return [...new Set(['', ...workspace.files().map((file) => path.posix.dirname(file))])].map((folder) => workspace.toAbsolute(folder))
}

function writtenFolders(workspace: Workspace): readonly string[] {
  const own = workspace.toAbsolute('.inquest')
  const below = workspace.host.isFolder(own) ? workspace.host.listFolder(own).map((name) => path.join(own, name)).filter((folder) => workspace.host.isFolder(folder)) : []
  return [...new Set([...documentFolders(workspace), own, ...below])].filter((folder) => workspace.host.isFolder(folder))
}
