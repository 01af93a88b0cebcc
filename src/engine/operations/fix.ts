/** Owns the use case `fix`: applies what findings offer. Never writes a verdict, a rationale or a tick. */

import type { Finding } from '../../finding/finding.js'
import type { Edit } from '../../text/edit.js'
import { applyEdits, editsOverlap } from '../../text/edit.js'
import { examine, findingsOf } from '../examine.js'
import type { Host } from '../host.js'
import { folderOf, selectTargets } from '../targets.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface FixInput {
  readonly paths: readonly string[]
  /** Applies unsafe fixes as well. */
  readonly unsafe?: boolean
  /** Computes everything and writes nothing. */
  readonly dryRun?: boolean
}

export interface FixedFile {
  readonly path: string
  readonly before: string
  readonly after: string
  /** Findings that were fixed. */
  readonly fixed: readonly { readonly rule: string; readonly message: string }[]
}

export interface FixResult {
  readonly files: readonly FixedFile[]
  /** Findings with a fix that was not applied: unsafe ones. */
  readonly left: number
  readonly documents: number
}

/** A fix may uncover another; past this many rounds something undoes what something else does. */
const mostRounds = 10

/** @throws InquestError `changed-meanwhile` for a file that somebody else wrote in between */
export async function fix(host: Host, input: FixInput): Promise<FixResult> {
  const workspace = await openWorkspace(host, folderOf(host, input.paths))
  const files: FixedFile[] = []
  let left = 0
  const targets = selectTargets(workspace, input.paths)
  for (const target of targets) {
    const before = workspace.readText(target.path)
    if (before === undefined) continue
    const outcome = fixText(workspace, target.path, before, input.unsafe === true)
    left += outcome.left
    if (outcome.text === before) continue
    files.push({ path: target.path, before, after: outcome.text, fixed: outcome.fixed })
    if (input.dryRun !== true) host.replaceFile(workspace.toAbsolute(target.path), before, outcome.text)
  }
  return { files, left, documents: targets.length }
}

interface FixOutcome {
  readonly text: string
  readonly fixed: FixedFile['fixed']
  readonly left: number
}

function fixText(workspace: Workspace, path: string, before: string, unsafe: boolean): FixOutcome {
  let text = before
  const fixed: { rule: string; message: string }[] = []
  for (let round = 0; round < mostRounds; round++) {
    const findings = findingsOf(workspace, examine(workspace, path, text, false))
    const chosen = choose(findings, unsafe)
    if (chosen.length === 0) break
    fixed.push(...chosen.map(({ rule, message }) => ({ rule, message })))
    text = applyEdits(text, chosen.flatMap((finding) => finding.fix?.edits ?? []))
  }
  const remaining = findingsOf(workspace, examine(workspace, path, text, false))
  return { text, fixed, left: remaining.filter((finding) => finding.fix?.applicability === 'unsafe').length }
}

/** Fixes that do not touch each other; the others have their turn in the next round. */
function choose(findings: readonly Finding[], unsafe: boolean): readonly Finding[] {
  const taken: Edit[] = []
  return findings.filter(({ fix: offered }) => {
    if (offered === undefined || (offered.applicability === 'unsafe' && !unsafe)) return false
    if (offered.edits.some((edit) => taken.some((other) => editsOverlap(edit, other)))) return false
    taken.push(...offered.edits)
    return true
  })
}
