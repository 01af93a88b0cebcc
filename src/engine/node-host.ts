/** Owns the Host of a real machine. Reads are synchronous: for thousands of small files that is the fastest way. */

import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { Host } from './host.js'

interface SystemError extends Error {
  readonly code?: string
}

function systemError(error: unknown): SystemError {
  return error instanceof Error ? error : new Error(String(error))
}

function absent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemError(error).code ?? '')
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
        throw ioError('read', file, error)
      } finally {
        fs.closeSync(descriptor)
      }
    },
    exists: (file) => fs.existsSync(file),
    isFolder: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false,
    listFiles(folder, extensions) {
      return (listByGit(folder) ?? listByWalking(folder)).filter((file) => extensions.includes(path.posix.extname(file).toLowerCase())).toSorted()
    },
    createFile,
    replaceFile,
    removeFile,
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

/** `SOURCE_DATE_EPOCH` (seconds) stands for the present where builds and examples have to repeat. */
function presentFrom(env: Host['env']): Date {
  const seconds = Number(env['SOURCE_DATE_EPOCH'])
  return env['SOURCE_DATE_EPOCH'] !== undefined && Number.isFinite(seconds) ? new Date(seconds * 1000) : new Date()
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

function temporaryName(file: string): string {
  const unique = `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`
  return path.join(path.dirname(file), `.${path.basename(file)}.${unique}.tmp`)
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

function replaceFile(file: string, before: string, after: string): void {
  let temporary: string | undefined
  try {
    const target = fs.realpathSync(file)
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
  } catch (error) {
    throw error instanceof InquestError ? error : ioError('written', file, error)
  } finally {
    if (temporary !== undefined) removeFile(temporary)
  }
}
