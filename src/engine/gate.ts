/**
 * Owns passing a gate: ticks what the document proves, then asks the rules what would stand against it once
 * it had gone on. `status` and the transitions use the same answer.
 */

import type { Claim, Facts } from '../facts/facts.js'
import type { Finding } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import { judge, provenClaims, unprovenMarks } from '../rules/judge.js'
import { applyEdits } from '../text/edit.js'
import { tickEdits } from '../workflow/edits.js'
import { InquestError } from '../errors.js'
import { listing, withPromised } from './closing.js'
import type { Examined } from './examine.js'
import { examine, severitiesFor } from './examine.js'
import type { Workspace } from './workspace.js'

export interface GateAnswer {
  /** The document with all that it proves ticked. */
  readonly text: string
  readonly facts: Facts
  /** Labels of what was ticked. */
  readonly ticked: readonly string[]
  /** What keeps the gate shut; empty where it opens. */
  readonly blockers: readonly Finding[]
}

/** Ticking one box may prove the next; more rounds than this there never are. */
const mostTickRounds = 4

/**
 * @param promised ids of concepts that the document will list
 * @throws InquestError for a document that no template judges: a gate that cannot run never says yes
 */
export function askGate(real: Workspace, before: Examined, claim: Claim | undefined, promised: readonly number[] = []): GateAnswer {
  const { path } = before
  // Rules are silent about ids that an unreadable line may have, and a gate must not open because of that.
  if (before.template?.memoryField !== undefined) real.concepts?.ensureReadable()
  const workspace = withPromised(real, promised)
  const { text, facts, ticked } = tickProven(workspace, before, promised)
  if (claim === undefined) return { text, facts, ticked, blockers: [] }
  const { phases } = facts.template.machine
  const world = workspace.worldOf(path)
  const found = judge(facts, world, severitiesFor(workspace, path, facts.template), claim)
  // A gate holds when none of its rules finds anything of weight; what else is an error holds it shut as well.
  const blocking = found.filter(({ rule, severity }) => severity === 'error' || (severity === 'warning' && phases.some((phase) => phase.gate.has(rule))))
  // An open box whose reason is in the list is no blocker of its own: it is ticked once the reason is gone.
  const waiting = unprovenMarks(facts, world, new Set(blocking.map((finding) => finding.rule)))
  const blockers = blocking.filter(({ at }) => isFieldPlace(at) || !waiting.some((mark) => mark.start === at.start && mark.end === at.end))
  return { text, facts, ticked, blockers }
}

/** The facts of a document that a template judges. @throws InquestError for any other */
export function factsOf({ facts, path }: Examined): Facts {
  if (facts === undefined) throw new InquestError('usage', `${path}: cannot be judged by any template, so no gate can be passed`, { hint: `Run \`inquest check ${path}\` to see why` })
  return facts
}

/** The document with all boxes and answers given that it proves. */
export function tickProven(workspace: Workspace, before: Examined, promised: readonly number[] = []): Pick<GateAnswer, 'text' | 'facts' | 'ticked'> {
  const { path } = before
  let facts = factsOf(listing(before, promised))
  const ticked: string[] = []
  for (let round = 0; round < mostTickRounds; round++) {
    const proven = provenClaims(facts, workspace.worldOf(path))
    if (proven.length === 0) break
    ticked.push(...proven.map((item) => item.label))
    const text = applyEdits(facts.document.text, tickEdits(proven, facts.document.text))
    facts = factsOf(listing(examine(workspace, path, text, true), promised))
  }
  return { text: facts.document.text, facts, ticked }
}
