/**
 * Owns every call of git. A repository may belong to a stranger, so git runs no program that the repository names: settings and
 * options that win over the repository's are added to each call, and a command that nobody has examined for this is refused.
 * The user's own environment and configuration keep their effect.
 */

import type { ChildProcessByStdio, SpawnSyncReturns } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Readable } from 'node:stream'
import { InquestError } from '../../errors.js'
import type { GitFolders } from './git-folder.js'
import { findGit } from './git-folder.js'
import { lookAtFile, lookAtLink } from './stats.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Who asks git: the folder that the user works in, and the user's environment. */
export interface Asker {
  readonly cwd: string
  readonly env: Environment
}

/** These win over the configuration of the repository, and over the user's own. */
const settings = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.askPass=',
  'core.sshCommand=false',
  'credential.helper=',
  'gpg.program=false',
  'gpg.openpgp.program=false',
  'gpg.x509.program=false',
  'gpg.ssh.program=false',
  'log.showSignature=false',
  'protocol.allow=never',
  'status.submoduleSummary=false',
  'submodule.recurse=false',
]

/** Nothing is asked of a person, nothing is fetched, nothing is written. Git before 2.45 fetches nothing only where every protocol is forbidden. */
const environment = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_ASKPASS: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
}

const plainPatch = ['--no-ext-diff', '--no-textconv', '--no-color']

/** The commands that were examined, with the options that each needs to run nothing. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'cat-file': [],
  'check-ignore': [],
  config: [],
  diff: [...plainPatch, '--submodule=short', '--ignore-submodules=dirty'],
  'for-each-ref': [],
  grep: ['--no-textconv', '--no-color', '--no-recurse-submodules'],
  log: [...plainPatch, '--no-show-signature'],
  'ls-files': [],
  'ls-tree': [],
  'merge-base': [],
  remote: [],
  'rev-list': [],
  'rev-parse': [],
  show: [...plainPatch, '--no-show-signature'],
  status: ['--ignore-submodules=dirty'],
  'symbolic-ref': [],
  worktree: [],
}

/** Commands that compare the contents of the working tree, and would send each through the filters of the repository. */
const filtering: ReadonlySet<string> = new Set(['diff', 'status'])

/** Variables that name a repository, or a part of one. */
const naming = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_SHALLOW_FILE', 'GIT_GRAFT_FILE', 'GIT_PREFIX', 'GIT_NAMESPACE']

/** Those of them whose value is one path. */
const namingOnePath = ['GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_SHALLOW_FILE', 'GIT_GRAFT_FILE']

/** What git prints is held in memory up to so many bytes. */
const mostOutput = 1 << 30

interface Call {
  readonly program: string
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly windowsHide: true }
}

/**
 * What git prints; undefined where it fails, where there is no repository, and where there is no git.
 * @throws InquestError `environment` for a repository that git refuses
 */
export function askGit(asker: Asker, folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const call = callOf(asker, folder, args)
  if (call === undefined) return undefined
  const run = runCall(call, input)
  return run.status === 0 ? run.stdout : undefined
}

/** The same without waiting for it: the output is read from the process. */
export function startGit(asker: Asker, folder: string, args: readonly string[]): ChildProcessByStdio<null, Readable, null> | undefined {
  const call = callOf(asker, folder, args)
  return call === undefined ? undefined : spawn(call.program, call.args, { ...call.options, stdio: ['ignore', 'pipe', 'ignore'] })
}

function runCall({ program, args, options }: Call, input?: string): SpawnSyncReturns<Buffer> {
  return spawnSync(program, args, { ...options, maxBuffer: mostOutput, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], ...(input !== undefined && { input }) })
}

function callOf(asker: Asker, folder: string, args: readonly string[]): Call | undefined {
  const { globals, command, rest } = partsOf(args)
  const forced = commands[command]
  if (forced === undefined) throw new TypeError(`git ${command}: nobody has examined which programs a repository could have it run`)
  const program = findProgram(asker.env)
  const repository = findRepository(asker, folder)
  if (program === undefined) return undefined
  if (repository === undefined) {
    // Outside of any repository git can tell only what the user's own configuration says.
    if (command !== 'config') return undefined
    return createCall(program, path.parse(path.resolve(folder)).root, without(asker.env, naming), [], [...globals, command, ...rest])
  }
  if (repository.found !== undefined) ensureAccepted(program, asker.env, repository.found)
  const filters = filtering.has(command) ? filterSettings(program, folder, repository) : []
  if (filters === undefined) return undefined
  return createCall(program, folder, repository.env, [...repository.named, ...globals], [...filters, command, ...forced, ...rest])
}

/** The settings come last of all that is in front of the command, so that they win. */
function createCall(program: string, cwd: string, env: NodeJS.ProcessEnv, before: readonly string[], command: readonly string[]): Call {
  const args = [...before, '--no-pager', ...settings.flatMap((one) => ['-c', one]), ...command]
  return { program, args, options: { cwd, env: { ...env, ...environment }, windowsHide: true } }
}

