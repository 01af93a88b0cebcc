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

/** Texts to be replaced, and files to be moved. */
export interface RewriteIntent {
  readonly kind: 'rewrite'
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string; readonly to?: string }[]
}

export type Intent = SpawnIntent | RewriteIntent

function pendingFolder(workspace: Workspace): string {
  return workspace.toAbsolute('.inquest/pending')
}

/** Writes the intent down, does it, and strikes it out. */
export async function carryOut(workspace: Workspace, name: string, intent: Intent): Promise<void> {
  const file = path.join(pendingFolder(workspace), `${encodeURIComponent(name)}.json`)
  if (!workspace.host.createFile(file, `${JSON.stringify(intent)}\n`)) {
    throw new InquestError('changed-meanwhile', `${name}: is being worked on by another process`, { hint: 'Run the command again' })
  }
  try {
    perform(workspace, intent)
  } catch (error) {
    // What was not begun is not left to be finished by somebody else.
    if (intent.kind === 'spawn' && workspace.host.readText(workspace.toAbsolute(intent.child)) === undefined) workspace.host.removeFile(file)
    throw error
  }
  workspace.host.removeFile(file)
}

/** Names of operations that a crash left unfinished. */
export function pendingOperations(workspace: Workspace): readonly string[] {
  const folder = pendingFolder(workspace)
  if (!workspace.host.isFolder(folder)) return []
  return workspace.host.listFolder(folder).filter((name) => name.endsWith('.json'))
}

/** Finishes what a crash left; says nothing where there is nothing. */
export async function recoverPending(workspace: Workspace): Promise<readonly string[]> {
  const names = pendingOperations(workspace)
  for (const name of names) {
    const file = path.join(pendingFolder(workspace), name)
    const text = workspace.host.readText(file)
    if (text === undefined) continue
    perform(workspace, readIntent(name, text))
    workspace.host.removeFile(file)
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
  else performRewrite(workspace, intent)
}

function performSpawn(workspace: Workspace, intent: SpawnIntent): void {
  const child = workspace.toAbsolute(intent.child)
  if (!workspace.host.createFile(child, intent.text) && !sameDocument(workspace, child, intent.text)) {
    throw new InquestError('exists', `${intent.child}: exists already and is left as it is`, { hint: 'Choose another title' })
  }
  const parent = workspace.readText(intent.parent)
  if (parent === undefined) throw new InquestError('io', `${intent.parent}: is gone`)
  const after = withEntry(workspace, intent, parent)
  if (after !== parent) workspace.host.replaceFile(workspace.toAbsolute(intent.parent), parent, after)
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

function performRewrite(workspace: Workspace, intent: RewriteIntent): void {
  for (const { path: file, before, after, to } of intent.files) {
    const present = workspace.readText(file)
    if (present !== undefined && present === before && before !== after) workspace.host.replaceFile(workspace.toAbsolute(file), before, after)
    else if (present !== undefined && present !== after && present !== before) {
      throw new InquestError('changed-meanwhile', `${file}: was changed meanwhile`, { hint: 'Take the change back or delete the file in .inquest/pending, then run again' })
    }
    if (to !== undefined && workspace.readText(file) !== undefined) workspace.host.moveFile(workspace.toAbsolute(file), workspace.toAbsolute(to))
  }
}
