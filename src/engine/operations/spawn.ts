/** Owns the use case `spawn`: a child that names its parent, and the parent's entry that names the child, as one operation. */

import { InquestError } from '../../errors.js'
import type { Host } from '../host.js'
import { carryOut, withEntry } from '../pending.js'
import { recover } from '../recovery.js'
import { resolveDocument } from '../resolve.js'
import { openWorkspace } from '../workspace.js'
import type { NewInput, NewResult } from './new.js'
import { prepareDocument, resultOf } from './new.js'

export interface SpawnInput extends NewInput {
  /** Id or path of the document that the new one follows from. */
  readonly from: string
  /** Which finding it answers, for the parent's entry. */
  readonly why?: string
}

/** @throws InquestError for parents without a place for the entry, and for all that `new` refuses */
export async function spawn(host: Host, input: SpawnInput): Promise<NewResult & { readonly parent: string }> {
  const workspace = await openWorkspace(host)
  recover(workspace)
  const parent = resolveDocument(workspace, input.from)
  if (parent.id === undefined) throw new InquestError('usage', `${parent.path}: has no id that a child could name`)
  if (parent.standing === 'closed') throw new InquestError('usage', `${parent.path}: is closed`, { hint: `inquest reopen ${parent.id} --why "…"` })
  const before = workspace.readText(parent.path)
  if (before === undefined) throw new InquestError('io', `${parent.path}: is gone`)
  const child = await prepareDocument(workspace, input, parent.id)
  const intent = { kind: 'spawn', parent: parent.path, child: child.path, text: child.text, id: child.id, title: child.title, ...(input.why !== undefined && { why: input.why }) } as const
  try {
    // Whether the entry has a place is known before anything is written.
    withEntry(workspace, intent, before)
    carryOut(workspace, `spawn-${child.id}`, intent)
  } catch (error) {
    if (!host.exists(workspace.toAbsolute(child.path))) child.release()
    throw error
  }
  return { ...resultOf(child), parent: parent.id }
}
