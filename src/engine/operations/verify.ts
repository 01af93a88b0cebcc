/** Owns the use case `verify`: every citation held against the history; binds them, and proposes where moved lines are. */

import type { CitationFact } from '../../facts/facts.js'
import { InquestError } from '../../errors.js'
import type { PlacedEdit } from '../../finding/finding.js'
import type { Pin } from '../../evidence/pins.js'
import { createPin, nameCitation, sameLines } from '../../evidence/pins.js'
import type { CitationState, Place } from '../../evidence/state.js'
import { applyEdits } from '../../text/edit.js'
import type { LineRange, Range } from '../../text/span.js'
import { examine } from '../examine.js'
import { openGitRepository } from '../git-repository.js'
import type { Host } from '../host.js'
import type { EvidenceRow } from '../matrix.js'
import { evidenceRows } from '../matrix.js'
import { evidenceFile, savePins } from '../pins.js'
import type { RunReceipt } from '../runs.js'
import { ensureAgreed, mergeReceipts, runEvidence } from '../runs.js'
import { resolveDocument } from '../resolve.js'
import { selectTargets } from '../targets.js'
import type { ReadDocument, Verified } from '../verify/items.js'
import { verifyItems } from '../verify/items.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface VerifyInput {
  /** Ids or paths; every document that is not archived where none is given. */
  readonly documents: readonly string[]
  /** Binds each citation that is sound to what it shows now. */
  readonly pin?: boolean
  /** Proposes what makes the documents say where moved lines are. */
  readonly relocate?: boolean
  /** Writes what is proposed. */
  readonly write?: boolean
  /** Runs the evidence that documents name and the configuration allows, and keeps what came of it. */
  readonly run?: boolean
  /** The digest of commands that somebody has looked at, where they differ from those of the main branch. */
  readonly confirm?: string
  /** Computes everything and writes nothing. */
  readonly dryRun?: boolean
  /** Called for each document that is read, then for each citation that is held against the history; what it throws ends the verification. */
  readonly onProgress?: (done: number, total: number, doing: string) => void
}

export interface VerifiedCitation {
  /** The document. */
  readonly path: string
  readonly document: string | null
  /** Where the citation stands in it. */
  readonly range: Range
  /** As it is written. */
  readonly citation: string
  readonly role: CitationFact['role'] | 'reference'
  /** The file it means: as it was called when it was cited, or as it is written where none was found. */
  readonly target: string
  readonly lines: readonly LineRange[]
  readonly state: CitationState
  readonly reason?: string
  /** Where the lines are now; for changed ones, what stands in their place. */
  readonly to?: Place
  /** The commit at which it was taken to be true, and why that one. */
  readonly at?: { readonly commit: string; readonly how: string; readonly date?: string }
  /** Where the state is `before-history` or `unknown`: what can be said of the time since. */
  readonly since?: CitationState
  /** The state at the commit that is checked out, where the working tree differs. */
  readonly head?: CitationState
  readonly pinned: boolean
  readonly before?: readonly string[]
  readonly now?: readonly string[]
  /** Edits to the document that make the citation say where its lines are. */
  readonly fix?: { readonly applicability: 'safe'; readonly edits: readonly PlacedEdit[] }
}

/** True where nothing speaks against what was cited; what cannot be known does not hold. */
export function holds({ state, since }: VerifiedCitation): boolean {
  return state === 'ok' || (state === 'before-history' && since === 'ok')
}

export interface ChangedDocument {
  readonly path: string
  readonly before: string
  readonly after: string
  /** Citations that were rewritten. */
  readonly relocated: number
}

