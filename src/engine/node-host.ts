/** Owns the Host of a real machine. Reads are synchronous: for thousands of small files that is the fastest way. */

import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { Standing } from '../evidence/cited.js'
import { askGit } from './files/git.js'
import { headCommit } from './files/git-folder.js'
import { absent, ioError, systemError } from './files/io-error.js'
import { endListing, listFiles } from './files/listing.js'
import { plainFilesBelow, readPlain, realPath } from './files/plain.js'
import type { Reach } from './files/reach.js'
import { expectWritable, isUserPath, reachOf, readWithin, refusal, useWithin, whyClosed, whyUnwritable } from './files/reach.js'
import type { RecoveredEdit, TrackedIn } from './files/replace.js'
import { keptEdits, recoverFolder, replaceFile } from './files/replace.js'
import { openScratch } from './files/scratch.js'
import { openState, openStateAt } from './files/state.js'
import { lookAtFile } from './files/stats.js'
import { appendFile, createFile, makeFolder, moveFile, removeFile, writeFile } from './files/write.js'
import { copyTree, removeTree, run as runProgram } from './node-run.js'
import type { CommandRun, Host } from './host.js'
import { inAnyCase } from './pathspec.js'
import { findConfig } from './root.js'

/** Longer than the ticks in which any file system counts, in milliseconds. */
const settledAfter = 2000

export function createNodeHost(cwd: string = process.cwd(), env: Host['env'] = process.env): Host {
  const roots = env['INQUEST_ROOTS']
  let own: Reach | undefined
  // What is asked of the host itself is named by the user, and starts from the repository at hand.
  const files = filesWithin(cwd, env, () => (own ??= reachOf(findConfig(cwd, { exists: fs.existsSync }).root, roots, true)))
  return {
    cwd,
    env,
    now: () => presentFrom(env),
    ...files,
    within(root) {
      const reach = reachOf(root, roots, false)
      return { ...this, ...filesWithin(cwd, env, () => reach) }
    },
    stamp(file) {
      const stats = lookAtFile(file)
      if (stats === undefined) return undefined
      const { size, mtimeMs: modified, ctimeMs: changed, ino: inode } = stats
      return { size, modified, changed, inode, settled: Date.now() - Math.max(modified, changed) > settledAfter }
    },
    state: (root) => openState(root, env),
    stateAt: openStateAt,
    openScratch,
    exists: (file) => fs.existsSync(file),
    isSameFile(a, b) {
      const [left, right] = [lookAtFile(a), lookAtFile(b)]
      return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev
    },
    copyTree,
    removeTree,
    run: runProgram,
    listFiles(folder, extensions) {
      const listed = listFiles({ cwd, env }, folder)
      return extensions === undefined ? listed : listed.filter((file) => extensions.includes(path.posix.extname(file).toLowerCase()))
    },
    endListing,
    plainFiles: plainFilesBelow,
    realPath,
    openStore: async (file) => (await import('../memory/open.js')).openStore(file),
    runCommand,
    headCommit: (folder) => headCommit(folder, env),
    git: (folder, args) => askGit({ cwd, env }, folder, args)?.toString('utf8'),
    gitBatch: (folder, args, input) => askGit({ cwd, env }, folder, args, input),
  }
}

/** A longer document is not read. */
const mostDocument = 1 << 24

/** Other files that are read whole; V8 holds no longer text. */
const mostText = 1 << 28

type Files = Pick<Host, 'readText' | 'readDocument' | 'whyUnread' | 'reaches' | 'whyUnwritable' | 'readHead' | 'isFolder' | 'listFolder' | 'look' | 'readInside' | 'createFile' | 'replaceFile' | 'recoverFolder' | 'keptEdits' | 'writeFile' | 'appendFile' | 'removeFile' | 'makeFolder' | 'moveFile'>

