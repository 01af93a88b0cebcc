/** Owns that a folder which the user names for caches is not one that came with the repository. */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { CacheFolder, Host } from './host.js'
import { inAnyCase } from './pathspec.js'

/** The folder of `--cache-dir`; undefined where it is part of what may have been committed. */
export function cacheAt(host: Host, root: string, folder: string): CacheFolder | undefined {
  const why = host.whyUnwritable(folder)
  if (why !== undefined) throw new InquestError('usage', `--cache-dir ${folder}: ${why}`, { hint: 'Name a folder outside of the repository, such as one below $RUNNER_TEMP' })
  const isInside = (file: string, of: string): boolean => file === of || file.startsWith(of + path.sep)
  const places = new Set([folder, host.realPath(folder)])
  for (const place of places) {
    const listed = host.git(root, ['ls-files', '-z', '--cached', '--', inAnyCase(place)])
    if (listed === undefined ? isInside(place, root) || isInside(place, host.realPath(root)) : listed !== '') return undefined
  }
  return host.stateAt(folder)
}
