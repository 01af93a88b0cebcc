/** Owns the Host of a real machine. Reads are synchronous: for thousands of small files that is the fastest way. */

import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { Standing } from '../evidence/cited.js'
import type { Host } from './host.js'

interface SystemError extends Error {
  readonly code?: string
}

function systemError(error: unknown): SystemError {
  return error instanceof Error ? error : new Error(String(error))
}

/** No file stands at the path: nothing at all, or a folder. */
function absent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemError(error).code ?? '')
}

function ioError(what: string, file: string, error: unknown): InquestError {
  const { code, message } = systemError(error)
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
    EEXIST: 'a file stands where its folder should be',
    ENOTDIR: 'a file stands where its folder should be',
    EROFS: 'the file system is read-only',
    EMFILE: 'too many files are open',
    ENAMETOOLONG: 'the name is too long',
    ELOOP: 'its links lead in a circle',
  }
  return new InquestError('io', `${file}: cannot be ${what}: ${reasons[code ?? ''] ?? message}`, { cause: error })
}

const skippedFolders = new Set(['.git', 'node_modules', '.hg', '.svn'])

export function createNodeHost(cwd: string = process.cwd(), env: Host['env'] = process.env): Host {
  return {
    cwd,
    env,
    now: () => presentFrom(env),
    readText(file) {
      try {
        return fs.readFileSync(file, 'utf8')
      } catch (error) {
        if (absent(error)) return undefined
        throw ioError('read', file, error)
      }
    },
    readHead(file, bytes) {
      let descriptor: number
      try {
        descriptor = fs.openSync(file, 'r')
      } catch (error) {
        if (absent(error)) return undefined
        throw ioError('read', file, error)
      }
      try {
        const buffer = Buffer.allocUnsafe(bytes)
        return buffer.toString('utf8', 0, fs.readSync(descriptor, buffer, 0, bytes, 0))
      } catch (error) {
        if (absent(error)) return undefined
        throw ioError('read', file, error)
      } finally {
        fs.closeSync(descriptor)
      }
    },
    stamp(file) {
      const stats = fs.statSync(file, { throwIfNoEntry: false })
      return stats === undefined ? undefined : { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, inode: stats.ino }
    },
    writeCache,
    exists: (file) => fs.existsSync(file),
    isSameFile(a, b) {
      const left = fs.statSync(a, { throwIfNoEntry: false })
      const right = fs.statSync(b, { throwIfNoEntry: false })
      return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev
    },
    look,
    readInside,
    isFolder: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false,
    listFiles(folder, extensions) {
      const wanted = (file: string): boolean => extensions === undefined || extensions.includes(path.posix.extname(file).toLowerCase())
      return (listByGit(folder) ?? listByWalking(folder)).filter((file) => wanted(file) && !liesInSkippedFolder(file)).toSorted()
    },
    createFile,
    replaceFile,
    writeFile,
    appendFile,
    removeFile,
    moveFile,
    listFolder: (folder) => fs.readdirSync(folder).toSorted(),
    makeFolder(folder) {
      try {
        fs.mkdirSync(folder, { recursive: true })
      } catch (error) {
        throw ioError('made', folder, error)
      }
    },
    git(folder, args) {
      const run = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })
      return run.status === 0 ? run.stdout : undefined
    },
  }
}

/** Files larger than this are not read: nobody cites a line of them by hand. */
const mostBytes = 1 << 26

/** The real path of a plain file below a folder, with its size; else what stands there. */
function findInside(folder: string, relative: string): { readonly file: string; readonly size: number } | Exclude<Standing, { kind: 'file' }> {
  try {
    const root = fs.realpathSync(folder)
    const file = fs.realpathSync(path.resolve(root, relative))
    if (file !== root && !file.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return { kind: 'outside' }
    const stats = fs.statSync(file)
    if (stats.isDirectory()) return { kind: 'folder' }
    return stats.isFile() ? { file, size: stats.size } : { kind: 'special' }
  } catch (error) {
    const { code = '' } = systemError(error)
    if (absent(error) || ['ENAMETOOLONG', 'EINVAL', 'ERR_INVALID_ARG_VALUE'].includes(code)) return { kind: 'absent' }
    // What cannot be followed or read is there, and nobody's business.
    if (['ELOOP', 'EACCES', 'EPERM'].includes(code)) return { kind: 'special' }
    throw ioError('read', path.join(folder, relative), error)
  }
}

/** @throws for a file that was put in the place of the one that was looked at: a pipe would wait for ever */
function readPlain(file: string): Buffer | undefined {
  let descriptor: number | undefined
  try {
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOFOLLOW ?? 0))
    const stats = fs.fstatSync(descriptor)
    return stats.isFile() && stats.size <= mostBytes ? fs.readFileSync(descriptor) : undefined
  } catch (error) {
    if (absent(error) || ['EACCES', 'EPERM', 'ELOOP', 'ENXIO'].includes(systemError(error).code ?? '')) return undefined
    throw ioError('read', file, error)
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor)
  }
}