export interface VerifyResult {
  readonly citations: readonly VerifiedCitation[]
  /** How many citations are in each state that any is in. */
  readonly summary: Readonly<Partial<Record<CitationState, number>>>
  readonly documents: number
  /** For and against, for each document that states hypotheses. */
  readonly matrices: readonly { readonly path: string; readonly document: string | null; readonly hypotheses: readonly string[]; readonly evidence: readonly EvidenceRow[] }[]
  readonly relocated: readonly ChangedDocument[]
  /** True where the documents hold what was proposed. */
  readonly written: boolean
  /** What was run, with the document that asked for it; empty unless it was asked to. */
  readonly runs: readonly (RunReceipt & { readonly path: string; readonly line: number })[]
  /** Citations that are bound now, by file of pins. */
  readonly pinned: readonly { readonly path: string; readonly citations: number }[]
}

/** @throws InquestError `usage` for a document that is not there, `changed-meanwhile` for one that somebody else wrote */
export async function verify(given: Host, input: VerifyInput): Promise<VerifyResult> {
  const workspace = await openWorkspace(given)
  const { host, root } = workspace
  const { onProgress = () => undefined } = input
  const { documents, read } = readDocuments(workspace, input.documents, (done, total) => onProgress(done, total, 'reading'))
  const verified = verifyItems(workspace, documents, (done, total) => onProgress(read + done, read + total, 'comparing'))
  const changed = documents.flatMap((document) => (input.relocate === true ? relocateIn(document, verified.filter(({ item }) => item.document === document)) : []))
  const runs = input.run === true && input.dryRun !== true ? await runAll(workspace, documents) : []
  const pinned = input.pin === true ? pinsFor(workspace, documents, verified) : []
  const written = input.write === true && input.dryRun !== true
  if (written) for (const { path, before, after } of changed) host.replaceFile(workspace.toAbsolute(path), before, after)
  if (input.dryRun !== true) for (const { file, pins } of pinned) savePins(host, workspace.toAbsolute(file), pins)
  const citations = verified.map(placed)
  const summary: Partial<Record<CitationState, number>> = {}
  for (const { state } of citations) summary[state] = (summary[state] ?? 0) + 1
  return { citations, summary, documents: documents.length, matrices: documents.flatMap(matrixOf), runs, relocated: changed, written, pinned: pinned.map(({ file, pins }) => ({ path: file, citations: pins.length })) }

  async function runAll(of: Workspace, all: readonly ReadDocument[]): Promise<VerifyResult['runs']> {
    const asking = all.filter(({ facts }) => facts.runs.length > 0)
    if (asking.length === 0) return []
    await ensureAgreed(of, input.confirm)
    const done: (RunReceipt & { path: string; line: number })[] = []
    for (const { path, facts } of asking) {
      const receipts = await runEvidence(of, facts.runs.map((fact) => ({ template: facts.template.name, fact })))
      const absolute = of.toAbsolute(evidenceFile({ id: facts.id, path }, 'runs'))
      const before = host.readText(absolute)
      const after = mergeReceipts(before ?? '', receipts)
      if (before === undefined && after !== '') host.createFile(absolute, after)
      else if (before !== undefined && before !== after) host.replaceFile(absolute, before, after)
      done.push(...receipts.map((receipt, index) => ({ ...receipt, path, line: facts.document.lines.pointAt(facts.runs[index]?.span.start ?? 0).line })))
    }
    return done
  }

  function placed({ item, answer, edits }: Verified): VerifiedCitation {
    const { document, fact, asked } = item
    const { lines } = document.facts.document
    const { at, reason, to, since, head, before, now } = answer
    return {
      path: document.path,
      document: document.facts.id ?? null,
      range: lines.rangeOf(fact.span),
      citation: fact.written,
      role: item.role,
      target: answer.path ?? fact.path,
      lines: fact.lines,
      state: answer.state,
      ...(reason !== undefined && { reason }),
      ...(to !== undefined && { to }),
      ...(at !== undefined && { at: { commit: at.commit, how: at.how, ...(at.time > 0 && { date: new Date(at.time * 1000).toISOString().slice(0, 10) }) } }),
      ...(since !== undefined && { since }),
      ...(head !== undefined && { head }),
      pinned: asked.pin !== undefined,
      ...(before !== undefined && { before }),
      ...(now !== undefined && { now }),
      ...(edits.length > 0 && { fix: { applicability: 'safe', edits: edits.map((edit) => ({ range: lines.rangeOf(edit.span), text: edit.text })) } }),
    }
  }

  function pinsFor(of: Workspace, all: readonly ReadDocument[], each: readonly Verified[]): readonly { readonly file: string; readonly pins: readonly Pin[] }[] {
    const repository = openGitRepository(host, root)
    if (repository === undefined) throw new InquestError('environment', 'A citation is bound to a commit, and there is none here', { hint: 'git init, and commit what the documents cite' })
    const byFile = new Map<string, Pin[]>()
    for (const document of all) {
      const file = evidenceFile({ id: document.facts.id, path: document.path }, 'pins')
      const template = document.facts.template.name
      const others = (byFile.get(file) ?? of.pinsOf(file)).filter((pin) => pin.template !== template)
      const own = each.filter(({ item }) => item.document === document && item.role !== 'reference').flatMap((one) => pinOf(of, one, template, repository.tip, input.relocate === true && input.write === true, (path) => repository.files.get(path)) ?? [])
      byFile.set(file, [...others, ...new Map(own.map((pin) => [pin.cite, pin])).values()])
    }
    return [...byFile].map(([file, pins]) => ({ file, pins }))
  }
}

