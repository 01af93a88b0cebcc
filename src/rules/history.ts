/** Owns what rules ask of a document's history: when it was begun, and which gates it has passed. */

import type { Facts } from '../facts/facts.js'
import type { Folded, LedgerEntry } from '../workflow/ledger.js'
import { foldLedger } from '../workflow/ledger.js'
import type { Milestone } from './world.js'

export function historyOf({ document, template }: Pick<Facts, 'document' | 'template'>): Folded {
  const { historyField } = template.machine
  return foldLedger(historyField === undefined ? undefined : document.data[historyField], template.machine)
}

/** The first entry of the history; undefined where there is none. */
export function begunAt(facts: Pick<Facts, 'document' | 'template'>): Milestone | undefined {
  return milestone(historyOf(facts).entries[0])
}

/** The entry by which a document left a phase for good; undefined where it has not, as far as its history says. */
export function leftAt(facts: Pick<Facts, 'document' | 'template'>, phase: number): Milestone | undefined {
  const { entries, state } = historyOf(facts)
  if (state === undefined || (!state.closed && state.phase.index <= phase)) return undefined
  const { phases } = facts.template.machine
  const isBeyond = ({ event, phase: name }: LedgerEntry): boolean => event === 'close' || (phases.find((one) => one.name === name || one.aliases.includes(name))?.index ?? -1) > phase
  const staying = entries.findLastIndex((entry) => !isBeyond(entry))
  return milestone(entries[staying + 1])
}

function milestone(entry: LedgerEntry | undefined): Milestone | undefined {
  return entry === undefined ? undefined : { at: entry.at, commit: entry.commit }
}
