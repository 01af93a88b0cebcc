/**
 * Owns the totals of a command that runs: memory and number of all its processes, and what it wrote into its copy. The kernel limits
 * each process; what many of them take together is looked at some times a second, and the command ends where it is too much.
 */

import * as fs from 'node:fs'
import * as path from 'node:path'
import type { LimitName, RunLimits, TreeCopy } from './host.js'

const everyMilliseconds = 100

/** Processes that prepare the command and stay beside it; the kernel does not count them with it. */
const preparing = 16

/** @returns what ends the watch */
export function watchRun(first: number, { base }: TreeCopy, limits: RunLimits, stop: (limit: LimitName) => void): () => void {
  const written = freeBytes(base)
  const size = written === undefined ? 0 : sizeBelow(base)
  const look = (): void => {
    const processes = descendants(first)
    if (threadsOf(processes) > limits.processes + preparing) stop('processes')
    else if (total(processes, residentBytes) > limits.memory && total(processes, proportionalBytes) > limits.memory) stop('memory')
    // Others write on the same disk: only where it lost that much is the copy measured.
    else if (written !== undefined && written - (freeBytes(base) ?? 0) > limits.disk && sizeBelow(base) - size > limits.disk) stop('disk')
  }
  const timer = setInterval(look, everyMilliseconds)
  return () => clearInterval(timer)
}

/** Ends what a run left behind: processes that began with a place in its copy. Only they have its path in their environment. */
export function endMarked({ base }: TreeCopy): void {
  const rounds = 20
  for (let round = 0; round < rounds; round++) {
    const left = processIds().filter((id) => readProcess(id, 'environ').includes(`${base}/`))
    if (left.length === 0) return
    // What starts others in the meantime is found in the next round.
    for (const id of left) endProcess(id)
  }
}

function endProcess(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

function processIds(): readonly number[] {
  try {
    return fs.readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? [Number(name)] : []))
  } catch {
    return []
  }
}

/** Empty for a process that has ended or belongs to somebody else. */
function readProcess(id: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${id}/${file}`, 'latin1')
  } catch {
    return ''
  }
}

/** A process whose parent has ended belongs to the first process of its namespace, which is below `first` as well. */
function descendants(first: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const id of processIds()) {
    // The name of the program stands in brackets and may contain any sign.
    const parent = Number(readProcess(id, 'stat').split(') ').at(-1)?.split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), id])
  }
  const found = [first]
  for (const id of found) found.push(...(children.get(id) ?? []))
  return found
}

const total = (processes: readonly number[], of: (id: number) => number): number => processes.reduce((sum, id) => sum + of(id), 0)

const kilobytes = (text: string, names: RegExp): number => [...text.matchAll(names)].reduce((sum, [, count]) => sum + Number(count) * 1024, 0)

const threadsOf = (processes: readonly number[]): number => total(processes, (id) => Number(/^Threads:\s*(\d+)/mu.exec(readProcess(id, 'status'))?.[1] ?? 0))

const residentBytes = (id: number): number => kilobytes(readProcess(id, 'status'), /^Rss(?:Anon|Shmem):\s*(\d+)/gmu)

/** Memory that processes share counts once in the sum; it takes longer to ask for. */
function proportionalBytes(id: number): number {
  const shares = readProcess(id, 'smaps_rollup')
  return shares === '' ? residentBytes(id) : kilobytes(shares, /^Pss_(?:Anon|Shmem):\s*(\d+)/gmu)
}

function freeBytes(folder: string): number | undefined {
  try {
    const { bfree, bsize } = fs.statfsSync(folder)
    return bfree * bsize
  } catch {
    return undefined
  }
}

/** What cannot be opened or reached counts as more than any limit: only a command that hides something makes such a folder. */
function sizeBelow(folder: string): number {
  let size = 0
  const open = [folder]
  try {
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
        const file = path.join(at, entry.name)
        if (entry.isDirectory()) open.push(file)
        else size += (fs.lstatSync(file, { throwIfNoEntry: false })?.blocks ?? 0) * 512
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return Number.POSITIVE_INFINITY
  }
  return size
}
