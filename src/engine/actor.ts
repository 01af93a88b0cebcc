/** Owns who acts, and on which commit: what a transition records besides its time. */

import type { Workspace } from './workspace.js'

export function authorOf(workspace: Workspace): string | undefined {
  const name = workspace.config.author ?? workspace.host.git(workspace.root, ['config', 'user.name'])?.trim()
  return name === '' ? undefined : name
}

/** The commit at hand, shortened; undefined before the first one and where there is no git. */
export function commitOf(workspace: Workspace): string | undefined {
  return workspace.host.git(workspace.root, ['rev-parse', '--verify', '--quiet', '--short=12', 'HEAD'])?.trim()
}
