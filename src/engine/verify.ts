/**
 * Owns holding citations against the history: as the file was when it was cited, at the tip, and in the working tree. Questions
 * are answered all at once, so that what they cost grows with their number and with the history, never with one times the other.
 */

import * as path from 'node:path'
import type { Cited, Tree } from '../evidence/cited.js'
import { findCited, normalise } from '../evidence/cited.js'
import type { Version } from '../evidence/history.js'
import { versionsOf } from '../evidence/history.js'
import type { Pin } from '../evidence/pins.js'
import { findPinned, sameLines } from '../evidence/pins.js'
import type { CitationState, Place, Source } from '../evidence/state.js'
import { createSource, followRanges, holds, quoteLines } from '../evidence/state.js'
import type { LineRange } from '../text/span.js'
import { matchingGlob, openWorkTree, startingWith } from './cited.js'
import type { GitRepository } from './git-repository.js'
import { openGitRepository } from './git-repository.js'
import type { Workspace } from './workspace.js'

/** A citation with what has to be known of its document. */
export interface Asked {
  /** The document, relative to the root. */
  readonly document: string
  /** The text of the document, and the piece of it that is the citation. */
  readonly text: string
  readonly source: string
  /** As the citation has it. */
  readonly target: string
  /** The full path that the same document uses for a file of that name; it settles which of several is meant. */
  readonly full: string | undefined
  readonly lines: readonly LineRange[]
  /** The day that the document names as its own. */
  readonly day: string | undefined
  /** What it was bound to, which goes before all that its document tells of time. */
  readonly pin: Pin | undefined
}

export interface Moment {
  readonly commit: string
  /** Seconds. */
  readonly time: number
  /**
   * `introduced`: the commit that brought the citation. `date`: the last one before the document's date. `oldest`: the first there
   * is, and the document is older. `pin`: what it was bound to.
   */
  readonly how: 'introduced' | 'date' | 'oldest' | 'pin'
}

export interface Answer {
  readonly state: CitationState
  /** Why, where the state does not say it all. */
  readonly reason?: string
  /** What was cited, by its full name at that time. */
  readonly path?: string
  /** The blob of it. */
  readonly blob?: string
  readonly at?: Moment
  /** Where the lines are now; for changed lines, what stands in their place. */
  readonly to?: Place
  /** Where the state is `before-history` or `unknown`: what can be said of the time since. */
  readonly since?: CitationState
  /** The state at the tip, where the working tree differs from it. */
  readonly head?: CitationState
  /** The cited lines as they were, and what stands in their place. */
  readonly before?: readonly string[]
  readonly now?: readonly string[]
}

/** Lines shown of a citation. */
const mostShown = 60

/** Versions of a document looked through for the one that brought a citation. */
const mostVersions = 200

/** A place in one of the repositories: the one at hand, or one within it. */
interface Base {
  readonly repository: GitRepository
  /** From the root to the folder of that repository; empty or with a `/` at its end. */
  readonly prefix: string
  readonly commit: string
  /** Within that repository. */
  readonly written: string
  readonly folder: string
}

interface Work {
  readonly asked: Asked
  /** `now`: not committed, and held against the working tree; `before`: not committed, and older than the history. */
  readonly moment: Moment | 'now' | 'before' | undefined
  /** Why nothing can be said for sure of that time. */
  readonly doubt: 'older' | 'shallow' | undefined
  base: Base | undefined
  cited: Cited | undefined
}

/** Answers in the order of the questions. */
export function verifyCitations(workspace: Workspace, questions: readonly Asked[]): readonly Answer[] {
  const { host, root } = workspace
  const repository = openGitRepository(host, root)
  const present = openPresent(workspace, repository)
  if (repository === undefined) return questions.map((asked) => present.answer(asked, 'there is no history to ask'))
  const works = findMoments(repository, questions)
  const modules = new Map<string, GitRepository | undefined>()
  for (const work of works) if (typeof work.moment === 'object') work.base = findBase(workspace, repository, work.asked, work.moment, modules)
  resolveBases(works)
  const blobs = works.map(blobsOf)
  for (const of of new Set(works.flatMap((work) => work.base?.repository ?? []))) {
    of.objects.load(works.flatMap((work, index) => (work.base?.repository === of ? (blobs[index] ?? []) : [])))
    of.objects.load(works.flatMap((work) => (work.base?.repository === of ? tipBlobs(work) : [])))
  }
  const sources = createSources()
  return works.map((work) => {
    if (work.moment === 'now') return present.answer(work.asked, undefined)
    if (work.moment === 'before') {
      const answer = present.answer(work.asked, undefined)
      return { ...answer, state: 'before-history', since: answer.state, reason: 'the document names a day before the first commit' }
    }
    if (work.moment === undefined || work.base === undefined) return present.answer(work.asked, 'what was there at that time is not at hand')
    const answer = compare(work, work.base, present, sources)
    const { moment } = work
    switch (work.doubt) {
      case 'shallow':
        return { ...answer, at: moment, state: 'unknown', since: answer.state, reason: 'the clone is shallow, and the citation may be older than what it holds' }
      case 'older':
        return { ...answer, at: moment, reason: [answer.reason, 'the document is older than the history'].filter((one) => one !== undefined).join('; ') }
      default:
        return { ...answer, at: moment }
    }
  })
}

