/**
 * Owns operations that touch several files. What is meant is written down first, then done file by file, then
 * struck out; whoever comes after a crash finishes it. Each step can be done again without harm.
 */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import { extractFacts } from '../facts/extract.js'
import { applyEdits } from '../text/edit.js'
import { spawnEdits } from '../workflow/edits.js'
import { examine } from './examine.js'
import type { Renumbering } from './renumbering.js'
import { renumberRecord, renumberText } from './renumbering.js'
import type { Workspace } from './workspace.js'

/** A child to be created and named in its parent. */
export interface SpawnIntent {
  readonly kind: 'spawn'
  readonly parent: string
  readonly child: string
  readonly text: string
  readonly id: string
  readonly title: string
  readonly why?: string
}

/** A document to be given another id, and files that name it. */
export interface RenumberIntent extends Renumbering {
  readonly kind: 'renumber'
  /** The files in which something is to be rewritten, the document's own among them, and where they go; some are records of the document. */
  readonly files: readonly { readonly path: string; readonly to?: string; readonly record?: true }[]
  /** The template of the document where the concept store knows it, and has to be told as well. */
  readonly recorded?: string
}

/** What is left of an intent once the files are done: the concept store knows the document by its old id yet. */
export interface PendingRename {
  readonly template: string
  readonly from: string
  readonly to: string
}

export type Intent = SpawnIntent | RenumberIntent

/** Another writer may come in between so often before it is given up. */
const mostTries = 20

function pendingFolder(workspace: Workspace): string {
  return workspace.toAbsolute('.inquest/pending')
}

/** Writes the intent down, does it, and strikes it out. */
export function carryOut(workspace: Workspace, name: string, intent: Intent): void {
  const folder = pendingFolder(workspace)
  const file = path.join(folder, `${encodeURIComponent(name)}.json`)
  workspace.host.alone(folder, () => {
    finishPending(workspace)
    workspace.host.createFile(file, `${JSON.stringify(intent)}\n`)
    try {
      perform(workspace, intent)
    } catch (error) {
      if (intent.kind === 'spawn' && withdrawSpawn(workspace, intent)) workspace.host.removeFile(file)
      throw error
    }
    strikeOut(workspace, file, intent)
  })
}

function strikeOut(workspace: Workspace, file: string, intent: Intent): void {
  if (intent.kind === 'renumber' && intent.recorded !== undefined) workspace.host.moveFile(file, file.replace(/json$/u, 'rename'))
  else workspace.host.removeFile(file)
}

/** Tells the concept store what it has not been told, each by `tell`, which may be called again after a crash. */
export async function finishRenames(workspace: Workspace, tell: (rename: PendingRename) => Promise<void>): Promise<void> {
  const folder = pendingFolder(workspace)
  if (!workspace.host.isFolder(folder)) return
  for (const name of workspace.host.listFolder(folder).filter((one) => one.endsWith('.rename'))) {
    const file = path.join(folder, name)
    const text = workspace.host.readText(file)
    if (text === undefined) continue
    const intent = readIntent(name, text)
    if (intent.kind === 'renumber' && intent.recorded !== undefined) await tell({ template: intent.recorded, from: intent.from, to: intent.to })
    workspace.host.removeFile(file)
  }
}

function pendingOperations(workspace: Workspace): readonly string[] {
  const folder = pendingFolder(workspace)
  if (!workspace.host.isFolder(folder)) return []
  return workspace.host.listFolder(folder).filter((name) => name.endsWith('.json'))
}

/** Finishes what a crash left; says nothing where there is nothing. @returns names of the operations */
export function recoverPending(workspace: Workspace): readonly string[] {
  // Whoever is still at work holds the lock of the folder.
  return pendingOperations(workspace).length === 0 ? [] : workspace.host.alone(pendingFolder(workspace), () => finishPending(workspace))
}

