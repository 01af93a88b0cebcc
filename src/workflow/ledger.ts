/** Owns the ledger: the entries that a document keeps of its transitions, and the state they fold to. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import type { Machine, Phase } from '../template/template.js'

export type EventName = 'start' | 'advance' | 'close' | 'reopen' | 'amend' | 'archive' | 'supersede'

/** One transition as the frontmatter records it. */
export interface LedgerEntry {
  readonly event: EventName
  /** The phase that the document is in afterwards. */
  readonly phase: string
  /** `2026-03-02T14:05:00Z` */
  readonly at: string
  readonly by?: string
  /** The commit that the repository was at. */
  readonly commit?: string
  readonly why?: string
  /** Digest of the hypotheses, where the transition registered or amended them. */
  readonly hypotheses?: string
  /** Where the transition registered or amended the hypotheses: whether the document had evidence already. */
  readonly evidence?: 'present' | 'none'
  /** On a closing: digest of the body, so that a reopening that changes nothing can be seen. */
  readonly content?: string
  /** On an archiving: the status that the document was given. */
  readonly status?: string
  /** On a superseding: the id of the document that takes its place. */
  readonly successor?: string
  /** The version of the rules that the gate asked; entries without one were written under version 1. */
  readonly rules?: number
  /** What comments waived at the gate, as `rule: reason`. */
  readonly waived?: readonly string[]
}

/** What the entries fold to. */
export interface LedgerState {
  readonly phase: Phase
  readonly closed: boolean
  /** True where it was put away, closed or not. */
  readonly archived: boolean
  /** Digest of the hypotheses as they were last registered or amended. */
  readonly registered: string | undefined
  /** The version of the rules under which it was closed last; undefined where it never was. */
  readonly rules: number | undefined
}

export interface LedgerFault {
  /** Index of the entry that cannot be. */
  readonly entry: number
  readonly message: string
}

export interface Folded {
  readonly entries: readonly LedgerEntry[]
  /** Undefined where there is no entry, or none that can be. */
  readonly state: LedgerState | undefined
  readonly faults: readonly LedgerFault[]
}

const events: readonly string[] = ['start', 'advance', 'close', 'reopen', 'amend', 'archive', 'supersede'] satisfies readonly EventName[]

/** What was folded last of a history: several rules ask for one document. */
const folds = new WeakMap<readonly FrontmatterValue[], { readonly machine: Machine; readonly folded: Folded }>()

/** Reads and folds the entries of a document; the same entries always give the same state. */
export function foldLedger(value: FrontmatterValue | undefined, machine: Machine): Folded {
  if (!Array.isArray(value)) return fold(value, machine)
  const list = value as readonly FrontmatterValue[]
  const known = folds.get(list)
  if (known?.machine === machine) return known.folded
  const folded = fold(list, machine)
  folds.set(list, { machine, folded })
  return folded
}

function fold(value: FrontmatterValue | undefined, machine: Machine): Folded {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return { entries: [], state: undefined, faults: [] }
  if (!Array.isArray(value)) return { entries: [], state: undefined, faults: [{ entry: 0, message: 'the history is no list of transitions' }] }
  const entries: LedgerEntry[] = []
  const faults: LedgerFault[] = []
  let state: LedgerState | undefined
  for (const [index, written] of value.entries()) {
    const read = readEntry(written as FrontmatterValue)
    if (typeof read === 'string') {
      faults.push({ entry: index, message: read })
      continue
    }
    const before = entries.at(-1)
    entries.push(read)
    if (before !== undefined && Date.parse(read.at) < Date.parse(before.at)) faults.push({ entry: index, message: `its time ${read.at} lies before the one above it` })
    const next = apply(state, read, machine)
    if (typeof next === 'string') faults.push({ entry: index, message: next })
    else state = next
  }
  return { entries, state, faults }
}