function partsOf(args: readonly string[]): { readonly globals: readonly string[]; readonly command: string; readonly rest: readonly string[] } {
  let at = 0
  while (args[at]?.startsWith('-') === true) at += args[at] === '-c' ? 2 : 1
  return { globals: args.slice(0, at), command: args[at] ?? '', rest: args.slice(at + 1) }
}

function without(env: Environment, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))
}

// ---------------------------------------------------------------- which repository

interface Repository {
  /** Options that name it. */
  readonly named: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Undefined where the user's environment names it, which git accepts whoever owns it. */
  readonly found: GitFolders | undefined
}

/**
 * The repository around a folder. What the user's environment says, as in a hook, is meant for the one that the user works in, and
 * not for a submodule or another working tree.
 */
function findRepository({ cwd, env }: Asker, folder: string): Repository | undefined {
  const found = findGit(folder, env)
  const isMeant = naming.some((name) => env[name] !== undefined) && found?.own === findGit(cwd, env)?.own
  if (isMeant) return repositoryNamed(cwd, env, found)
  if (found === undefined) return undefined
  return { named: [`--git-dir=${found.own}`, `--work-tree=${found.top}`], env: without(env, naming), found }
}

function repositoryNamed(cwd: string, env: Environment, found: GitFolders | undefined): Repository | undefined {
  const { GIT_DIR: own, GIT_WORK_TREE: top } = env
  const gitDir = own === undefined ? found?.own : path.resolve(cwd, own)
  if (gitDir === undefined) return undefined
  const workTree = top === undefined ? (found !== undefined && isSameFolder(found.own, gitDir) ? found.top : undefined) : path.resolve(cwd, top)
  const paths = namingOnePath.flatMap((name) => (env[name] === undefined ? [] : [[name, path.resolve(workTree ?? cwd, env[name])]]))
  return {
    named: [`--git-dir=${gitDir}`, ...(workTree === undefined ? [] : [`--work-tree=${workTree}`])],
    env: { ...without(env, ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_PREFIX']), ...Object.fromEntries(paths) },
    found: own === undefined ? found : undefined,
  }
}

function isSameFolder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((one) => lookAtFile(one))
  return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev
}

// ---------------------------------------------------------------- whose repository

const accepted = new Set<string>()

/** Git checks the owner of a repository that it finds, and not of one that is named to it; so it is asked to find this one. */
function ensureAccepted(program: string, env: Environment, { top, own, pointer }: GitFolders): void {
  const key = JSON.stringify([top, own, pointer])
  if (accepted.has(key)) return
  if ([top, own, ...(pointer === undefined ? [] : [pointer])].some((file) => !isOwned(file, env)) && isRefused(program, env, top)) {
    throw new InquestError('environment', `${top}: git refuses this repository, because another user owns it`, { hint: `If you trust its owner: git config --global --add safe.directory '${top}'` })
  }
  accepted.add(key)
}

/** False where the system does not tell. */
function isOwned(file: string, env: Environment): boolean {
  const user = process.geteuid?.()
  const owner = lookAtLink(file)?.uid
  return user !== undefined && (owner === user || (user === 0 && owner === Number(env['SUDO_UID'])))
}

function isRefused(program: string, env: Environment, top: string): boolean {
  const call = createCall(program, top, { ...without(env, naming), GIT_CEILING_DIRECTORIES: path.dirname(top) }, [], ['rev-parse', '--git-dir'])
  const run = runCall(call)
  return run.status !== 0 && /dubious ownership|unsafe repository/u.test(String(run.stderr))
}

// ---------------------------------------------------------------- filters

/** Settings that leave every filter without a program; undefined where one has a name that no setting can carry. */
function filterSettings(program: string, folder: string, { named, env }: Repository): readonly string[] | undefined {
  const run = runCall(createCall(program, folder, env, named, ['config', '--name-only', '-z', '--get-regexp', String.raw`^filter\.`]))
  if (run.status === 1) return []
  if (run.status !== 0) return undefined
  const names = new Set(run.stdout.toString('utf8').split('\0').flatMap((key) => /^filter\.(.+)\.[^.]+$/su.exec(key)?.[1] ?? []))
  if ([...names].some((name) => /[=\n\uFFFD]/u.test(name))) return undefined
  return [...names].flatMap((name) => ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((setting) => ['-c', `filter.${name}.${setting}`]))
}

// ---------------------------------------------------------------- which git

const programs = new Map<string, string | undefined>()

/** Looked for in absolute folders only: a program in a folder that depends on where one works may have been committed. */
function findProgram(env: Environment): string | undefined {
  const isWindows = process.platform === 'win32'
  const name = isWindows ? 'git.exe' : 'git'
  const searched = isWindows ? Object.entries(env).find(([key]) => key.toUpperCase() === 'PATH')?.[1] : env['PATH']
  const key = searched ?? ''
  if (!programs.has(key)) programs.set(key, key.split(path.delimiter).filter((folder) => path.isAbsolute(folder)).map((folder) => path.join(folder, name)).find(isProgram))
  return programs.get(key)
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}
