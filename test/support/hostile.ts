/** Owns the sandbox of one attack as the entries of `scripts/hostile/` expect it, and meets an attack as a given user. */

import { spawnSync } from 'node:child_process'
import type { SpawnSyncOptions, SpawnSyncReturns } from 'node:child_process'
import { chmodSync, chownSync, lchownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectRoot } from './repository.js'

export interface HostileAnswer {
  readonly label: string
  readonly text: string
  readonly status: number | null
}

type Awaitable<T> = T | Promise<T>

export interface Attack {
  readonly name: string
  readonly users?: readonly string[]
  build(sandbox: HostileSandbox): Awaitable<unknown>
  /** Whether the attack works where nothing stops it. */
  armed?(sandbox: HostileSandbox): Awaitable<boolean>
  meet(sandbox: HostileSandbox): Awaitable<readonly HostileAnswer[]>
  reached(sandbox: HostileSandbox, answers: readonly HostileAnswer[]): Awaitable<readonly string[]>
  honest?(sandbox: HostileSandbox): Awaitable<readonly string[]>
}

export type User = 'root' | 'user'

const nobody = 65_534
const isRoot = process.getuid?.() === 0

/** Whom attacks are met as, and why not as anybody else. */
export function usersHere(): readonly User[] {
  if (!isRoot) {
    console.log('skipped: as root: the tests are not run by root')
    return ['user']
  }
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'dist/cli.js'), '--version'], { uid: nobody, gid: nobody, cwd: '/' })
  if (run.status === 0) return ['root', 'user']
  console.log('skipped: as a user without rights: the program lies where such a user may not read')
  return ['root']
}

class HostileSandbox {
  readonly cli = path.join(projectRoot, 'dist/cli.js')
  readonly base = realpathSync(mkdtempSync(path.join(tmpdir(), 'inquest-hostile-')))
  readonly root = path.join(this.base, 'repository')
  readonly outside = path.join(this.base, 'outside')
  readonly home = path.join(this.base, 'home')
  env: Readonly<Record<string, string>> = { PATH: process.env['PATH'] ?? '', HOME: this.home, NO_COLOR: '1', LANG: 'C.UTF-8' }
  /** For `spawn`: whom programs are run as. */
  readonly user: { readonly uid?: number; readonly gid?: number }

  constructor(user: User) {
    this.user = isRoot && user === 'user' ? { uid: nobody, gid: nobody } : {}
    for (const folder of [this.root, this.outside, this.home]) mkdirSync(folder)
    this.#give()
    this.git('init', '-q', '-b', 'main')
    this.git('config', 'user.name', 'A Stranger')
    this.git('config', 'user.email', 'stranger@example.invalid')
  }

  /** Files that a test wrote belong to whoever the programs are run as. */
  #give(file: string = this.base): void {
    const { uid, gid } = this.user
    if (uid === undefined || gid === undefined) return
    lchownSync(file, uid, gid)
    if (lstatSync(file).isDirectory()) for (const name of readdirSync(file)) this.#give(path.join(file, name))
  }

  at(file: string): string {
    return path.join(this.root, file)
  }

  write(file: string, text: string, mode?: number): string {
    const full = path.resolve(this.root, file)
    mkdirSync(path.dirname(full), { recursive: true })
    writeFileSync(full, text)
    if (mode !== undefined) chmodSync(full, mode)
    return full
  }

  link(file: string, target: string): void {
    symlinkSync(target, path.resolve(this.root, file))
  }

  run(command: string, args: readonly string[], options: SpawnSyncOptions = {}): SpawnSyncReturns<string> {
    this.#give()
    return spawnSync(command, args, { cwd: this.root, env: this.env, timeout: 60_000, maxBuffer: 1 << 28, ...this.user, ...options, encoding: 'utf8' })
  }

  git(...args: readonly string[]): string {
    const done = this.run('git', args)
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
    return done.stdout
  }

  commit(message: string): void {
    this.git('add', '--all')
    this.git('-c', 'commit.gpgSign=false', 'commit', '-q', '--allow-empty', '-m', message)
  }

  remove(): void {
    if (isRoot) chownSync(this.base, 0, 0)
    rmSync(this.base, { recursive: true, force: true })
  }
}

/** What went wrong; empty where the attack works without its defence and reaches nothing with it. */
export async function meetAttack(attack: Attack, user: User): Promise<readonly string[]> {
  const faults: string[] = []
  const within = async (work: (sandbox: HostileSandbox) => Promise<void>): Promise<void> => {
    const sandbox = new HostileSandbox(user)
    try {
      await work(sandbox)
    } finally {
      sandbox.remove()
    }
  }
  await within(async (sandbox) => {
    await attack.build(sandbox)
    if (attack.armed !== undefined && !(await attack.armed(sandbox))) faults.push('the attack does not work where nothing stops it, so that it shows nothing')
    const answers = await attack.meet(sandbox)
    for (const { label, text, status } of answers) if (/\n\s+at .*:\d+:\d+/u.test(text) || ![0, 1, 2, 3].includes(status ?? -1)) faults.push(`${label}: ends with ${status}: ${text.slice(0, 500)}`)
    faults.push(...(await attack.reached(sandbox, answers)))
  })
  if (attack.honest !== undefined) await within(async (sandbox) => void faults.push(...((await attack.honest?.(sandbox)) ?? []).map((fault) => `done honestly: ${fault}`)))
  return faults
}
