/** Owns one repository of git as evidence needs it: its tip, the names that files had, its objects. */

import type { LoggedCommit, Renames } from '../evidence/history.js'
import { isRename, logFormat, readLog, readRenames } from '../evidence/history.js'
import { groupByName } from './cited.js'
import type { GitObjects } from './git-objects.js'
import { openObjects } from './git-objects.js'
import type { Host } from './host.js'

export interface GitRepository {
  /** Absolute; what paths count from. */
  readonly folder: string
  /** The commit that is the present. */
  readonly tip: string
  readonly shallow: boolean
  /** True for a clone that may lack objects that its history names. */
  readonly partial: boolean
  readonly objects: GitObjects
  /** The blobs of the tip by path. */
  readonly files: ReadonlyMap<string, string>
  /** Folders that are repositories of their own, with the commits that the tip names. */
  readonly submodules: ReadonlyMap<string, string>
  readonly renames: Renames
  /** All names that files have or had. */
  readonly names: readonly string[]
  /** The same by the last part of the name. */
  readonly byName: ReadonlyMap<string, readonly string[]>
  /** A name as git's own commands take it. */
  spec(commit: string, path: string): string
  /** The path at the tip that holds a blob; undefined for none and for several. */
  pathOf(blob: string): string | undefined
  /** The commits that changed files, newest first; undefined where the clone lacks what it takes to tell. */
  log(paths: readonly string[]): readonly LoggedCommit[] | undefined
  /** The last commit before the end of a day. */
  commitBefore(day: string): LoggedCommit | undefined
}

/** More paths than this are not named one by one. */
const mostPaths = 500

/** @param tip a commit to take for the present; the one that is checked out by default */
export function openGitRepository(host: Host, folder: string, tip?: string): GitRepository | undefined {
  // Nothing is fetched, however much a partial clone would like to.
  const git = (args: readonly string[]): string | undefined => {
    const output = host.gitBatch(folder, args, '')
    return output === undefined ? undefined : Buffer.from(output).toString('utf8')
  }
  const [prefix, shallow] = git(['rev-parse', '--show-prefix', '--is-shallow-repository'])?.split('\n') ?? []
  const commit = git(['rev-parse', '--verify', '--quiet', `${tip ?? 'HEAD'}^{commit}`])?.trim()
  if (prefix === undefined || commit === undefined) return undefined
  let promised: boolean | undefined
  const isPartial = (): boolean => (promised ??= git(['config', '--get-regexp', String.raw`^(extensions\.partialclone|remote\..*\.promisor)$`]) !== undefined)
  const objects = openObjects(host, folder, isPartial)
  const within = (path: string): string | undefined => (path.startsWith(prefix) ? path.slice(prefix.length) : undefined)
  const log = (args: readonly string[], paths: readonly string[]): readonly LoggedCommit[] | undefined => {
    const output = git(['-c', 'log.showSignature=false', '--literal-pathspecs', 'log', ...logFormat, ...args, commit, '--', ...paths])
    // Names count from the folder, and what lies outside it is nobody's.
    return output === undefined ? undefined : readLog(output).map((one) => ({
      ...one,
      changes: one.changes.flatMap((change) => {
        const from = within(change.from)
        const to = within(change.to)
        return from === undefined || to === undefined ? [] : [{ ...change, from, to }]
      }),
    }))
  }
  const files = new Map<string, string>()
  const submodules = new Map<string, string>()
  for (const line of (git(['ls-tree', '-r', '-z', '--full-tree', commit]) ?? '').split('\0')) {
    const [, mode = '', id = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t([\s\S]+)$/u.exec(line) ?? []
    const inside = within(path)
    if (inside === undefined || inside === '') continue
    if (mode === '160000') submodules.set(inside, id)
    else files.set(inside, id)
  }
  const renamesAlike = (likeness: string): readonly LoggedCommit[] | undefined => log([`--find-renames=${likeness}`, '--diff-filter=RD', '-l2000'], [])
  // How alike two files are cannot be told without them; that they are the same can.
  const moves = renamesAlike('50%') ?? renamesAlike('100%') ?? []
  const order = new Map<string, number>((git(['rev-list', '--topo-order', commit]) ?? '').split('\n').map((id, index) => [id, index]))
  const renames = readRenames(moves, order)
  const names = [...new Set([...files.keys(), ...renames.lost])].toSorted()
  let byBlob: Map<string, string[]> | undefined
  return {
    folder,
    tip: commit,
    shallow: shallow === 'true',
    get partial() {
      return isPartial()
    },
    objects,
    files,
    submodules,
    renames,
    names,
    byName: groupByName(names),
    spec: (at, path) => `${at}:${prefix}${path}`,
    pathOf(blob) {
      if (byBlob === undefined) {
        byBlob = new Map()
        for (const [path, id] of files) byBlob.set(id, [...(byBlob.get(id) ?? []), path])
      }
      const paths = byBlob.get(blob) ?? []
      return paths.length === 1 ? paths[0] : undefined
    },
    log(paths) {
      const earlier = new Map<string, Set<string>>()
      for (const { changes } of moves) for (const change of changes) if (isRename(change)) earlier.set(change.to, (earlier.get(change.to) ?? new Set()).add(change.from))
      const all = new Set(paths)
      // A set that grows is gone through to its end.
      for (const path of all) for (const from of earlier.get(path) ?? []) all.add(from)
      return log(['--no-renames'], all.size > mostPaths ? [] : [...all])
    },
    commitBefore(day) {
      const output = git(['log', '-1', '-z', `--before=${day}T23:59:59`, '--format=%x01%H %ct %P', commit])
      return readLog(output ?? '')[0]
    },
  }
}
