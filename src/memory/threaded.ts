/**
 * Owns a store whose work is done in a thread of its own: a commit waits for the disk, and a program that talks to people
 * or to other programs must not wait along. What goes there and back is plain values.
 */

import { Worker } from 'node:worker_threads'
import { InquestError } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { loadDriver } from './driver.js'
import type { Imported, ImportOptions, Store } from './store.js'

/** Everything that a store can be asked. */
type Method = { readonly [Name in keyof Store]: Store[Name] extends (...args: never) => Promise<unknown> ? Name : never }[keyof Store]

/** Those whose questions and answers are passed on as they are. */
const passedOn: Readonly<Record<Exclude<Method, 'import' | 'close'>, true>> = {
  prepare: true,
  record: true,
  settle: true,
  park: true,
  unfinished: true,
  operation: true,
  concepts: true,
  unknown: true,
  recordedFor: true,
  documents: true,
  rename: true,
  search: true,
  kinship: true,
  exportPage: true,
  isNew: true,
  adopt: true,
  differing: true,
  formerIds: true,
  markFollowed: true,
  wordsPage: true,
  draftClusters: true,
  saveClusters: true,
  clustersPage: true,
  supersede: true,
  tally: true,
  backup: true,
  counts: true,
  ground: true,
  inspect: true,
  mend: true,
  tidy: true,
  warnings: true,
}

export interface StoreOrder {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
}

export type StoreReply =
  | { readonly id: 0; readonly kind: 'open'; readonly name: string }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: Parameters<NonNullable<ImportOptions['onProgress']>>[0] }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly error: TransportedError }

/** An error as it goes from thread to thread. */
interface TransportedError {
  /** Undefined for a mistake in the program. */
  readonly code: ErrorCode | undefined
  readonly message: string
  readonly hint: string | undefined
  readonly stack: string | undefined
}

export function transported(error: unknown): TransportedError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return error instanceof InquestError ? { code: error.code, message, hint: error.hint, stack: undefined } : { code: undefined, message, hint: undefined, stack }
}

function arrived({ code, message, hint, stack }: TransportedError): Error {
  if (code !== undefined) return new InquestError(code, message, hint === undefined ? {} : { hint })
  return Object.assign(new TypeError(message), stack !== undefined && { stack })
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
  readonly onProgress: ImportOptions['onProgress']
}

/**
 * As `openStore` for writing.
 * @param script the file that the thread runs: `store-thread.ts`, as it was built
 */
export async function openStoreInThread(script: URL, file: string): Promise<Store> {
  // What keeps the driver from being loaded is told as everywhere.
  loadDriver()
  // What a library prints in a thread must not come between the messages of a protocol.
  const worker = new Worker(script, { workerData: { file }, stdout: true })
  worker.stdout.on('data', (chunk: Buffer) => void process.stderr.write(chunk))
  const waiting = new Map<number, Waiting>()
  let last = 0
  let lost: InquestError | undefined

  const lose = (how: string): void => {
    const error = (lost ??= new InquestError('store-io', `${file}: the thread that kept the store was lost: ${how}`, { hint: 'Try again; what was acknowledged is stored' }))
    for (const one of waiting.values()) one.reject(error)
    waiting.clear()
  }
  worker.on('error', (error) => lose(error.message))
  worker.on('exit', (status) => lose(`it ended with status ${status}`))
  worker.on('message', (reply: StoreReply) => {
    const one = waiting.get(reply.id)
    if (reply.kind === 'progress') return one?.onProgress?.(reply.progress)
    waiting.delete(reply.id)
    // Only a thread at work keeps the process alive.
    if (waiting.size === 0) worker.unref()
    if (reply.kind === 'failed') one?.reject(arrived(reply.error))
    else one?.resolve(reply.kind === 'open' ? reply.name : reply.value)
  })
  const answerTo = (id: number, onProgress?: ImportOptions['onProgress']): Promise<unknown> => new Promise((resolve, reject) => waiting.set(id, { resolve, reject, onProgress }))
  const ask = (method: Method, args: readonly unknown[], onProgress?: ImportOptions['onProgress']): Promise<unknown> => {
    // Nobody would answer.
    if (lost !== undefined) return Promise.reject(lost)
    const order: StoreOrder = { id: ++last, method, args }
    worker.ref()
    worker.postMessage(order)
    return answerTo(order.id, onProgress)
  }
  const name = (await answerTo(0)) as string
  let closed: Promise<unknown> | undefined
  const passing = Object.keys(passedOn).map((method) => [method, (...args: readonly unknown[]) => (closed === undefined ? ask(method as Method, args) : Promise.reject(new TypeError(`The store is closed; no ${method} can begin`)))])
  return {
    ...(Object.fromEntries(passing) as Pick<Store, keyof typeof passedOn>),
    name,
    readOnly: false,
    import: (concepts, { repository, onProgress }) => ask('import', [concepts, { repository }], onProgress) as Promise<Imported>,
    async close() {
      // A thread that is gone has nothing open, and who waited for it was told.
      if (lost === undefined) await (closed ??= ask('close', []))
    },
  }
}
