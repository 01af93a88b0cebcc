/**
 * Owns where citations and the files that they name came from: which commit brought each, and whether the citation could
 * be looked up there. Git is asked for one log for a whole run, from the commit at which the oldest document was begun.
 */

import type { Cited, Standing, Tree } from '../evidence/cited.js'
import { findCited, placesOf } from '../evidence/cited.js'
import type { Change, LoggedCommit } from '../evidence/history.js'
import { logFormat, readLog } from '../evidence/history.js'
import type { Resolution } from '../evidence/resolution.js'
import { resolveCited } from '../evidence/resolution.js'
import { surveyLines } from '../evidence/survey.js'
import type { CitedFile, Citing, Milestone } from '../rules/world.js'
import type { GitObjects } from './git-objects.js'
import { openObjects } from './git-objects.js'
import { askPartial, askPrefix } from './git-repository.js'
import type { Host } from './host.js'

export interface Provenance {
  /** Whether a citation could be looked up in the commit that brought it; `unknown` where the history at hand does not show it. */
  resolvedThen(document: string, citing: Citing, begun: Milestone, passed: Milestone): Resolution
  /** Those of the citations, by their place in the list, that came in one commit with the file that they name. */
  addedWith(document: string, begun: Milestone, citations: readonly CitedFile[]): readonly number[]
}

/** What lies further back is not looked at. */
const mostCommits = 5000
/** Versions of a document that are read, newest first. */
const mostVersions = 200

/** The commit from which on the history is looked at. */
interface Start {
  readonly commit: string
  readonly at: string
  readonly files: ReadonlySet<string>
}

interface Log {
  readonly commits: readonly LoggedCommit[]
  /** Places in the list by the first characters of the id. */
  readonly byId: ReadonlyMap<string, number>
  /** What became of each file, newest first. */
  readonly byPath: ReadonlyMap<string, readonly { readonly at: number; readonly change: Change }[]>
  /** True where it goes back to the start. */
  readonly whole: boolean
}

interface Version {
  /** Undefined for the one at the start of the log. */
  readonly commit: LoggedCommit | undefined
  readonly at: number
  readonly blob: string
  /** True for one that may be another file under a new name. */
  readonly renamed: boolean
}

