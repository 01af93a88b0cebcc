/**
 * Owns running a program that the configuration allows: in a sandbox, for a limited time and with limited output, and that nothing of it
 * is left. Only `inquest verify --run` comes here.
 */

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { LimitName, RunOptions, RunOutcome } from './host.js'
import { endMarked, watchRun } from './run-watch.js'

/** Milliseconds for the output that is on its way when a program has ended. */
const longestGoodbye = 1000

export function run(argv: readonly string[], { sandbox, copy, env, milliseconds, network, limits }: RunOptions): Promise<RunOutcome> {
  const [program = '', ...args] = sandbox.wrap(argv, copy, network, limits)
  const { home, temporary, path } = sandbox.places(copy)
  return new Promise((resolve) => {
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    let size = 0
    let timedOut = false
    let exceeded: LimitName | undefined
    let ended = false
    let goodbye: NodeJS.Timeout | undefined
    // A group of its own, so that what it started ends with it. In bubblewrap the end of the first process ends all others.
    const child = spawn(program, args, { cwd: copy.tree, env: { HOME: home, TMPDIR: temporary, ...env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'], detached: true, windowsHide: true })
    const end = (exit: number | undefined, message = ''): void => {
      clearTimeout(timer)
      clearTimeout(goodbye)
      unwatch()
      resolve({ exit, timedOut, exceeded, output: Buffer.concat(kept).toString('utf8') + message, digest: hash.digest('hex') })
    }
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
      if (sandbox.kind !== 'bubblewrap') endMarked(copy)
    }
    const stop = (limit: LimitName): void => {
      if (timedOut || exceeded !== undefined) return
      exceeded = limit
      kill()
    }
    const timer = setTimeout(() => {
      timedOut = exceeded === undefined
      kill()
    }, milliseconds)
    const unwatch = child.pid === undefined ? () => undefined : watchRun(child.pid, copy, limits, stop)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        hash.update(bytes)
        if (size < limits.output) kept.push(bytes)
        size += bytes.length
        if (size > limits.output) stop('output')
      })
    }
    child.once('error', (error) => {
      if (!ended) end(undefined, error.message)
      ended = true
    })
    child.once('exit', (exit) => {
      kill()
      // What left its group holds the output open; nothing of it is waited for.
      goodbye = setTimeout(() => {
        ended = true
        child.stdout.destroy()
        child.stderr.destroy()
        end(exit ?? undefined)
      }, longestGoodbye)
    })
    child.once('close', (exit) => {
      if (!ended) end(exit ?? undefined)
      ended = true
    })
  })
}