// ---------------------------------------------------------------- when it was cited

function findMoments(repository: GitRepository, questions: readonly Asked[]): Work[] {
  const documents = new Set(questions.map((asked) => asked.document))
  const log = repository.log([...documents])
  const versions = new Map<string, readonly Version[]>()
  for (const document of documents) {
    if (repository.files.has(document)) versions.set(document, versionsOf(document, log, repository.renames).slice(0, mostVersions))
  }
  repository.objects.load([...versions.values()].flatMap((of) => of.map((version) => version.blob)))
  const byDay = new Map<string, Moment | undefined>()
  return questions.map((asked): Work => {
    const { pin } = asked
    if (pin !== undefined) return { asked, moment: { commit: pin.commit, time: 0, how: 'pin' }, doubt: undefined, base: undefined, cited: undefined }
    const of = versions.get(asked.document)
    const introduced = of === undefined ? undefined : introducedBy(asked, of, repository)
    if (introduced !== undefined) return { asked, ...momentOf(introduced, of?.at(-1) === introduced, asked, repository), base: undefined, cited: undefined }
    // What is not committed yet was written with the working tree in view, unless the document says that it is older.
    const { day } = asked
    if (of !== undefined || day === undefined) return { asked, moment: 'now', doubt: undefined, base: undefined, cited: undefined }
    if (!byDay.has(day)) {
      const commit = repository.commitBefore(day)
      byDay.set(day, commit === undefined ? undefined : { commit: commit.id, time: commit.time, how: 'date' })
    }
    const dated = byDay.get(day)
    if (dated === undefined) return { asked, moment: repository.shallow ? 'now' : 'before', doubt: undefined, base: undefined, cited: undefined }
    return { asked, moment: dated.commit === repository.tip ? 'now' : dated, doubt: undefined, base: undefined, cited: undefined }
  })
}

/** The oldest version from the present one back that holds the citation; undefined where not even that one does. */
function introducedBy({ target, source }: Asked, versions: readonly Version[], { objects }: GitRepository): Version | undefined {
  let found: Version | undefined
  for (const version of versions) {
    const text = objects.text(version.blob)
    if (text === undefined || !text.includes(source) || !text.includes(target)) break
    found = version
  }
  return found
}

function momentOf({ commit }: Version, first: boolean, { day }: Asked, { shallow }: GitRepository): Pick<Work, 'moment' | 'doubt'> {
  // A document that the first commit holds may be of any age, and of its date where that is earlier.
  const older = first && commit.parents.length === 0 && (shallow || (day !== undefined && Date.parse(`${day}T23:59:59Z`) / 1000 < commit.time - 86_400))
  const moment: Moment = { commit: commit.id, time: commit.time, how: older ? 'oldest' : 'introduced' }
  return { moment, doubt: older ? (shallow ? 'shallow' : 'older') : undefined }
}

// ---------------------------------------------------------------- what it named then

/** The repository that holds the cited path; undefined where it is not at hand. */
function findBase({ host, root }: Workspace, repository: GitRepository, { target, document }: Asked, moment: Moment, modules: Map<string, GitRepository | undefined>): Base | undefined {
  const folder = document.slice(0, document.lastIndexOf('/') + 1)
  const full = normalise(target.replaceAll('\\', '/').replace(/^\/+/u, ''))
  const link = full === undefined ? undefined : [...repository.submodules.keys()].find((one) => full === one || full.startsWith(`${one}/`))
  if (link === undefined || full === undefined) return { repository, prefix: '', commit: moment.commit, written: target, folder }
  if (!modules.has(link)) {
    const below = path.join(root, link)
    // Without a repository of its own there, git would answer for the one around it.
    modules.set(link, host.exists(path.join(below, '.git')) ? openGitRepository(host, below, repository.submodules.get(link)) : undefined)
  }
  const inner = modules.get(link)
  const [, commit] = /^160000 commit ([0-9a-f]+)\t/u.exec(host.git(root, ['--literal-pathspecs', 'ls-tree', moment.commit, '--', link]) ?? '') ?? []
  return inner === undefined || commit === undefined ? undefined : { repository: inner, prefix: `${link}/`, commit, written: full.slice(link.length + 1), folder: '' }
}

