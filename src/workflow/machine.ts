/**
 * Owns the machine: a state, an event and what blocks it give the next state with its ledger entry, or a
 * refusal with the reasons. Decides and does nothing.
 */

import type { Machine, Phase } from '../template/template.js'
import type { LedgerEntry, LedgerState } from './ledger.js'

export type WorkflowEvent =
  | { readonly type: 'advance' }
  | { readonly type: 'close' }
  | { readonly type: 'reopen'; readonly why: string; readonly to?: string }
  | { readonly type: 'amend'; readonly why: string }

/** What only the world knows, handed in. */
export interface Circumstances {
  readonly at: string
  readonly by: string | undefined
  readonly commit: string | undefined
  /** Digest of the hypotheses as they stand; undefined where none is stated. */
  readonly hypotheses: string | undefined
  readonly evidence: 'present' | 'none'
  /** How many findings keep the gate shut. */
  readonly blockers: number
}

export type Transition =
  | { readonly kind: 'moved'; readonly from: LedgerState; readonly to: LedgerState; readonly entry: LedgerEntry }
  /** `blocked`: the gate holds it back; otherwise the event makes no sense in this state. */
  | { readonly kind: 'refused'; readonly blocked: boolean; readonly reason: string }

export function transition(machine: Machine, state: LedgerState, event: WorkflowEvent, world: Circumstances): Transition {
  switch (event.type) {
    case 'advance':
      return advance(machine, state, world)
    case 'close':
      return close(machine, state, world)
    case 'reopen':
      return reopen(machine, state, event, world)
    case 'amend':
      return amend(state, event, world)
  }
}

function refuse(reason: string): Transition {
  return { kind: 'refused', blocked: false, reason }
}

function blocked(to: string, count: number): Transition {
  return { kind: 'refused', blocked: true, reason: `${count} ${count === 1 ? 'finding keeps' : 'findings keep'} it from ${to}` }
}

function recorded(world: Circumstances, entry: Pick<LedgerEntry, 'event' | 'phase'> & Partial<LedgerEntry>): LedgerEntry {
  const { event, phase, ...more } = entry
  return {
    event,
    phase,
    at: world.at,
    ...(world.by !== undefined && { by: world.by }),
    ...(world.commit !== undefined && { commit: world.commit }),
    ...more,
  }
}

function advance(machine: Machine, state: LedgerState, world: Circumstances): Transition {
  if (state.closed) return refuse('it is closed; reopen it first')
  const next = machine.phases[state.phase.index + 1]
  if (next === undefined) return refuse(`\`${state.phase.name}\` is the last phase; close it`)
  if (world.blockers > 0) return blocked(`\`${next.name}\``, world.blockers)
  // Entering the registering phase freezes the hypotheses, once; going back before it frees them.
  const registers = next.registers && world.hypotheses !== undefined
  const hypotheses = registers ? world.hypotheses : undefined
  const entry = recorded(world, { event: 'advance', phase: next.name, ...(hypotheses !== undefined && { hypotheses }) })
  return { kind: 'moved', from: state, to: { phase: next, closed: false, registered: hypotheses ?? state.registered }, entry }
}

function close(machine: Machine, state: LedgerState, world: Circumstances): Transition {
  if (state.closed) return refuse('it is closed already')
  if (state.phase.index !== machine.phases.length - 1) return refuse(`it stands in \`${state.phase.name}\`, and \`${machine.phases.at(-1)?.name ?? ''}\` is where it can be closed; advance it first`)
  if (world.blockers > 0) return blocked('being closed', world.blockers)
  const entry = recorded(world, { event: 'close', phase: state.phase.name })
  return { kind: 'moved', from: state, to: { ...state, closed: true }, entry }
}

function reopen(machine: Machine, state: LedgerState, { why, to }: { readonly why: string; readonly to?: string }, world: Circumstances): Transition {
  const phase = to === undefined ? state.phase : machine.phases.find((one) => one.name.toLowerCase() === to.toLowerCase())
  if (phase === undefined) return refuse(`\`${to}\` is no phase of its template`)
  if (phase.index > state.phase.index) return refuse(`\`${phase.name}\` lies ahead; reopening goes back`)
  if (!state.closed && phase.index === state.phase.index) return refuse(`it is at work in \`${state.phase.name}\` already`)
  const entry = recorded(world, { event: 'reopen', phase: phase.name, why })
  return { kind: 'moved', from: state, to: { phase, closed: false, registered: registeredAfter(machine, phase, state) }, entry }
}

function registeredAfter(machine: Machine, phase: Phase, state: LedgerState): string | undefined {
  const registering = machine.phases.find((one) => one.registers)
  return registering !== undefined && phase.index < registering.index ? undefined : state.registered
}

function amend(state: LedgerState, { why }: { readonly why: string }, world: Circumstances): Transition {
  if (state.closed) return refuse('it is closed; reopen it first')
  if (state.registered === undefined) return refuse('its hypotheses are not registered, so they can be changed without an amendment')
  if (world.hypotheses === undefined) return refuse('it states no hypothesis any more')
  if (world.hypotheses === state.registered) return refuse('its hypotheses are as they were registered; change them first')
  const entry = recorded(world, { event: 'amend', phase: state.phase.name, why, hypotheses: world.hypotheses, evidence: world.evidence })
  return { kind: 'moved', from: state, to: { ...state, registered: world.hypotheses }, entry }
}
