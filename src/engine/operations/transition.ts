/** Owns the use cases `advance`, `close`, `reopen` and `amend`: one event, wholly written or not at all. */

import { openFrontmatter } from '../../document/frontmatter-edit.js'
import { InquestError } from '../../errors.js'
import type { Claim, Facts } from '../../facts/facts.js'
import type { PlacedFinding } from '../../finding/finding.js'
import { compareFindings } from '../../finding/finding.js'
import { memoryRefsMissing } from '../../rules/memory-refs-missing.js'
import type { Edit } from '../../text/edit.js'
import { applyEdits } from '../../text/edit.js'
import { logEdits } from '../../workflow/edits.js'
import type { LedgerEntry, LedgerState } from '../../workflow/ledger.js'
import { foldLedger } from '../../workflow/ledger.js'
import type { Transition, WorkflowEvent } from '../../workflow/machine.js'
import { transition } from '../../workflow/machine.js'
import type { AskedReason } from '../../workflow/reasons.js'
import { askedReasons } from '../../workflow/reasons.js'
import { hypothesesDigest } from '../../workflow/registration.js'
import { stateOf } from '../../workflow/state.js'
import { authorOf, commitOf } from '../actor.js'
import { idsToBe, learningsAtHand, listing, withPromised } from '../closing.js'
import { examine, findingsOf, placeFindings } from '../examine.js'
import type { GateAnswer } from '../gate.js'
import { askGate, factsOf } from '../gate.js'
import type { Host } from '../host.js'
import { recover } from '../recovery.js'
import { attach, editUntilDone, originOf, requestFor, withConceptIds, withMemory } from '../memory.js'
import { resolveDocument } from '../resolve.js'
import { formatDate, formatInstant } from '../time.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export type { WorkflowEvent } from '../../workflow/machine.js'

export interface TransitionInput {
  readonly id: string
  /** For closing: ids of stored learnings that the document does not list yet. */
  readonly memoryRefs?: readonly number[]
  /** For closing: what was learned, in place of what the document's sections say. */
  readonly learnings?: readonly string[]
  /** For closing: names the request, so that the same again stores nothing twice whatever the learnings say. */
  readonly key?: string
  /** What a person said where the gate asked for a reason, by its key; written only where the gate opens. */
  readonly reasons?: Readonly<Record<string, string>>
  /** Told what was finished for a command that could not. */
  readonly onRecovered?: (message: string) => void
}

export interface Stored {
  readonly ids: readonly number[]
  readonly operation: string
  /** True where all of it was stored before. */
  readonly replayed: boolean
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
  /** What was learned and stored; undefined where nothing was. */
  readonly stored?: Stored
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
  /** The reasons that would open the gate if a person gave them; empty where it takes more than that. */
  readonly askable: readonly Omit<AskedReason, 'write'>[]
  /** What to do, where the blockers do not say it. */
  readonly hint?: string
  readText(path: string): string | undefined
}

export type TransitionResult = Moved | Refused

/** @throws InquestError for documents that cannot be judged or written; a gate that cannot run never says yes */
export async function runTransition(host: Host, event: WorkflowEvent, input: TransitionInput): Promise<TransitionResult> {
  const workspace = await openWorkspace(host)
  recover(workspace)
  const entry = resolveDocument(workspace, input.id)
  const { path } = entry
  const before = workspace.readText(path)
  if (before === undefined) throw new InquestError('io', `${path}: is gone`)
  const refs = event.type === 'close' ? (input.memoryRefs ?? []) : []
  const own = factsOf(examine(workspace, path, before, true))
  const learnings = event.type === 'close' && refs.length === 0 ? learningsAtHand(workspace, own, input.learnings) : []
  // Nothing is stored for a document that its gate holds back, so the gate is asked before there are ids.
  const promised = idsToBe(learnings.length)
  if (learnings.length > 0) await withConceptIds(workspace, path, before, promised)
  const prepared = await prepareTransition(workspace, path, before, event, { given: refs, promised }, input.reasons)
  if (prepared.kind === 'refused') return withHint(prepared, event)
  if (learnings.length === 0) {
    const { after, ...moved } = prepared
    workspace.host.replaceFile(workspace.toAbsolute(path), before, after)
    return moved
  }
  return withMemory(workspace, { onRecovered: input.onRecovered ?? (() => undefined) }, async (store) => {
    const operation = await store.prepare(requestFor(host, originOf(workspace, entry, own.id, own.claim.phase?.name), learnings, input.key))
    const result = await writeWithIds(workspace, event, path, operation.ids, input.reasons)
    await attach(workspace, store, operation, path)
    const stored: Stored = { ids: operation.ids, operation: operation.operation.key, replayed: operation.replayed }
    return result.kind === 'moved' ? { ...result, stored } : result
  })
}

/** Ids that stand for what closing a document would store; where there are any, its file has to be written together with the store. */
export function promisedOnClosing(workspace: Workspace, path: string, text: string): readonly number[] {
  return idsToBe(learningsAtHand(workspace, factsOf(examine(workspace, path, text, true))).length)
}