/** Finds which file each citation meant, in two rounds for all: the paths as they are written, then what those may be short for. */
function resolveBases(works: readonly Work[]): void {
  const byRepository = new Map<GitRepository, Work[]>()
  for (const work of works) if (work.base !== undefined) byRepository.set(work.base.repository, [...(byRepository.get(work.base.repository) ?? []), work])
  for (const [repository, group] of byRepository) {
    const { objects } = repository
    const direct = (base: Base): readonly string[] => {
      const written = base.written.replaceAll('\\', '/').replace(/^\/+/u, '')
      return [normalise(written), normalise(base.folder + written)].flatMap((one) => (one === undefined ? [] : [repository.spec(base.commit, one)]))
    }
    objects.prepare(group.flatMap(({ base }) => (base === undefined ? [] : direct(base))))
    const open = group.filter(({ base }) => base !== undefined && !direct(base).some((name) => objects.find(name)?.type === 'blob'))
    objects.prepare(open.flatMap(({ base }) => (base === undefined ? [] : candidatesOf(base).map((name) => repository.spec(base.commit, name)))))
    for (const work of group) if (work.base !== undefined) work.cited = findCited(work.base.written, work.base.folder, treeAt(work.base))
  }
}

function candidatesOf({ repository, written }: Base): readonly string[] {
  const short = normalise(written.replaceAll('\\', '/').replace(/^\/+/u, ''))
  if (/[*?]/u.test(written)) return matchingGlob(repository.names, written)
  if (short === undefined) return []
  return [...(repository.byName.get(short.slice(short.lastIndexOf('/') + 1)) ?? []), ...startingWith(repository.names, short)]
}

/** A commit as a tree to search; it knows what was prepared. */
function treeAt({ repository, commit }: Base): Tree {
  const { objects } = repository
  const at = (name: string): ReturnType<Tree['at']> => {
    const type = objects.find(repository.spec(commit, name))?.type
    return type === 'blob' ? { kind: 'file', lines: undefined } : { kind: type === 'tree' ? 'folder' : 'absent' }
  }
  const there = (names: readonly string[]): readonly string[] => names.filter((name) => at(name).kind === 'file')
  return {
    at,
    named: (name) => there(repository.byName.get(name) ?? []),
    starting: (text) => there(startingWith(repository.names, text)),
    matching: (pattern) => there(matchingGlob(repository.names, pattern)),
  }
}

function pathsOf(cited: Cited | undefined): readonly string[] {
  return cited?.kind === 'file' ? [cited.path] : cited?.kind === 'several' ? cited.paths : []
}

function blobsOf({ asked, base, cited }: Work): readonly string[] {
  if (base === undefined) return []
  if (asked.pin !== undefined) return [asked.pin.blob]
  return pathsOf(cited).flatMap((file) => base.repository.objects.find(base.repository.spec(base.commit, file))?.id ?? [])
}

/** The names that a file may have now, the likeliest first. */
function laterNames({ repository, commit }: Base, file: string, blob: string | undefined): readonly string[] {
  const renamed = repository.renames.latest(file, commit)
  const same = blob === undefined ? undefined : repository.pathOf(blob)
  return [...new Set([file, renamed, same])].filter((name) => name !== undefined)
}

function tipBlobs(work: Work): readonly string[] {
  const { base, cited, asked } = work
  if (base === undefined) return []
  const blobs = blobsOf(work)
  const here = base.repository.files.get(normalise(base.written) ?? '')
  if (cited?.kind === 'absent') return here === undefined ? [] : [here]
  const files = asked.pin === undefined ? pathsOf(cited) : [asked.pin.path.slice(base.prefix.length)]
  return files.flatMap((file, index) => laterNames(base, file, blobs[index]).flatMap((name) => base.repository.files.get(name) ?? []))
}

// ---------------------------------------------------------------- what became of it

/** Texts as lines, each split once however often it is cited. */
function createSources(): (text: string) => Source {
  const known = new Map<string, Source>()
  return (text) => {
    const source = known.get(text) ?? createSource(text)
    known.set(text, source)
    return source
  }
}

