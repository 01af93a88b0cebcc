/** Owns whether a citation can be looked up: the one answer that rules, gates, ticks and `verify` share. */

import type { LineRange } from '../text/span.js'
import type { Cited, Standing } from './cited.js'
import { saidIn } from './survey.js'

/** Why a citation that can be looked up is a weak source. */
export type Weakness =
  /** Several files may be meant. */
  | 'ambiguous'
  /** The lines contain signs and no word, such as a bracket. */
  | 'signs'
  /** The configuration, the templates or the records of inquest itself. */
  | 'own'
  /** Git has the document, and not the file. */
  | 'untracked'

export type Reason =
  | { readonly reason: 'absent'; /** Files of that name elsewhere. */ readonly near: readonly string[] }
  /** Git has it, and the working tree does not. */
  | { readonly reason: 'removed' }
  | { readonly reason: 'submodule'; /** That is not checked out. */ readonly folder: string }
  | { readonly reason: 'outside' | 'special' | 'folder' | 'empty' | 'blank' | 'ignored' | 'itself' }
  | { readonly reason: 'beyond'; readonly lines: readonly LineRange[]; /** How many lines the longest file has that may be meant. */ readonly count: number; readonly path: string; /** How many files may be meant. */ readonly files: number }

export type Resolution = { readonly state: 'resolved'; /** Of the file, where it is not the one asked for. */ readonly path?: string; readonly weak?: readonly Weakness[] } | ({ readonly state: 'unresolved' } & Reason) | { readonly state: 'unknown' }

/** What is known of a tree beyond which files it has. */
export interface Surroundings {
  at(path: string): Standing
  /** What git makes of a file that is there; undefined where there is no git. */
  standing(path: string): 'tracked' | 'untracked' | 'ignored' | undefined
  /** The document that cites. */
  readonly document: string
  /** True for files that inquest writes and reads for itself. */
  isOwn(path: string): boolean
}

/** @param lines that are cited; none for the whole file */
export function resolveCited(cited: Cited, lines: readonly LineRange[], around: Surroundings): Resolution {
  switch (cited.kind) {
    case 'absent':
      return { state: 'unresolved', reason: 'absent', near: cited.near }
    case 'unseen':
      return cited.submodule === undefined ? { state: 'unresolved', reason: 'removed' } : { state: 'unresolved', reason: 'submodule', folder: cited.submodule }
    case 'outside':
    case 'special':
      return { state: 'unresolved', reason: cited.kind }
    case 'folder':
      return lines.length === 0 ? { state: 'resolved', path: cited.path } : { state: 'unresolved', reason: 'folder' }
    case 'several':
      return beyond(cited.lines, lines, cited.paths) ?? { state: 'resolved', path: cited.paths[0] ?? '', weak: ['ambiguous'] }
    case 'file':
      return resolveFile(cited.path, cited.lines, lines, around)
  }
}

function resolveFile(path: string, count: number | undefined, lines: readonly LineRange[], around: Surroundings): Resolution {
  const file = around.at(path)
  if (path === around.document || (file.kind === 'file' && file.real === around.document)) return { state: 'unresolved', reason: 'itself' }
  const far = beyond(count, lines, [path])
  const standing = around.standing(path)
  if (far !== undefined) return count === 0 ? { state: 'unresolved', reason: 'empty' } : far
  if (standing === 'ignored') return { state: 'unresolved', reason: 'ignored' }
  const said = file.kind === 'file' && file.lines !== undefined ? saidIn({ lines: file.lines, codes: file.codes }, lines) : 'something'
  if (said === 'nothing') return { state: 'unresolved', reason: lines.length === 0 || count === 0 ? 'empty' : 'blank' }
  const weak: Weakness[] = []
  if (said === 'signs') weak.push('signs')
  if (around.isOwn(path)) weak.push('own')
  if (standing === 'untracked') weak.push('untracked')
  return { state: 'resolved', path, ...(weak.length > 0 && { weak }) }
}

function beyond(count: number | undefined, lines: readonly LineRange[], paths: readonly string[]): Resolution | undefined {
  if (count === undefined) return undefined
  const far = lines.filter(({ end }) => end > count)
  return far.length === 0 ? undefined : { state: 'unresolved', reason: 'beyond', lines: far, count, path: paths[0] ?? '', files: paths.length }
}
