/** Owns which files an answer of git was read from, and whether they still are what they were: then it would answer the same. */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { absent, ioError, systemError } from './io-error.js'

/** What one question is put to git with, in the folder that is meant. */
export type AskGit = (args: readonly string[]) => string | undefined

/** Where a working tree keeps what git knows of it. */
interface GitFolders {
  /** The topmost folder of the working tree. */
  readonly top: string
  /** What is this working tree's alone: its index, and the commit at hand. */
  readonly own: string
  /** What all working trees of one repository share. */
  readonly common: string
}

/**
 * Longer than the ticks in which a file system counts, in milliseconds: what is younger may change within one of them. A time
 * with digits behind the hundredths of a second was not written by one that counts in seconds.
 */
const settledAfter = { coarse: 2000, fine: 100 }

/** So many folders are looked at more slowly than git lists them. */
const mostFolders = 4000

/** Stamps by path; undefined for what is not there. */
export type Grounds = ReadonlyMap<string, string | undefined>

/** @returns undefined while one of them has been written so lately that it may be again without looking different */
export function takeGrounds(paths: Iterable<string>): Grounds | undefined {
  const grounds = new Map<string, string | undefined>()
  for (const file of paths) {
    const stats = fs.statSync(file, { throwIfNoEntry: false })
    if (stats !== undefined && !hasSettled(stats)) return undefined
    grounds.set(file, stampOf(stats))
  }
  return grounds
}

export function stillHolds(grounds: Grounds): boolean {
  for (const [file, stamp] of grounds) if (stampOf(fs.statSync(file, { throwIfNoEntry: false })) !== stamp) return false
  return true
}

function hasSettled({ mtimeMs, ctimeMs }: fs.Stats): boolean {
  const isFine = mtimeMs % 10 !== 0 && ctimeMs % 10 !== 0
  return Date.now() - Math.max(mtimeMs, ctimeMs) > (isFine ? settledAfter.fine : settledAfter.coarse)
}

function stampOf(stats: fs.Stats | undefined): string | undefined {
  return stats === undefined ? undefined : `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`
}

/** Undefined where there is no git around the folder, or one that is laid out in a way of its own. */
function findGit(folder: string): GitFolders | undefined {
  for (let top = folder; ; top = path.dirname(top)) {
    const entry = path.join(top, '.git')
    const stats = fs.statSync(entry, { throwIfNoEntry: false })
    if (stats?.isDirectory() === true) return { top, own: entry, common: entry }
    if (stats?.isFile() === true) return findLinked(top, entry)
    if (path.dirname(top) === top) return undefined
  }
}

/** A second working tree of a repository, or a submodule. */
function findLinked(top: string, entry: string): GitFolders | undefined {
  const named = /^gitdir: (.+)\n?$/u.exec(textOf(entry) ?? '')?.[1]
  if (named === undefined) return undefined
  const own = path.resolve(top, named)
  return { top, own, common: path.resolve(own, textOf(path.join(own, 'commondir'))?.trim() ?? '') }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (absent(error)) return undefined
    throw ioError('read', file, error)
  }
}

/** What decides which commit is at hand; undefined where references are not kept as files. */
export function headFiles(folder: string): readonly string[] | undefined {
  const git = findGit(folder)
  if (git === undefined) return undefined
  const head = path.join(git.own, 'HEAD')
  const text = textOf(head)
  if (text === undefined || fs.existsSync(path.join(git.common, 'reftable'))) return undefined
  const named = /^ref: (.+)\n?$/u.exec(text)?.[1]
  if (named !== undefined && !named.startsWith('refs/heads/')) return undefined
  const branch = named === undefined ? [] : [path.join(git.common, named)]
  // A branch may be another name of a branch.
  if (branch.some((file) => textOf(file)?.startsWith('ref:') === true)) return undefined
  return [head, ...branch, path.join(git.common, 'packed-refs'), path.join(git.common, 'shallow')]
}

/** What decides how git is configured: the files that are there, those that would be read if they were, and those that they include. */
export function configFiles(folder: string, env: Readonly<Record<string, string | undefined>>, ask: AskGit): readonly string[] | undefined {
  const git = findGit(folder)
  const listed = git === undefined ? undefined : ask(['config', '--list', '--show-origin', '-z'])
  if (git === undefined || listed === undefined) return undefined
  const home = env['HOME'] ?? env['USERPROFILE'] ?? ''
  const files = new Set([path.join(git.common, 'config'), path.join(git.own, 'config.worktree'), path.join(home, '.gitconfig'), path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'git/config'), '/etc/gitconfig'])
  for (const named of [env['GIT_CONFIG_GLOBAL'], env['GIT_CONFIG_SYSTEM']]) if (named !== undefined) files.add(path.resolve(folder, named))
  const resolve = (from: string, written: string): string => path.resolve(from, written.startsWith('~/') ? path.join(home, written.slice(2)) : written)
  const parts = listed.split('\0')
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const origin = /^file:(.+)$/su.exec(parts[at] ?? '')?.[1]
    if (origin === undefined) continue
    const file = resolve(folder, origin)
    files.add(file)
    const [, key = '', value = ''] = /^([^\n]+)\n(.*)$/su.exec(parts[at + 1] ?? '') ?? []
    if (/^include(?:if\..*)?\.path$/u.test(key)) files.add(resolve(path.dirname(file), value))
    // What is included may depend on the branch.
    if (key.startsWith('includeif.')) files.add(path.join(git.own, 'HEAD'))
    if (key === 'core.excludesfile') files.add(resolve(folder, value))
  }
  return [...files]
}

/**
 * What decides which files of a folder git lists: its index, what it is told to leave out, and every folder in which a file
 * could come or go. Undefined where that is more than git itself would take.
 */
export function listingFiles(folder: string, env: Readonly<Record<string, string | undefined>>, ask: AskGit): readonly string[] | undefined {
  const git = findGit(folder)
  const config = git === undefined ? undefined : configFiles(folder, env, ask)
  const leftOut = config === undefined ? undefined : ask(['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory', '--', '.'])
  if (git === undefined || config === undefined || leftOut === undefined) return undefined
  const home = env['HOME'] ?? env['USERPROFILE'] ?? ''
  const files = [path.join(git.own, 'index'), path.join(git.common, 'info/exclude'), path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'git/ignore'), ...config]
  for (let above = folder; above.startsWith(git.top); above = path.dirname(above)) files.push(path.join(above, '.gitignore'))
  const ignored = new Set(leftOut.split('\0').filter((name) => name.endsWith('/')).map((name) => path.join(folder, name)))
  const folders = [folder]
  // A list that grows is gone through to its end.
  for (const at of folders) {
    if (folders.length > mostFolders) return undefined
    for (const entry of entriesOf(at)) {
      if (entry.name === '.gitignore' && at !== folder) files.push(path.join(at, entry.name))
      if (!entry.isDirectory() || entry.name === '.git') continue
      const below = path.join(at, entry.name)
      if (ignored.has(`${below}${path.sep}`)) continue
      // Where another repository begins, this one ends.
      if (isRepository(below)) files.push(below, path.join(below, '.git'))
      else folders.push(below)
    }
  }
  return [...files, ...folders]
}

function isRepository(folder: string): boolean {
  const entry = path.join(folder, '.git')
  return fs.existsSync(path.join(entry, 'HEAD')) || fs.statSync(entry, { throwIfNoEntry: false })?.isFile() === true
}

/** None of a folder that cannot be read or has just gone: git sees nothing in it either. */
function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (absent(error) || systemError(error).code === 'EACCES') return []
    throw ioError('listed', folder, error)
  }
}
