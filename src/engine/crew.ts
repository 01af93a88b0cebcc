/**
 * Owns sharing files out among threads. Whoever is free takes the next few; who took which changes nothing in what is
 * found. What a thread did not answer, because it failed or was lost, is judged once more in the calling thread, in
 * order, so that an error is the one that a single thread would have met.
 */

import { fileURLToPath } from 'node:url'
import type { DocumentEntry } from '../rules/world.js'
import type { Judging } from './judging.js'
import { breath, breathe, judgeTarget } from './judging.js'
import { manyDocuments } from './repository-index.js'
import type { Target } from './targets.js'
import type { Workspace } from './workspace.js'

/** The bundle keeps it beside the program, and this file in a folder below. Where it is not, there is one thread. */
const script = new URL('../judge-worker.js', import.meta.url)

/** Fewer are judged before a thread has come to do its part. */
const fewestShared = 1000

/** Each holds a heap of its own, and all read from one disk. */
const mostThreads = 4

/** In megabytes. More of it makes a thread no faster and each of them larger. */
const youngGeneration = 24

/** What a thread is told when it starts. */
export interface Beginning {
  readonly cwd: string
  readonly root: string
  /** One integer: the first target that nobody has taken yet. */
  readonly next: SharedArrayBuffer
}

/** What it is told once the files are listed, and not before. */
export interface Share {
  readonly everything: readonly string[]
  readonly entries: readonly DocumentEntry[]
  readonly targets: readonly Target[]
  readonly keep: boolean
}

/** What it made of the targets from `first` on; null for a path that leads to no file, undefined for one that it failed on. */
export interface Part {
  readonly first: number
  readonly judgings: readonly (Judging | null | undefined)[]
}

export interface JudgeOptions {
  readonly keep: boolean
  /** At most so many threads, the calling one among them; undefined for as many as pay. */
  readonly threads: number | undefined
  /** Told of each target once, in no order; undefined for a path that leads to no file any more. */
  take(at: number, judging: Judging | undefined): void
}

/** Judges all targets. What `take` throws ends it, and all threads with it. */
export async function judgeAll(workspace: Workspace, targets: readonly Target[], options: JudgeOptions): Promise<void> {
  const answered = new Uint8Array(targets.length)
  const take = ({ first, judgings }: Part): void => {
    for (const [offset, judging] of judgings.entries()) {
      if (judging === undefined) continue
      answered[first + offset] = 1
      options.take(first + offset, judging ?? undefined)
    }
  }
  const helpers = await startHelpers(workspace, targets, options, take)
  // Each asks for its own id at least.
  if (targets.length >= manyDocuments) workspace.index().expectMany()
  if (helpers !== undefined) {
    try {
      await workShare(workspace, { targets, keep: options.keep }, helpers.next, take)
      await helpers.ended
    } finally {
      await helpers.dismiss()
    }
  }
  for (const [at, target] of targets.entries()) {
    if (answered[at] === 1) continue
    options.take(at, await judgeTarget(workspace, target, options.keep))
    if (at % breath === breath - 1) await breathe()
  }
}

/** Judges targets as long as there are any that nobody has taken. */
export async function workShare(workspace: Workspace, { targets, keep }: Pick<Share, 'targets' | 'keep'>, next: Int32Array, give: (part: Part) => void): Promise<void> {
  for (let first = Atomics.add(next, 0, breath); first < targets.length; first = Atomics.add(next, 0, breath)) {
    const judgings: (Judging | null | undefined)[] = []
    for (const target of targets.slice(first, first + breath)) {
      try {
        judgings.push((await judgeTarget(workspace, target, keep)) ?? null)
      } catch {
        // It is judged again where its error can be told.
        judgings.push(undefined)
      }
    }
    give({ first, judgings })
    await breathe()
  }
}

interface Helpers {
  readonly next: Int32Array
  /** Settled once no thread will answer any more, or once an answer could not be taken. */
  readonly ended: Promise<unknown>
  dismiss(): Promise<unknown>
}

async function startHelpers(workspace: Workspace, targets: readonly Target[], { keep, threads }: JudgeOptions, take: (part: Part) => void): Promise<Helpers | undefined> {
  if (threads === 1 || (threads === undefined && targets.length < fewestShared) || !workspace.host.exists(fileURLToPath(script))) return undefined
  const [{ Worker }, { availableParallelism }] = await Promise.all([import('node:worker_threads'), import('node:os')])
  const count = (threads ?? Math.min(availableParallelism(), mostThreads)) - 1
  if (count < 1) return undefined
  const next = new SharedArrayBuffer(4)
  const { root, host } = workspace
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData: { cwd: host.cwd, root, next } satisfies Beginning, resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } }))
  const ended = workers.map((worker) => {
    return new Promise<void>((resolve, reject) => {
      worker.on('message', (part: Part) => {
        try {
          take(part)
        } catch (error) {
          // Thrown here it would end the process. Nobody is to begin anything more.
          Atomics.store(new Int32Array(next), 0, targets.length)
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
      // What it had taken and not answered is judged again.
      worker.on('error', () => undefined)
      worker.once('exit', () => resolve())
    })
  })
  const dismiss = (): Promise<unknown> => Promise.all(workers.map((worker) => worker.terminate()))
  // They load the program while the files are listed.
  try {
    const share: Share = { everything: workspace.everything(), entries: workspace.index().entries, targets, keep }
    for (const worker of workers) worker.postMessage(share)
  } catch (error) {
    // A thread that is told nothing waits for ever.
    await dismiss()
    throw error
  }
  const all = Promise.all(ended)
  // Looked at once the calling thread has done its part.
  all.catch(() => undefined)
  return { next: new Int32Array(next), ended: all, dismiss }
}
