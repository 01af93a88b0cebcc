/** Owns which places a call may name: those in the repository that the server was started in, and no other. */

import * as path from 'node:path'
import { findConfig } from '../../engine/root.js'
import type { Host } from '../../engine/host.js'
import { InquestError } from '../../errors.js'

/** @throws InquestError `usage` for a path that leads out of the repository, or that no file can have */
export function insideRepository(host: Host, given: string): string {
  if (/\p{Cc}/u.test(given)) throw new InquestError('usage', 'A path holds a control character', { hint: 'Paths count from the root of the repository' })
  const { root } = findConfig(host.cwd, host)
  const full = path.resolve(host.cwd, given)
  if (full === root || full.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return given
  throw new InquestError('usage', `${given}: lies outside the repository`, { hint: 'Paths count from the folder that the server was started in' })
}

/** An id is looked up; what looks like a path has to lie inside. */
export function documentNamed(host: Host, given: string): string {
  return /[./\\\p{Cc}]/u.test(given) ? insideRepository(host, given) : given
}
