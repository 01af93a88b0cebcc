/** Owns where a document can go from here, as actions and lenses: the next phase, closing, what keeps it from either. */

import type { CodeAction, CodeLens, Location, Range } from 'vscode-languageserver/node'
import type { PlacedFinding } from '../../finding/finding.js'
import { statusOfExamined } from '../../engine/operations/status.js'
import { movesOf, spawnTitle } from '../../authoring/moves.js'
import { followUpTemplates } from '../../engine/follow-up.js'
import { commandNames } from './command-names.js'
import type { Session, Sight } from './session.js'

const kind = 'refactor.inquest'

/** Cheap: what stands against each is asked when one is chosen. */
export function offeredMoves({ client }: Session, { uri, looked, translator }: Sight, range: Range): readonly CodeAction[] {
  const { facts } = looked.examined
  if (facts === undefined || !client.edits.apply) return []
  const id = facts.id ?? looked.path
  const moves = movesOf(facts)
  const title = facts.claim.standing === 'open' ? spawnTitle(facts, translator.span(range)) : undefined
  const spawns = title === undefined ? [] : followUpTemplates(looked.workspace, facts.template.name)
  return [
    ...(moves.advance === undefined ? [] : [action(`Advance ${id} to ${moves.advance}`, commandNames.advance, [uri])]),
    ...(moves.close ? [action(`Close ${id}`, commandNames.close, [uri])] : []),
    ...(moves.reopen ? [action(`Reopen ${id}`, commandNames.reopen, [uri])] : []),
    ...(moves.amend ? [action(`Record an amendment of ${id}`, commandNames.amend, [uri])] : []),
    ...spawns.map((template) => action(`Spawn: ${template} "${title}"`, commandNames.spawn, [uri, { template, title }])),
  ]
}

function action(title: string, command: string, given: readonly unknown[]): CodeAction {
  return { title, kind, command: { title, command, arguments: [...given] } }
}

/** One lens at the head of the document; what it says is asked of the gate when it is shown. */
export function lensesFor({ uri, looked, translator }: Sight): CodeLens[] {
  const { facts, document } = looked.examined
  if (facts === undefined) return []
  const moves = movesOf(facts)
  if (moves.advance === undefined && !moves.close) return []
  const [title] = document.top.sections
  const at = title?.span.start ?? 0
  return [{ range: translator.range({ start: at, end: at }), data: { uri } }]
}

export async function resolveLens(session: Session, lens: CodeLens): Promise<CodeLens> {
  const { uri } = lens.data as { readonly uri: string }
  const sight = await session.see(uri)
  if (sight === undefined) return lens
  const status = await statusOfExamined(sight.looked.shown, sight.looked.examined)
  const { next, blockers } = status
  if (next === null) return { ...lens, command: { title: status.status, command: '' } }
  if (blockers.length === 0) {
    const closing = next === 'closed'
    return { ...lens, command: { title: closing ? `ready: close ${status.id}` : `ready: advance to ${next}`, command: closing ? commandNames.close : commandNames.advance, arguments: [uri] } }
  }
  const title = `${next}: ${blockers.length} ${blockers.length === 1 ? 'blocker' : 'blockers'}`
  return { ...lens, command: { title, command: commandNames.showBlockers, arguments: [uri, lens.range.start, blockerLocations(sight, blockers)] } }
}

export function blockerLocations({ uri, translator }: Sight, blockers: readonly PlacedFinding[]): Location[] {
  return blockers.map(({ range }) => ({ uri, range: translator.placed(range) }))
}
