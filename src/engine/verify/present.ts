/** Owns what a citation means in the working tree, and what can be said of it from there alone. */

import type { Cited, Tree } from '../../evidence/cited.js'
import { findCited } from '../../evidence/cited.js'
import { createSource } from '../../evidence/state.js'
import { openWorkTree } from '../cited.js'
import type { Reading } from '../git-objects.js'
import type { GitRepository } from '../git-repository.js'
import type { Workspace } from '../workspace.js'
import { pathsOf } from './base.js'
import type { Answer, Asked } from './question.js'
import { notCheckedOut } from './unknown.js'

export interface Present {
  /** What a citation means there. */
  find(asked: Asked): Cited
  /** A file of the working tree, from the root; what a sparse checkout leaves out stands there as it was committed. */
  read(file: string): Reading
  /** Why a file that git has is not read in the working tree. */
  whyAbsent(file: string): Pick<Answer, 'state' | 'reason'>
  /** Files of the same name, as the end of a sentence. */
  near(file: string): string
  /** For a citation that is not committed yet, or where there is no history. */
  answer(asked: Asked, unknown: string | undefined): Answer
  /** For a file that was not there when it was cited. */
  absentThen(asked: Asked): Answer
}

export function openPresent({ host, root, everything }: Workspace, repository: GitRepository | undefined): Present {
  const files = openWorkTree(host, root, () => everything())
  const texts = new Map<string, Reading>()
  let sparse: ReadonlySet<string> | undefined
  /** The file as it was committed; undefined unless a sparse checkout leaves it out. */
  const leftOut = (file: string): Reading | undefined => {
    const blob = repository?.files.get(file)
    if (repository === undefined || blob === undefined) return undefined
    sparse ??= new Set((host.git(root, ['ls-files', '-z', '-t']) ?? '').split('\0').flatMap((line) => (line.startsWith('S ') ? [line.slice(2)] : [])))
    if (!sparse.has(file)) return undefined
    repository.objects.load([blob])
    return repository.objects.read(blob)
  }
  const tree: Tree = {
    ...files,
    at(file) {
      const standing = files.at(file)
      const committed = standing.kind === 'absent' ? leftOut(file) : undefined
      return committed === undefined ? standing : { kind: 'file', lines: typeof committed === 'object' ? createSource(committed.text).lines.length : undefined }
    },
  }
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
  const fromRoot = (file: string): Reading => {
    const text = host.readInside(root, file)
    return text !== undefined ? { text } : files.at(file).kind === 'file' ? 'large' : (leftOut(file) ?? 'absent')
  }
  const whyAbsent = (file: string): Pick<Answer, 'state' | 'reason'> => {
    // Bytes that are no UTF-8 were lost on the way.
    if (file.includes('\uFFFD')) return { state: 'unknown', reason: 'its name is not UTF-8, so that it cannot be looked up' }
    const { kind } = files.at(file)
    if (kind === 'outside') return { state: 'missing', reason: 'it leads out of the repository' }
    if (kind === 'special') return { state: 'missing', reason: 'it is no plain file' }
    return { state: 'missing', reason: 'the file is gone from the working tree' }
  }
  const answer = (asked: Asked, unknown: string | undefined): Answer => {
    const cited = find(asked)
    if (cited.kind === 'absent') return { state: 'missing', reason: cited.near.length === 0 ? 'there is no such file' : `a file of that name is ${cited.near.join(', ')}` }
    if (cited.kind === 'unseen') return cited.submodule === undefined ? whyAbsent(asked.target) : { state: 'unknown', reason: notCheckedOut(cited.submodule) }
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
    whyAbsent,
    read(file) {
      const known = texts.get(file) ?? fromRoot(file)
      texts.set(file, known)
      return known
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
