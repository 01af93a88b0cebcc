/** Starts processes as copies of one that has loaded everything: a thousand of them take no longer than a few that start by themselves. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundle, projectRoot } from './store-processes.mjs'

/** Where writing waits for no disk; a process that is killed needs none. */
export const quickGround = process.platform === 'linux' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Builds what copies a process. @returns why not, or undefined */
function build(addon) {
  const headers = path.join(path.dirname(path.dirname(process.execPath)), 'include/node')
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(path.join(headers, 'node_api.h'))) return 'processes are copied on Linux on x64, with the headers of Node'
  const done = spawnSync('cc', ['-shared', '-fPIC', '-O1', `-I${headers}`, '-o', addon, path.join(projectRoot, 'scripts/copies.c')], { encoding: 'utf8' })
  return done.status === 0 ? undefined : `what copies processes cannot be compiled: ${done.stderr ?? done.error?.message}`
}

/**
 * @param warm arguments of a task that the original does once, so that its copies know the way
 * @returns a nursery of copies, or why there is none
 */
export async function openCopies(warm) {
  const folder = mkdtempSync(path.join(quickGround, 'inquest-copies-'))
  const addon = path.join(folder, 'copies.node')
  const missing = build(addon)
  if (missing !== undefined) {
    rmSync(folder, { recursive: true, force: true })
    return { missing }
  }
  // V8 with threads of its own cannot be copied.
  const original = spawn(process.execPath, ['--single-threaded', bundle, 'copies', addon, ...warm], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = []
  let rest = ''
  original.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()
    for (const line of lines) waiting.shift()?.(line)
  })
  const ended = new Promise((resolve) => original.once('close', resolve))
  const answer = () => Promise.race([new Promise((resolve) => waiting.push(resolve)), ended.then(() => Promise.reject(new Error('The process that is copied has ended')))])
  if ((await answer()) !== 'ready') throw new Error('The process that is to be copied is not ready')
  let count = 0

  return {
    /**
     * @param args of the task, which begins when it is told to go
     * @param cut the call at which it is killed, or given an error in place of an answer: its name, the how-manyth, and the
     * number of the error or 0; the task begins at once, and says `met` when it comes to the call
     */
    async start(args, cut) {
      const out = path.join(folder, `${++count}.out`)
      writeFileSync(out, '')
      const told = answer()
      original.stdin.write(`${JSON.stringify({ args: args.map(String), out, cut })}\n`)
      const pid = Number(await told)
      const status = () => {
        try {
          return readFileSync(`/proc/${pid}/status`, 'utf8')
        } catch {
          return undefined
        }
      }
      // One that is gone and not yet forgotten is gone.
      const isGone = () => /^State:\s+[ZX]/mu.test(status() ?? 'State: X')
      return {
        pid,
        status,
        isGone,
        go: () => process.kill(pid, 'SIGUSR2'),
        kill: (signal) => {
          try {
            return process.kill(pid, signal)
          } catch {
            return false
          }
        },
        async ended() {
          while (!isGone()) await sleep(2)
        },
        lines: () => readFileSync(out, 'utf8').split('\n').slice(0, -1),
        forget: () => rmSync(out, { force: true }),
      }
    },
    async close() {
      original.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
