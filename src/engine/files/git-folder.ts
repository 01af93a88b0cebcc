/**
 * Owns which repository of git a folder belongs to. It is looked for here and then named to git, because git itself accepts any
 * folder with the layout of a repository, and such a folder can be committed. `.git` cannot.
 */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { lookAtFile, lookAtLink } from './stats.js'

/** Where a working tree keeps what git knows of it. All paths are absolute. */
export interface GitFolders {
  /** The topmost folder of the working tree. */
  readonly top: string
  /** Belongs to this working tree alone: its index, and the commit that is checked out. */
  readonly own: string
  /** Shared by all working trees of one repository. */
  readonly common: string
  /** The file `.git` of a second working tree or a submodule, which names `own`; undefined for a plain repository. */
  readonly pointer: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/** A file that names a folder is never longer. */
const longestPointer = 1 << 16

/** Undefined where there is no repository around the folder. A bare repository is not one: it has no documents. */
export function findGit(folder: string, env: Environment = {}): GitFolders | undefined {
  const ceilings = ceilingsIn(env)
  for (let top = path.resolve(folder); ; top = path.dirname(top)) {
    const found = gitAt(top)
    if (found === 'broken') return undefined
    if (found !== undefined) return found
    const above = path.dirname(top)
    if (above === top || ceilings.has(above)) return undefined
  }
}

/** Git does not look into these folders on its way up. */
function ceilingsIn(env: Environment): ReadonlySet<string> {
  return new Set((env['GIT_CEILING_DIRECTORIES'] ?? '').split(path.delimiter).filter((one) => path.isAbsolute(one)).map((one) => path.resolve(one)))
}

/** Like git, passes by a folder `.git` that is not a repository, and stops at a file `.git` that names none. */
function gitAt(top: string): GitFolders | 'broken' | undefined {
  const entry = path.join(top, '.git')
  const stats = lookAtFile(entry)
  if (stats?.isDirectory() === true) return isRepository(entry) ? { top, own: entry, common: commonOf(entry), pointer: undefined } : undefined
  if (stats?.isFile() !== true) return undefined
  const named = /^gitdir: (.+?)[\r\n]*$/su.exec(smallText(entry) ?? '')?.[1]
  if (named === undefined) return 'broken'
  const own = path.resolve(top, named)
  return isRepository(own) ? { top, own, common: commonOf(own), pointer: entry } : 'broken'
}

function isRepository(folder: string): boolean {
  const has = (name: string): boolean => lookAtLink(path.join(folder, name)) !== undefined
  return has('HEAD') && (has('refs') || has('commondir'))
}

function commonOf(own: string): string {
  return path.resolve(own, smallText(path.join(own, 'commondir'))?.trim() ?? '')
}

/** The text of a small plain file; undefined for anything else, which is never waited for. */
export function smallText(file: string): string | undefined {
  let descriptor: number | undefined
  try {
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0))
    const stats = fs.fstatSync(descriptor)
    return stats.isFile() && stats.size <= longestPointer ? fs.readFileSync(descriptor, 'utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor)
  }
}

/** The commit that is checked out, read from git's files; undefined where they are not laid out plainly. */
export function headCommit(folder: string, env: Environment): string | undefined {
  const git = findGit(folder, env)
  if (git === undefined) return undefined
  const head = smallText(path.join(git.own, 'HEAD'))?.trim()
  const branch = /^ref: (refs\/.+)$/u.exec(head ?? '')?.[1]
  if (branch === undefined) return head
  return branch.split('/').includes('..') ? undefined : smallText(path.join(git.common, branch))?.trim()
}
