/** Owns telling that a history starts behind the phase that registers the hypotheses, and that nothing else shows what came before. */

import type { Facts } from '../facts/facts.js'
import type { Phase } from '../template/template.js'
import { originOf, writtenEntries } from '../workflow/entries.js'
import { foldLedger, isPutAway, phaseNamed } from '../workflow/ledger.js'
import type { World } from './world.js'

/** The phase in which the history starts, where that is late; undefined where it is not. */
export function lateStart({ template, document }: Facts, world: World): Phase | undefined {
  const { machine } = template
  const { historyField, phases } = machine
  if (historyField === undefined) return undefined
  const { entries, state } = foldLedger(document.data[historyField], machine)
  const [first] = entries
  const phase = first === undefined ? undefined : phaseNamed(machine, first.phase)
  if (first === undefined || phase === undefined) return undefined
  // Every document starts in its first phase.
  if (first.event === 'start') return phase.index > 0 ? phase : undefined
  if (state?.registered !== undefined || entries.every(isPutAway)) return undefined
  const from = phases[first.event === 'advance' ? phase.index - 1 : phase.index]
  const registering = phases.find(({ registers }) => registers)
  if (from === undefined || registering === undefined || from.index < registering.index) return undefined
  // A document that was begun without inquest may have gone through its phases by hand, before the eyes of git.
  const seen = world.past(originOf(writtenEntries(document.data[historyField])))?.phases ?? []
  return seen.some((name) => (phaseNamed(machine, name)?.index ?? phases.length) < registering.index) ? undefined : from
}