function look(folder: string, relative: string): Standing {
  const found = findInside(folder, relative)
  if ('kind' in found) return found
  const bytes = found.size > mostBytes ? undefined : readPlain(found.file)
  return { kind: 'file', lines: bytes === undefined ? undefined : countLines(bytes) }
}

function readInside(folder: string, relative: string): string | undefined {
  const found = findInside(folder, relative)
  return 'kind' in found || found.size > mostBytes ? undefined : readPlain(found.file)?.toString('utf8')
}

function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++
  return bytes.length > 0 && bytes.at(-1) !== 10 ? lines + 1 : lines
}

/** `SOURCE_DATE_EPOCH` (seconds) stands for the present where builds and examples have to repeat. */
function presentFrom(env: Host['env']): Date {
  const seconds = Number(env['SOURCE_DATE_EPOCH'])
  return env['SOURCE_DATE_EPOCH'] !== undefined && Number.isFinite(seconds) ? new Date(seconds * 1000) : new Date()
}

/** Installed packages are nobody's documents, even where git does not ignore them. */
function liesInSkippedFolder(file: string): boolean {
  return file.split('/').slice(0, -1).some((folder) => skippedFolders.has(folder))
}

function listByGit(folder: string): readonly string[] | undefined {
  const run = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  })
  if (run.status !== 0) return undefined
  // A file in conflict is listed once for each of its versions.
  return [...new Set(run.stdout.split('\0'))].filter((file) => file !== '')
}

function listByWalking(folder: string): readonly string[] {
  const files: string[] = []
  const open = ['']
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    let entries: fs.Dirent[]
    try {
      entries = fs.readdirSync(path.join(folder, at), { withFileTypes: true })
    } catch (error) {
      throw ioError('listed', path.join(folder, at), error)
    }
    for (const entry of entries) {
      const below = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name)) open.push(below)
      } else if (entry.isFile() || entry.isSymbolicLink()) files.push(below)
    }
  }
  return files
}

/** Makes the rename itself survive a power cut, where the system lets a folder be opened. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

function temporaryName(file: string): string {
  const unique = `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`
  return path.join(path.dirname(file), `.${path.basename(file)}.${unique}.tmp`)
}

/** Readers of a cache see the old one or the new one. On ground that cannot be written there is none, which only costs time. */
function writeCache(file: string, text: string): void {
  const temporary = temporaryName(file)
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    // The folder is nobody's business but ours, whatever the repository ignores.
    fs.writeFileSync(path.join(path.dirname(file), '.gitignore'), '*\n')
    fs.writeFileSync(temporary, text, { flag: 'wx' })
    fs.renameSync(temporary, file)
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT'].includes(systemError(error).code ?? '')) throw ioError('written', file, error)
    removeFile(temporary)
  }
}

/** A hard link first: unlike a rename it never overwrites. */
function moveFile(from: string, to: string): void {
  makeFolderFor(to)
  try {
    fs.linkSync(from, to)
  } catch (error) {
    if (systemError(error).code !== 'EEXIST') throw ioError('moved', from, error)
    // A crash between the two steps leaves both names on one file.
    if (fs.statSync(from).ino !== fs.statSync(to).ino) throw new InquestError('exists', `${to}: exists already and is left as it is`)
  }
  removeFile(from)
}

function removeFile(file: string): void {
  try {
    fs.unlinkSync(file)
  } catch (error) {
    if (!absent(error)) throw ioError('removed', file, error)
  }
}

