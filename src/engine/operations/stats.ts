/** Owns the use case `stats`: which verdicts the inquiries reached, and how well confidence foretold them. */

import type { CitationFact, Facts, VerdictKind } from '../../facts/facts.js'
import type { World } from '../../rules/world.js'
import { examine } from '../examine.js'
import type { Host } from '../host.js'
import { openWorkspace } from '../workspace.js'

export interface Calibration {
  /** As it was stated before looking, `Med` and `Medium` being one. */
  readonly confidence: string
  /** How many of them have a verdict. */
  readonly decided: number
  readonly confirmed: number
  readonly refuted: number
}

export interface Stats {
  /** Inquiries by where they stand. */
  readonly documents: { readonly open: number; readonly closed: number; readonly archived: number; readonly other: number }
  readonly hypotheses: number
  /** How often each verdict was given; hypotheses without one are `none`. */
  readonly verdicts: Readonly<Record<VerdictKind | 'none', number>>
  readonly calibration: readonly Calibration[]
  /** Citations, and those of them that lead nowhere in the working tree or no longer show what they were bound to. */
  readonly citations: { readonly total: number; readonly stale: number }
}

/** Counts over all documents that state hypotheses. */
export async function stats(host: Host): Promise<Stats> {
  const workspace = await openWorkspace(host)
  const documents = { open: 0, closed: 0, archived: 0, other: 0 }
  const verdicts: Record<VerdictKind | 'none', number> = { confirmed: 0, refuted: 0, inconclusive: 0, 'partially confirmed': 0, subsumed: 0, none: 0 }
  const levels = new Map<string, { decided: number; confirmed: number; refuted: number }>()
  const citations = { total: 0, stale: 0 }
  let hypotheses = 0
  for (const entry of workspace.index().entries) {
    const text = workspace.readText(entry.path)
    const facts = text === undefined ? undefined : examine(workspace, entry.path, text, false).facts
    if (facts === undefined || facts.hypotheses.length === 0) continue
    documents[facts.claim.standing ?? 'other']++
    const world = workspace.worldOf(entry.path)
    for (const citation of facts.citations) {
      citations.total++
      if (isStale(citation, facts, world)) citations.stale++
    }
    for (const { id, confidence } of facts.hypotheses) {
      hypotheses++
      const verdict = facts.verdicts.find((one) => one.value !== undefined && one.ids.some((ref) => ref.id === id))?.value
      verdicts[verdict ?? 'none']++
      if (verdict === undefined || confidence === undefined || confidence === '') continue
      const name = levelOf(confidence)
      const level = levels.get(name) ?? { decided: 0, confirmed: 0, refuted: 0 }
      level.decided++
      if (verdict === 'confirmed') level.confirmed++
      if (verdict === 'refuted') level.refuted++
      levels.set(name, level)
    }
  }
  const calibration = [...levels].map(([confidence, level]) => ({ confidence, ...level })).toSorted((a, b) => rank(a.confidence) - rank(b.confidence) || (a.confidence < b.confidence ? -1 : 1))
  return { documents, hypotheses, verdicts, calibration, citations }
}

function isStale({ path, lines, problem }: CitationFact, { id, template }: Facts, world: World): boolean {
  if (problem !== undefined) return true
  const cited = world.cited(path)
  if (cited.kind !== 'file' && cited.kind !== 'several') return cited.kind !== 'folder' || lines.length > 0
  const count = cited.lines
  if (count !== undefined && lines.some(({ end }) => end > count)) return true
  const drift = world.drift({ id, template: template.name, path, lines })
  return drift !== undefined && drift.state !== 'same'
}

const order: readonly string[] = ['high', 'medium-high', 'medium', 'low-medium', 'low']

function rank(confidence: string): number {
  const index = order.indexOf(confidence)
  return index === -1 ? order.length : index
}

function levelOf(confidence: string): string {
  const words = confidence.toLowerCase().replaceAll(/\bmed\b/gu, 'medium').replaceAll(/\s*[-/–]\s*/gu, '-').trim()
  return /^[a-z-]+/u.exec(words)?.[0] ?? words
}
