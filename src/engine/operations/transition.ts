/** Owns the use cases `advance`, `close`, `reopen` and `amend`: one event, wholly written or not at all. */

import { openFrontmatter } from '../../document/frontmatter-edit.js'
import { InquestError } from '../../errors.js'
import type { Claim, Facts } from '../../facts/facts.js'
import { readConceptIds } from '../../facts/references.js'
import type { PlacedFinding } from '../../finding/finding.js'
import { compareFindings } from '../../finding/finding.js'
import type { Edit } from '../../text/edit.js'
import { applyEdits } from '../../text/edit.js'
import { logEdits } from '../../workflow/edits.js'
import type { LedgerEntry, LedgerState } from '../../workflow/ledger.js'
import { foldLedger } from '../../workflow/ledger.js'
import type { Transition, WorkflowEvent } from '../../workflow/machine.js'
import { transition } from '../../workflow/machine.js'
import { hypothesesDigest } from '../../workflow/registration.js'
import { stateOf } from '../../workflow/state.js'
import { authorOf, commitOf } from '../actor.js'
import { examine, findingsOf, placeFindings } from '../examine.js'
import { askGate, factsOf } from '../gate.js'
import type { Host } from '../host.js'
import { recover } from '../recovery.js'
import { resolveDocument } from '../resolve.js'
import { formatDate, formatInstant } from '../time.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export type { WorkflowEvent } from '../../workflow/machine.js'

export interface TransitionInput {
  readonly id: string
  /** For closing: ids of stored learnings that the document does not list yet. */
  readonly memoryRefs?: readonly number[]
}

export interface Moved {
  readonly kind: 'moved'
  readonly id: string
  readonly path: string
  readonly from: string
  readonly to: string
  readonly edits: number
  /** Boxes and answers that the document proved and inquest ticked. */
  readonly ticked: readonly string[]
}

export interface Refused {
  readonly kind: 'refused'
  readonly id: string
  readonly path: string
  readonly transition: string
  /** Why, in one line. */
  readonly reason: string
  /** Empty where it is not the gate that refuses. */
  readonly blockers: readonly PlacedFinding[]
  readText(path: string): string | undefined
}

export type TransitionResult = Moved | Refused

/** @throws InquestError for documents that cannot be judged or written; a gate that cannot run never says yes */
export async function runTransition(host: Host, event: WorkflowEvent, input: TransitionInput): Promise<TransitionResult> {
  const workspace = await openWorkspace(host)
  recover(workspace)
  const { path } = resolveDocument(workspace, input.id)
  const before = workspace.readText(path)
  if (before === undefined) throw new InquestError('io', `${path}: is gone`)
  const prepared = await prepareTransition(workspace, path, before, event, input.memoryRefs)
  if (prepared.kind === 'refused') return prepared
  const { after, ...moved } = prepared
  host.replaceFile(workspace.toAbsolute(path), before, after)
  return moved
}

/** A transition that is decided and not written yet. */
export interface PreparedMove extends Moved {
  /** The document as it will be. */
  readonly after: string
}

/**
 * Decides a transition for a document's text, wherever that stands: in its file, or in an editor.
 * @throws InquestError for documents that cannot be judged
 */
export async function prepareTransition(workspace: Workspace, path: string, before: string, event: WorkflowEvent, memoryRefs: readonly number[] = []): Promise<PreparedMove | Refused> {
  const own = factsOf(examine(workspace, path, before, true))
  const state = stateOf(own)
  const given = await withMemoryRefs(workspace, path, before, event.type === 'close' ? memoryRefs : [])
  const gated = event.type === 'advance' || event.type === 'close'
  const prepared = gated
    ? askGate(workspace, path, given.text, claimAfter(own, event, state))
    : { text: given.text, facts: factsOf(examine(workspace, path, given.text, true)), ticked: [], blockers: [] }
  const { facts } = prepared
  const decided = transition(facts.template.machine, state, event, circumstances(workspace, facts, state, prepared.blockers.length, own))
  const id = facts.id ?? path
  const readText = (file: string): string | undefined => (file === path ? prepared.text : workspace.readText(file))
  if (decided.kind === 'refused') {
    const blockers = decided.blocked ? (await placeFindings(prepared.blockers, facts.document, path)).toSorted(compareFindings) : []
    return { kind: 'refused', id, path, transition: event.type, reason: decided.reason, blockers, readText }
  }
  const written = await writeTransition(facts, event, decided, workspace.host.now())
  const after = applyEdits(prepared.text, written)
  const wrong = await faultsAfter(workspace, path, after, event)
  if (wrong.length > 0) {
    const reason = `afterwards ${wrong.length} ${wrong.length === 1 ? 'finding' : 'findings'} would stand against it`
    return { kind: 'refused', id, path, transition: event.type, reason, blockers: wrong, readText: (file) => (file === path ? after : workspace.readText(file)) }
  }
  return {
    kind: 'moved',
    id,
    path,
    from: describeState(decided.from),
    to: describeState(decided.to),
    edits: written.length + prepared.ticked.length + given.edits,
    ticked: prepared.ticked,
    after,
  }
}