function readEntry(value: FrontmatterValue): LedgerEntry | string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'it is no transition'
  const fields = value as { readonly [key: string]: FrontmatterValue }
  const text = (key: string): string | undefined => {
    const field = fields[key]
    return typeof field === 'string' || typeof field === 'number' ? String(field) : undefined
  }
  const event = text('event') ?? 'advance'
  const phase = text('phase')
  const at = text('at')
  if (!events.includes(event)) return `\`${event}\` is no transition`
  if (phase === undefined) return 'it names no phase'
  if (at === undefined || Number.isNaN(Date.parse(at))) return 'it has no time that can be read'
  const by = text('by')
  const commit = text('commit')
  const why = text('why')
  const hypotheses = text('hypotheses')
  const evidence = text('evidence')
  const content = text('content')
  const status = text('status')
  const successor = text('successor')
  const rules = Number(text('rules') ?? Number.NaN)
  const { waived } = fields
  return {
    event: event as EventName,
    phase,
    at,
    ...(by !== undefined && { by }),
    ...(commit !== undefined && { commit }),
    ...(why !== undefined && { why }),
    ...(hypotheses !== undefined && { hypotheses }),
    ...((evidence === 'present' || evidence === 'none') && { evidence }),
    ...(content !== undefined && { content }),
    ...(status !== undefined && { status }),
    ...(successor !== undefined && { successor }),
    ...(Number.isInteger(rules) && { rules }),
    ...(Array.isArray(waived) && waived.length > 0 && { waived: waived.map(String) }),
  }
}

export function phaseNamed(machine: Machine, name: string): Phase | undefined {
  const wanted = name.toLowerCase()
  return machine.phases.find((phase) => [phase.name, ...phase.aliases].some((one) => one.toLowerCase() === wanted))
}

/** The state after an entry, or why the entry cannot follow on the state. */
function apply(state: LedgerState | undefined, entry: LedgerEntry, machine: Machine): LedgerState | string {
  const phase = phaseNamed(machine, entry.phase)
  if (phase === undefined) return `\`${entry.phase}\` is no phase of the template`
  const registered = entry.hypotheses ?? state?.registered
  // A document that was begun without inquest enters its history wherever it stood.
  const rules = entry.event === 'close' ? (entry.rules ?? 1) : state?.rules
  if (state === undefined) return { phase, closed: entry.event === 'close', archived: isPutAway(entry), registered, rules }
  if (state.archived && entry.event !== 'reopen' && entry.event !== 'start') return `it is a further transition, \`${entry.event}\`, of an archived document`
  switch (entry.event) {
    case 'start':
      return 'it starts a document that was started before'
    case 'advance':
      if (state.closed) return 'it advances a closed document'
      if (phase.index !== state.phase.index + 1) return `it goes from \`${state.phase.name}\` to \`${phase.name}\``
      return { ...state, phase, registered, rules }
    case 'close':
      if (state.closed) return 'it closes a closed document'
      if (phase.index !== state.phase.index || phase.index !== machine.phases.length - 1) return `it closes in \`${phase.name}\`, coming from \`${state.phase.name}\``
      return { ...state, phase, closed: true, registered, rules }
    case 'reopen':
      if (phase.index > state.phase.index) return `it goes back from \`${state.phase.name}\` to \`${phase.name}\``
      return { phase, closed: false, archived: false, registered: reregisters(machine, phase) ? undefined : registered, rules }
    case 'amend':
      if (phase.index !== state.phase.index || state.closed) return 'it amends in another phase'
      return { ...state, phase, registered, rules }
    case 'archive':
    case 'supersede':
      return phase.index === state.phase.index ? { ...state, archived: true } : `it archives in \`${phase.name}\`, coming from \`${state.phase.name}\``
  }
}

export function isPutAway({ event }: Pick<LedgerEntry, 'event'>): boolean {
  return event === 'archive' || event === 'supersede'
}

/** Before the phase whose entry registers them, hypotheses are free again. */
function reregisters(machine: Machine, phase: Phase): boolean {
  const registering = machine.phases.find((one) => one.registers)
  return registering !== undefined && phase.index < registering.index
}
