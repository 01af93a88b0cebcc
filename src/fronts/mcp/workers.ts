/** Owns the threads that do the server's jobs: a few, started when there is work, and one that dies takes only its own job along. */

import { Worker } from 'node:worker_threads'
import { InquestError } from '../../errors.js'
import type { Failure, JobName, Jobs, Order, Reply } from './jobs.js'

export interface Watched {
  readonly signal?: AbortSignal
  onProgress?(done: number, total: number, doing: string): void
}

export interface Workers {
  /** @throws JobFailed for what the job could not do */
  run<Name extends JobName>(job: Name, takes: Jobs[Name]['takes'], watched?: Watched): Promise<Jobs[Name]['gives']>
  /** Tells running jobs that nobody waits for them, lets those that write finish what they began, and ends all threads. */
  close(): Promise<void>
}

/** What a job could not do, with the code and the hint of the error in its thread. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** A long check leaves room for a short question beside it; more threads would only share the same disk. */
const mostWorkers = 3

/** A write takes milliseconds; what takes longer than this is not waited for. In milliseconds. */
const longestFarewell = 600

interface Running {
  readonly order: Order
  readonly watched: Watched
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * @param script the file that a thread runs
 * @param folder where the server was started
 */
export function openWorkers(script: URL, folder: string): Workers {
  const idle: Worker[] = []
  const running = new Map<Worker, Running>()
  const waiting: Running[] = []
  let lastId = 0
  let closed = false

  const start = (): Worker => {
    // What a library prints in a thread must not come between the messages on standard output.
    const worker = new Worker(script, { workerData: { folder }, stdout: true })
    worker.stdout.pipe(process.stderr, { end: false })
    worker.on('message', (reply: Reply) => receive(worker, reply))
    worker.on('error', (error) => lose(worker, error.message))
    worker.on('exit', (status) => lose(worker, `it ended with status ${status}`))
    return worker
  }

  const next = (): void => {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (running.size < mostWorkers ? start() : undefined)
      if (worker === undefined) return
      const one = waiting.shift()
      if (one === undefined) return
      running.set(worker, one)
      // Only a thread at work keeps the process alive.
      worker.ref()
      worker.postMessage(one.order)
    }
  }

  const receive = (worker: Worker, reply: Reply): void => {
    const one = running.get(worker)
    if (one === undefined || one.order.id !== reply.id) return
    if (reply.kind === 'progress') {
      one.watched.onProgress?.(reply.done, reply.total, reply.doing)
      return
    }
    running.delete(worker)
    worker.unref()
    idle.push(worker)
    if (reply.kind === 'done') one.resolve(reply.value)
    else one.reject(new JobFailed(reply.failure))
    next()
  }

  const lose = (worker: Worker, how: string): void => {
    const one = running.get(worker)
    running.delete(worker)
    const at = idle.indexOf(worker)
    if (at !== -1) idle.splice(at, 1)
    const error = new InquestError('environment', `The thread that did the work was lost: ${how}`, { hint: 'Call again' })
    one?.reject(new JobFailed({ code: error.code, message: error.message, hint: error.hint, stack: undefined }))
    next()
  }

  return {
    run(job, takes, watched = {}) {
      const cancelled = new SharedArrayBuffer(4)
      if (closed) return Promise.reject(nobodyWaits())
      const order: Order = { id: ++lastId, job, takes, cancelled }
      return new Promise((resolve, reject) => {
        const one: Running = { order, watched, resolve: (value) => resolve(value as Jobs[typeof job]['gives']), reject }
        const cancel = (): void => {
          Atomics.store(new Int32Array(cancelled), 0, 1)
          const at = waiting.indexOf(one)
          if (at === -1) return
          waiting.splice(at, 1)
          reject(nobodyWaits())
        }
        if (watched.signal?.aborted === true) cancel()
        watched.signal?.addEventListener('abort', cancel, { once: true })
        waiting.push(one)
        next()
      })
    },
    async close() {
      closed = true
      for (const one of [...running.values(), ...waiting]) Atomics.store(new Int32Array(one.order.cancelled), 0, 1)
      for (const one of waiting.splice(0)) one.reject(nobodyWaits())
      const deadline = performance.now() + longestFarewell
      while (running.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
      await Promise.all([...idle, ...running.keys()].map((worker) => worker.terminate()))
    },
  }
}

function nobodyWaits(): JobFailed {
  return new JobFailed({ code: 'cancelled', message: 'Nobody waits for it', hint: undefined, stack: undefined })
}
