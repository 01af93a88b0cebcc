/** Owns the state that a document is in: by its history, or by what it claims where it keeps none yet. */

import type { Facts } from '../facts/facts.js'
import type { LedgerState } from './ledger.js'
import { foldLedger } from './ledger.js'

/** What the history folds to; where there is none yet, what the document claims. */
export function stateOf({ document, template, claim }: Facts): LedgerState {
  const { machine } = template
  const folded = machine.historyField === undefined ? undefined : foldLedger(document.data[machine.historyField], machine).state
  if (folded !== undefined) return folded
  const phase = claim.phase ?? machine.phases[0]
  if (phase === undefined) throw new TypeError('A template has at least one phase')
  return { phase, closed: claim.standing === 'closed', registered: undefined }
}