/** All that opens, makes and removes files, as far as paths reach. */
function filesWithin(cwd: string, env: Host['env'], reach: () => Reach): Files {
  const tracked: TrackedIn = (folder, names) => {
    const listed = askGit({ cwd, env }, folder, ['ls-files', '-z', '--cached', '--', ...names.map(inAnyCase)])
    return new Set(listed?.toString('utf8').toLowerCase().split('\0'))
  }
  const tell = (edit: RecoveredEdit): void => void process.stderr.write(`inquest: ${describeEdit(cwd, edit)}\n`)
  const isOpen = (folder: string): boolean => whyClosed(reach(), folder) === undefined
  return {
    readText(file, most = mostText) {
      // A user may have a pipe or a device read.
      if (isUserPath(reach(), file)) return readAnything(file)
      const read = readWithin(reach(), file, most)
      if (typeof read === 'string') throw refusal(reach(), file, read)
      return read?.toString('utf8')
    },
    readDocument(file) {
      const read = readWithin(reach(), file, mostDocument)
      return Buffer.isBuffer(read) ? read.toString('utf8') : undefined
    },
    whyUnread(file) {
      const used = useWithin(reach(), file, mostDocument, () => true)
      return typeof used === 'string' ? used : undefined
    },
    reaches: (file) => isOpen(file),
    whyUnwritable: (file) => whyUnwritable(reach(), file),
    readHead(file, bytes) {
      const read = useWithin(reach(), file, Number.POSITIVE_INFINITY, (descriptor) => {
        if (head.length < bytes) head = Buffer.allocUnsafe(bytes)
        const count = fs.readSync(descriptor, head, 0, bytes, 0)
        return { text: head.toString('utf8', 0, count), whole: count < bytes }
      })
      return typeof read === 'string' ? undefined : read
    },
    isFolder: (file) => lookAtFile(file)?.isDirectory() === true && isOpen(file),
    listFolder: (folder) => (isOpen(folder) ? fs.readdirSync(folder).toSorted() : []),
    look: (folder, relative) => look(reach(), folder, relative),
    readInside: (folder, relative) => readInside(reach(), folder, relative),
    createFile(file, text) {
      expectWritable(reach(), file)
      return createFile(file, text)
    },
    replaceFile(file, before, after) {
      expectWritable(reach(), file)
      replaceFile(file, before, after, { tell, tracked })
    },
    recoverFolder(folder) {
      if (whyUnwritable(reach(), folder) === undefined) for (const edit of recoverFolder(folder, tracked)) tell(edit)
    },
    keptEdits: (folder) => (isOpen(folder) ? keptEdits(folder) : []),
    writeFile(file, text) {
      expectWritable(reach(), file)
      if (!isUserPath(reach(), file) && isSpecial(file)) throw refusal(reach(), file, 'is not a plain file')
      writeFile(file, text)
    },
    appendFile(file, text) {
      expectWritable(reach(), file)
      if (!isUserPath(reach(), file) && isSpecial(file)) throw refusal(reach(), file, 'is not a plain file')
      appendFile(file, text)
    },
    removeFile(file) {
      expectWritable(reach(), path.dirname(file))
      removeFile(file)
    },
    makeFolder(folder) {
      expectWritable(reach(), folder)
      makeFolder(folder)
    },
    moveFile(from, to) {
      for (const file of [from, to]) expectWritable(reach(), file)
      moveFile(from, to)
    },
  }
}

let head = Buffer.alloc(0)

function readAnything(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (absent(error)) return undefined
    throw ioError('read', file, error)
  }
}

function isSpecial(file: string): boolean {
  const stats = lookAtFile(file)
  return stats !== undefined && !stats.isFile() && !stats.isDirectory()
}

/** Files larger than this are not read: nobody cites a line of them by hand. */
const mostBytes = 1 << 26

/** The real path of a plain file below a folder, with its size; else what stands there. */
function findInside({ trusted }: Reach, folder: string, relative: string): { readonly file: string; readonly size: number } | Exclude<Standing, { kind: 'file' }> {
  try {
    const root = fs.realpathSync.native(folder)
    const named = path.resolve(root, relative)
    // Many paths that documents name are not there, and an error costs more than a look.
    if (fs.lstatSync(named, { throwIfNoEntry: false }) === undefined) return { kind: 'absent' }
    const file = fs.realpathSync.native(named)
    const isBelow = (one: string): boolean => file === one || file.startsWith(one.endsWith(path.sep) ? one : one + path.sep)
    if (!isBelow(root) && !trusted.some(isBelow)) return { kind: 'outside' }
    // What git keeps for itself may hold what lets others in.
    if (isBelow(root) && file.slice(root.length).split(path.sep).some((name) => /^(?:\.git|git~\d+)[. ]*$/iu.test(name))) return { kind: 'special' }
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

function look(reach: Reach, folder: string, relative: string): Standing {
  const found = findInside(reach, folder, relative)
  if ('kind' in found) return found
  const bytes = readable(found.file)
  return { kind: 'file', lines: bytes === undefined ? undefined : countLines(bytes) }
}

function readInside(reach: Reach, folder: string, relative: string): string | undefined {
  const found = findInside(reach, folder, relative)
  return 'kind' in found ? undefined : readable(found.file)?.toString('utf8')
}

/** Undefined for what may not be read. */
function readable(file: string): Buffer | undefined {
  try {
    return readPlain(file, mostBytes)
  } catch (error) {
    if (error instanceof InquestError && ['EACCES', 'EPERM'].includes(systemError(error.cause).code ?? '')) return undefined
    throw error
  }
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
