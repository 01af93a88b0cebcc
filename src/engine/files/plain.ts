/** Owns reading plain files: nothing else is opened for reading, nothing is waited for, and nothing larger than a limit is read. */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { absent, ioError, systemError } from './io-error.js'
import { lookAtLink } from './stats.js'

/** Why a path is not read, though something is there. */
export type Unread = 'link' | 'special' | 'large'

const flags = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOFOLLOW ?? 0)

/**
 * Opens a plain file that is no link itself and does something with it. Undefined for what is not there, and for a folder.
 * @throws InquestError `io` for a file that cannot be read
 */
export function withPlain<T>(file: string, most: number, work: (descriptor: number, size: number) => T): T | Unread | undefined {
  let descriptor: number | undefined
  try {
    // Where the system cannot refuse a link, it is looked at first.
    if (fs.constants.O_NOFOLLOW === undefined && lookAtLink(file)?.isSymbolicLink() === true) return 'link'
    descriptor = fs.openSync(file, flags)
    const stats = fs.fstatSync(descriptor)
    if (stats.isDirectory()) return undefined
    if (!stats.isFile()) return 'special'
    return stats.size > most ? 'large' : work(descriptor, stats.size)
  } catch (error) {
    const { code } = systemError(error)
    if (code === 'ELOOP' || code === 'EMLINK') return 'link'
    // A socket, or a device without a driver.
    if (code === 'ENXIO' || code === 'ENODEV') return 'special'
    if (absent(error)) return undefined
    throw ioError('read', file, error)
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor)
  }
}

/** The bytes of a plain file; undefined for anything else. */
export function readPlain(file: string, most: number): Buffer | undefined {
  const bytes = withPlain(file, most, readAll)
  return Buffer.isBuffer(bytes) ? bytes : undefined
}

/** As much of an open file as its size was told to be. */
export function readAll(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  let read = 0
  for (let more = -1; more !== 0 && read < size; read += more) more = fs.readSync(descriptor, bytes, read, size - read, null)
  return read < size ? bytes.subarray(0, read) : bytes
}

/** The plain files below a folder, relative to the root with `/`, through no link; at most so many. */
export function plainFilesBelow(root: string, folder: string, most: number): readonly string[] {
  const parents = folder.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))
  if (!parents.every((one) => lookAtLink(path.join(root, one))?.isDirectory() === true)) return []
  const files: string[] = []
  const open = [folder]
  for (let at = open.pop(); at !== undefined && files.length < most; at = open.pop()) {
    for (const entry of entriesOf(path.join(root, at))) {
      if (entry.isDirectory()) open.push(`${at}/${entry.name}`)
      else if (entry.isFile()) files.push(`${at}/${entry.name}`)
    }
  }
  return files.slice(0, most).toSorted()
}

function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Where a path leads, through all links; what is not there yet counts from the nearest folder that is. */
export function realPath(file: string): string {
  try {
    return fs.realpathSync.native(file)
  } catch {
    const above = path.dirname(file)
    return above === file ? file : path.join(realPath(above), path.basename(file))
  }
}
