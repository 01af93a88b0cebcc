/**
 * Owns holding citations against the history: as the file was when it was cited, at the tip, and in the working tree. Questions
 * are answered all at once, so that what they cost grows with their number and with the history, never with one times the other.
 */

import type { GitRepository } from '../git-repository.js'
import { openGitRepository } from '../git-repository.js'
import type { Workspace } from '../workspace.js'
import { blobsOf, findBase, resolveBases, tipBlobs } from './base.js'
import { sameLines } from '../../evidence/pins.js'
import { compare, createSources, isWithheld } from './compare.js'
import { findMoments } from './moment.js'
import { openPresent } from './present.js'
import type { Answer, Asked, Work } from './question.js'
import { olderThanHistory, otherTime, partialClone, shallowClone } from './unknown.js'

/** Answers in the order of the questions. @param onAnswer is told how many there will be with the next one */
export function verifyCitations(workspace: Workspace, questions: readonly Asked[], onAnswer: (done: number) => void): readonly Answer[] {
  const { host, root } = workspace
  const repository = openGitRepository(host, root)
  const present = openPresent(workspace, repository)
  if (repository === undefined) return questions.map((asked) => present.answer(asked, 'there is no history to ask'))
  const works = findMoments(repository, questions)
  const modules = new Map<string, GitRepository | undefined>()
  const sources = createSources()
  lookUp(workspace, repository, works, modules)
  const answers = works.map((work, index) => {
    onAnswer(index + 1)
    if (work.moment === 'now') return doubted(present.answer(work.asked, undefined), work)
    if (work.moment === 'before') {
      const answer = present.answer(work.asked, undefined)
      return { ...answer, state: 'before-history' as const, since: answer.state, reason: 'the document names a day before the first commit' }
    }
    if (work.moment === undefined || work.base === undefined) return { state: 'unknown' as const, reason: work.withheld ?? 'what was there at that time is not at hand' }
    return doubted({ ...compare(work, work.base, present, sources), at: work.moment }, work)
  })
  // What may have been cited at another time as well is held against that, where it makes a difference.
  const also = works.flatMap((work, index) => (answers[index]?.state === 'moved' && answers[index].unsure === undefined ? work.others.map((other) => ({ index, other, work: atCommit(work, other.commit) })) : []))
  lookUp(workspace, repository, also.map(({ work }) => work), modules)
  for (const { index, other, work } of also) {
    const answer = answers[index]
    if (answer === undefined || isSamePlace(answer, work, other.needed, present, sources)) continue
    answers[index] = { ...answer, unsure: otherTime }
  }
  return answers.map(withReason)
}

/** Finds the files that citations meant at their moments, and reads them. */
function lookUp(workspace: Workspace, repository: GitRepository, works: readonly Work[], modules: Map<string, GitRepository | undefined>): void {
  for (const work of works) {
    if (typeof work.moment !== 'object') continue
    const base = findBase(workspace, repository, work.asked, work.moment, modules)
    if (typeof base === 'string') work.withheld = base
    else work.base = base
  }
  resolveBases(works)
  const blobs = works.map(blobsOf)
  for (const of of new Set(works.flatMap((work) => work.base?.repository ?? []))) {
    of.objects.load(works.flatMap((work, index) => (work.base?.repository === of ? (blobs[index] ?? []) : [])))
    of.objects.load(works.flatMap((work) => (work.base?.repository === of ? tipBlobs(work) : [])))
  }
}

function atCommit({ asked }: Work, commit: string): Work {
  return { asked, moment: { commit, time: 0, how: 'introduced' }, doubt: undefined, others: [], base: undefined, cited: undefined }
}

/** @param needed false where a commit that lacks the lines cannot be the one at which they were cited */
function isSamePlace({ to }: Answer, work: Work, needed: boolean, present: ReturnType<typeof openPresent>, sources: ReturnType<typeof createSources>): boolean {
  const { base, cited } = work
  if (to === undefined || base === undefined) return false
  if (cited === undefined || cited.kind === 'absent') return !needed && !isWithheld(base)
  const then = compare(work, base, present, sources)
  if (then.state === 'out-of-range') return !needed
  return (then.state === 'ok' || then.state === 'moved') && then.to?.path === to.path && sameLines(then.to.lines, to.lines)
}

/** An answer with what is not known for sure about its time. */
function doubted(answer: Answer, { doubt, unsure }: Work): Answer {
  if (doubt === undefined) return unsure === undefined ? answer : { ...answer, unsure }
  if (doubt === 'older') return { ...answer, unsure: olderThanHistory, reason: join(answer.reason, olderThanHistory) }
  return { ...answer, state: 'unknown', ...(answer.state !== 'unknown' && { since: answer.state }), reason: doubt === 'shallow' ? shallowClone : partialClone }
}

/** Where lines went is said together with why they may be elsewhere. */
function withReason(answer: Answer): Answer {
  const { state, unsure, reason } = answer
  return state !== 'moved' || unsure === undefined || reason?.includes(unsure) === true ? answer : { ...answer, reason: join(reason, unsure) }
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('; ')
}
