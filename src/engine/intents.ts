/** Owns what an operation writes down before it is done, and that nothing else is taken for it: whoever reads it acts on it. */

import * as path from 'node:path'
import { attestationFolder } from './attestations.js'
import { whyNoDocument, whyNoPlace } from './document-place.js'
import type { Renumbering } from './renumbering.js'
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

export type Intent = SpawnIntent | RenumberIntent

/** A longer document is not made by `spawn`. */
const longestText = 1 << 22
const longestLine = 20_000
const mostFiles = 100_000

type Declaring = Pick<Workspace, 'declares'>
type Fields = Readonly<Record<string, unknown>>

/** The intent in a text; undefined for anything that inquest would not have written. */
export function readIntent(workspace: Declaring, text: string): Intent | undefined {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null) return undefined
  const fields = read as Fields
  if (fields['kind'] === 'spawn') return spawnIntent(workspace, fields)
  return fields['kind'] === 'renumber' ? renumberIntent(workspace, fields) : undefined
}

function spawnIntent(workspace: Declaring, { parent, child, text, id, title, why }: Fields): SpawnIntent | undefined {
  if (!isDocument(workspace, parent) || typeof child !== 'string' || whyNoPlace(workspace, child) !== undefined || !isText(text, longestText)) return undefined
  if (!isText(id) || !isText(title) || !(why === undefined || isText(why))) return undefined
  return { kind: 'spawn', parent, child, text, id, title, ...(why !== undefined && { why }) }
}

function renumberIntent(workspace: Declaring, { from, to, own, moved, shared, files, recorded }: Fields): RenumberIntent | undefined {
  if (!isText(from) || !isText(to) || from === '' || !isDocument(workspace, own) || typeof shared !== 'boolean') return undefined
  if (!(moved === undefined || isRenamed(workspace, own, moved)) || !(recorded === undefined || isText(recorded)) || !Array.isArray(files) || files.length > mostFiles) return undefined
  const checked = files.map((file) => fileOf(workspace, file))
  if (!checked.every((file) => file !== undefined)) return undefined
  return { kind: 'renumber', from, to, own, moved, shared, files: checked, ...(recorded !== undefined && { recorded }) }
}

function fileOf(workspace: Declaring, file: unknown): RenumberIntent['files'][number] | undefined {
  if (typeof file !== 'object' || file === null) return undefined
  const { path: at, to, record } = file as Fields
  if (record === true) return isRecord(at) && (to === undefined || isRecord(to)) ? { path: at, ...(to !== undefined && { to }), record } : undefined
  return record === undefined && isDocument(workspace, at) && (to === undefined || isRenamed(workspace, at, to)) ? { path: at, ...(to !== undefined && { to }) } : undefined
}

function isDocument(workspace: Declaring, file: unknown): file is string {
  return typeof file === 'string' && whyNoDocument(workspace, file) === undefined
}

/** A document that is given another id stays in its folder. */
function isRenamed(workspace: Declaring, from: string, to: unknown): to is string {
  return isDocument(workspace, to) && path.posix.dirname(from) === path.posix.dirname(to)
}

function isRecord(file: unknown): file is string {
  return typeof file === 'string' && file.startsWith(`${attestationFolder}/`) && /^[^/.\\][^/\\]*\/[0-9a-f]+\.json$/u.test(file.slice(attestationFolder.length + 1))
}

function isText(text: unknown, longest = longestLine): text is string {
  return typeof text === 'string' && text.length <= longest
}