/** From here on the ids are promised: whatever others make of the document meanwhile, it is read anew and gets them. */
async function writeWithIds(workspace: Workspace, event: WorkflowEvent, path: string, ids: readonly number[], reasons: TransitionInput['reasons']): Promise<TransitionResult> {
  let result: TransitionResult | undefined
  await editUntilDone(workspace, path, async (text) => {
    const prepared = await prepareTransition(workspace, path, text, event, { given: ids, promised: [] }, reasons)
    if (prepared.kind === 'refused') {
      result = prepared
      return withConceptIds(workspace, path, text, ids)
    }
    const { after, ...moved } = prepared
    result = moved
    return after
  })
  if (result === undefined) throw new TypeError('A document is edited at least once')
  return result
}

/** A transition that is decided and not written yet. */
export interface PreparedMove extends Moved {
  /** The document as it will be. */
  readonly after: string
}

/** Ids that the document is to list: given ones are written, promised ones are not there yet and count all the same. */
export interface IdsToList {
  readonly given: readonly number[]
  readonly promised: readonly number[]
}

/**
 * Decides a transition for a document's text, wherever that stands: in its file, or in an editor.
 * @throws InquestError for documents that cannot be judged
 */
export async function prepareTransition(workspace: Workspace, path: string, before: string, event: WorkflowEvent, ids: IdsToList = { given: [], promised: [] }, reasons: TransitionInput['reasons'] = {}): Promise<PreparedMove | Refused> {
  const own = factsOf(examine(workspace, path, before, true))
  const state = stateOf(own)
  const given = ids.given.length === 0 ? before : await withConceptIds(workspace, path, before, ids.given)
  const gated = event.type === 'advance' || event.type === 'close'
  const prepared = gated
    ? askWithReasons((text) => askGate(workspace, examine(workspace, path, text, true), claimAfter(own, event, state), ids.promised), given, reasons)
    : { text: given, facts: factsOf(examine(workspace, path, given, true)), ticked: [], blockers: [], reasoned: 0 }
  const { facts } = prepared
  const decided = transition(facts.template.machine, state, event, circumstances(workspace, facts, state, prepared.blockers.length, own))
  const id = facts.id ?? path
  const readText = (file: string): string | undefined => (file === path ? prepared.text : workspace.readText(file))
  if (decided.kind === 'refused') {
    const blockers = decided.blocked ? (await placeFindings(prepared.blockers, facts.document, path)).toSorted(compareFindings) : []
    const askable = decided.blocked ? askedReasons(facts, prepared.blockers).map(({ key, title, expected }) => ({ key, title, expected })) : []
    return { kind: 'refused', id, path, transition: event.type, reason: decided.reason, blockers, askable, readText }
  }
  const written = await writeTransition(facts, event, decided, workspace.host.now())
  const after = applyEdits(prepared.text, written)
  const wrong = await faultsAfter(workspace, path, after, event, ids.promised)
  if (wrong.length > 0) {
    const reason = `afterwards ${wrong.length} ${wrong.length === 1 ? 'finding' : 'findings'} would stand against it`
    return { kind: 'refused', id, path, transition: event.type, reason, blockers: wrong, askable: [], readText: (file) => (file === path ? after : workspace.readText(file)) }
  }
  return {
    kind: 'moved',
    id,
    path,
    from: describeState(decided.from),
    to: describeState(decided.to),
    edits: written.length + prepared.ticked.length + prepared.reasoned + (given === before ? 0 : ids.given.length),
    ticked: prepared.ticked,
    after,
  }
}

/** Where nothing was learned yet, the finding says what is missing, and this how to give it. */
function withHint(refused: Refused, event: WorkflowEvent): Refused {
  if (event.type !== 'close' || !refused.blockers.some(({ rule }) => rule === memoryRefsMissing.name)) return refused
  return { ...refused, hint: `Write what was found into its sections, or give it: inquest close ${refused.id} --learning "what was learned"` }
}

/** What the gate answers, with the reasons written where it asks for nothing but them. */
function askWithReasons(ask: (text: string) => GateAnswer, before: string, reasons: NonNullable<TransitionInput['reasons']>): GateAnswer & { readonly reasoned: number } {
  const answer = ask(before)
  const edits = askedReasons(answer.facts, answer.blockers).flatMap(({ key, write }) => {
    const reason = Object.hasOwn(reasons, key) ? (reasons[key]?.trim() ?? '') : ''
    return reason === '' ? [] : write(reason)
  })
  if (edits.length === 0) return { ...answer, reasoned: 0 }
  const written = ask(applyEdits(answer.text, edits))
  return { ...written, ticked: [...answer.ticked, ...written.ticked], reasoned: edits.length }
}

function describeState({ phase, closed }: LedgerState): string {
  return closed ? 'closed' : phase.name
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
async function faultsAfter(real: Workspace, path: string, after: string, event: WorkflowEvent, promised: readonly number[]): Promise<readonly PlacedFinding[]> {
  if (event.type !== 'advance' && event.type !== 'close') return []
  const workspace = withPromised(real, promised)
  const examined = listing(examine(workspace, path, after, true), promised)
  const errors = findingsOf(workspace, examined).filter((finding) => finding.severity === 'error')
  return placeFindings(errors, examined.document, path)
}
