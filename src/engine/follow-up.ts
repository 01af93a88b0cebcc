/** Owns naming a follow-up in the document it comes from, for a text that is not written yet. */

import type { Edit } from '../text/edit.js'
import { applyEdits } from '../text/edit.js'
import { spawnTitle } from '../authoring/moves.js'
import { examine } from './examine.js'
import { factsOf } from './gate.js'
import { withEntry } from './pending.js'
import type { Workspace } from './workspace.js'

export interface FollowUp {
  readonly id: string
  readonly title: string
  readonly why?: string
}

/**
 * The parent's text with the entry: an entry of that title that names no document yet gets the id, else one is added.
 * @throws InquestError where there is no place for it
 */
export function nameFollowUp(workspace: Workspace, parent: string, text: string, { id, title, why }: FollowUp): string {
  const facts = factsOf(examine(workspace, parent, text, true))
  const entry = facts.spawned.find((item) => item.id === undefined && spawnTitle(facts, { start: item.span.start, end: item.span.start }) === title && /^(?:[-*+]|\d+[.)])/u.test(text.slice(item.span.start)))
  if (entry === undefined) return withEntry(workspace, { parent, id, title, ...(why !== undefined && { why }) }, text)
  const lead = /^(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/u.exec(text.slice(entry.span.start, entry.span.end))?.[0].length ?? 0
  const edit: Edit = { span: { start: entry.span.start + lead, end: entry.span.end }, text: `**${id}: ${title}**` }
  return applyEdits(text, [edit])
}

/** What a document can be followed by: kinds that inquiries spawn, and its own. */
export function followUpTemplates(workspace: Workspace, own: string): readonly string[] {
  const tracked = workspace.templates.listings.filter((listing) => listing.tracked).map((listing) => listing.name)
  return [...new Set([...tracked, own])]
}