function compare(work: Work, base: Base, present: Present, sources: (text: string) => Source): Answer {
  const { asked, cited } = work
  const { objects } = base.repository
  const { pin } = asked
  if (pin !== undefined) return comparePinned(pin, asked, base, present, sources)
  if (cited === undefined || cited.kind === 'absent') {
    // A partial clone names files without having them.
    const blob = base.repository.files.get(normalise(base.written) ?? '')
    if (blob !== undefined && objects.text(blob) === undefined) return { state: 'unknown', reason: 'the object is not in this clone' }
    return present.absentThen(asked)
  }
  if (cited.kind === 'outside') return { state: 'missing', reason: 'it lies outside the repository' }
  if (cited.kind === 'special') return { state: 'missing', reason: 'it is no plain file' }
  if (cited.kind === 'folder') return asked.lines.length === 0 ? { state: 'ok', path: base.prefix + cited.path } : { state: 'missing', reason: 'it is a folder, and a folder has no lines' }
  const blobs = blobsOf(work)
  const candidates = pathsOf(cited).map((file, index) => ({ file, blob: blobs[index] ?? '', text: objects.text(blobs[index] ?? '') }))
  // Of several files of a name the one is meant that has the lines.
  const fitting = candidates.filter(({ text }) => text === undefined || holds(sources(text), asked.lines))
  const named = fitting.filter(({ file }) => base.prefix + file === asked.full)
  const [first, ...more] = named.length === 1 ? named : fitting
  if (first === undefined) return { state: 'out-of-range', ...(candidates.length === 1 && candidates[0] !== undefined && { path: base.prefix + candidates[0].file }) }
  if (more.length > 0) return { state: 'ambiguous', reason: `it may be ${fitting.slice(0, 5).map(({ file }) => base.prefix + file).join(', ')}` }
  if (first.text === undefined) return { state: 'unknown', reason: 'the file is too large, or its object is not there', path: base.prefix + first.file }
  return follow({ base, file: first.file, blob: first.blob, before: sources(first.text), ranges: asked.lines, cited: { path: first.file, lines: asked.lines } }, present, sources)
}

interface Followed {
  readonly base: Base
  /** What was cited, within the repository of `base`. */
  readonly file: string
  readonly blob: string
  readonly before: Source
  readonly ranges: readonly LineRange[]
  /** What the document cites at present; the same but for a citation that was bound before it was rewritten. */
  readonly cited: Place
}

function follow(followed: Followed, present: Present, sources: (text: string) => Source): Answer {
  const { base, file, blob, before, ranges } = followed
  const { repository, prefix } = base
  const here = bestOf(followed, (name) => present.read(prefix + name), sources)
  const tip = bestOf(followed, (name) => repository.objects.text(repository.files.get(name) ?? ''), sources)
  const common = { path: prefix + file, blob, ...(tip.state !== here.state && { head: tip.state }) }
  const shown = quoteLines(before, ranges, mostShown)
  switch (here.state) {
    case 'missing':
      // What the working tree lacks, its author has removed and not said so yet.
      return { ...common, state: 'missing', reason: tip.state === 'missing' ? `the file is gone${present.near(prefix + file)}` : 'the file is gone from the working tree', before: shown }
    case 'changed':
      return { ...common, state: 'changed', to: { path: prefix + here.name, lines: here.lines }, before: shown, now: quoteLines(here.source, here.lines, mostShown) }
    default:
      return { ...common, state: here.state, to: { path: prefix + here.name, lines: here.lines } }
  }
}

type Found = { readonly state: 'missing' } | { readonly state: 'ok' | 'moved' | 'changed'; readonly name: string; readonly lines: readonly LineRange[]; readonly source: Source }

/** The first name under which all lines are found, else the first under which the file goes on. */
function bestOf({ base, file, blob, before, ranges, cited }: Followed, read: (name: string) => string | undefined, sources: (text: string) => Source): Found {
  let changed: Found | undefined
  for (const name of laterNames(base, file, blob)) {
    const text = read(name)
    if (text === undefined) continue
    const source = sources(text)
    const { state, lines } = followRanges(before, source, ranges)
    if (state !== 'changed') return { state: name === cited.path && sameLines(lines, cited.lines) ? 'ok' : 'moved', name, lines, source }
    changed ??= { state, name, lines, source }
  }
  return changed ?? { state: 'missing' }
}

