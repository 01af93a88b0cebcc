/**
 * Owns where lies what only this machine needs: intents, caches, ids that were given, notes about sessions. It lies in git's
 * folder, or in the user's own where that cannot be written or there is none, and never in the tree, where it could be committed.
 */

import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import type { State, StateFolder } from '../host.js'
import type { GitFolders } from './git-folder.js'
import { findGit, smallText } from './git-folder.js'
import { systemError } from './io-error.js'
import { withFolderLock } from './lock.js'
import { readPlain, realPath } from './plain.js'
import { recoverFolder } from './replace.js'
import { claimFile, createFile, makeFolder, moveFile, removeFile, stemOf, writeCache } from './write.js'
import { lookAtLink } from './stats.js'

type Environment = Readonly<Record<string, string | undefined>>

/** State is read whole, so that it has a limit; a cache of a hundred thousand documents fits. */
const mostBytes = 1 << 29

/** @param root of the repository as inquest sees it: the folder of its configuration */
export function openState(root: string, env: Environment): State {
  const git = belonging(findGit(root, env))
  const user = userFolder(root, env)
  const below = git === undefined ? '' : path.relative(git.top, root).split(path.sep).join('/')
  const gitPlaces = git === undefined ? [] : [path.join(git.own, 'inquest', ...(below === '' ? [] : ['roots', stemOf(encodeURIComponent(below))]))]
  const common = git === undefined ? [] : [path.join(git.common, 'inquest')]
  return {
    own: folderOf([...gitPlaces, ...userPlaces(user, root)]),
    shared: folderOf([...common, ...userPlaces(user, git?.common ?? root)]),
  }
}

/** One folder that somebody named, such as by `--cache-dir`. */
export function openStateAt(folder: string): StateFolder {
  return {
    ...folderOf([folder]),
    writeCache(name, content) {
      if (!writeCache(path.join(folder, name), content)) return
      // It holds nothing of a person's, whatever the repository ignores.
      fs.writeFileSync(path.join(folder, '.gitignore'), '*\n')
    },
  }
}

/**
 * Undefined for a repository of git that cannot be told to be this working tree's: a file `.git` may name any folder, one in the tree
 * and one of another repository too.
 */
function belonging(git: GitFolders | undefined): GitFolders | undefined {
  if (git === undefined) return undefined
  if (git.pointer === undefined) return lookAtLink(git.own)?.isDirectory() === true ? git : undefined
  const [top, own] = [realOf(git.top), realOf(git.own)]
  if (top === undefined || own === undefined || own === top || own.startsWith(top + path.sep)) return undefined
  // A second working tree is named by git's folder in turn, and a submodule by its configuration there.
  const back = smallText(path.join(own, 'gitdir'))?.trim()
  if (back !== undefined) return realOf(path.resolve(own, back)) === realOf(git.pointer) && own.startsWith((realOf(git.common) ?? own) + path.sep) ? git : undefined
  const worktree = /^\s*worktree\s*=\s*"?(.+?)"?\s*$/mu.exec(smallText(path.join(own, 'config')) ?? '')?.[1]
  return worktree !== undefined && realOf(path.resolve(own, worktree)) === top ? git : undefined
}

function realOf(file: string): string | undefined {
  try {
    return fs.realpathSync.native(file)
  } catch {
    return undefined
  }
}

/** The user's folder for state; undefined where there is none, or where it lies in the tree. */
function userFolder(root: string, env: Environment): string | undefined {
  const absolute = (name: string, ...below: readonly string[]): string | undefined => {
    const value = env[name]
    return value !== undefined && path.isAbsolute(value) ? path.join(value, ...below) : undefined
  }
  const folder =
    process.platform === 'win32'
      ? (absolute('LOCALAPPDATA') ?? absolute('USERPROFILE', 'AppData/Local'))
      : process.platform === 'darwin'
        ? (absolute('XDG_STATE_HOME') ?? absolute('HOME', 'Library/Application Support'))
        : (absolute('XDG_STATE_HOME') ?? absolute('HOME', '.local/state'))
  if (folder === undefined) return undefined
  const tree = realOf(findGit(root, env)?.top ?? root) ?? root
  const real = realPath(folder)
  return real === tree || real.startsWith(tree + path.sep) ? undefined : path.join(folder, 'inquest')
}

function userPlaces(user: string | undefined, keyed: string): readonly string[] {
  if (user === undefined) return []
  const real = realOf(keyed) ?? keyed
  return [path.join(user, `${stemOf(path.basename(real))}-${createHash('sha256').update(real).digest('hex').slice(0, 16)}`)]
}

const nothingTracked = (): ReadonlySet<string> => new Set()

/** @param places in the order in which they are written into */
function folderOf(places: readonly string[]): StateFolder {
  const inPlaces = (name: string): readonly string[] => places.map((place) => path.join(place, name))
  const write = <T>(name: string, work: (file: string) => T): T => {
    let refusal: unknown
    for (const file of inPlaces(name)) {
      try {
        return work(file)
      } catch (error) {
        if (!isUnwritable(error)) throw error
        refusal = error
      }
    }
    throw new InquestError('environment', `${name}: there is no folder to keep it in${refusal instanceof Error ? `: ${refusal.message}` : ''}`, {
      hint: "Make git's folder writable, or set XDG_STATE_HOME to a folder outside of the repository",
      cause: refusal,
    })
  }
  const find = (name: string): string | undefined => inPlaces(name).find((file) => lookAtLink(file)?.isFile() === true)
  return {
    list: (folder) => [...new Set(inPlaces(folder).flatMap(namesIn))].toSorted(),
    readText(name) {
      const file = find(name)
      return file === undefined ? undefined : readPlain(file, mostBytes)?.toString('utf8')
    },
    createFile: (name, text) => find(name) === undefined && write(name, (file) => createFile(file, text)),
    claimFile: (name) => find(name) === undefined && write(name, claimFile),
    removeFile: (name) => {
      for (const file of inPlaces(name)) if (lookAtLink(file) !== undefined) removeFile(file)
    },
    moveFile(from, to) {
      const file = find(from)
      if (file !== undefined) moveFile(file, path.join(file.slice(0, -from.length), to))
    },
    alone(folder, work) {
      // Only what it takes to be alone is tried in each place, and never the work.
      const at = write(folder, (file) => {
        makeFolder(file)
        withFolderLock(file, () => undefined)
        return file
      })
      return withFolderLock(at, work)
    },
    recover(folder) {
      for (const file of inPlaces(folder)) if (isFolder(file)) recoverFolder(file, nothingTracked)
    },
    // What could not be written in the first place is newer in the second.
    readCache(name) {
      for (const file of inPlaces(name).toReversed()) {
        const bytes = quietly(() => readPlain(file, mostBytes))
        if (bytes !== undefined) return bytes
      }
      return undefined
    },
    writeCache(name, content) {
      const files = inPlaces(name)
      const at = files.findIndex((file) => quietly(() => writeCache(file, content)) === true)
      for (const file of at === -1 ? [] : files.slice(at + 1)) quietly(() => removeFile(file))
    },
  }
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function isUnwritable(error: unknown): boolean {
  const cause = error instanceof InquestError ? error.cause : error
  return ['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'ENOENT'].includes(systemError(cause).code ?? '')
}

function isFolder(file: string): boolean {
  return lookAtLink(file)?.isDirectory() === true
}

function namesIn(folder: string): readonly string[] {
  return isFolder(folder) ? (quietly(() => fs.readdirSync(folder)) ?? []) : []
}
