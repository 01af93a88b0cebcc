/** Owns the translation between addresses of files and paths. */

import { fileURLToPath, pathToFileURL } from 'node:url'

/** The path of a `file:` address; undefined for texts that are no files, such as one that was never saved. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined
  try {
    return fileURLToPath(uri)
  } catch {
    return undefined
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href
}
