/**
 * Owns a host that keeps what git said for as long as it would say it again. A server is asked the same with each call, and
 * starting git takes longer than most calls; whether an answer holds is looked up in the files that it was read from.
 */

import * as path from 'node:path'
import type { Grounds } from './files/git-grounds.js'
import { configFiles, headFiles, listingFiles, stillHolds, takeGrounds } from './files/git-grounds.js'
import type { Host } from './host.js'

interface Kept {
  readonly answer: unknown
  /** Undefined where the answer must not be used again, as something was being written. */
  readonly grounds: Grounds | undefined
  /** What it is read from; undefined where that cannot be told, and is not tried again. */
  readonly paths: readonly string[] | undefined
}

/** These say where git looks in ways that are not followed here. */
export const ownWays = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR']

export function rememberGit(host: Host): Host {
  if (ownWays.some((name) => host.env[name] !== undefined)) return host
  const kept = new Map<string, Kept>()

  /** @param pathsOf what the answer will be read from, looked at before git is asked; undefined where that cannot be told */
  function hold<T>(question: string, pathsOf: () => readonly string[] | undefined, ask: () => T): T {
    const known = kept.get(question)
    if (known?.grounds !== undefined && stillHolds(known.grounds)) return known.answer as T
    // Finding out what to look at takes longer than asking, and is for nothing while somebody writes.
    const isQuiet = known === undefined || (known.paths !== undefined && takeGrounds(known.paths) !== undefined)
    const paths = isQuiet ? pathsOf() : known.paths
    const grounds = isQuiet && paths !== undefined ? takeGrounds(paths) : undefined
    const answer = ask()
    kept.set(question, { answer, grounds, paths })
    return answer
  }

  return {
    ...host,
    git(folder, args) {
      const ask = (): string | undefined => host.git(folder, args)
      const question = JSON.stringify([folder, args])
      if (args[0] === 'config') return hold(question, () => configFiles(folder, host.env, (more) => host.git(folder, more)), ask)
      if (args[0] === 'rev-parse' && args.includes('HEAD')) return hold(question, () => headFiles(folder), ask)
      return ask()
    },
    listFiles(folder, extensions) {
      const all = hold(
        JSON.stringify([folder]),
        () => listingFiles(folder, host.env, (args) => host.git(folder, args)),
        () => host.listFiles(folder, undefined),
      )
      return extensions === undefined ? all : all.filter((file) => extensions.includes(path.posix.extname(file).toLowerCase()))
    },
  }
}
