/** Owns what of this machine a command sees in its sandbox: which folders are mounted, which are covered, and which programs that shows. */

import * as fs from 'node:fs'
import { homedir } from 'node:os'
import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { TreeCopy } from './host.js'

/** Read-only in the sandbox: programs, their libraries and their settings. Homes, `/run`, `/var`, `/srv` and `/mnt` are not among them. */
const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/etc', '/opt', '/nix/store', '/gnu/store', '/snap', '/run/current-system'] as const

/** Where the copy appears in the sandbox, so that what a command prints does not depend on the machine. */
export const inside = { tree: '/work/tree', home: '/work/home', temporary: '/tmp' }

/** Parts of `/proc` that write into the kernel of the whole machine; the ids of root may write there without any capability. */
const kernelFolders = ['sys', 'irq', 'bus', 'fs', 'sysrq-trigger'] as const

export function missing(why: string): InquestError {
  return new InquestError('environment', `No sandbox protects files here, so nothing is run: ${why}`, {
    hint: 'Install bubblewrap and util-linux. In a container that is thrown away, pass --sandbox container; --open runs without protection',
  })
}

interface Shown {
  /** Where it appears, which is where it is on this machine. */
  readonly at: string
  /** What the links on the way to it lead to. */
  readonly real: string
  readonly as: 'folder' | 'file' | 'empty'
}

export interface View {
  /** In the order in which they are mounted: later ones cover earlier ones. */
  readonly shown: readonly Shown[]
  /** What is put behind PATH, so that the Node that runs inquest is found wherever it is. */
  readonly path: readonly string[]
}

const isWithin = (file: string, folder: string): boolean => file === folder || file.startsWith(folder === '/' ? folder : `${folder}/`)

/** @throws InquestError where the repository surrounds what has to be shown */
export function viewOf(hidden: readonly string[], readable: readonly string[]): View {
  const system = systemFolders.flatMap((at): readonly Shown[] => realFolder(at).map((real) => ({ at, real, as: 'folder' })))
  // What lies in another hidden folder is hidden with it.
  const own = hidden.flatMap(realFolder).filter((folder, index, all) => !all.some((one, other) => (one === folder ? other < index : isWithin(folder, one))))
  for (const folder of own) {
    if (system.some(({ at, real }) => isWithin(at, folder) || isWithin(real, folder))) throw missing(`the repository in ${folder} contains the programs of the system, and no command may see it`)
  }
  const homes = realFolder(homedir()).filter((home) => !system.some(({ at, real }) => isWithin(at, home) || isWithin(real, home)))
  const named = readable.map((folder): Shown => {
    const [real] = realFolder(folder)
    if (real === undefined) throw new InquestError('usage', `--readable ${folder}: there is no such folder`)
    return { at: real, real, as: 'folder' }
  })
  const node = fs.realpathSync(process.execPath)
  const installed = [...system, ...named].some(({ real }) => isWithin(node, real)) || own.some((folder) => isWithin(node, folder)) ? [] : [installationOf(node, [...own, ...homes])]
  const later = [...named, ...installed]
  return { shown: [...system, ...emptied([...own, ...homes], system), ...later, ...emptied(own, later)], path: [path.dirname(node)] }
}

/** Folders that would appear in those that are shown. */
function emptied(folders: readonly string[], shown: readonly Shown[]): readonly Shown[] {
  return folders.flatMap((real) => shown.filter((one) => isWithin(real, one.real)).map((one): Shown => ({ at: one.at + real.slice(one.real.length), real, as: 'empty' })))
}

function realFolder(folder: string): readonly string[] {
  try {
    const real = fs.realpathSync(folder)
    return fs.statSync(real).isDirectory() ? [real] : []
  } catch {
    return []
  }
}

/** What belongs to the Node that runs inquest: version managers keep it in a home. @param never folders that it may not show */
function installationOf(node: string, never: readonly string[]): Shown {
  const prefix = path.dirname(path.dirname(node))
  const isInstallation = path.basename(path.dirname(node)) === 'bin' && fs.existsSync(path.join(prefix, 'lib/node_modules'))
  return isInstallation && !never.some((folder) => isWithin(folder, prefix)) ? { at: prefix, real: prefix, as: 'folder' } : { at: node, real: node, as: 'file' }
}