function comparePinned(pin: Pin, asked: Asked, base: Base, present: Present, sources: (text: string) => Source): Answer {
  const { repository, prefix } = base
  const { objects } = repository
  const file = pin.path.slice(prefix.length)
  const now = present.find(asked)
  const cited: Place = { path: now.kind === 'file' ? now.path.slice(prefix.length) : file, lines: asked.lines }
  const text = objects.text(pin.blob)
  if (text !== undefined) return follow({ base, file, blob: pin.blob, before: sources(text), ranges: pin.lines, cited }, present, sources)
  // The version it was bound to is gone, as after a rewritten history; what is left of it are its lines.
  const here = present.read(pin.path)
  const found = here === undefined ? undefined : findPinned(pin, sources(here).lines)
  if (found !== undefined) return { state: sameLines(found, asked.lines) ? 'ok' : 'moved', path: pin.path, to: { path: pin.path, lines: found } }
  if (here === undefined || pin.text === undefined) return { state: 'unknown', reason: 'the version it is bound to is not in this repository', path: pin.path }
  return { state: 'changed', path: pin.path, to: { path: pin.path, lines: asked.lines }, before: pin.text, now: quoteLines(sources(here), asked.lines, mostShown) }
}

// ---------------------------------------------------------------- the working tree

interface Present {
  /** What a citation means there. */
  find(asked: Asked): Cited
  /** The text of a file of the working tree, from the root. */
  read(file: string): string | undefined
  /** Files of the same name, as the end of a sentence. */
  near(file: string): string
  /** For a citation that is not committed yet, or where there is no history. */
  answer(asked: Asked, unknown: string | undefined): Answer
  /** For a file that was not there when it was cited. */
  absentThen(asked: Asked): Answer
}

function openPresent({ host, root, everything }: Workspace, repository: GitRepository | undefined): Present {
  const tree = openWorkTree(host, root, () => everything())
  const texts = new Map<string, string | undefined>()
  const ignored = new Map<string, boolean>()
  const find = ({ target, document }: Asked): Cited => findCited(target, document.slice(0, document.lastIndexOf('/') + 1), tree)
  const isIgnored = (file: string): boolean => {
    const known = ignored.get(file) ?? host.gitBatch(root, ['check-ignore', '-z', '--stdin'], `${file}\0`) !== undefined
    ignored.set(file, known)
    return known
  }
  const inSubmodule = (file: string): boolean => [...(repository?.submodules.keys() ?? [])].some((link) => file.startsWith(`${link}/`))
  /** Undefined for a file that git knows. */
  const unversioned = (file: string): Answer | undefined => {
    if (repository === undefined || repository.files.has(file) || inSubmodule(file)) return undefined
    return isIgnored(file) ? { state: 'ignored', path: file, reason: 'git ignores the file' } : { state: 'untracked', path: file, reason: 'the file is not committed' }
  }
  const answer = (asked: Asked, unknown: string | undefined): Answer => {
    const cited = find(asked)
    if (cited.kind === 'absent') return { state: 'missing', reason: cited.near.length === 0 ? 'there is no such file' : `a file of that name is ${cited.near.join(', ')}` }
    if (cited.kind === 'outside') return { state: 'missing', reason: 'it lies outside the repository' }
    if (cited.kind === 'special') return { state: 'missing', reason: 'it is no plain file' }
    if (cited.kind === 'folder') return asked.lines.length === 0 ? { state: 'ok', path: cited.path } : { state: 'missing', reason: 'it is a folder, and a folder has no lines' }
    const names = pathsOf(cited).filter((file) => {
      const standing = tree.at(file)
      return standing.kind === 'file' && (standing.lines === undefined || asked.lines.every(({ end }) => end <= (standing.lines ?? end)))
    })
    const [first, ...more] = asked.full !== undefined && names.includes(asked.full) ? [asked.full] : names
    if (first === undefined) return { state: 'out-of-range', ...(cited.kind === 'file' && { path: cited.path }) }
    if (more.length > 0) return { state: 'ambiguous', reason: `it may be ${names.slice(0, 5).join(', ')}` }
    return unversioned(first) ?? (unknown === undefined ? { state: 'ok', path: first } : { state: 'unknown', path: first, reason: unknown })
  }
  return {
    find,
    read(file) {
      if (!texts.has(file)) texts.set(file, host.readInside(root, file))
      return texts.get(file)
    },
    near(file) {
      const others = tree.named(file.slice(file.lastIndexOf('/') + 1)).slice(0, 3)
      return others.length === 0 ? '' : `; a file of that name is ${others.join(', ')}`
    },
    answer,
    absentThen(asked) {
      const now = answer(asked, 'the file came into the history after it was cited')
      return now.state === 'missing' ? { ...now, reason: now.reason === 'there is no such file' ? 'there is no such file, and there was none when it was cited' : (now.reason ?? '') } : now
    },
  }
}
