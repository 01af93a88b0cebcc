/**
 * Owns the use case `fix`: applies what findings offer. Never writes a verdict or a rationale, and a tick only
 * where it is asked to and the document itself proves it.
 */

import { parseDocument } from '../../document/document.js'
import { openFrontmatter } from '../../document/frontmatter-edit.js'
import type { Finding } from '../../finding/finding.js'
import type { Edit } from '../../text/edit.js'
import { applyEdits, editsOverlap } from '../../text/edit.js'
import { editsOf, examine, findingsOf } from '../examine.js'
import { tickProven } from '../gate.js'
import type { Host } from '../host.js'
import { recover } from '../recovery.js'
import { folderOf, selectTargets } from '../targets.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface FixInput {
  readonly paths: readonly string[]
  /** Applies unsafe fixes as well. */
  readonly unsafe?: boolean
  /** Ticks the boxes and gives the answers that the document itself proves. */
  readonly tick?: boolean
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
  // Only to look at what would be changed changes nothing.
  if (input.dryRun !== true) recover(workspace)
  const files: FixedFile[] = []
  const elsewhere: Elsewhere[] = []
  let left = 0
  const targets = selectTargets(workspace, input.paths)
  for (const target of targets) {
    const before = workspace.readText(target.path)
    if (before === undefined) continue
    const outcome = await fixText(workspace, target.path, before, input)
    left += outcome.left
    elsewhere.push(...outcome.elsewhere)
    if (outcome.text === before) continue
    files.push({ path: target.path, before, after: outcome.text, fixed: outcome.fixed })
    if (input.dryRun !== true) workspace.host.replaceFile(workspace.toAbsolute(target.path), before, outcome.text)
  }
  for (const set of elsewhere) await setElsewhere(workspace, set, files, input.dryRun === true)
  return { files, left, documents: targets.length }
}

/** A field of another document that is to be set. */
export interface FieldElsewhere {
  readonly path: string
  readonly field: string
  readonly value: string
}

/** The same with the finding that asks for it. */
interface Elsewhere extends FieldElsewhere {
  readonly rule: string
  readonly message: string
}

async function setElsewhere(workspace: Workspace, { path, field, value, rule, message }: Elsewhere, files: FixedFile[], dryRun: boolean): Promise<void> {
  const index = files.findIndex((file) => file.path === path)
  const known = files[index]
  const before = known?.after ?? workspace.readText(path)
  if (before === undefined) return
  const after = applyEdits(before, await fieldEdits(workspace, before, { path, field, value }))
  if (after === before) return
  if (!dryRun) workspace.host.replaceFile(workspace.toAbsolute(path), before, after)
  const fixed = { path, before: known?.before ?? before, after, fixed: [...(known?.fixed ?? []), { rule, message }] }
  if (known === undefined) files.push(fixed)
  else files[index] = fixed
}

/** None for a text without frontmatter that can be read. */
export async function fieldEdits(workspace: Workspace, text: string, { field, value }: FieldElsewhere): Promise<readonly Edit[]> {
  const editor = await openFrontmatter(parseDocument(text, workspace.engine))
  return editor === undefined ? [] : [...editor.set(field, value), ...editor.additions()]
}

export interface FixOutcome {
  readonly text: string
  readonly fixed: FixedFile['fixed']
  readonly left: number
  readonly elsewhere: readonly Elsewhere[]
}

/** One text with what its findings offer applied, and applied again until nothing is left to apply. */
export async function fixText(workspace: Workspace, path: string, before: string, { unsafe = false, tick = false }: Pick<FixInput, 'unsafe' | 'tick'>): Promise<FixOutcome> {
  const fixed: { rule: string; message: string }[] = []
  let text = before
  const given = examine(workspace, path, text, false)
  if (tick && given.facts !== undefined) {
    const proven = tickProven(workspace, given)
    text = proven.text
    fixed.push(...proven.ticked.map((label) => ({ rule: 'checklist-incomplete', message: `"${label}" is proven by the document` })))
  }
  for (let round = 0; round < mostRounds; round++) {
    const examined = examine(workspace, path, text, false)
    const offers = await Promise.all(findingsOf(workspace, examined).map(async (finding) => ({ finding, edits: await editsOf(finding, examined.document) })))
    const chosen = choose(offers, unsafe)
    if (chosen.length === 0) break
    fixed.push(...chosen.map(({ finding: { rule, message } }) => ({ rule, message })))
    text = applyEdits(text, chosen.flatMap((offer) => offer.edits))
  }
  const remaining = findingsOf(workspace, examine(workspace, path, text, false))
  const elsewhere = remaining.flatMap(({ rule, message, fix: offered }) => {
    if (offered === undefined || (offered.applicability === 'unsafe' && !unsafe)) return []
    return (offered.elsewhere ?? []).map((set) => ({ ...set, rule, message }))
  })
  return { text, fixed, left: remaining.filter((finding) => finding.fix?.applicability === 'unsafe').length, elsewhere }
}

interface Offer {
  readonly finding: Finding
  readonly edits: readonly Edit[]
}

/** Fixes that do not touch each other; the others have their turn in the next round. */
function choose(offers: readonly Offer[], unsafe: boolean): readonly Offer[] {
  const taken: Edit[] = []
  return offers.filter(({ finding: { fix: offered }, edits }) => {
    if (offered === undefined || edits.length === 0 || (offered.applicability === 'unsafe' && !unsafe)) return false
    if (edits.some((edit) => taken.some((other) => editsOverlap(edit, other)))) return false
    taken.push(...edits)
    return true
  })
}
