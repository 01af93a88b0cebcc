/** Owns files that hold what a process has no room for in memory, and that are gone with it. */

import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import type { Scratch } from '../../text/arena.js'
import { ioError } from './io-error.js'
import { uniqueMark } from './write.js'

const closing = new FinalizationRegistry((descriptor: number) => fs.closeSync(descriptor))

/** Undefined where there is no place for one: then all stays in memory. */
export function openScratch(): Scratch | undefined {
  const file = path.join(tmpdir(), `inquest-scratch-${uniqueMark()}`)
  let descriptor: number
  try {
    descriptor = fs.openSync(file, 'wx+', 0o600)
  } catch {
    return undefined
  }
  try {
    // It has no name any more, so that nothing is left of it whatever happens to the process.
    fs.unlinkSync(file)
  } catch {
    fs.closeSync(descriptor)
    fs.rmSync(file, { force: true })
    return undefined
  }
  const scratch = scratchIn(descriptor, file)
  closing.register(scratch, descriptor)
  return scratch
}

function scratchIn(descriptor: number, file: string): Scratch {
  return {
    write(bytes, position) {
      try {
        for (let at = 0; at < bytes.length; ) at += fs.writeSync(descriptor, bytes, at, bytes.length - at, position + at)
        return true
      } catch {
        // A full disk, or a quota.
        return false
      }
    },
    read(length, position) {
      const bytes = Buffer.allocUnsafeSlow(length)
      let at = 0
      try {
        for (let read = -1; at < length && read !== 0; at += read) read = fs.readSync(descriptor, bytes, at, length - at, position + at)
      } catch (error) {
        throw ioError('read', file, error)
      }
      if (at < length) throw ioError('read', file, new Error('it is shorter than it was'))
      return bytes
    },
  }
}
