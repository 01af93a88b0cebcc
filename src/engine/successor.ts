/** Owns the document that takes the place of a superseded one: it has to exist, have an id, and be at hand. */

import { InquestError } from '../errors.js'
import type { WorkflowEvent } from '../workflow/machine.js'
import { resolveDocument } from './resolve.js'
import type { Workspace } from './workspace.js'

/**
 * The event with the successor by its id, whatever it was named by. Other events stay as they are.
 * @param path the document that is superseded
 * @throws InquestError `usage` for a successor that does not exist, is the document itself, or is archived
 */
export function withSuccessor(workspace: Workspace, path: string, event: WorkflowEvent): WorkflowEvent {
  if (event.type !== 'supersede') return event
  const successor = resolveDocument(workspace, event.by)
  if (successor.path === path) throw new InquestError('usage', `${path}: cannot supersede itself`, { hint: 'Name the document that takes its place with `--by`' })
  if (successor.id === undefined) throw new InquestError('usage', `${successor.path}: has no id that the superseded document could name`)
  if (successor.standing === 'archived') throw new InquestError('usage', `${successor.id}: is archived itself`, { hint: 'Name the document that is in force now' })
  return { ...event, by: successor.id }
}
