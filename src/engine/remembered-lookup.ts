/**
 * Owns what the concept store answered, kept for as long as the store is what it was: opening it takes longer than all
 * else that is asked for a key that is pressed.
 */

import type { ConceptLookup } from '../memory/lookup.js'
import type { Host } from './host.js'

/** @param stamp of all that answers are read from; undefined while it was written so lately that it may be again and look the same */
export function rememberLookup(lookup: ConceptLookup, stamp: () => string | undefined): ConceptLookup {
  const answers = new Map<string, readonly number[]>()
  let from: string | undefined
  function hold(question: readonly unknown[], ask: () => readonly number[]): readonly number[] {
    // Before it is asked, so that what is written meanwhile is noticed the next time.
    const now = stamp()
    if (now === undefined) return ask()
    if (now !== from) answers.clear()
    from = now
    const key = JSON.stringify(question)
    const answer = answers.get(key) ?? ask()
    answers.set(key, answer)
    return answer
  }
  return {
    unknown: (ids) => (ids.length === 0 ? [] : hold(ids, () => lookup.unknown(ids))),
    recordedFor: (name) => hold([name], () => lookup.recordedFor(name)),
    ensureReadable: () => lookup.ensureReadable(),
  }
}

/** A file system counts in ticks, in milliseconds: what is younger may be written again within one of them. */
const settledAfter = 2000

/**
 * The stamp of a store: of its file, and of the log in which all that was written lately stands. When they were changed otherwise
 * says nothing, because SQLite sees to the owner of the log whenever root opens it.
 */
export function stampOfStore(host: Host, file: string): string | undefined {
  const stamps = [file, `${file}-wal`].map((one) => host.stamp(one))
  const last = Math.max(...stamps.map((one) => one?.modified ?? 0))
  if (host.now().getTime() - last <= settledAfter) return undefined
  return JSON.stringify(stamps.map((one) => one && [one.inode, one.size, one.modified]))
}
