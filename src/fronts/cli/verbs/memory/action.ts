/** Owns what an action of the verb `memory` is. */

import type { OptionSpec, OptionValues, Terminal, Verb } from '../../verb.js'

export interface MemoryAction {
  readonly name: string
  readonly summary: string
  /** What its words are; undefined where it takes none. */
  readonly words?: string
  /** Beside `--json`, which all take. */
  readonly options: readonly OptionSpec[]
  readonly examples: Verb['examples']
  /** The exit status. */
  run(terminal: Terminal, words: readonly string[], options: OptionValues): Promise<number>
}

/** Recovery speaks on standard error, where it stands in nobody's way. */
export function tellRecovered({ err }: Terminal): (message: string) => void {
  return (message) => err(`inquest: ${message}\n`)
}
