/** Owns when a citation was true: the commit that brought it, the one of its document's day, or the one it was bound to. */

import type { Version } from '../../evidence/history.js'
import { changesByName, versionsOf } from '../../evidence/history.js'
import type { GitRepository } from '../git-repository.js'
import type { Asked, Moment, Work } from './question.js'
import { olderThanHistory } from './unknown.js'

/** Versions of a document looked through for the one that brought a citation. */
const mostVersions = 200

/** A document may be committed the day after it was written. */
const dayInSeconds = 86_400

export function findMoments(repository: GitRepository, questions: readonly Asked[]): Work[] {
  const documents = new Set(questions.map((asked) => asked.document))
  const log = repository.log([...documents])
  const changes = log === undefined ? undefined : changesByName(log)
  const versions = new Map<string, readonly Version[]>()
  for (const document of documents) {
    if (repository.files.has(document)) versions.set(document, changes === undefined ? [] : versionsOf(document, changes, repository.renames).slice(0, mostVersions))
  }
  repository.objects.load([...versions].flatMap(([document, of]) => [repository.files.get(document) ?? '', ...of.flatMap((version) => [version.blob, ...version.before])]).filter((blob) => blob !== ''))
  const byDay = new Map<string, Moment | undefined>()
  const commitOf = (day: string): Moment | undefined => {
    if (!byDay.has(day)) {
      const commit = repository.commitBefore(day)
      byDay.set(day, commit === undefined ? undefined : { commit: commit.id, time: commit.time, how: 'date' })
    }
    return byDay.get(day)
  }
  return questions.map((asked): Work => {
    const { pin, day } = asked
    const nothing = { asked, base: undefined, cited: undefined, others: [] }
    if (pin !== undefined) return { ...nothing, moment: { commit: pin.commit, time: 0, how: 'pin' }, doubt: undefined }
    const of = versions.get(asked.document)
    const introduced = of === undefined ? undefined : introducedBy(asked, of, repository)
    if (introduced !== undefined) return { ...nothing, ...momentOf(introduced, asked, repository, commitOf) }
    // Where the past of the document cannot be read, the working tree is all there is to hold its citations against.
    if (log === undefined && of !== undefined) return { ...nothing, moment: 'now', doubt: 'partial' }
    // What is not committed yet was written with the working tree in view, unless the document says that it is older.
    if (of !== undefined || day === undefined) return { ...nothing, moment: 'now', doubt: undefined }
    const dated = commitOf(day)
    if (dated === undefined) return { ...nothing, moment: repository.shallow ? 'now' : 'before', doubt: repository.shallow ? 'shallow' : undefined }
    if (dated.commit === repository.tip) return { ...nothing, moment: 'now', doubt: undefined }
    return { ...nothing, moment: dated, doubt: undefined, unsure: 'the document is not committed, and parts of it may be younger than its date' }
  })
}

interface Introduced {
  readonly version: Version
  /** True where the document itself came with it. */
  readonly first: boolean
  /** Whether all that came before it can be read; what cannot may hold the citation as well. */
  readonly before: 'read' | 'withheld'
  readonly unsure: string | undefined
}

/**
 * The version that brought a citation: it holds it, and what its commit made it of does not, be that one version or those of
 * several branches. Undefined for a citation that is not committed.
 */
function introducedBy(asked: Asked, versions: readonly Version[], { objects, files }: GitRepository): Introduced | undefined {
  const count = counter(asked)
  const countIn = (blob: string): number | undefined => {
    const text = objects.text(blob)
    return text === undefined ? undefined : count(text)
  }
  const now = countIn(files.get(asked.document) ?? '')
  // What cannot be read is as good as not committed.
  if (now === undefined || now === 0) return undefined
  const brought = versions.filter(({ blob, before }) => (countIn(blob) ?? 0) > 0 && before.every((one) => (countIn(one) ?? 0) === 0))
  const [found] = brought
  if (found === undefined) {
    // More versions than are looked through.
    const oldest = versions.findLast(({ blob }) => (countIn(blob) ?? 0) > 0)
    return oldest === undefined ? undefined : { version: oldest, first: false, before: 'read', unsure: 'the citation is older than the versions of the document that were looked through' }
  }
  const isRead = (blob: string): boolean => countIn(blob) !== undefined
  const once = brought.length === 1 && versions.every(({ blob }) => isRead(blob))
  const unsure = once && countIn(found.blob) === now ? undefined : once ? 'the document cites it in several places, which came at different times' : 'the citation came into the history more than once'
  return { version: found, first: found.before.length === 0, before: found.before.every(isRead) ? 'read' : 'withheld', unsure }
}

/** Counts a citation in a text: `a.ts:4` is not in `a.ts:40`, nor in `data.ts:4`. */
function counter({ text, sought }: Asked): (of: string) => number {
  const openEnded = /^\w/u.test(sought)
  const isWhole = (of: string, at: number): boolean => !(openEnded && /[\w/.-]$/u.test(of.slice(Math.max(0, at - 1), at))) && !/^(?:\w|\/|[-–:,#]\d|[.-]\w)/u.test(of.slice(at + sought.length, at + sought.length + 2))
  const places = (of: string, fits: (at: number) => boolean): number => {
    let found = 0
    for (let at = of.indexOf(sought); at !== -1; at = of.indexOf(sought, at + 1)) if (fits(at)) found++
    return found
  }
  // Where not even the document itself has it whole, it is written in a way that no bounds fit.
  const fits = places(text, (at) => isWhole(text, at)) > 0 ? isWhole : () => true
  return (of) => places(of, (at) => fits(of, at))
}

function momentOf({ version: { commit }, first, before, unsure }: Introduced, { day }: Asked, { shallow }: GitRepository, commitOf: (day: string) => Moment | undefined): Pick<Work, 'moment' | 'doubt' | 'unsure' | 'others'> {
  const isOlder = day !== undefined && Date.parse(`${day}T23:59:59Z`) / 1000 < commit.time - dayInSeconds
  const moment = (how: Moment['how']): Moment => ({ commit: commit.id, time: commit.time, how })
  if (commit.parents.length === 0) {
    // What the first commit holds may be of any age, and of its document's date where that is earlier.
    if (shallow) return { moment: moment('oldest'), doubt: 'shallow', others: [] }
    if (isOlder) return { moment: moment('oldest'), doubt: 'older', others: [] }
    return { moment: moment('introduced'), doubt: undefined, unsure: day === undefined ? 'the document came with the first commit and may be older' : unsure, others: [] }
  }
  // Written before its commit, with the files in view as that found them.
  const parents = commit.parents.map((parent) => ({ commit: parent, needed: first && day === undefined }))
  const dated = first && isOlder ? commitOf(day) : undefined
  const doubt = before === 'withheld' ? 'partial' : undefined
  if (first && isOlder && dated === undefined) return { moment: moment('introduced'), doubt, unsure: olderThanHistory, others: [] }
  return { moment: moment('introduced'), doubt, unsure, others: [...parents, ...(dated === undefined ? [] : [{ commit: dated.commit, needed: true }])] }
}
