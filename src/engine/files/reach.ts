/**
 * Owns how far paths reach. A path that a file of the repository names ends below the root, whatever links it goes through; one that the
 * user names may lie elsewhere, but goes through no link of the repository that leaves it. `.git` is nobody's to read or to write.
 */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { InquestError } from '../../errors.js'
import { ioError } from './io-error.js'
import type { Unread } from './plain.js'
import { readAll, realPath, withPlain } from './plain.js'
import { lookAtLink } from './stats.js'

export interface Reach {
  readonly root: string
  /** True where a path may lie outside of the root: it is the user who names it. */
  readonly mayLeave: boolean
  /** Folders outside of the root that the user trusts, as real paths. */
  readonly trusted: readonly string[]
}

/** @param roots the value of `INQUEST_ROOTS` */
export function reachOf(root: string, roots: string | undefined, mayLeave: boolean): Reach {
  const trusted = (roots ?? '').split(path.delimiter).filter((one) => path.isAbsolute(one)).map(realPath)
  return { root: path.resolve(root), mayLeave, trusted }
}

const leaves = 'is a link that leaves the repository'
const outside = 'lies outside the repository'
const megabyte = 1 << 20

/** What stands in the way of a path; undefined for nothing. */
type Why = string | undefined

function below(folder: string, file: string): string | undefined {
  if (file === folder) return ''
  return file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep) ? file.slice(folder.length + (folder.endsWith(path.sep) ? 0 : 1)) : undefined
}

/** The folders of a path that take no documents, in small letters and in the one form of names that some systems write in several. */
function closedIn(relative: string): ReadonlySet<string> {
  const names = relative.split(path.sep).map((name) => name.toLowerCase().replace(/:.*$/u, '').replace(/[. ]+$/u, ''))
  return new Set(names.flatMap((name) => (/^git~\d+$/u.test(name) ? ['.git'] : ['.git', '.inquest', 'node_modules'].includes(name) ? [name] : [])))
}

/** @param lexical the path as it is named, relative to the root @param real where it leads */
function whyNot(reach: Reach, lexical: string, real: string, use: 'read' | 'write'): Why {
  const inside = below(realRootOf(reach), real)
  if (inside === undefined) return reach.trusted.some((one) => below(one, real) !== undefined) ? undefined : leaves
  const named = closedIn(lexical)
  const closed = [...closedIn(inside)].find((name) => name === '.git' || !named.has(name) || (use === 'write' && name === 'node_modules'))
  return closed === undefined ? undefined : `leads into \`${closed}\``
}

const realRoots = new WeakMap<Reach, string>()

function realRootOf(reach: Reach): string {
  const known = realRoots.get(reach) ?? realPath(reach.root)
  realRoots.set(reach, known)
  return known
}

function realOf(file: string): string | undefined {
  try {
    return fs.realpathSync.native(file)
  } catch {
    return undefined
  }
}

// ---------------------------------------------------------------- reading

/** The bytes of a file; why it is not read, where it is there; undefined where it is not. @param most in bytes */
export function readWithin(reach: Reach, file: string, most: number): Buffer | Why {
  return useWithin(reach, file, most, readAll)
}

/** Does something with an open file. */
export function useWithin<T>(reach: Reach, file: string, most: number, work: (descriptor: number, size: number) => T): T | Why {
  const full = path.resolve(file)
  const lexical = below(reach.root, full)
  const place = lexical === undefined ? placeOutside(reach, full) : placeInside(reach, full, lexical)
  if (place === undefined || 'why' in place) return place?.why
  const used = withPlain(place.file, most, work)
  if (!isUnread(used)) return used
  if (used !== 'link') return whyUnread(used, most)
  const real = realOf(full)
  // A link to nothing is not there.
  if (real === undefined) return undefined
  const why = lexical === undefined ? undefined : whyNot(reach, lexical, real, 'read')
  if (why !== undefined) return why
  const followed = withPlain(real, most, work)
  return isUnread(followed) ? whyUnread(followed, most) : followed
}

type Place = { readonly file: string } | { readonly why: string } | undefined

