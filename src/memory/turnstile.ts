/**
 * Owns the turnstile: who may try for the write lock next, among all processes that have one store open. First come,
 * first served, people before batch jobs. It is advice: whoever cannot reach it goes straight for the lock, so that
 * losing it costs fairness and never data. It is served from a thread of its own, which no busy process holds up.
 */

import { createHash } from 'node:crypto'
import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { Worker } from 'node:worker_threads'
import { serveTurns } from './turnstile-server.js'

export type Priority = 'interactive' | 'batch'

export interface Turnstile {
  /** Resolves when it is the caller's turn, with what ends the turn; with nothing where there is no turnstile to wait at. */
  enter(priority: Priority, until: number): Promise<(() => void) | undefined>
  /** Looks whether somebody serves, so that the first turn need not. */
  greet(): void
  /** Serves the turnstile from this process if nobody does; resolves once somebody does, or nobody can. */
  serve(): Promise<void>
  close(): void
}

/** No turn is waited for longer than this: the one ahead may be stopped, and it is only advice. */
const longestWait = 5000
/** After nobody was there to ask, so long nobody is asked. */
const askAgainAfter = 20
/** A server that takes longer to start is done without. */
const longestStart = 1000

export function createTurnstile(file: string): Turnstile {
  let address: string | undefined
  let looked = false
  let socket: Socket | undefined
  let opening: Promise<Socket | undefined> | undefined
  let server: Worker | undefined
  let serving: Promise<void> | undefined
  let absentUntil = 0
  let requests = 0
  let closed = false
  const waiting = new Map<number, () => void>()

  function drop(): void {
    socket?.destroy()
    socket = undefined
    // Whoever waits goes for the lock without a turn.
    for (const go of waiting.values()) go()
    waiting.clear()
  }

  function open(): Promise<Socket | undefined> {
    if (socket !== undefined) return Promise.resolve(socket)
    if (!looked) address = addressFor(file)
    looked = true
    const place = address
    if (place === undefined || closed || performance.now() < absentUntil) return Promise.resolve(undefined)
    opening ??= new Promise<Socket | undefined>((resolve) => {
      const trial = connect(place)
      const fail = (): void => {
        absentUntil = performance.now() + askAgainAfter
        trial.destroy()
        resolve(undefined)
      }
      trial.once('error', fail)
      trial.once('connect', () => {
        if (closed) return fail()
        trial.off('error', fail)
        trial.on('error', drop)
        trial.on('close', drop)
        let rest = ''
        trial.setEncoding('utf8').on('data', (chunk: string) => {
          const lines = (rest + chunk).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) {
            const request = Number(line)
            const go = waiting.get(request)
            // A turn that nobody waits for any more is given back at once.
            if (go === undefined) trial.write(`d ${request}\n`)
            else {
              waiting.delete(request)
              go()
            }
          }
        })
        trial.unref()
        socket = trial
        resolve(trial)
      })
    }).finally(() => (opening = undefined))
    return opening
  }

  async function waitForServer(): Promise<void> {
    for (const until = performance.now() + longestStart; performance.now() < until && !closed; ) {
      await new Promise((resolve) => setTimeout(resolve, askAgainAfter))
      if ((await open()) !== undefined) return
    }
  }

  return {
    async enter(priority, until) {
      const line = await open()
      if (line === undefined) return undefined
      const request = ++requests
      const limit = Math.max(0, Math.min(longestWait, until - performance.now()))
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(request)
          resolve()
        }, limit)
        waiting.set(request, () => {
          clearTimeout(timer)
          resolve()
        })
        line.write(`r ${request} ${priority}\n`)
      })
      return () => {
        if (!line.destroyed) line.write(`d ${request}\n`)
      }
    },
    greet() {
      void open()
    },
    async serve() {
      // Starting a thread takes longer than most writes; whoever serves already is asked first.
      const place = (await open()) === undefined ? address : undefined
      if (place === undefined || closed) return
      if (serving === undefined && !claim(place)) return waitForServer()
      serving ??= new Promise<void>((resolve) => {
        // The server needs nothing of this module, so its source travels by itself, from the bundle as from a test.
        const source = `(${serveTurns.toString()})(require('node:net'), require('node:fs'), require('node:worker_threads').parentPort, ${JSON.stringify(place)})`
        const worker = new Worker(source, { eval: true, stdout: true, stderr: true })
        server = worker
        worker.unref()
        const patience = setTimeout(resolve, longestStart)
        const known = (): void => {
          absentUntil = 0
          clearTimeout(patience)
          giveUp(place)
          resolve()
        }
        const gone = (): void => {
          server = undefined
          serving = undefined
          known()
        }
        worker.once('message', known)
        worker.once('error', gone)
        worker.once('exit', gone)
      })
      return serving
    },
    close() {
      closed = true
      drop()
      void server?.terminate()
      server = undefined
    },
  }
}

/** A crowd that comes at once would start a thread each, and wait for all of them. */
function claim(address: string): boolean {
  const mark = markOf(address)
  try {
    mkdirSync(mark)
    return true
  } catch {
    // One that is older was left by a process that was killed.
    const since = statSync(mark, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Math.abs(Date.now() - since) > 2 * longestStart) giveUp(address)
    return false
  }
}

function giveUp(address: string): void {
  try {
    rmdirSync(markOf(address))
  } catch {
    // Somebody else has removed it.
  }
}

const markOf = (address: string): string => path.join(folderOfUser(), `${path.basename(address, '.sock')}.starting`)

const folderOfUser = (): string => path.join(tmpdir(), `inquest-${process.getuid?.() ?? 0}`)

/** A socket in a folder of this user alone; a pipe on Windows. Undefined where there is no such place. */
export function addressFor(file: string): string | undefined {
  const name = createHash('sha256').update(file).digest('hex').slice(0, 20)
  if (process.platform === 'win32') return String.raw`\\.\pipe\inquest-${name}`
  const user = process.getuid?.() ?? 0
  const folder = folderOfUser()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const stats = statSync(folder)
    if (stats.uid !== user || (stats.mode & 0o077) !== 0) return undefined
  } catch {
    return undefined
  }
  const address = path.join(folder, `${name}.sock`)
  // Longer names do not fit into the address of a socket.
  return Buffer.byteLength(address) < 100 ? address : undefined
}
