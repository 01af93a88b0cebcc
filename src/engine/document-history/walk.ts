/** Owns asking git which versions Markdown files had, and reading those versions. Nothing is fetched, and few processes are started. */

import type { Host } from '../host.js'

export interface FileChange {
  readonly path: string
  /** Undefined for a deletion. */
  readonly blob: string | undefined
  /** True where no parent of the commit has the file. */
  readonly isNew: boolean
}

export interface WalkedCommit {
  readonly id: string
  /** Seconds. */
  readonly time: number
  readonly parents: readonly string[]
  readonly changes: readonly FileChange[]
}

/** Paths that fit in one command line. */
export const mostPaths = 500

const markdown = ['md', 'markdown', 'mdown'].map((extension) => `:(icase)*.${extension}`)
const format = ['-z', '--raw', '--no-abbrev', '--no-renames', '--no-color', '--no-ext-diff', '--no-textconv', '--format=%x01%H %ct %P'] as const

function ask(host: Host, root: string, args: readonly string[], input = ''): string | undefined {
  const output = host.gitBatch(root, args, input)
  return output === undefined ? undefined : Buffer.from(output).toString('utf8')
}

/**
 * The commits that changed Markdown files, oldest first, with what a merge made of them where that is not what one of its
 * parents has. Paths count from the root, and files outside of it are left out.
 * @param range a commit, or `from..to`
 * @param paths these files alone
 */
export function walkVersions(host: Host, root: string, range: string, paths?: readonly string[]): readonly WalkedCommit[] {
  const meant = paths === undefined || paths.length > mostPaths ? markdown : paths.map((path) => `:(literal)${path}`)
  const output = ask(host, root, ['-c', 'log.showSignature=false', 'log', '--relative', '--topo-order', '--full-history', '-c', ...format, range, '--', ...meant])
  return output === undefined ? [] : readWalk(output).toReversed()
}

/**
 * The commits through which some files came to be what they are, oldest first, with all merges. A merge has the changes
 * against any of its parents. Parents are the next ones among the commits answered.
 */
export function walkMerges(host: Host, root: string, tip: string, paths: readonly string[]): readonly WalkedCommit[] {
  const output = ask(host, root, ['-c', 'log.showSignature=false', 'log', '--relative', '--topo-order', '--full-history', '--parents', '-m', ...format, tip, '--', ...paths.map((path) => `:(literal)${path}`)])
  const commits = new Map<string, WalkedCommit>()
  for (const commit of output === undefined ? [] : readWalk(output)) {
    const known = commits.get(commit.id)
    commits.set(commit.id, known === undefined ? commit : { ...known, changes: [...known.changes, ...commit.changes] })
  }
  return [...commits.values()].toReversed()
}

function readWalk(output: string): WalkedCommit[] {
  const commits: (WalkedCommit & { readonly changes: FileChange[] })[] = []
  const tokens = output.split('\0')
  for (let at = 0; at < tokens.length; at++) {
    const token = (tokens[at] ?? '').replace(/^\n/u, '')
    if (token.startsWith('\u0001')) {
      const [id = '', time = '0', ...parents] = token.slice(1).trim().split(' ')
      commits.push({ id, time: Number(time), parents, changes: [] })
    } else if (token.startsWith(':')) {
      const fields = token.split(' ')
      const status = fields.at(-1) ?? ''
      const blob = fields.at(-2) ?? ''
      commits.at(-1)?.changes.push({ path: tokens[++at] ?? '', blob: /^0+$/u.test(blob) ? undefined : blob, isNew: /^A+$/u.test(status) })
    }
  }
  return commits
}

/** The Markdown files of a commit, with their blobs. */
export function filesAt(host: Host, root: string, commit: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const line of (ask(host, root, ['ls-tree', '-r', '-z', commit]) ?? '').split('\0')) {
    const [, id = '', path = ''] = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/u.exec(line) ?? []
    if (/\.(?:md|markdown|mdown)$/iu.test(path)) files.set(path, id)
  }
  return files
}

export function isAncestor(host: Host, root: string, commit: string, of: string): boolean {
  return /^[0-9a-f]+$/u.test(commit) && ask(host, root, ['merge-base', '--is-ancestor', commit, of]) !== undefined
}

/** A larger file is not a document. */
const mostBytes = 1 << 22
/** What is read at once. */
const bytesAtOnce = 1 << 26

/** Reads blobs, each once, and holds few of them at a time. Those that are not here, or too large, are left out. */
export function readBlobs(host: Host, root: string, ids: Iterable<string>, take: (id: string, bytes: Buffer) => void): void {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  let together: string[] = []
  let size = 0
  const read = (): void => {
    if (together.length > 0) for (const { id, bytes } of batch(host, root, together)) take(id, bytes)
    together = []
    size = 0
  }
  for (const line of (ask(host, root, ['cat-file', '--batch-check'], `${wanted.join('\n')}\n`) ?? '').split('\n')) {
    const [, id = '', bytes = '0'] = /^([0-9a-f]{40,64}) blob (\d+)$/u.exec(line) ?? []
    if (id === '' || Number(bytes) > mostBytes) continue
    if (size + Number(bytes) > bytesAtOnce) read()
    together.push(id)
    size += Number(bytes)
  }
  read()
}

/** When commits were made, in seconds, by the names that are given; null for one that is not here. */
export function timesOf(host: Host, root: string, names: Iterable<string>): ReadonlyMap<string, number | null> {
  const wanted = [...new Set(names)].filter((name) => /^[0-9a-f]{4,64}$/u.test(name))
  const times = new Map<string, number | null>()
  if (wanted.length === 0) return times
  const found = batch(host, root, wanted.map((name) => `${name}^{commit}`))
  if (found.length !== wanted.length) return times
  for (const [index, { bytes }] of found.entries()) {
    const time = /^committer .* (\d+) [+-]\d{4}$/mu.exec(bytes.toString('utf8'))?.[1]
    times.set(wanted[index] ?? '', time === undefined ? null : Number(time))
  }
  return times
}

/** An answer for each name, in order; one that git does not have has no bytes. */
function batch(host: Host, root: string, names: readonly string[]): readonly { readonly id: string; readonly bytes: Buffer }[] {
  const output = host.gitBatch(root, ['cat-file', '--batch'], `${names.join('\n')}\n`)
  const bytes = Buffer.from(output ?? [])
  const found: { id: string; bytes: Buffer }[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at)
    if (end === -1) break
    const [, id, size = ''] = /^([0-9a-f]{40,64}) \w+ (\d+)$/u.exec(bytes.toString('latin1', at, end)) ?? []
    at = end + 1
    if (id === undefined) {
      found.push({ id: '', bytes: Buffer.alloc(0) })
      continue
    }
    found.push({ id, bytes: bytes.subarray(at, at + Number(size)) })
    at += Number(size) + 1
  }
  return found
}
