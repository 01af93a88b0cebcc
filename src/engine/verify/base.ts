/** Owns what a citation named at its time: which repository holds it, which file is meant, which blobs that asks for. */

import * as path from 'node:path'
import type { Cited, Tree } from '../../evidence/cited.js'
import { findCited, normalise } from '../../evidence/cited.js'
import { matchingGlob, startingWith } from '../cited.js'
import type { GitRepository } from '../git-repository.js'
import { openGitRepository } from '../git-repository.js'
import type { Workspace } from '../workspace.js'
import type { Asked, Base, Moment, Work } from './question.js'
import { lackingCommit, notCheckedOut } from './unknown.js'

/** The repository that holds the cited path, or why it is not at hand. */
export function findBase({ host, root }: Workspace, repository: GitRepository, { target, document }: Asked, moment: Moment, modules: Map<string, GitRepository | undefined>): Base | string {
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
  if (inner === undefined) return host.exists(path.join(root, link, '.git')) ? lackingCommit(link) : notCheckedOut(link)
  const [, commit] = /^160000 commit ([0-9a-f]+)\t/u.exec(host.git(root, ['--literal-pathspecs', 'ls-tree', moment.commit, '--', link]) ?? '') ?? []
  // The folder came to be a submodule later.
  if (commit === undefined) return { repository, prefix: '', commit: moment.commit, written: target, folder }
  inner.objects.prepare([`${commit}^{commit}`])
  if (inner.objects.find(`${commit}^{commit}`) === undefined) return lackingCommit(link)
  return { repository: inner, prefix: `${link}/`, commit, written: full.slice(link.length + 1), folder: '' }
}

/** Finds which file each citation meant, in two rounds for all: the paths as they are written, then what those may be short for. */
export function resolveBases(works: readonly Work[]): void {
  const byRepository = new Map<GitRepository, Work[]>()
  for (const work of works) if (work.base !== undefined) byRepository.set(work.base.repository, [...(byRepository.get(work.base.repository) ?? []), work])
  for (const [repository, group] of byRepository) {
    const { objects } = repository
    objects.prepare(group.flatMap(({ base }) => (base === undefined ? [] : directNames(base))))
    const open = group.filter(({ base }) => base !== undefined && !directNames(base).some((name) => objects.find(name)?.type === 'blob'))
    objects.prepare(open.flatMap(({ base }) => (base === undefined ? [] : candidatesOf(base).map((name) => repository.spec(base.commit, name)))))
    for (const work of group) if (work.base !== undefined) work.cited = findCited(work.base.written, work.base.folder, treeAt(work.base))
  }
}

/** What the path names as it is written, from the root and from the document. */
export function directNames({ repository, commit, written, folder }: Base): readonly string[] {
  const bare = written.replaceAll('\\', '/').replace(/^\/+/u, '')
  return [normalise(bare), normalise(folder + bare)].flatMap((one) => (one === undefined ? [] : [repository.spec(commit, one)]))
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

export function pathsOf(cited: Cited | undefined): readonly string[] {
  return cited?.kind === 'file' ? [cited.path] : cited?.kind === 'several' ? cited.paths : []
}

export function blobsOf({ asked, base, cited }: Work): readonly string[] {
  if (base === undefined) return []
  if (asked.pin !== undefined) return [asked.pin.blob]
  return pathsOf(cited).flatMap((file) => base.repository.objects.find(base.repository.spec(base.commit, file))?.id ?? [])
}

/** The names that a file may have now, the likeliest first. */
export function laterNames({ repository, commit }: Base, file: string, blob: string | undefined): readonly string[] {
  const renamed = repository.renames.latest(file, commit)
  const same = blob === undefined ? undefined : repository.pathOf(blob)
  return [...new Set([file, renamed, same])].filter((name) => name !== undefined)
}

export function tipBlobs(work: Work): readonly string[] {
  const { base, cited, asked } = work
  if (base === undefined) return []
  const blobs = blobsOf(work)
  const here = base.repository.files.get(normalise(base.written) ?? '')
  if (cited?.kind === 'absent') return here === undefined ? [] : [here]
  const files = asked.pin === undefined ? pathsOf(cited) : [asked.pin.path.slice(base.prefix.length)]
  return files.flatMap((file, index) => laterNames(base, file, blobs[index]).flatMap((name) => base.repository.files.get(name) ?? []))
}
