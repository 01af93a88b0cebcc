/** Owns that one process at a time writes the documents of a folder. */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import { absent, ioError, systemError } from './io-error.js'
import type { Native } from './native.js'
import { loadNative } from './native.js'

export const lockName = '.inquest-lock'

/** How long to wait for another process that writes into the folder; a write takes milliseconds. */
const longestWait = 5000

/**
 * Runs `work` while no other process of inquest does so for the folder.
 * What is hidden in a folder while its lock is free was left by a process that is gone.
 * @throws InquestError `changed-meanwhile` where another one takes too long, `io` where the folder cannot be written
 */
export function withFolderLock<T>(folder: string, work: () => T): T {
  const lock = path.join(folder, lockName)
  const native = loadNative()
  const deadline = Date.now() + longestWait
  for (;;) {
    const release = native === undefined ? tryCreate(lock) : tryHold(lock, native)
    if (release !== undefined) {
      try {
        return work()
      } finally {
        release()
      }
    }
    if (Date.now() > deadline) {
      throw new InquestError('changed-meanwhile', `${folder}: is being written into by another process`, { hint: `Run the command again; if no other runs, delete ${lock}` })
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
  }
}

/** The system's own lock, which it takes back from a process that dies. @returns how to give it back; undefined where another has it */
function tryHold(lock: string, native: Native): (() => void) | undefined {
  const descriptor = openLock(lock)
  if (descriptor === undefined) return undefined
  let held = false
  try {
    // Whoever had the lock has removed its file; the lock of a removed file keeps nobody out.
    held = native.tryLock(descriptor) && fs.fstatSync(descriptor).ino === fs.statSync(lock, { throwIfNoEntry: false })?.ino
  } finally {
    if (!held) fs.closeSync(descriptor)
  }
  if (!held) return undefined
  return () => {
    try {
      removeLock(lock)
    } finally {
      fs.closeSync(descriptor)
    }
  }
}

function openLock(lock: string): number | undefined {
  try {
    return fs.openSync(lock, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o666)
  } catch (error) {
    // A lock of another user, or on Windows one that is being removed.
    if (['EACCES', 'EPERM'].includes(systemError(error).code ?? '') && (process.platform === 'win32' || fs.existsSync(lock))) return undefined
    throw cannotWriteInto(lock, error)
  }
}

function cannotWriteInto(lock: string, error: unknown): InquestError {
  const { message } = ioError('written into', path.dirname(lock), error)
  return new InquestError('io', message, { hint: 'A document is replaced by a file that is written beside it, so its folder has to be writable', cause: error })
}

function removeLock(lock: string): void {
  try {
    fs.unlinkSync(lock)
  } catch (error) {
    if (!absent(error)) throw ioError('removed', lock, error)
  }
}

/** Without the system's locks: a file that holds its owner's id, taken over from an owner that is gone. */
function tryCreate(lock: string): (() => void) | undefined {
  try {
    fs.writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' })
    return () => removeLock(lock)
  } catch (error) {
    if (systemError(error).code !== 'EEXIST') throw cannotWriteInto(lock, error)
    removeAbandoned(lock)
    return undefined
  }
}

function removeAbandoned(lock: string): void {
  try {
    const text = fs.readFileSync(lock, 'utf8')
    const seen = fs.statSync(lock)
    // A lock that is being written holds nothing yet; an old one that holds nothing was left by a crash.
    if (text === '' ? Date.now() - seen.mtimeMs < longestWait : isRunning(Number.parseInt(text, 10))) return
    const taken = `${lock}.${process.pid}`
    fs.renameSync(lock, taken)
    // Between looking and taking somebody else may have put a lock of his own there, which he gets back.
    if (fs.statSync(taken).ino !== seen.ino) fs.linkSync(taken, lock)
    fs.unlinkSync(taken)
  } catch (error) {
    if (!absent(error) && systemError(error).code !== 'EEXIST') throw error
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemError(error).code === 'EPERM'
  }
}
