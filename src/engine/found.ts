/**
 * Owns what one check found, file by file. Each outcome stays a text until somebody reads it, and only one at a time is
 * read, so that a hundred thousand documents take no more of the heap than a hundred.
 */

import type { Counts, PlacedFinding } from '../finding/finding.js'
import type { Arena, Piece } from '../text/arena.js'
import { readPiece } from '../text/arena.js'
import type { Listed } from '../text/listed.js'
import { listed } from '../text/listed.js'
import type { Gist, Judged, Outcome } from './outcome.js'
import { gistKey, readOutcome } from './outcome.js'
import type { Target } from './targets.js'

/** A document that was looked at, and what its author left out on purpose. */
export interface CheckedDocument {
  readonly path: string
  readonly skips: Outcome['skips']
  /** The rules that it is held to now, whether or not they find anything. */
  readonly asked: readonly string[]
}

/** What was found in one file, as it is held. */
export interface Held {
  readonly gist: Gist
  /** An `Outcome` as JSON. */
  readonly text: Piece
}

export class Found {
  readonly #targets: readonly Target[]
  readonly #arena: Arena
  readonly #held: (Held | undefined)[]
  /** One gist in the place of thousands that say the same. */
  readonly #gists = new Map<string, Gist>()
  readonly #counts: [errors: number, warnings: number, infos: number] = [0, 0, 0]
  #documents = 0
  #numbers: ReadonlyMap<string, number> | undefined
  #last: { readonly path: string; readonly outcome: Outcome } | undefined

  /** @param targets in order of path */
  constructor(targets: readonly Target[], arena: Arena) {
    this.#targets = targets
    this.#arena = arena
    this.#held = Array.from({ length: targets.length })
  }

  /** What was found just now in a form to be held. */
  hold({ gist, text }: Judged): Held {
    const key = gistKey(gist)
    const known = this.#gists.get(key)
    if (known === undefined) this.#gists.set(key, gist)
    return { gist: known ?? gist, text: this.#arena.add(text) }
  }

  /** @param at the number of the target; each is put once */
  put(at: number, held: Held): void {
    this.#held[at] = held
    if (held.gist.skipped === undefined) this.#documents++
    for (const [severity, count] of held.gist.counts.entries()) this.#counts[severity] = (this.#counts[severity] ?? 0) + count
  }

  has(at: number): boolean {
    return this.#held[at] !== undefined
  }

  get counts(): Counts {
    return this.#counts
  }

  /** In order of path, then range. */
  get findings(): Listed<PlacedFinding> {
    return listed(totalOf(this.#counts), () => this.#eachFinding())
  }

  /** In order of path. */
  get documents(): Listed<CheckedDocument> {
    return listed(this.#documents, () => this.#eachDocument())
  }

  /** Files that are no documents. */
  get skipped(): readonly { readonly path: string; readonly named: boolean; readonly reason: string }[] {
    return this.#targets.flatMap(({ path, named }, at) => {
      const reason = this.#held[at]?.gist.skipped
      return reason === undefined ? [] : [{ path, named, reason }]
    })
  }

  /** A line that a finding stands on; undefined where it is not held. */
  lineAt(path: string, line: number): string | undefined {
    if (this.#last?.path !== path) {
      this.#numbers ??= new Map(this.#targets.map((target, at) => [target.path, at]))
      const held = this.#held[this.#numbers.get(path) ?? -1]
      if (held === undefined) return undefined
      this.#read(path, held)
    }
    return this.#last?.outcome.lines[line]
  }

  #read(path: string, { text }: Held): Outcome {
    if (this.#last?.path !== path) this.#last = { path, outcome: readOutcome(readPiece(text)) }
    return this.#last.outcome
  }

  *#eachFinding(): Generator<PlacedFinding> {
    for (const [at, { path }] of this.#targets.entries()) {
      const held = this.#held[at]
      if (held !== undefined && totalOf(held.gist.counts) > 0) yield* this.#read(path, held).findings
    }
  }

  *#eachDocument(): Generator<CheckedDocument> {
    for (const [at, { path }] of this.#targets.entries()) {
      const held = this.#held[at]
      if (held !== undefined && held.gist.skipped === undefined) yield { path, skips: this.#read(path, held).skips, asked: held.gist.asked }
    }
  }
}

function totalOf([errors, warnings, infos]: Counts): number {
  return errors + warnings + infos
}
