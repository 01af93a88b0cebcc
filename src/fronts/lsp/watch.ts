/** Owns hearing of files that change: from the client where it watches, else from the system. */

import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver/node'
import type { FileEvent } from 'vscode-languageserver/node'
import type { FileChange, LiveWorkspace } from '../../engine/live.js'
import type { Session } from './session.js'
import { pathOf } from './uri.js'

const kinds: Readonly<Record<FileChangeType, FileChange['kind']>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
}

export function changesOf(events: readonly FileEvent[]): readonly FileChange[] {
  return events.flatMap(({ uri, type }) => {
    const path = pathOf(uri)
    return path === undefined ? [] : [{ path, kind: kinds[type] ?? 'changed' }]
  })
}

/** Citations and references may name any file, so that any may change what is found. */
export async function askClientToWatch({ connection }: Session): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] })
}

const closedFolders = /[\\/](?:\.git|node_modules|\.hg|\.svn)(?:[\\/]|$)/u

/** Watches a repository for a client that does not. */
export async function watchRepository(live: LiveWorkspace, heard: (changes: readonly FileChange[]) => void, failed: (message: string) => void): Promise<void> {
  const { watch } = await import('chokidar')
  const watcher = watch(live.root, { ignoreInitial: true, ignored: (file) => closedFolders.test(file) })
  watcher.on('add', (path) => heard([{ path, kind: 'created' }]))
  watcher.on('change', (path) => heard([{ path, kind: 'changed' }]))
  watcher.on('unlink', (path) => heard([{ path, kind: 'deleted' }]))
  // Where nothing can be watched, what is saved in the editor is still heard of.
  watcher.on('error', (error) => failed(`${live.root}: changes made by others are not noticed: ${error instanceof Error ? error.message : String(error)}`))
}
