/** Owns what Node does not offer of the system: exchanging two names in one step, and locks that die with their process. */

import { createRequire } from 'node:module'

export interface Native {
  /** Exclusively locks an open file. @returns false where another process holds the lock */
  tryLock(descriptor: number): boolean
  /** Exchanges two names in one step; undefined on systems that have no such step. */
  readonly exchange: ((a: string, b: string) => void) | undefined
}

interface Binding {
  tryLock(descriptor: number, offset: number, length: number, exclusive: boolean): void
  swapSync(a: string, b: string): void
}

let loaded: Native | undefined | null = null

/** Undefined on systems that it was not built for. */
export function loadNative(): Native | undefined {
  if (loaded === null) loaded = open()
  return loaded
}

function open(): Native | undefined {
  let binding: Binding
  try {
    // The library's own entry looks for this file through six modules, which takes ten times as long as loading it.
    binding = createRequire(import.meta.url)(`fs-native-extensions/prebuilds/${process.platform}-${process.arch}/fs-native-extensions.node`) as Binding
  } catch {
    return undefined
  }
  return {
    tryLock(descriptor) {
      try {
        binding.tryLock(descriptor, 0, 0, true)
        return true
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EACCES')) return false
        throw error
      }
    },
    // On Windows the library does it in three moves that overwrite each other.
    exchange: process.platform === 'linux' || process.platform === 'darwin' ? (a, b) => binding.swapSync(a, b) : undefined,
  }
}
