/**
 * Owns running a program that the configuration allows: in a copy of the tree, for a limited time, without the network where the
 * system can take it away. Nothing but `inquest verify --run` comes here.
 */

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import type { RunOptions, RunOutcome } from './host.js'

/** Output that is kept to look for what is expected; the digest is of all of it. */
const mostOutput = 1 << 20

export function copyTree(folder: string, files: readonly string[], include: readonly string[]): string {
  const root = fs.realpathSync(folder)
  const copy = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'inquest-run-')))
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
  return copy
}

export function removeTree(folder: string): void {
  if (path.basename(folder).startsWith('inquest-run-')) fs.rmSync(folder, { recursive: true, force: true })
}

interface Wrapper {
  readonly network: RunOutcome['network']
  readonly wrap: (argv: readonly string[], folder: string) => readonly string[]
}

const wrappers: readonly Wrapper[] = [
  {
    network: 'bubblewrap',
    wrap: (argv, folder) => ['bwrap', '--unshare-net', '--unshare-pid', '--unshare-ipc', '--die-with-parent', '--new-session', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp', '--bind', folder, folder, '--chdir', folder, '--', ...argv],
  },
  { network: 'unshare', wrap: (argv) => ['unshare', '--user', '--map-root-user', '--net', '--pid', '--fork', '--kill-child', '--', ...argv] },
]

let known: Wrapper | undefined

/** The first that works here; a system may have a program and forbid what it does. */
function findWrapper(folder: string): Wrapper {
  known ??= wrappers.find(({ wrap }) => {
    const [program = '', ...args] = wrap(['true'], folder)
    return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
  }) ?? { network: 'open', wrap: (argv) => argv }
  return known
}

export function run(argv: readonly string[], { folder, env, milliseconds, network }: RunOptions): Promise<RunOutcome> {
  const wrapper = network ? undefined : findWrapper(folder)
  const [program = '', ...args] = wrapper === undefined ? argv : wrapper.wrap(argv, folder)
  return new Promise((resolve) => {
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    let size = 0
    let timedOut = false
    // A group of its own, so that what it started ends with it.
    const child = spawn(program, args, { cwd: folder, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true, windowsHide: true })
    const end = (exit: number | undefined, message = ''): void => {
      clearTimeout(timer)
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
    let ended = false
    child.once('error', (error) => {
      if (!ended) end(undefined, error.message)
      ended = true
    })
    child.once('exit', kill)
    child.once('close', (exit) => {
      if (!ended) end(exit ?? undefined)
      ended = true
    })
  })
}
