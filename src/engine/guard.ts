/**
 * Owns that no server outlives its client. A server runs in a thread. The main thread only carries bytes between that thread and the
 * standard streams, so it notices that the client is gone, or that the process has to end, whatever the server is doing.
 */

import { spawnSync } from 'node:child_process'
import { fstatSync, readFileSync, readdirSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { getHeapStatistics } from 'node:v8'
import { Worker, parentPort, workerData } from 'node:worker_threads'
import type { ErrorCode } from '../errors.js'
import { InquestError } from '../errors.js'

export interface Guarded {
  /** The file that the thread runs. It calls `serveGuarded`. */
  readonly script: URL
  /** What the thread is given: a plain value. */
  readonly data: unknown
  /**
   * `streams`: the client uses standard input and output, and the server ends with it. `network`: clients come and go, and the server
   * ends when a pipe at its standard input is closed.
   */
  readonly serves: 'streams' | 'network'
  /** The process id of the client, where another process started the server. */
  readonly client?: number | undefined
}

/** What a server gets in its thread. */
export interface ServerThread {
  readonly input: Readable
  /** A write never fails. The main thread notices that the client does not read. */
  readonly output: Writable
  /** Settles when the server has to end. */
  readonly ended: Promise<void>
  /** Adds a process that the server must not outlive. */
  watch(pid: number): void
  /** Writes a line to standard error. A server on the network ends if nobody can read where it is. */
  announce(line: string): void
}

type Message =
  | { readonly kind: 'started' }
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  | { readonly kind: 'watch'; readonly pid: number }
  | { readonly kind: 'announcement'; readonly line: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined }

// The sum of these stays below two seconds. All are in milliseconds.
/** How often the main thread checks processes, whose end raises no event. */
const betweenChecks = 250
/** How long a server may take to end. A write takes milliseconds; the next command finishes or undoes what is cut off. */
const patience = 1000
/** How long threads, programs and the last output may take after that. */
const farewell = 150

/** In bytes. The end of the input is noticed while the server has less than this to read. */
const mostUnread = 64 * 1024 * 1024

/**
 * Runs a server until it ends, its client is gone, or the process gets a signal. Returns the exit status; then the process ends, with all
 * programs that it started.
 * @throws InquestError if the server cannot start
 */
export async function guard({ script, data, serves, client }: Guarded): Promise<number> {
  const parent = process.ppid
  const clients = new Set(client === undefined ? [] : [client])
  // The thread may use as much memory as a process. Output of libraries must not get between messages.
  const thread = new Worker(script, { workerData: data, stdin: true, stdout: true, resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) } })
  let started = false
  let deadline: NodeJS.Timeout | undefined
  // A server that has not started yet has nothing to finish.
  const limit = (time = patience): void => void (deadline ??= setTimeout(() => void cutOff(thread), time))
  const end = (): void => {
    thread.postMessage('end')
    limit(started ? patience : 0)
  }
  const announce = (line: string): void => void process.stderr.write(`inquest: ${line}\n`, (error) => error instanceof Error && end())

  thread.stdout.pipe(process.stderr, { end: false })
  thread.on('message', (message: Message) => {
    if (message.kind === 'started') started = true
    if (message.kind === 'output') process.stdout.write(message.bytes)
    if (message.kind === 'watch') clients.add(message.pid)
    if (message.kind === 'announcement') announce(message.line)
  })
  process.stdout.removeAllListeners('error')
  process.stdout.on('error', serves === 'streams' ? end : ignore)
  // A client may close standard error and go on. A report of this failure would fail too, and so on without end.
  process.stderr.on('error', ignore)
  if (serves === 'streams') carryInput(thread, limit)
  else if (isPipe(process.stdin)) {
    // What keeps the server from starting is reported all the same.
    const close = (): void => {
      if (deadline === undefined) process.stderr.write('inquest: standard input was closed, which ends the server\n')
      thread.postMessage('end')
      limit()
    }
    process.stdin.on('error', ignore).once('end', close).once('close', close).resume()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)

  let isOrphan = false
  const checking = setInterval(() => {
    const wasOrphan = isOrphan
    isOrphan ||= process.ppid !== parent || !isAlive(parent)
    if ([...clients].some((pid) => !isAlive(pid))) end()
    if (serves === 'streams' && (isOrphan || isUnread())) end()
    if (serves === 'network' && isOrphan && !wasOrphan) announce('the process that started this server has ended; the server runs until SIGTERM')
  }, betweenChecks)
  try {
    return await statusOf(thread)
  } finally {
    clearInterval(checking)
    clearTimeout(deadline)
    process.stdin.destroy()
    killPrograms()
    // A client that does not read gets no more time.
    setTimeout(() => process.exit(), farewell).unref()
  }
}