function finishPending(workspace: Workspace): readonly string[] {
  const names = pendingOperations(workspace)
  for (const name of names) {
    const file = path.join(pendingFolder(workspace), name)
    const text = workspace.host.readText(file)
    if (text === undefined) continue
    const intent = readIntent(name, text)
    perform(workspace, intent)
    strikeOut(workspace, file, intent)
  }
  return names
}

function readIntent(name: string, text: string): Intent {
  try {
    return JSON.parse(text) as Intent
  } catch (error) {
    throw new InquestError('io', `.inquest/pending/${name}: cannot be read`, { hint: 'Look at the documents it names, then delete it', cause: error })
  }
}

function perform(workspace: Workspace, intent: Intent): void {
  if (intent.kind === 'spawn') performSpawn(workspace, intent)
  else performRenumber(workspace, intent)
}

function performSpawn(workspace: Workspace, intent: SpawnIntent): void {
  const child = workspace.toAbsolute(intent.child)
  if (!workspace.host.createFile(child, intent.text) && !sameDocument(workspace, child, intent.text)) {
    throw new InquestError('exists', `${intent.child}: exists already and is left as it is`, { hint: 'Choose another title' })
  }
  if (!rewrite(workspace, intent.parent, (parent) => withEntry(workspace, intent, parent))) throw new InquestError('io', `${intent.parent}: is gone`)
}

/** Changes a file as it is at the moment, and as it is a moment later where somebody else changes it as well. @returns false where there is none */
function rewrite(workspace: Workspace, file: string, change: (text: string) => string): boolean {
  for (let tries = 1; ; tries++) {
    const before = workspace.readText(file)
    if (before === undefined) return false
    const after = change(before)
    if (after === before) return true
    try {
      workspace.host.replaceFile(workspace.toAbsolute(file), before, after)
      return true
    } catch (error) {
      if (!(error instanceof InquestError) || error.code !== 'changed-meanwhile' || tries === mostTries) throw error
    }
  }
}

/** Takes a child back that its parent could not be told of. @returns false where it is too late for that, so that it has to be finished */
function withdrawSpawn(workspace: Workspace, intent: SpawnIntent): boolean {
  const child = workspace.toAbsolute(intent.child)
  const [present, parent] = [workspace.readText(intent.child), workspace.readText(intent.parent)]
  if (parent !== undefined && parent.includes(intent.id) && withEntry(workspace, intent, parent) === parent) return false
  if (present === intent.text) workspace.host.removeFile(child)
  return present === undefined || present === intent.text
}

/** A child that somebody has begun to write in since is still the child. */
function sameDocument(workspace: Workspace, child: string, text: string): boolean {
  const present = workspace.host.readText(child)
  return present !== undefined && (present === text || present.slice(0, 200) === text.slice(0, 200))
}

/** The parent with the entry; as it is where the entry stands there already. @throws InquestError where there is no place for it */
export function withEntry(workspace: Workspace, intent: Pick<SpawnIntent, 'parent' | 'id' | 'title' | 'why'>, text: string): string {
  const { document, template } = examine(workspace, intent.parent, text, true)
  if (template === undefined) throw new InquestError('usage', `${intent.parent}: cannot be judged by any template`)
  const facts = extractFacts(document, template)
  if (facts.spawned.some((item) => item.id === intent.id)) return text
  const edits = spawnEdits(facts, { id: intent.id, title: intent.title, why: intent.why })
  if (edits === undefined) {
    throw new InquestError('usage', `${intent.parent}: has no section for spawned work`, { hint: `Add the section of the template ${template.name} that lists it` })
  }
  return applyEdits(text, edits)
}

function performRenumber(workspace: Workspace, intent: RenumberIntent): void {
  for (const { path: file, to, record } of intent.files) {
    const there = rewrite(workspace, file, (text) => (record === true ? renumberRecord(text, intent) : renumberText(text, file, intent)))
    if (there && to !== undefined) workspace.host.moveFile(workspace.toAbsolute(file), workspace.toAbsolute(to))
  }
}
