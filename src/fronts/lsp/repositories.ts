/** Owns which repository a document belongs to; each is opened once, and stays open. */

import * as path from 'node:path'
import type { Host } from '../../engine/host.js'
import type { FileChange, LiveWorkspace, Reach } from '../../engine/live.js'
import { findRoot, openLive } from '../../engine/live.js'

export interface Located {
  readonly live: LiveWorkspace
  /** Relative to the repository's root, with `/`. */
  readonly file: string
}

export interface Repositories {
  /** @param file absolute */
  locate(file: string): Located
  all(): readonly LiveWorkspace[]
  /** Tells every repository what happened to its files; answers those that are concerned. */
  note(changes: readonly FileChange[]): ReadonlyMap<LiveWorkspace, Reach>
  /** Repositories begin and end with these files; afterwards every document may belong elsewhere. */
  bounds(changes: readonly FileChange[]): boolean
  forget(): void
}

/** @param opened told of each repository that is opened */
export function createRepositories(host: Host, opened: (live: LiveWorkspace) => void): Repositories {
  const byRoot = new Map<string, LiveWorkspace>()
  const roots = new Map<string, { readonly root: string; readonly loose: boolean }>()
  const rootOf = (folder: string): { readonly root: string; readonly loose: boolean } => {
    const known = roots.get(folder)
    if (known !== undefined) return known
    const root = findRoot(host, folder)
    const found = { root: root ?? folder, loose: root === undefined }
    roots.set(folder, found)
    return found
  }
  const liveAt = (root: string, loose: boolean): LiveWorkspace => {
    const known = byRoot.get(root)
    if (known !== undefined) return known
    const live = openLive(host, root, { loose })
    byRoot.set(root, live)
    opened(live)
    return live
  }
  return {
    locate(file) {
      const { root, loose } = rootOf(path.dirname(file))
      return { live: liveAt(root, loose), file: path.relative(root, file).split(path.sep).join('/') }
    },
    all: () => [...byRoot.values()],
    note(changes) {
      const reached = new Map<LiveWorkspace, Reach>()
      for (const live of byRoot.values()) {
        for (const change of changes) {
          if (!change.path.startsWith(live.root + path.sep)) continue
          const reach = live.note(change)
          if (weight(reach) > weight(reached.get(live))) reached.set(live, reach)
        }
      }
      return reached
    },
    bounds: (changes) => changes.some(({ path: file, kind }) => kind !== 'changed' && ['inquest.yaml', '.git'].includes(path.basename(file))),
    forget() {
      byRoot.clear()
      roots.clear()
    },
  }
}

function weight(reach: Reach | undefined): number {
  return reach === undefined ? -1 : { own: 0, world: 1, all: 2 }[reach]
}