export function openProvenance(host: Host, root: string): Provenance {
  const objects = openObjects(host, root, askPartial(host, root))
  const prefix = askPrefix(host, root)
  /** A name as git's own commands take it. */
  const nameAt = (commit: string, path: string): string => `${commit}:${prefix()}${path}`
  const notHere = new Set<string>()
  let start: Start | undefined
  let log: Log | undefined | null = null

  const git = (args: readonly string[]): string | undefined => {
    const output = host.gitBatch(root, args, '')
    return output === undefined ? undefined : Buffer.from(output).toString('utf8')
  }
  /** The start, moved back to a document that was begun earlier; undefined where its commit is not part of this history. */
  const startAt = ({ commit, at }: Milestone): Start | undefined => {
    if (commit === undefined || !/^[0-9a-f]{7,64}$/u.test(commit) || notHere.has(commit)) return undefined
    if (start !== undefined && (start.commit.startsWith(commit) || Date.parse(at) >= Date.parse(start.at))) return start
    const id = git(['merge-base', commit, 'HEAD'])?.trim()
    const files = id?.startsWith(commit) === true ? git(['ls-tree', '-r', '-z', '--name-only', id]) : undefined
    if (id === undefined || files === undefined) {
      notHere.add(commit)
      return undefined
    }
    log = null
    return (start = { commit: id, at, files: new Set(files.split('\0')) })
  }
  const logSince = ({ commit }: Start): Log | undefined => {
    if (log !== null) return log
    const output = git(['-c', 'log.showSignature=false', 'log', ...logFormat, '--relative', '--no-renames', `--max-count=${mostCommits}`, `${commit}..HEAD`])
    return (log = output === undefined ? undefined : indexLog(readLog(output)))
  }
  const isPart = ({ commit }: Milestone, from: Start, { byId }: Log): boolean => commit !== undefined && (from.commit.startsWith(commit) || byId.has(commit.slice(0, shortId)))

  return {
    resolvedThen(document, citing, begun, passed) {
      const from = startAt(begun)
      const history = from === undefined ? undefined : logSince(from)
      // After a squash the commits that a document names are gone, and with them what was there.
      if (from === undefined || history === undefined || !history.whole || !isPart(passed, from, history)) return { state: 'unknown' }
      const versions = versionsOf(document, from, history)
      if (versions.length === 0) return { state: 'unknown' }
      const past = { from, history, objects, nameAt }
      const names = namesEver(citing.path, folderOf(document), past)
      // Of a file that is gone, and was there as long as its document was written, no lines are looked up: many may be gone at once.
      const isGone = (name: string): boolean => !existsAt(name, 0, past) && versions.every(({ at }) => existsAt(name, at, past))
      if (/[*?]/u.test(citing.path)) return { state: 'unknown' }
      if (names.some(isGone)) return { state: 'resolved', path: citing.path }
      const introduced = introducedBy(citing.source, versions, document, past)
      if (introduced === undefined) return { state: 'unknown' }
      // Not committed: it was written after the gate, with the working tree in view.
      if (introduced === 'now') return { state: 'unresolved', reason: 'absent', near: [] }
      const { id, parents } = introduced
      // What a commit takes away may be what its document is about.
      const trees = [id, ...parents.slice(0, 1)].map((commit) => resolveAt(commit, document, citing, names, past))
      return trees.find(({ state }) => state !== 'unresolved') ?? trees[0] ?? { state: 'unknown' }
    },
    addedWith(document, begun, citations) {
      const from = startAt(begun)
      if (from === undefined) return []
      const young = citations.flatMap(([path], index) => (from.files.has(path) ? [] : [index]))
      const history = young.length === 0 ? undefined : logSince(from)
      if (history === undefined || !isPart(begun, from, history)) return []
      const past = { from, history, objects, nameAt }
      return young.filter((index) => {
        const [path, source] = citations[index] ?? ['', '']
        const added = history.byPath.get(path)?.find(({ change }) => change.status === 'A')
        const commit = added === undefined ? undefined : history.commits[added.at]
        // The first commit of a history, or of the part that a clone has, brings all files.
        if (added === undefined || commit === undefined || commit.parents.length === 0) return false
        const versions = versionsOf(document, from, history)
        const place = versions.findIndex(({ at }) => at === added.at)
        const [now, before] = [versions[place], versions[place + 1]]
        if (now === undefined || now.renamed) return false
        if (before === undefined) return true
        loadTexts([now, before], document, past)
        const [text, older] = [textOf(now, document, past), textOf(before, document, past)]
        return text !== undefined && older !== undefined && holdsCitation(text, source) && !holdsCitation(older, source)
      })
    },
  }
}

const shortId = 12

function indexLog(commits: readonly LoggedCommit[]): Log {
  const byPath = new Map<string, { at: number; change: Change }[]>()
  for (const [at, { changes }] of commits.entries()) {
    for (const change of changes) {
      const known = byPath.get(change.to)
      if (known === undefined) byPath.set(change.to, [{ at, change }])
      else known.push({ at, change })
    }
  }
  return { commits, byId: new Map(commits.map(({ id }, at) => [id.slice(0, shortId), at])), byPath, whole: commits.length < mostCommits }
}

interface Past {
  readonly from: Start
  readonly history: Log
  readonly objects: GitObjects
  nameAt(commit: string, path: string): string
}

/** Newest first; the last one is that of the start where the document was there already. */
function versionsOf(document: string, { files }: Start, { commits, byPath }: Log): readonly Version[] {
  const versions: Version[] = []
  for (const { at, change } of byPath.get(document) ?? []) {
    const commit = commits[at]
    if (commit === undefined || change.status === 'D') break
    // Under its former name it is another file; what it said there is not looked for.
    const renamed = change.status === 'A' && commit.changes.some(({ status, to }) => status === 'D' && to.endsWith(endingOf(document)))
    versions.push({ commit, at, blob: change.blob, renamed })
    if (change.status === 'A') return versions.slice(0, mostVersions)
  }
  return files.has(document) ? [...versions, { commit: undefined, at: commits.length, blob: '', renamed: false }].slice(0, mostVersions) : versions
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.'))
}

function folderOf(document: string): string {
  return document.slice(0, document.lastIndexOf('/') + 1)
}

