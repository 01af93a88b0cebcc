/**
 * Owns state that lies in the tree, where the first version of inquest kept it and where anybody can commit it. It is never acted on:
 * it is reported, and what git does not track is taken over once.
 */

import * as path from 'node:path'
import type { PlacedFinding } from '../finding/finding.js'
import { compareFindings } from '../finding/finding.js'
import type { RepositoryRule } from '../rules/rule.js'
import { stateCommitted } from '../rules/state-committed.js'
import { stateLeftover } from '../rules/state-leftover.js'
import type { Range } from '../text/span.js'
import type { Host } from './host.js'
import { claimOf } from './ids.js'
import { readIntent } from './intents.js'
import { inAnyCase } from './pathspec.js'
import type { Workspace } from './workspace.js'

export interface Stray {
  /** Relative to the root. */
  readonly path: string
  readonly tracked: boolean
}

/** Where the first version kept state, relative to the root. */
const folders = ['.inquest/cache', '.inquest/ids', '.inquest/pending']

/** What a command leaves beside a document for a moment. */
const isMomentary = (file: string): boolean => /(?:^|\/)(?:\.inquest-lock|\.[^/]+\.inquest-(?:tmp|displaced))$/u.test(file)

const isOldState = (file: string): boolean => /^\.inquest\/(?:cache|ids|pending)(?:\/|$)/iu.test(file)

/** More are not looked at; none of the first version's repositories holds so many. */
const mostFiles = 10_000

/** State in the tree: all that git tracks, and what lies in the folders of the first version. */
export function straysIn(workspace: Workspace, store: string | undefined): readonly Stray[] {
  const { host, root } = workspace
  const isStore = (file: string): boolean => store !== undefined && file.toLowerCase().startsWith(store.toLowerCase())
  const listed = workspace.everything().filter((file) => isOldState(file) || isMomentary(file) || isStore(file))
  const lying = folders.flatMap((folder) => host.plainFiles(root, folder, mostFiles))
  const all = [...new Set([...listed, ...lying])]
  if (all.length === 0) return []
  const tracked = new Set(trackedAmong(host, root, all) ?? [])
  return all.flatMap((file) => (tracked.has(file) ? [{ path: file, tracked: true }] : isOldState(file) ? [{ path: file, tracked: false }] : [])).toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** More files than this are told of by their number. */
const mostTold = 20

/** What `check` says of state in the tree, in order of path. @param strays in order of path */
export function strayFindings(strays: readonly Stray[], { config }: Pick<Workspace, 'config'>): readonly PlacedFinding[] {
  const findingOf = (rule: RepositoryRule, file: string, message: string): readonly PlacedFinding[] => {
    const severity = config.rules[rule.name] ?? rule.severity
    return severity === 'off' ? [] : [{ rule: rule.name, severity, message, path: file, range: start, subject: file }]
  }
  const tracked = strays.filter((stray) => stray.tracked).map(({ path: file }) => file)
  const [next] = tracked.slice(mostTold)
  return [
    ...tracked.slice(0, mostTold).flatMap((file) => findingOf(stateCommitted, file, `Git tracks \`${file}\`, which is state of one machine; inquest ignores it`)),
    ...(next === undefined ? [] : findingOf(stateCommitted, next, `Git tracks ${tracked.length - mostTold} more files of state; inquest ignores them`)),
    ...folders.flatMap((folder) => leftIn(folder, strays)).flatMap(({ folder, files }) => findingOf(stateLeftover, files[0] ?? folder, `\`${folder}\` contains ${files.length} ${files.length === 1 ? 'file' : 'files'} of state, which inquest ignores here`)),
  ].toSorted(compareFindings)
}

function leftIn(folder: string, strays: readonly Stray[]): readonly { readonly folder: string; readonly files: readonly string[] }[] {
  const files = strays.filter(({ path: file, tracked }) => !tracked && file.startsWith(`${folder}/`)).map(({ path: file }) => file)
  return files.length === 0 ? [] : [{ folder, files }]
}

const start: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

/** Names that fit in one command line. */
const atOnce = 500

/** Those of some files that git tracks, in whatever case of letters; undefined where there is no git. @param files relative to the root, or absolute */
export function trackedAmong(host: Host, root: string, files: readonly string[]): readonly string[] | undefined {
  const found: string[] = []
  for (let from = 0; from < files.length; from += atOnce) {
    const asked = files.slice(from, from + atOnce)
    const listed = host.git(root, ['ls-files', '-z', '--cached', '--', ...asked.map(inAnyCase)])
    if (listed === undefined) return undefined
    const names = new Set(listed.split('\0').map((name) => name.toLowerCase()))
    found.push(...asked.filter((file) => names.has(file.toLowerCase())))
  }
  return found
}

/** Moves what the first version left to where state lies now, if git does not track it and it is what inquest writes. */
export function takeOver(workspace: Workspace): void {
  const { host, root } = workspace
  const lying = folders.flatMap((folder) => host.plainFiles(root, folder, mostFiles))
  if (lying.length === 0) return
  const tracked = trackedAmong(host, root, lying)
  // Without git there is no telling what came with the documents.
  if (tracked === undefined) return
  const kept = new Set(tracked)
  for (const file of lying) if (!kept.has(file) && isTaken(workspace, file)) host.removeFile(workspace.toAbsolute(file))
}

/** True for a file that is of no use any more where it lies. */
function isTaken(workspace: Workspace, file: string): boolean {
  const { host, root } = workspace
  const name = path.posix.basename(file)
  const folder = path.posix.dirname(file)
  if (folder === '.inquest/pending' && /\.(?:json|rename)$/u.test(name)) {
    const text = host.readInside(root, file)
    if (text === undefined || readIntent(workspace, text) === undefined) return false
    host.state(root).own.createFile(`pending/${name}`, text)
    return true
  }
  if (folder === '.inquest/ids') {
    const id = decoded(name)
    if (id === undefined || !/^\p{L}[\p{L}\p{N}_-]*-\d+[A-Z]?$/u.test(id)) return false
    host.state(root).shared.claimFile(claimOf(id))
    return true
  }
  // What only saves time is made anew.
  return name === '.inquest-lock' || /^\.inquest\/cache\/(?:(?:findings|heads)\.jsonl|\.gitignore|sessions\/[0-9a-f]+\/(?:[0-9a-f]+\.json|\.gitignore))$/u.test(file)
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}
