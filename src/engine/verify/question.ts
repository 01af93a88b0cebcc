/** Owns what is asked about a citation, what is answered, and what is found out between the two. */

import type { Cited } from '../../evidence/cited.js'
import type { Pin } from '../../evidence/pins.js'
import type { CitationState, Place } from '../../evidence/state.js'
import type { LineRange } from '../../text/span.js'
import type { GitRepository } from '../git-repository.js'

/** A citation with what has to be known of its document. */
export interface Asked {
  /** The document, relative to the root. */
  readonly document: string
  /** The text of the document, and the piece of it that is the citation. */
  readonly text: string
  readonly source: string
  /** As the citation has it, but for the id of a document: that names the path of it. */
  readonly target: string
  readonly written: string
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

/** A place in one of the repositories: the one at hand, or one within it. */
export interface Base {
  readonly repository: GitRepository
  /** From the root to the folder of that repository; empty or with a `/` at its end. */
  readonly prefix: string
  readonly commit: string
  /** Within that repository. */
  readonly written: string
  readonly folder: string
}

export interface Work {
  readonly asked: Asked
  /** `now`: not committed, and held against the working tree; `before`: not committed, and older than the history. */
  readonly moment: Moment | 'now' | 'before' | undefined
  /** Why nothing can be said for sure of that time: the document is `older` than the history, or the clone lacks a part of that. */
  readonly doubt: 'older' | 'shallow' | 'partial' | undefined
  /** Undefined, with the reason, where the repository that the path lies in is not at hand. */
  base: Base | undefined
  withheld?: string | undefined
  cited: Cited | undefined
}