/** The files that a path may have meant at any time since the start. */
function namesEver(written: string, folder: string, { from, history }: Past): readonly string[] {
  const direct = placesOf(written, folder)
  const [short = written] = direct
  const names = direct.filter((place) => from.files.has(place) || history.byPath.has(place))
  if (names.length > 0) return names
  const isShort = (path: string): boolean => path.endsWith(`/${short}`) || (path.startsWith(short) && /^[-._ ](?!.*\/)/u.test(path.slice(short.length)))
  return [...new Set([...from.files, ...history.byPath.keys()])].filter(isShort)
}

/** As the order of the log has it, which is not sure where branches were merged. */
function existsAt(path: string, at: number, { from, history }: Past): boolean {
  const last = history.byPath.get(path)?.find((one) => one.at >= at)
  return last === undefined ? from.files.has(path) : last.change.status !== 'D'
}

function loadTexts(versions: readonly Version[], document: string, { from, objects, nameAt }: Past): void {
  const named = versions.some(({ commit }) => commit === undefined) ? [nameAt(from.commit, document)] : []
  objects.prepare(named)
  objects.load([...versions.flatMap(({ blob }) => (blob === '' ? [] : [blob])), ...named.flatMap((name) => objects.find(name)?.id ?? [])])
}

function textOf({ commit, blob }: Version, document: string, { from, objects, nameAt }: Past): string | undefined {
  return objects.text(commit === undefined ? (objects.find(nameAt(from.commit, document))?.id ?? '') : blob)
}

/** The commit that brought a citation; `now` for one that is not committed, undefined where that is not known. */
function introducedBy(source: string, versions: readonly Version[], document: string, past: Past): LoggedCommit | 'now' | undefined {
  loadTexts(versions, document, past)
  let found: Version | undefined
  for (const version of versions) {
    const text = textOf(version, document, past)
    if (text === undefined) return undefined
    if (!holdsCitation(text, source)) break
    found = version
  }
  if (found === undefined) return versionIsTip(versions, past) ? 'now' : undefined
  // One that was there at the start is older, and so may be one of a file that was renamed or of a first commit.
  return found.renamed || found.commit === undefined || found.commit.parents.length === 0 || versions.length === mostVersions ? undefined : found.commit
}

/** A merge may have written what no commit before it has. */
function versionIsTip([newest]: readonly Version[], { history }: Past): boolean {
  return newest !== undefined && !history.commits.slice(0, newest.at).some(({ parents }) => parents.length > 1)
}

/** `a.py:4` is not part of `a.py:42`. */
function holdsCitation(text: string, source: string): boolean {
  for (let at = text.indexOf(source); at !== -1; at = text.indexOf(source, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.slice(at + source.length, at + source.length + 2)]
    if (!/[\w/-]/u.test(before) && !/^(?:\w|[-–:]\d)/u.test(after)) return true
  }
  return false
}

/** @param names of all files that may be meant */
function resolveAt(commit: string, document: string, { path, lines }: Citing, names: readonly string[], { objects, nameAt }: Past): Resolution {
  objects.prepare(names.map((name) => nameAt(commit, name)))
  const idOf = (name: string): string | undefined => {
    const found = objects.find(nameAt(commit, name))
    return found?.type === 'blob' ? found.id : undefined
  }
  objects.load(names.flatMap((name) => idOf(name) ?? []))
  const at = (name: string): Standing => {
    const id = idOf(name)
    if (id === undefined) return { kind: names.includes(name) && objects.find(nameAt(commit, name))?.type === 'tree' ? 'folder' : 'absent' }
    const text = objects.text(id)
    return { kind: 'file', ...(text === undefined ? { lines: undefined } : surveyLines(Buffer.from(text))) }
  }
  const there = (one: (name: string) => boolean): readonly string[] => names.filter((name) => one(name) && idOf(name) !== undefined)
  const tree: Tree = {
    at,
    named: (name) => there((one) => one === name || one.endsWith(`/${name}`)),
    starting: (text) => there((one) => one.startsWith(text)),
    matching: () => [],
  }
  const cited: Cited = findCited(path, folderOf(document), tree)
  return resolveCited(cited, lines, { at, standing: () => 'tracked', document, isOwn: () => false })
}