/** The folder is followed, and the file in it is not. */
function placeInside(reach: Reach, full: string, lexical: string): Place {
  if (lexical === '') return undefined
  const folder = realOf(path.dirname(full))
  if (folder === undefined) return undefined
  const place = path.join(folder, path.basename(full))
  const why = whyNot(reach, lexical, place, 'read')
  return why === undefined ? { file: place } : { why }
}

function placeOutside(reach: Reach, full: string): Place {
  const real = realOf(full)
  if (real === undefined) return undefined
  return reach.mayLeave || [...reach.trusted, programFolder()].some((one) => below(one, real) !== undefined) ? { file: real } : { why: outside }
}

function isUnread(value: unknown): value is Unread {
  return value === 'link' || value === 'special' || value === 'large'
}

function whyUnread(unread: Unread, most: number): string {
  return unread === 'large' ? `is larger than ${Math.round(most / megabyte)} MiB` : unread === 'special' ? 'is not a plain file' : leaves
}

let program: string | undefined

/** What the program brings along, such as its templates, is read wherever it is installed. */
function programFolder(): string {
  if (program !== undefined) return program
  let at = path.dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 4 && !fs.existsSync(path.join(at, 'templates/investigation.md')); up++) at = path.dirname(at)
  return (program = realPath(at))
}

export function isUserPath({ root, mayLeave }: Reach, file: string): boolean {
  return mayLeave && below(root, path.resolve(file)) === undefined
}

// ---------------------------------------------------------------- writing

/** Why nothing is written at a path; undefined where something may be. */
export function whyUnwritable(reach: Reach, file: string): Why {
  const full = path.resolve(file)
  const lexical = below(reach.root, full)
  if (lexical === undefined) {
    if (reach.mayLeave) return leavesOnTheWay(reach, full) ? leaves : undefined
    const real = realPath(full)
    return reach.trusted.some((one) => below(one, real) !== undefined) ? undefined : outside
  }
  const real = realPath(full)
  // The name of a link to nothing is taken, and what is written through it would be anywhere.
  if (lookAtLink(full)?.isSymbolicLink() === true && realOf(full) === undefined) return 'is a link to nothing'
  return whyNot(reach, lexical, real, 'write')
}

/** @throws InquestError `io` for a path at which nothing is written */
export function expectWritable(reach: Reach, file: string): void {
  const why = whyUnwritable(reach, file)
  if (why !== undefined) throw refusal(reach, file, why)
}

export function refusal({ root }: Reach, file: string, why: string): InquestError {
  const shown = (below(root, path.resolve(file)) ?? file).split(path.sep).join('/')
  const hint = why === leaves || why === outside ? 'Put the file itself there, or name the folder that it lies in in INQUEST_ROOTS if you trust it' : 'Name another file'
  return new InquestError('io', `${shown}: ${why}`, { hint })
}

const mostLinks = 40

/** True for a path from elsewhere that comes into the repository and leaves it again by a link there. */
function leavesOnTheWay(reach: Reach, full: string): boolean {
  const root = realRootOf(reach)
  const names = full.split(path.sep).filter((name) => name !== '')
  let at = path.parse(full).root
  let links = 0
  let linked = false
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const next = path.resolve(at, name)
    if (lookAtLink(next)?.isSymbolicLink() !== true) {
      at = next
      continue
    }
    if (++links > mostLinks) throw ioError('written', full, Object.assign(new Error('too many links'), { code: 'ELOOP' }))
    if (below(root, at) !== undefined) linked = true
    const target = fs.readlinkSync(next)
    if (path.isAbsolute(target)) at = path.parse(target).root
    names.unshift(...target.split(path.sep).filter((one) => one !== '' && one !== '.'))
  }
  return linked && below(root, at) === undefined && !reach.trusted.some((one) => below(one, at) !== undefined)
}

/** Why a folder is not gone into; undefined where it may be. */
export function whyClosed(reach: Reach, folder: string): Why {
  const full = path.resolve(folder)
  const lexical = below(reach.root, full)
  if (lexical === undefined) return reach.mayLeave ? undefined : placeOutsideWhy(reach, full)
  const real = realOf(full)
  return real === undefined ? undefined : whyNot(reach, lexical, real, 'read')
}

function placeOutsideWhy(reach: Reach, full: string): Why {
  const place = placeOutside(reach, full)
  return place !== undefined && 'why' in place ? place.why : undefined
}
