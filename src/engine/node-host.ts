/** Owns the Host of a real machine. Reads are synchronous: for thousands of small files that is the fastest way. */

import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Standing } from '../evidence/cited.js'
import { absent, ioError, systemError } from './files/io-error.js'
import { endListing, listFiles } from './files/listing.js'
import { withFolderLock } from './files/lock.js'
import type { RecoveredEdit } from './files/replace.js'
import { keptEdits, recoverFolder, replaceFile } from './files/replace.js'
import { openScratch } from './files/scratch.js'
import { appendFile, claimFile, createFile, moveFile, removeFile, writeCache, writeFile } from './files/write.js'
import { copyTree, removeTree, run as runProgram } from './node-run.js'
import type { CommandRun, Host } from './host.js'

/** Longer than the ticks in which any file system counts, in milliseconds. */
const settledAfter = 2000

export function createNodeHost(cwd: string = process.cwd(), env: Host['env'] = process.env): Host {
  let head = Buffer.alloc(0)
  const tell = (edit: RecoveredEdit): void => void process.stderr.write(`inquest: ${describeEdit(cwd, edit)}\n`)
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
        if (head.length < bytes) head = Buffer.allocUnsafe(bytes)
        const read = fs.readSync(descriptor, head, 0, bytes, 0)
        return { text: head.toString('utf8', 0, read), whole: read < bytes }
      } catch (error) {
        if (absent(error)) return undefined
        throw ioError('read', file, error)
      } finally {
        fs.closeSync(descriptor)
      }
    },
    stamp(file) {
      const stats = fs.statSync(file, { throwIfNoEntry: false })
      if (stats === undefined) return undefined
      const { size, mtimeMs: modified, ctimeMs: changed, ino: inode } = stats
      return { size, modified, changed, inode, settled: Date.now() - Math.max(modified, changed) > settledAfter }
    },
    readCache(file) {
      try {
        return fs.readFileSync(file)
      } catch {
        return undefined
      }
    },
    writeCache,
    openScratch,
    exists: (file) => fs.existsSync(file),
    isSameFile(a, b) {
      const left = fs.statSync(a, { throwIfNoEntry: false })
      const right = fs.statSync(b, { throwIfNoEntry: false })
      return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev
    },
    look,
    readInside,
    copyTree,
    removeTree,
    run: runProgram,
    isFolder: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false,
    listFiles(folder, extensions) {
      const files = listFiles(folder)
      return extensions === undefined ? files : files.filter((file) => extensions.includes(path.posix.extname(file).toLowerCase()))
    },
    endListing,
    createFile,
    claimFile,
    replaceFile: (file, before, after) => replaceFile(file, before, after, tell),
    alone(folder, work) {
      makeFolder(folder)
      return withFolderLock(folder, work)
    },
    recoverFolder(folder) {
      for (const edit of recoverFolder(folder)) tell(edit)
    },
    keptEdits,
    writeFile,
    appendFile,
    removeFile,
    moveFile,
    listFolder: (folder) => fs.readdirSync(folder).toSorted(),
    makeFolder,
    openStore: async (file) => (await import('../memory/open.js')).openStore(file),
    runCommand,
    git(folder, args) {
      const run = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })
      return run.status === 0 ? run.stdout : undefined
    },
    gitBatch(folder, args, input) {
      // Older versions of git know no way to fetch nothing but that every way is forbidden.
      const quiet = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', LC_ALL: 'C' }
      const run = spawnSync('git', args, { cwd: folder, input, env: { ...process.env, ...quiet }, maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
      return run.status === 0 ? run.stdout : undefined
    },
  }
}

/** Files larger than this are not read: nobody cites a line of them by hand. */
const mostBytes = 1 << 26

/** The real path of a plain file below a folder, with its size; else what stands there. */
function findInside(folder: string, relative: string): { readonly file: string; readonly size: number } | Exclude<Standing, { kind: 'file' }> {
  try {
    const root = fs.realpathSync.native(folder)
    const named = path.resolve(root, relative)
    // Many paths that documents name are not there, and an error costs more than a look.
    if (fs.lstatSync(named, { throwIfNoEntry: false }) === undefined) return { kind: 'absent' }
    const file = fs.realpathSync.native(named)
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

function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw ioError('made', folder, error)
  }
}

function describeEdit(cwd: string, { path: file, kept }: RecoveredEdit): string {
  const shown = (one: string): string => path.relative(cwd, one) || one
  const back = `${shown(file)}: an edit that a command had displaced when it was cut off`
  return kept === undefined ? `${back} is back in its place` : `${back} is kept in ${shown(kept)}; compare the two, then delete it`
}

function runCommand(folder: string, command: string, input: string, longest: number): Promise<CommandRun> {
  return new Promise((resolve) => {
    const run = spawn(command, { cwd: folder, shell: true, timeout: longest, stdio: ['pipe', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    run.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    run.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A command that does not read its input is no failure by itself.
    run.stdin.on('error', () => undefined)
    run.stdin.end(input)
    run.once('error', (error) => resolve({ status: undefined, stdout, stderr: error.message }))
    run.once('close', (status) => resolve({ status: status ?? undefined, stdout, stderr }))
  })
}
