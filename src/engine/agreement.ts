/**
 * Owns the agreement to commands in the configuration: nothing that it names is started unless the commit that is checked out and the
 * base branch say the same, or somebody has looked at it and says so.
 */

import { parseDocument } from '../document/document.js'
import { InquestError } from '../errors.js'
import { findBase } from './base-branch.js'
import { configName } from './root.js'
import type { Workspace } from './workspace.js'

export interface Commands {
  /** The key of the configuration, for messages. */
  readonly key: string
  readonly own: unknown
  /** The same of another version of the configuration. */
  of(data: Readonly<Record<string, unknown>>): unknown
}

export interface Agreement {
  /** The digest of commands that somebody has looked at. */
  readonly confirmed: string | undefined
  /** A branch or commit to take for the base. */
  readonly base: string | undefined
}

/** @throws InquestError `usage` for commands without agreement */
export async function ensureAgreed(workspace: Workspace, { key, own, of }: Commands, { confirmed, base: named }: Agreement): Promise<void> {
  const { host, root } = workspace
  const { createHash } = await import('node:crypto')
  const wanted = JSON.stringify(own)
  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  if (confirmed === digest) return
  const hint = `Read \`${key}\` in ${configName}; to agree to what it starts, pass --confirm ${digest}`
  const base = findBase(host, root, named)
  if (base === undefined) {
    throw new InquestError('usage', `No base branch is in this checkout that already allows \`${key}\`, so nothing is run`, {
      hint: `Fetch the base branch (with actions/checkout: fetch-depth: 0), or name it with --base. ${hint}`,
    })
  }
  for (const ref of ['HEAD', base]) {
    const text = host.git(root, ['show', `${ref}:./${configName}`])
    if (text !== undefined && JSON.stringify(of(dataOf(workspace, text))) === wanted) continue
    throw new InquestError('usage', `The commands in ${configName} are not those of ${ref.replace(/^refs\/(?:heads|remotes)\//u, '')}, so nothing is run`, { hint })
  }
}

function dataOf({ engine }: Workspace, text: string): Readonly<Record<string, unknown>> {
  const { data } = parseDocument(`---\n${text}${text.endsWith('\n') ? '' : '\n'}---\n`, engine)
  return data as Readonly<Record<string, unknown>>
}