function writeDurably(file: string, text: string, mode: number | undefined): void {
  const descriptor = fs.openSync(file, 'wx', mode ?? 0o666)
  try {
    fs.writeFileSync(descriptor, text)
    if (mode !== undefined) fs.fchmodSync(descriptor, mode)
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** The whole text is written beside the target and linked to its name, so that nobody sees half of it. */
function createFile(file: string, text: string): boolean {
  const temporary = temporaryName(file)
  makeFolderFor(file)
  try {
    writeDurably(temporary, text, undefined)
    fs.linkSync(temporary, file)
    return true
  } catch (error) {
    const { code } = systemError(error)
    if (code === 'EEXIST') return false
    // File systems without hard links still create exclusively.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP') return createExclusively(file, text)
    throw ioError('written', file, error)
  } finally {
    removeFile(temporary)
  }
}

function makeFolderFor(file: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
  } catch (error) {
    throw ioError('written', file, error)
  }
}

function createExclusively(file: string, text: string): boolean {
  try {
    writeDurably(file, text, undefined)
    return true
  } catch (error) {
    if (systemError(error).code === 'EEXIST') return false
    throw ioError('written', file, error)
  }
}

/** A device or a pipe is written into; a rename would put a file in its place. */
function writeFile(file: string, text: string): void {
  makeFolderFor(file)
  let temporary: string | undefined
  try {
    const stat = fs.statSync(file, { throwIfNoEntry: false })
    if (stat !== undefined && !stat.isFile()) {
      fs.writeFileSync(file, text)
      return
    }
    const target = stat === undefined ? file : fs.realpathSync(file)
    temporary = temporaryName(target)
    writeDurably(temporary, text, stat === undefined ? undefined : stat.mode & 0o7777)
    fs.renameSync(temporary, target)
    temporary = undefined
  } catch (error) {
    throw ioError('written', file, error)
  } finally {
    if (temporary !== undefined) removeFile(temporary)
  }
}

function appendFile(file: string, text: string): void {
  makeFolderFor(file)
  try {
    fs.appendFileSync(file, text)
  } catch (error) {
    throw ioError('written', file, error)
  }
}

/** How long to wait for another process that writes the same file; a write takes milliseconds. */
const longestWait = 5000

/**
 * One writer at a time: the comparison and the rename below are two steps, and a lock makes them one for
 * all that write through inquest. A lock whose process is gone is taken over.
 */
function withLock<T>(target: string, write: () => T): T {
  const lock = path.join(path.dirname(target), `.${path.basename(target)}.inquest-lock`)
  const deadline = Date.now() + longestWait
  for (;;) {
    try {
      fs.writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' })
      break
    } catch (error) {
      if (systemError(error).code !== 'EEXIST') throw error
      if (!takeOver(lock)) {
        if (Date.now() > deadline) {
          throw new InquestError('changed-meanwhile', `${target}: is being written by another process`, { hint: `Run the command again; if no other runs, delete ${lock}` })
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      }
    }
  }
  try {
    return write()
  } finally {
    removeFile(lock)
  }
}

/** Removes the lock of a process that is gone; a rename makes sure that only one process does. */
function takeOver(lock: string): boolean {
  let owner: number
  try {
    const text = fs.readFileSync(lock, 'utf8')
    // A lock that is being written holds nothing yet; an old one that holds nothing was left by a crash.
    if (text === '' && Date.now() - fs.statSync(lock).mtimeMs < longestWait) return false
    owner = Number.parseInt(text, 10)
  } catch (error) {
    if (absent(error)) return true
    throw error
  }
  if (Number.isInteger(owner) && isRunning(owner)) return false
  const taken = temporaryName(lock)
  try {
    fs.renameSync(lock, taken)
    removeFile(taken)
  } catch (error) {
    if (!absent(error)) throw error
  }
  return true
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemError(error).code === 'EPERM'
  }
}

function replaceFile(file: string, before: string, after: string): void {
  try {
    const target = fs.realpathSync(file)
    withLock(target, () => replaceLocked(file, target, before, after))
  } catch (error) {
    throw error instanceof InquestError ? error : ioError('written', file, error)
  }
}

function replaceLocked(file: string, target: string, before: string, after: string): void {
  let temporary: string | undefined
  try {
    const bytes = fs.readFileSync(target)
    if (!bytes.equals(Buffer.from(before, 'utf8'))) {
      if (bytes.toString('utf8') === before) {
        throw new InquestError('io', `${file}: is not valid UTF-8, so it cannot be edited without losing bytes`, { hint: 'Save the file as UTF-8 and run again' })
      }
      throw new InquestError('changed-meanwhile', `${file}: was changed meanwhile`, { hint: 'Run the command again' })
    }
    temporary = temporaryName(target)
    writeDurably(temporary, after, fs.statSync(target).mode & 0o7777)
    fs.renameSync(temporary, target)
    temporary = undefined
    syncFolder(path.dirname(target))
  } finally {
    if (temporary !== undefined) removeFile(temporary)
  }
}
