/** Owns the rule `phase-invalid`. */

import type { Facts } from '../facts/facts.js'
import { foldLedger } from '../workflow/ledger.js'
import type { FactRule, Observation } from './rule.js'

export const phaseInvalid: FactRule = {
  name: 'phase-invalid',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'The phase or status is none the template knows, the two cannot be together, or they are not what the recorded transitions lead to.',
  why: 'A document is held to what it claims; a claim that cannot be holds it to nothing. A phase that was set by hand has passed no gate.',
  remedy: 'Set the phase and status that the document has reached, and let `inquest advance`, `close` and `reopen` take it further.',
  examples: [
    { good: 'lifecycle_phase: conclude', bad: 'lifecycle_phase: explore' },
    { good: 'status: complete', bad: 'status: finished' },
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n',
    },
  ],
  *check(facts) {
    const { claim, template } = facts
    const { machine } = template
    yield* againstHistory(facts)
    const quoted = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(', ')
    if (claim.status !== undefined && claim.standing === undefined) {
      const message = `Unexpected status \`${claim.status}\`, expected one of ${quoted(machine.statuses.keys())}`
      yield { message, at: { field: machine.statusField, part: 'value' }, subject: claim.status }
    }
    const { phaseField } = machine
    if (phaseField === undefined || claim.phaseName === undefined) return
    if (claim.phase === undefined) {
      const message = `Unexpected phase \`${claim.phaseName}\`, expected one of ${quoted(machine.phases.map((phase) => phase.name))}`
      yield { message, at: { field: phaseField, part: 'value' }, subject: claim.phaseName }
      return
    }
    const accepted = [claim.phase.name, claim.phaseName].some((name) => machine.closedIn.has(name.toLowerCase()))
    if (accepted) return
    if (claim.standing !== 'closed') {
      // No defect while the work goes on; it contradicts whoever says that the phase is the last one.
      const message = `The phase is \`${claim.phaseName}\`, expected ${quoted(machine.closedIn)} for closing`
      yield { message, at: { field: phaseField, part: 'value' }, subject: claim.phaseName, kind: 'omission' }
      return
    }
    yield {
      message: `The status is \`${claim.status}\` in the phase \`${claim.phaseName}\`, expected the phase ${quoted(machine.closedIn)}`,
      at: { field: phaseField, part: 'value' },
      subject: claim.phaseName,
      related: [{ message: 'the status', at: { field: machine.statusField } }],
    }
  },
}

/** What the recorded transitions contradict: the phase, the status, or each other. */
function* againstHistory({ claim, template, document }: Facts): Generator<Observation> {
  const { machine } = template
  const { historyField, phaseField } = machine
  if (historyField === undefined) return
  const { state, faults } = foldLedger(document.data[historyField], machine)
  for (const { entry, message } of faults) {
    yield { message: `Transition ${entry + 1} of the history cannot be: ${message}`, at: { field: historyField, path: [String(entry)] }, subject: historyField }
  }
  if (state === undefined || faults.length > 0 || claim.phase === undefined || claim.standing === undefined) return
  if (phaseField !== undefined && claim.phase.index !== state.phase.index) {
    yield {
      message: `The phase is \`${claim.phaseName}\`, and the recorded transitions lead to \`${state.phase.name}\``,
      at: { field: phaseField, part: 'value' },
      subject: claim.phaseName ?? '',
      related: [{ message: 'the recorded transitions', at: { field: historyField } }],
    }
    return
  }
  if ((claim.standing === 'closed') === state.closed || claim.standing === 'archived') return
  yield {
    message: `The status is \`${claim.status}\`, and the recorded transitions ${state.closed ? 'have closed the document' : 'have not closed the document'}`,
    at: { field: machine.statusField, part: 'value' },
    subject: claim.status ?? '',
    related: [{ message: 'the recorded transitions', at: { field: historyField } }],
  }
}
