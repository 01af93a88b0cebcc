/** Owns the use case `status`: where a document stands, and what keeps it from going on. */

import { InquestError } from '../../errors.js'
import type { Claim, Facts, VerdictKind } from '../../facts/facts.js'
import type { PlacedFinding } from '../../finding/finding.js'
import { compareFindings } from '../../finding/finding.js'
import { idsToBe, learningsAtHand } from '../closing.js'
import type { Examined } from '../examine.js'
import { examine, placeFindings } from '../examine.js'
import { askGate, factsOf } from '../gate.js'
import type { Host } from '../host.js'
import type { EvidenceRow } from '../matrix.js'
import { evidenceRows } from '../matrix.js'
import { resolveDocument } from '../resolve.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface HypothesisStatus {
  readonly id: string
  readonly statement: string
  readonly confidence: string
  /** Evidence rows that support it, and rows that speak against it. */
  readonly for: number
  readonly against: number
  readonly verdict: VerdictKind | null
}

export interface DocumentStatus {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly template: string
  readonly status: string
  readonly phase: string | null
  /** The phase that comes next, `closed` after the last one, null where nothing does. */
  readonly next: string | null
  /** What keeps it from getting there. */
  readonly blockers: readonly PlacedFinding[]
  readonly hypotheses: readonly HypothesisStatus[]
  /** Each piece of evidence with what it speaks for and against. */
  readonly evidence: readonly EvidenceRow[]
}

/** Documents named by id or path; all open ones with phases where none is named. */
export async function status(host: Host, ids: readonly string[]): Promise<readonly DocumentStatus[]> {
  const workspace = await openWorkspace(host)
  const entries = ids.length > 0 ? ids.map((id) => resolveDocument(workspace, id)) : openDocuments(workspace)
  const answers: DocumentStatus[] = []
  for (const entry of entries) answers.push(await statusOf(workspace, entry.path))
  return answers
}

function openDocuments(workspace: Workspace) {
  return workspace.index().entries.filter((entry) => {
    if (entry.standing !== 'open') return false
    const template = workspace.templates.find(entry.template, entry.version)
    return template !== undefined && template.machine.phaseField !== undefined && !template.tracked
  })
}

async function statusOf(workspace: Workspace, path: string): Promise<DocumentStatus> {
  const text = workspace.readText(path)
  if (text === undefined) throw new InquestError('io', `${path}: is gone`)
  return statusOfExamined(workspace, examine(workspace, path, text, true))
}

/** The same of a document that was read already. */
export async function statusOfExamined(workspace: Workspace, examined: Examined): Promise<DocumentStatus> {
  const { path } = examined
  const facts = factsOf(examined)
  const next = nextClaim(facts)
  // Closing stores what was learned, so a list that will hold it keeps nothing shut.
  const promised = next?.claim.standing === 'closed' ? idsToBe(learningsAtHand(workspace, facts).length) : []
  const answer = askGate(workspace, examined, next?.claim, promised)
  const blockers = (await placeFindings(answer.blockers, answer.facts.document, path)).toSorted(compareFindings)
  return {
    id: facts.id ?? '',
    path,
    title: facts.title ?? '',
    template: facts.template.name,
    status: facts.claim.status ?? '',
    phase: facts.claim.phaseName ?? facts.claim.phase?.name ?? null,
    next: next?.name ?? null,
    blockers,
    hypotheses: hypothesesOf(facts),
    evidence: evidenceRows(facts),
  }
}

/** What the document would claim once it has gone on. */
function nextClaim({ claim, template }: Facts): { readonly name: string; readonly claim: Claim } | undefined {
  if (claim.standing !== 'open') return undefined
  const { phases, statuses } = template.machine
  const following = phases[(claim.phase?.index ?? -1) + 1]
  if (following !== undefined) return { name: following.name, claim: { ...claim, phase: following, phaseName: following.name } }
  const [closed] = [...statuses].find(([, standing]) => standing === 'closed') ?? []
  return { name: 'closed', claim: { ...claim, standing: 'closed', status: closed } }
}

function hypothesesOf({ hypotheses, evidence, verdicts }: Facts): readonly HypothesisStatus[] {
  return hypotheses.map(({ id, statement, confidence }) => {
    const refs = evidence.map((row) => row.refs.filter((ref) => ref.id === id))
    const verdict = verdicts.find((one) => one.value !== undefined && one.ids.some((ref) => ref.id === id))
    return {
      id,
      statement,
      confidence: confidence ?? '',
      for: refs.filter((row) => row.some((ref) => ref.stance === 'for')).length,
      against: refs.filter((row) => row.some((ref) => ref.stance === 'against')).length,
      verdict: verdict?.value ?? null,
    }
  })
}
