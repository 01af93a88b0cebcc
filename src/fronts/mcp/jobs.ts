/** Owns what a worker can be asked to do, and how it is asked: everything that reads or writes the repository. */

import type { Host } from '../../engine/host.js'
import { InquestError } from '../../errors.js'
import type { PromptListing, PromptText } from './prompts.js'
import { completePrompt, listPrompts, promptText } from './prompts.js'
import type { ListedResource, ResourceText } from './resources.js'
import { completeResource, listResources, readResource } from './resources.js'
import type { Answer, Call } from './tool.js'
import { Cancelled } from './tool.js'
import { tools } from './tools.js'

/** Each job with what it takes and what it gives; both go from thread to thread, so they are plain values. */
export interface Jobs {
  readonly tool: { readonly takes: { readonly name: string; readonly input: Readonly<Record<string, unknown>>; readonly said: Call['said'] }; readonly gives: Answer }
  readonly resources: { readonly takes: null; readonly gives: readonly ListedResource[] }
  readonly resource: { readonly takes: { readonly uri: string }; readonly gives: ResourceText | null }
  readonly prompts: { readonly takes: null; readonly gives: readonly PromptListing[] }
  readonly prompt: { readonly takes: { readonly name: string; readonly given: Readonly<Record<string, string>> }; readonly gives: PromptText }
  readonly completions: { readonly takes: Completable; readonly gives: readonly string[] }
}

export type Completable =
  | { readonly of: 'resource'; readonly uri: string; readonly argument: string; readonly value: string }
  | { readonly of: 'prompt'; readonly name: string; readonly argument: string; readonly value: string }

export type JobName = keyof Jobs

export interface Order<Name extends JobName = JobName> {
  readonly id: number
  readonly job: Name
  readonly takes: Jobs[Name]['takes']
  /** One integer; 1 once nobody waits for the answer. Shared, because a thread at work reads no messages. */
  readonly cancelled: SharedArrayBuffer
}

export type Reply =
  | { readonly id: number; readonly kind: 'progress'; readonly done: number; readonly total: number; readonly doing: string }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: Failure }

/** An error as it goes from thread to thread. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  readonly stack: string | undefined
}

type Doers = { readonly [Name in JobName]: (call: Call, takes: Jobs[Name]['takes']) => Promise<Jobs[Name]['gives']> }

const doers: Doers = {
  async tool(call, { name, input, said }) {
    const tool = tools.find((one) => one.name === name)
    if (tool === undefined) throw new TypeError(`No tool is called ${name}`)
    return tool.run({ ...call, said }, input)
  },
  resources: ({ host }) => listResources(host),
  resource: ({ host }, { uri }) => readResource(host, uri),
  prompts: ({ host }) => listPrompts(host),
  prompt: ({ host }, { name, given }) => promptText(host, name, given),
  completions: ({ host }, asked) => (asked.of === 'resource' ? completeResource(host, asked.uri, asked.argument, asked.value) : completePrompt(host, asked.name, asked.argument, asked.value)),
}

/** @param host of the folder in which the server was started */
export async function doJob<Name extends JobName>(host: Host, { job, takes }: Pick<Order<Name>, 'job' | 'takes'>, progress: Call['progress']): Promise<Jobs[Name]['gives']> {
  return doers[job]({ host, said: {}, progress }, takes)
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Cancelled) return { code: 'cancelled', message: 'Nobody waits for it', hint: undefined, stack: undefined }
  if (error instanceof InquestError) return { code: error.code, message: error.message, hint: error.hint, stack: undefined }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { code: 'internal', message: message.split('\n')[0] ?? '', hint: 'This is a mistake in inquest; please report it with the call that was made', stack }
}
