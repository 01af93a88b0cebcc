/** Owns writing files whole: making, moving and removing them, and the hidden files that this takes for a moment. */

import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import { inBatches } from '../../text/batches.js'
import type { Writing } from '../host.js'
import { absent, ioError, systemError } from './io-error.js'
import { isRunning } from './lock.js'

const temporarySuffix = '.inquest-tmp'

/** A name for what stands hidden beside a file; a long one is cut, so that the whole stays a name. */
export function stemOf(base: string): string {
  if (Buffer.byteLength(base) <= 120) return base
  return `${Buffer.from(base).subarray(0, 100).toString('utf8').replace(/\uFFFD+$/u, '')}~${digestOf(Buffer.from(base)).slice(0, 8)}`
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}

export function uniqueMark(): string {
  return `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`
}

/** Names a file that nobody but this process knows; a killed one leaves it to be removed by whoever comes next. */
export function temporaryName(file: string): string {
  return path.join(path.dirname(file), `.${stemOf(path.basename(file))}.${uniqueMark()}${temporarySuffix}`)
}

/** True for a temporary file whose process is gone; it never held anything that was not to be had elsewhere. */
export function isAbandoned(name: string): boolean {
  const [, pid] = /\.([0-9a-z]+)-[0-9a-z]+\.inquest-tmp$/u.exec(name) ?? []
  return pid !== undefined && !isRunning(Number.parseInt(pid, 36))
}

/** Makes a new name itself survive a power cut, where the system lets a folder be opened. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Writes a new file so that it survives a power cut, with the permissions and owner of another where one is given. */
export function writeDurably(file: string, text: string | Buffer | Iterable<string>, like?: fs.Stats): void {
  const descriptor = fs.openSync(file, 'wx', like === undefined ? 0o666 : like.mode & 0o777)
  try {
    writeText(descriptor, text)
    if (like !== undefined) {
      giveTo(descriptor, like)
      fs.fchmodSync(descriptor, like.mode & 0o7777)
    }
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

function writeText(descriptor: number, text: string | Buffer | Iterable<string>): void {
  if (typeof text === 'string' || Buffer.isBuffer(text)) fs.writeFileSync(descriptor, text)
  else for (const batch of inBatches(text)) fs.writeFileSync(descriptor, batch)
}

/** Only an administrator may give files away; for others the file is theirs, as with any editor. */
function giveTo(descriptor: number, { uid, gid }: fs.Stats): void {
  const own = fs.fstatSync(descriptor)
  if (own.uid === uid && own.gid === gid) return
  try {
    fs.fchownSync(descriptor, uid, gid)
  } catch (error) {
    if (!['EPERM', 'EINVAL'].includes(systemError(error).code ?? '')) throw error
  }
}

/** Readers of a cache see the old one or the new one. On ground that cannot be written there is none, which only costs time. */
export function writeCache(file: string, content: string | Writing): void {
  const temporary = temporaryName(file)
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    // The folder is nobody's business but ours, whatever the repository ignores.
    fs.writeFileSync(path.join(path.dirname(file), '.gitignore'), '*\n')
    if (typeof content === 'string') fs.writeFileSync(temporary, content, { flag: 'wx' })
    else writePieces(temporary, content)
    fs.renameSync(temporary, file)
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT'].includes(systemError(error).code ?? '')) throw ioError('written', file, error)
    removeFile(temporary)
  }
}

function writePieces(file: string, content: Writing): void {
  const descriptor = fs.openSync(file, 'wx')
  try {
    content((bytes) => fs.writeFileSync(descriptor, bytes))
  } finally {
    fs.closeSync(descriptor)
  }
}

/** A hard link first: unlike a rename it never overwrites. */
export function moveFile(from: string, to: string): void {
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

export function removeFile(file: string): void {
  try {
    fs.unlinkSync(file)
  } catch (error) {
    if (!absent(error)) throw ioError('removed', file, error)
  }
}

/** The whole text is written beside the target and linked to its name, so that nobody sees half of it. */
export function createFile(file: string, text: string): boolean {
  const temporary = temporaryName(file)
  makeFolderFor(file)
  try {
    writeDurably(temporary, text)
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

function createExclusively(file: string, text: string): boolean {
  try {
    writeDurably(file, text)
    return true
  } catch (error) {
    if (systemError(error).code === 'EEXIST') return false
    throw ioError('written', file, error)
  }
}

/** An empty file: it is the name that says something. */
export function claimFile(file: string): boolean {
  makeFolderFor(file)
  try {
    fs.closeSync(fs.openSync(file, 'wx'))
    return true
  } catch (error) {
    if (systemError(error).code === 'EEXIST') return false
    throw ioError('written', file, error)
  }
}

function makeFolderFor(file: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
  } catch (error) {
    throw ioError('written', file, error)
  }
}

/** A device or a pipe is written into; a rename would put a file in its place. */
export function writeFile(file: string, text: string | Iterable<string>): void {
  makeFolderFor(file)
  let temporary: string | undefined
  try {
    const stat = fs.statSync(file, { throwIfNoEntry: false })
    if (stat !== undefined && !stat.isFile()) {
      writeInto(file, text)
      return
    }
    const target = stat === undefined ? file : fs.realpathSync(file)
    removeAbandonedBeside(target)
    temporary = temporaryName(target)
    writeDurably(temporary, text, stat)
    fs.renameSync(temporary, target)
    temporary = undefined
  } catch (error) {
    throw ioError('written', file, error)
  } finally {
    if (temporary !== undefined) removeFile(temporary)
  }
}

function writeInto(file: string, text: string | Iterable<string>): void {
  const descriptor = fs.openSync(file, 'w')
  try {
    writeText(descriptor, text)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** What is written anywhere is cleaned up where it is written. */
function removeAbandonedBeside(target: string): void {
  const start = `.${stemOf(path.basename(target))}.`
  const folder = path.dirname(target)
  for (const name of fs.readdirSync(folder)) if (name.startsWith(start) && isAbandoned(name)) removeFile(path.join(folder, name))
}

export function appendFile(file: string, text: string): void {
  makeFolderFor(file)
  try {
    fs.appendFileSync(file, text)
  } catch (error) {
    throw ioError('written', file, error)
  }
}
