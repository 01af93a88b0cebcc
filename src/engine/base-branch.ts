/** Owns which branch changes are made for: the one whose rules and commands somebody has agreed to already. */

import { InquestError } from '../errors.js'
import type { Host } from './host.js'

/** Set by a run for a pull or merge request; of another branch than its base nothing is taken there. */
const namedByCi = ['GITHUB_BASE_REF', 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'] as const

/** The base as git knows it; undefined where the checkout has none. @throws InquestError `usage` for a name that git does not know */
export function findBase(host: Pick<Host, 'git' | 'env'>, root: string, named: string | undefined): string | undefined {
  const exists = (ref: string): boolean => host.git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]) !== undefined
  if (named !== undefined) {
    if (!named.startsWith('-') && exists(named)) return named
    throw new InquestError('usage', `--base ${named}: git has no such branch or commit`, { hint: 'A shallow clone has to fetch it first: git fetch origin <branch>' })
  }
  const target = namedByCi.map((name) => host.env[name] ?? '').find((name) => name !== '')
  if (target !== undefined) return [`refs/remotes/origin/${target}`].find(exists)
  const head = host.git(root, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'])?.trim()
  const remote = [head, 'refs/remotes/origin/main', 'refs/remotes/origin/master'].find((ref) => ref !== undefined && exists(ref))
  if (remote !== undefined) return remote
  // A local branch may be the checkout of somebody else's main; it counts where there is nobody else.
  const alone = (host.git(root, ['remote']) ?? '').trim() === ''
  return alone ? ['refs/heads/main', 'refs/heads/master'].find(exists) : undefined
}
