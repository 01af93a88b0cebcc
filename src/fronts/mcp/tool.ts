/** Owns what a tool is: its words, the shapes of what it takes and answers, what it may change, and what it runs. */

import type * as z from 'zod'
import type { Host } from '../../engine/host.js'

/** A running call, as a tool sees it. */
export interface Call {
  readonly host: Host
  /** What a person said where the tool asked, by the key of the question. */
  readonly said: Readonly<Record<string, string>>
  /** Tells how far the call is. @throws Cancelled where nobody waits for the answer any more */
  readonly progress: (done: number, total: number, doing: string) => void
}

/** Something that only a person can say, in a sentence. */
export interface Question {
  /** What the answer is called among those of the call. */
  readonly key: string
  readonly title: string
  /** What is expected, in one line. */
  readonly expected: string
}

export interface Answer {
  /** For people and models. */
  readonly text: string
  /** The answer as the command line gives it with `--json`, `version` left out. */
  readonly structured: Readonly<Record<string, unknown>>
  /** True where the call could not be answered. */
  readonly failed?: boolean
  /** What would change the answer if a person said it; asked where the client can ask. */
  readonly questions?: readonly Question[]
}

export interface Tool {
  readonly name: string
  readonly title: string
  /** What it does and when it is to be used, for models. */
  readonly description: string
  readonly input: z.ZodObject
  /** The shape of the answer; that of a failure goes without saying. */
  readonly output: z.ZodType
  readonly changes: Changes
  run(call: Call, input: Readonly<Record<string, unknown>>): Promise<Answer>
}

/**
 * `nothing`: only reads. `once`: the same call again changes nothing more. `anew`: each call adds something.
 * `over`: what stands in a document may give way.
 */
export type Changes = 'nothing' | 'once' | 'anew' | 'over'

/** A tool whose `run` is given what its own shape reads. */
export function defineTool<Input extends z.ZodObject>(tool: Omit<Tool, 'input' | 'run'> & { readonly input: Input; run(call: Call, input: z.infer<Input>): Promise<Answer> }): Tool {
  return { ...tool, run: (call, input) => tool.run(call, tool.input.parse(input)) }
}

/** Thrown out of a call that nobody waits for. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
