/** Owns which files a command works on: those named, those below a folder named, or all that are documents. */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import { findConfig } from './root.js'
import type { Host } from './host.js'
import type { Workspace } from './workspace.js'

export interface Target {
  /** Relative to the repository's root, with `/`. */
  readonly path: string
  /** True where the caller named this very file. */
  readonly named: boolean
}

/** The folder whose repository a command means: that of the first path where it lies elsewhere. */
export function folderOf(host: Host, paths: readonly string[]): string {
  const [first] = paths
  if (first === undefined || first === '-') return host.cwd
  const full = path.resolve(host.cwd, first)
  const { root } = findConfig(host.cwd, host)
  if (full === root || full.startsWith(root + path.sep)) return host.cwd
  return host.isFolder(full) ? full : path.dirname(full)
}

/** @throws InquestError `usage` for a path that does not exist */
export function selectTargets(workspace: Workspace, paths: readonly string[]): readonly Target[] {
  const all = (): readonly string[] => {
    const { documents } = workspace.config
    return documents === undefined ? workspace.files() : declaredFiles(workspace)
  }
  if (paths.length === 0) return all().map((file) => ({ path: file, named: false }))
  const chosen = new Map<string, Target>()
  for (const given of paths) {
    const full = path.resolve(workspace.host.cwd, given)
    const relative = workspace.toRelative(given)
    if (workspace.host.isFolder(full)) {
      const below = relative === '' ? '' : `${relative}/`
      for (const file of all()) if (file.startsWith(below) && !chosen.has(file)) chosen.set(file, { path: file, named: false })
      // A folder outside the configured ones is looked through all the same: somebody asked for it.
      if (workspace.config.documents !== undefined && ![...chosen.keys()].some((file) => file.startsWith(below))) {
        for (const file of workspace.files()) if (file.startsWith(below)) chosen.set(file, { path: file, named: false })
      }
    } else if (workspace.host.exists(full)) {
      chosen.set(relative, { path: relative, named: true })
    } else {
      throw new InquestError('usage', `${given}: there is no such file or folder`, { hint: 'Paths count from the folder you are in' })
    }
  }
  return [...chosen.values()].toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** Configured documents may have any extension. */
function declaredFiles(workspace: Workspace): readonly string[] {
  const markdown = workspace.files()
  const extensions = (workspace.config.documents ?? []).map((glob) => path.posix.extname(glob).toLowerCase())
  const others = [...new Set(extensions)].filter((one) => /^\.\w+$/u.test(one) && !['.md', '.markdown', '.mdown'].includes(one))
  const files = others.length === 0 ? markdown : [...markdown, ...workspace.everything().filter((file) => others.includes(path.posix.extname(file).toLowerCase()) && !workspace.excludes(file))]
  return files.filter((file) => workspace.declares(file)).toSorted()
}
