/**
 * Owns running a program that the configuration allows: in a copy of the tree, for a limited time, without the network where the
 * system can take it away. Nothing but `inquest verify --run` comes here.
 */

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import type { RunOptions, RunOutcome, TreeCopy } from './host.js'

/** Milliseconds for the output that is on its way when a program has ended. */
const longestGoodbye = 1000

/** Output that is kept to look for what is expected; the digest is of all of it. */
const mostOutput = 1 << 20

export function copyTree(folder: string, files: readonly string[], include: readonly string[]): TreeCopy {
  const root = fs.realpathSync(folder)
  const base = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'inquest-run-')))
  const copy = path.join(base, 'tree')
  const home = path.join(base, 'home')
  fs.mkdirSync(copy)
  fs.mkdirSync(home)
  const inside = (file: string): boolean => file === root || file.startsWith(root + path.sep)
  const take = (from: string, to: string): void => {
    const stats = fs.lstatSync(from, { throwIfNoEntry: false })
    if (stats === undefined) return
    if (stats.isDirectory()) {
      fs.mkdirSync(to, { recursive: true })
      for (const name of fs.readdirSync(from)) take(path.join(from, name), path.join(to, name))
      return
    }
    fs.mkdirSync(path.dirname(to), { recursive: true })
    if (stats.isSymbolicLink()) {
      const target = fs.readlinkSync(from)
      if (!path.isAbsolute(target) && inside(path.resolve(path.dirname(from), target))) fs.symlinkSync(target, to)
    } else if (stats.isFile()) fs.copyFileSync(from, to)
  }
  for (const file of [...files, ...include]) {
    const from = path.resolve(root, file)
    // A folder on the way that is a link may lead out.
    const parent = fs.existsSync(path.dirname(from)) ? fs.realpathSync(path.dirname(from)) : undefined
    if (inside(from) && parent !== undefined && inside(parent)) take(from, path.join(copy, file))
  }
  return { base, tree: copy, home }
}

export function removeTree({ base }: TreeCopy): void {
  fs.rmSync(base, { recursive: true, force: true })
}

interface Wrapper {
  readonly network: RunOutcome['network']
  readonly wrap: (argv: readonly string[], copy: TreeCopy) => readonly string[]
}

/** Sockets that lead out of the box lie here; what systems keep programs in stays. */
const withoutSockets = fs.existsSync('/run') ? ['--tmpfs', '/run', '--ro-bind-try', '/run/current-system', '/run/current-system'] : []

const wrappers: readonly Wrapper[] = [
  {
    network: 'bubblewrap',
    wrap: (argv, { base, tree }) => ['bwrap', '--unshare-net', '--unshare-pid', '--unshare-ipc', '--die-with-parent', '--new-session', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp', ...withoutSockets, '--bind', base, base, '--chdir', tree, '--', ...argv],
  },
  { network: 'unshare', wrap: (argv) => ['unshare', '--user', '--map-root-user', '--net', '--pid', '--fork', '--kill-child', '--', ...argv] },
]

let known: Wrapper | undefined

/** The first that works here; a system may have a program and forbid what it does. */
function findWrapper(copy: TreeCopy): Wrapper {
  known ??= wrappers.find(({ wrap }) => {
    const [program = '', ...args] = wrap(['true'], copy)
    return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
  }) ?? { network: 'open', wrap: (argv) => argv }
  return known
}

export function run(argv: readonly string[], { copy, env, milliseconds, network }: RunOptions): Promise<RunOutcome> {
  const wrapper = network ? undefined : findWrapper(copy)
  const [program = '', ...args] = wrapper === undefined ? argv : wrapper.wrap(argv, copy)
  return new Promise((resolve) => {
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    let size = 0
    let timedOut = false
    let ended = false
    let goodbye: NodeJS.Timeout | undefined
    // A group of its own, so that what it started ends with it.
    const child = spawn(program, args, { cwd: copy.tree, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true, windowsHide: true })
    const end = (exit: number | undefined, message = ''): void => {
      clearTimeout(timer)
      clearTimeout(goodbye)
      resolve({ exit, timedOut, output: Buffer.concat(kept).toString('utf8') + message, digest: hash.digest('hex'), network: wrapper?.network ?? 'open' })
    }
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    const timer = setTimeout(() => {
      timedOut = true
      kill()
    }, milliseconds)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        hash.update(bytes)
        if (size < mostOutput) kept.push(bytes)
        size += bytes.length
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