function describeState({ phase, closed }: LedgerState): string {
  return closed ? 'closed' : phase.name
}

async function withMemoryRefs(workspace: Workspace, path: string, before: string, refs: readonly number[]): Promise<{ text: string; edits: number }> {
  if (refs.length === 0) return { text: before, edits: 0 }
  const facts = factsOf(examine(workspace, path, before, true))
  const { memoryField } = facts.template
  if (memoryField === undefined) throw new InquestError('usage', `Documents of the template ${facts.template.name} list no learnings`, { hint: 'Leave `--memory-refs` out' })
  const known = new Set(readConceptIds(facts.document.data[memoryField]))
  let text = before
  const fresh = refs.filter((ref) => !known.has(ref))
  for (const ref of fresh) {
    const { document } = factsOf(examine(workspace, path, text, true))
    const editor = await openFrontmatter(document)
    if (editor === undefined) throw new TypeError('A judged document has frontmatter')
    text = applyEdits(text, [...editor.append(memoryField, ref), ...editor.additions()])
  }
  return { text, edits: fresh.length }
}

function claimAfter({ claim, template }: Facts, event: WorkflowEvent, state: LedgerState): Claim | undefined {
  if (event.type === 'close') return { ...claim, standing: 'closed' }
  const next = template.machine.phases[state.phase.index + 1]
  return event.type === 'advance' && next !== undefined ? { ...claim, standing: 'open', phase: next, phaseName: next.name } : undefined
}

function circumstances(workspace: Workspace, facts: Facts, state: LedgerState, blockers: number, own: Facts): Parameters<typeof transition>[3] {
  const { historyField } = facts.template.machine
  const last = historyField === undefined ? undefined : foldLedger(own.document.data[historyField], facts.template.machine).entries.at(-1)
  const now = formatInstant(workspace.host.now())
  return {
    // A clock that runs behind does not make a history that runs backwards.
    at: last !== undefined && Date.parse(last.at) > Date.parse(now) ? last.at : now,
    by: authorOf(workspace),
    commit: commitOf(workspace),
    hypotheses: state.registered === undefined && facts.template.machine.historyField === undefined ? undefined : hypothesesDigest(facts),
    evidence: facts.evidence.length > 0 ? 'present' : 'none',
    blockers,
  }
}

async function writeTransition(facts: Facts, event: WorkflowEvent, decided: Extract<Transition, { kind: 'moved' }>, now: Date): Promise<readonly Edit[]> {
  const { document, template, claim } = facts
  const { machine } = template
  const editor = await openFrontmatter(document)
  if (editor === undefined) throw new TypeError('A judged document has frontmatter')
  const edits: Edit[] = []
  if (machine.phaseField !== undefined && claim.phase?.index !== decided.to.phase.index) edits.push(...editor.set(machine.phaseField, decided.to.phase.name))
  if ((claim.standing === 'closed') !== decided.to.closed) edits.push(...editor.set(machine.statusField, statusFor(facts, decided.to.closed)))
  if (machine.historyField !== undefined) edits.push(...editor.append(machine.historyField, { ...decided.entry }))
  edits.push(...editor.additions(), ...logEdits(facts, logEntry(event, decided.entry, now)))
  return edits
}

/** The template's first status of the kind. */
function statusFor({ template }: Facts, closed: boolean): string {
  const wanted = closed ? 'closed' : 'open'
  const [status] = [...template.machine.statuses].find(([, standing]) => standing === wanted) ?? []
  if (status === undefined) throw new TypeError('A template has open and closed statuses')
  return status
}

function logEntry(event: WorkflowEvent, entry: LedgerEntry, now: Date): Parameters<typeof logEdits>[1] {
  const progress = { advance: 'Started', close: 'Complete', reopen: 'Reopened', amend: 'Amended' }[event.type]
  return { date: formatDate(now), phase: entry.phase, progress, notes: entry.why ?? '' }
}

/** Nothing is written that `check` would find fault with where it was asked to hold. */
async function faultsAfter(workspace: Workspace, path: string, after: string, event: WorkflowEvent): Promise<readonly PlacedFinding[]> {
  if (event.type !== 'advance' && event.type !== 'close') return []
  const examined = examine(workspace, path, after, true)
  const errors = findingsOf(workspace, examined).filter((finding) => finding.severity === 'error')
  return placeFindings(errors, examined.document, path)
}