function carryInput(thread: Worker, atEnd: () => void): void {
  const { stdin: input } = process
  const { stdin: unread } = thread
  if (unread === null) return
  unread.on('error', ignore).on('drain', () => input.resume())
  input.on('data', (chunk: Buffer) => {
    if (!unread.write(chunk) && unread.writableLength > mostUnread) input.pause()
  })
  // The server reads to the end first, so that a question that was piped in gets its answer.
  const close = (): void => {
    unread.end()
    atEnd()
  }
  input.on('error', ignore).once('end', close).once('close', close)
}

function statusOf(thread: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    thread.on('message', (message: Message) => {
      if (message.kind === 'failed') reject(new InquestError(message.code, message.message, message.hint === undefined ? {} : { hint: message.hint }))
    })
    thread.once('error', reject)
    thread.once('exit', resolve)
  })
}

/** Ends a process whose threads may be busy, or wait for a program. */
async function cutOff(thread: Worker): Promise<void> {
  // Otherwise a thread that waits for a program would start the next one.
  void thread.terminate()
  await sleep(farewell)
  killPrograms()
  await sleep(farewell)
  killPrograms()
  // `process.exit` waits for threads.
  process.kill(process.pid, 'SIGKILL')
}

/** Kills all programs below this process. Windows does that when the process ends. */
function killPrograms(): void {
  if (process.platform === 'win32') return
  const below = new Set([process.pid])
  const parents = process.platform === 'linux' ? parentsInProc() : parentsByPs()
  for (let size = 0; size < below.size; ) {
    size = below.size
    for (const [pid, parent] of parents) if (below.has(parent)) below.add(pid)
  }
  below.delete(process.pid)
  for (const pid of below) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
}

function parentsInProc(): readonly (readonly [number, number])[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/u.test(name)) return []
    try {
      // The name of a program, in brackets, may contain anything.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) /su, '').split(' ')
      return [[Number(name), Number(parent)] as const]
    } catch {
      return []
    }
  })
}

function parentsByPs(): readonly (readonly [number, number])[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/^\s*(\d+)\s+(\d+)/gmu)].map(([, pid, parent]) => [Number(pid), Number(parent)] as const)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** True if standard output is a socket that the client has closed. A closed pipe is noticed only when something is written. */
function isUnread(): boolean {
  try {
    if (fstatSync(1).isSocket()) writeSync(1, new Uint8Array(0))
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPIPE'
  }
}

function isPipe(input: NodeJS.ReadStream): boolean {
  return input instanceof Socket && !input.isTTY
}

function ignore(): void {}

/** Runs a server in the thread that `guard` started. What it returns is the exit status of the process. */
export async function serveGuarded<Data>(serve: (data: Data, thread: ServerThread) => Promise<number>): Promise<void> {
  const port = parentPort
  if (port === null) throw new TypeError('A server is started by `guard`')
  const post = (message: Message, bytes?: Uint8Array<ArrayBuffer>): void => port.postMessage(message, bytes === undefined ? [] : [bytes.buffer])
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // Small buffers share memory with others, which must not be moved with them.
      const bytes = new Uint8Array(chunk)
      post({ kind: 'output', bytes }, bytes)
      done()
    },
  })
  post({ kind: 'started' })
  const ended = new Promise<void>((resolve) => port.once('message', () => resolve()))
  try {
    process.exit(await serve(workerData as Data, { input: process.stdin, output, ended, watch: (pid) => post({ kind: 'watch', pid }), announce: (line) => post({ kind: 'announcement', line }) }))
  } catch (error) {
    if (!(error instanceof InquestError)) throw error
    post({ kind: 'failed', code: error.code, message: error.message, hint: error.hint })
    process.exit()
  }
}