export function mounts({ shown }: View, { tree, home, temporary, shared }: TreeCopy, network: boolean): readonly string[] {
  const parents = new Set(['/tmp', '/run', '/var'])
  const below = (file: string): readonly string[] => {
    const made: string[] = []
    for (let at = path.dirname(file); at !== '/' && !parents.has(at); at = path.dirname(at)) {
      if (shown.some((one) => one.as === 'folder' && isWithin(at, one.at))) break
      parents.add(at)
      made.unshift('--perms', '0755', '--dir', at)
    }
    return made
  }
  const views = shown.flatMap(({ at, as }) => (as === 'empty' ? ['--tmpfs', at, '--remount-ro', at] : [...below(at), '--ro-bind', at, at]))
  // Names are looked up by a file that often is a link into a folder with sockets.
  const resolver = network ? realFile('/etc/resolv.conf').flatMap((file) => (shown.some(({ at }) => isWithin(file, at)) ? [] : [...below(file), '--ro-bind', file, file])) : []
  return [
    ['--dev', '/dev', '--bind', shared, '/dev/shm', '--remount-ro', '/dev'],
    ['--proc', '/proc', ...kernelFolders.flatMap((name) => ['--ro-bind-try', `/proc/${name}`, `/proc/${name}`])],
    ['--bind', temporary, inside.temporary, '--dir', '/run', '--dir', '/var', '--symlink', '../tmp', '/var/tmp'],
    // Behind the empty folders, because what is shown may lie in one of them.
    views,
    resolver,
    ['--dir', path.dirname(inside.tree), '--bind', tree, inside.tree, '--bind', home, inside.home],
    ['--remount-ro', '/', '--chdir', inside.tree],
  ].flat()
}

function realFile(file: string): readonly string[] {
  try {
    return [fs.realpathSync(file)]
  } catch {
    return []
  }
}

/** PATH without what lies in some folders. */
export function withoutFolders(searched: string, hidden: readonly string[]): string {
  const folders = hidden.flatMap(realFolder)
  return searched.split(path.delimiter).filter((one) => !realFolder(one).some((real) => folders.some((folder) => isWithin(real, folder)))).join(path.delimiter)
}

export function findProgram(name: string, searched: string): string | undefined {
  return searched.split(path.delimiter).filter((folder) => path.isAbsolute(folder)).map((folder) => path.join(folder, name)).find(isProgram)
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

interface Search {
  /** Undefined where all is shown. */
  readonly view: View | undefined
  readonly tree: string
  readonly searched: string
  /** True where the program is started by a user who has no rights on files of the one who runs inquest. */
  readonly byOthers: boolean
}

/** Why a program cannot be started; undefined where it can. */
export function refuse(program: string, { view, tree, searched, byOthers }: Search): string | undefined {
  // Windows finds programs by more names than one.
  if (process.platform === 'win32') return undefined
  if (program.includes('/') && !path.isAbsolute(program)) return isProgram(path.join(tree, program)) ? undefined : `\`${program}\` is not a program in the tree`
  const folders = [...searched.split(path.delimiter), ...(view?.path ?? [])].filter((folder) => path.isAbsolute(folder))
  const places = (path.isAbsolute(program) ? [program] : folders.map((folder) => path.join(folder, program))).filter(isProgram)
  const shownBy = (file: string): Shown | undefined => view?.shown.findLast(({ at, real }) => isWithin(file, at) || isWithin(file, real))
  const isShown = (file: string): boolean => view === undefined || (shownBy(file)?.as ?? 'empty') !== 'empty'
  const shown = places.filter((file) => isShown(file) && realFile(file).every(isShown))
  if (shown.some((file) => !byOthers || realFile(file).every((real) => isOpen(real, shownBy(real)?.real ?? '/')))) return undefined
  const [closed] = shown
  if (closed !== undefined) return `\`${program}\` is in ${path.dirname(closed)}, which only root may read, and commands of root run as another user`
  const [elsewhere] = places.flatMap(realFile)
  if (elsewhere === undefined) return `\`${program}\` is not installed`
  return `\`${program}\` is in ${path.dirname(elsewhere)}, which the sandbox hides; --readable shows the folder of an installation`
}

/** True where any user may start a file, as far as the folders up to the one that is shown decide. */
function isOpen(file: string, shown: string): boolean {
  for (let at = file; ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false
    if (at === shown || at === path.dirname(at)) return true
  }
}