function matrixOf({ path, facts }: ReadDocument): VerifyResult['matrices'] {
  return facts.hypotheses.length === 0 ? [] : [{ path, document: facts.id ?? null, hypotheses: facts.hypotheses.map((one) => one.id), evidence: evidenceRows(facts) }]
}

function readDocuments(workspace: Workspace, named: readonly string[], onRead: (done: number, total: number) => void): { readonly documents: readonly ReadDocument[]; readonly read: number } {
  const paths = [...new Set(named.length > 0 ? named.map((one) => resolveDocument(workspace, one).path) : selectTargets(workspace, []).map((target) => target.path))]
  const documents = paths.flatMap((path, index): ReadDocument[] => {
    onRead(index + 1, paths.length)
    const text = workspace.readText(path)
    const facts = text === undefined ? undefined : examine(workspace, path, text, named.length > 0).facts
    if (text === undefined || facts === undefined || (named.length === 0 && facts.claim.standing === 'archived')) return []
    return [{ path, text, facts }]
  })
  return { documents, read: paths.length }
}

function relocateIn(document: ReadDocument, verified: readonly Verified[]): readonly ChangedDocument[] {
  const moved = verified.filter(({ edits }) => edits.length > 0)
  if (moved.length === 0) return []
  const edits = [...new Map(moved.flatMap((one) => one.edits).map((edit) => [`${edit.span.start} ${edit.span.end}`, edit])).values()]
  const after = applyEdits(document.text, edits)
  return after === document.text ? [] : [{ path: document.path, before: document.text, after, relocated: moved.length }]
}

/** What a citation is bound to: what it shows at the tip; what was bound before stays as it was bound as long as it holds. */
function pinOf(workspace: Workspace, { item, answer, edits }: Verified, template: string, tip: string, relocating: boolean, blobAt: (path: string) => string | undefined): Pin | undefined {
  const { fact, asked } = item
  const { state, to, path } = answer
  const rewritten = relocating && edits.length > 0 && to !== undefined
  const sound = state === 'ok' || rewritten
  if (!sound) return asked.pin
  const place: Place = to ?? { path: path ?? fact.path, lines: fact.lines }
  const renamed = rewritten && edits.some((edit) => edit.text.includes(place.path))
  const written = renamed ? place.path : fact.path
  const cite = nameCitation({ path: written, lines: place.lines })
  if (asked.pin?.cite === cite && sameLines(asked.pin.lines, place.lines)) return asked.pin
  const blob = blobAt(place.path)
  if (blob === undefined) return asked.pin
  const cited = place.lines.flatMap(({ start, end }) => workspace.cited.lines(place.path, start, end) ?? [])
  return createPin({ template, cite, path: place.path, lines: place.lines, commit: tip, blob }, cited)
}
