/**
 * Owns holding citations against the history: as the file was when it was cited, at the tip, and in the working tree. Questions
 * are answered all at once, so that what they cost grows with their number and with the history, never with one times the other.
 */

import type { GitRepository } from '../git-repository.js'
import { openGitRepository } from '../git-repository.js'
import type { Workspace } from '../workspace.js'
import { blobsOf, findBase, resolveBases, tipBlobs } from './base.js'
import { compare, createSources } from './compare.js'
import { findMoments } from './moment.js'
import { openPresent } from './present.js'
import type { Answer, Asked, Work } from './question.js'
import { partialClone, shallowClone } from './unknown.js'

/** Answers in the order of the questions. @param onAnswer is told how many there will be with the next one */
export function verifyCitations(workspace: Workspace, questions: readonly Asked[], onAnswer: (done: number) => void): readonly Answer[] {
  const { host, root } = workspace
  const repository = openGitRepository(host, root)
  const present = openPresent(workspace, repository)
  if (repository === undefined) return questions.map((asked) => present.answer(asked, 'there is no history to ask'))
  const works = findMoments(repository, questions)
  const modules = new Map<string, GitRepository | undefined>()
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
  const sources = createSources()
  return works.map((work, index) => {
    onAnswer(index + 1)
    if (work.moment === 'now') return doubted(present.answer(work.asked, undefined), work)
    if (work.moment === 'before') {
      const answer = present.answer(work.asked, undefined)
      return { ...answer, state: 'before-history', since: answer.state, reason: 'the document names a day before the first commit' }
    }
    if (work.moment === undefined || work.base === undefined) return { state: 'unknown', reason: work.withheld ?? 'what was there at that time is not at hand' }
    return doubted({ ...compare(work, work.base, present, sources), at: work.moment }, work)
  })
}

/** An answer with what is not known for sure about its time. */
function doubted(answer: Answer, { doubt }: Work): Answer {
  if (doubt === undefined) return answer
  if (doubt === 'older') return { ...answer, reason: [answer.reason, 'the document is older than the history'].filter((one) => one !== undefined).join('; ') }
  return { ...answer, state: 'unknown', ...(answer.state !== 'unknown' && { since: answer.state }), reason: doubt === 'shallow' ? shallowClone : partialClone }
}
