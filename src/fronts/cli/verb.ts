/** Owns what a verb of the command line is: its words, its options, its examples, and what it runs. */

import type { Host } from '../../engine/host.js'
import { inertJson } from '../../text/display.js'

export interface Terminal {
  readonly host: Host
  /** The version of the program. */
  readonly version: string
  /** Findings and answers. */
  out(text: string): void
  /** Messages and progress. */
  err(text: string): void
  readonly color: boolean
  /** True where stderr is a terminal on which a line can be written over. */
  readonly interactive: boolean
  /** True where a person sits at both ends, so that something can be asked. */
  readonly prompts: boolean
  readInput(): Promise<string>
}

export interface OptionSpec {
  /** As commander writes it: `--format <name>`. */
  readonly flags: string
  readonly summary: string
  readonly choices?: readonly string[]
  readonly repeatable?: boolean
  readonly completes?: Completes
}

export type OptionValues = Readonly<Record<string, unknown>>

/** What a shell offers in a place; files where nothing is said. */
export type Completes = 'documents' | 'templates' | 'rules' | 'phases' | readonly string[]

export interface Verb {
  readonly name: string
  readonly summary: string
  /** `<id>`, `[paths...]` in order, with what each is. */
  readonly positional: readonly { readonly form: string; readonly summary: string; readonly completes?: Completes }[]
  readonly options: readonly OptionSpec[]
  /** Shown first by `--help`. */
  readonly examples: readonly { readonly command: string; readonly summary: string }[]
  /** The exit status. */
  run(terminal: Terminal, positional: readonly (string | readonly string[] | undefined)[], options: OptionValues): Promise<number>
}

export interface VerbListing {
  readonly name: string
  readonly summary: string
  load(): Promise<Verb>
}

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Every answer of a verb as JSON carries the contract's version. */
export function jsonAnswer(answer: object): string {
  return `${inertJson({ version: 1, ...answer }, 2)}\n`
}

export const jsonOption: OptionSpec = { flags: '--json', summary: 'answer as JSON' }
