/** Owns what is said when a file cannot be read or written. */

import { InquestError } from '../../errors.js'

interface SystemError extends Error {
  readonly code?: string
}

export function systemError(error: unknown): SystemError {
  return error instanceof Error ? error : new Error(String(error))
}

/** No file stands at the path: nothing at all, or a folder. */
export function absent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemError(error).code ?? '')
}

export function ioError(what: string, file: string, error: unknown): InquestError {
  const { code, message } = systemError(error)
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota is used up',
    EEXIST: 'a file stands where its folder should be',
    ENOTDIR: 'a file stands where its folder should be',
    EROFS: 'the file system is read-only',
    EMFILE: 'too many files are open',
    ENAMETOOLONG: 'the name is too long',
    ELOOP: 'its links lead in a circle',
    EBUSY: 'it is in use, or mounted by itself',
  }
  return new InquestError('io', `${file}: cannot be ${what}: ${reasons[code ?? ''] ?? message}`, { cause: error })
}
