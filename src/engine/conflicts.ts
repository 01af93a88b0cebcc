/** Owns the refusal to write into a document whose merge conflicts are not resolved: either side of one may be the right one. */

import type { Document } from '../document/document.js'
import { parseDocument } from '../document/document.js'
import { InquestError } from '../errors.js'
import type { Workspace } from './workspace.js'

export interface RefusedFile {
  readonly path: string
  /** Where its first conflict starts. */
  readonly line: number
  /** One line that names both. */
  readonly message: string
}

/** Undefined for a document that may be written into. */
export function refusalOf({ path, document }: { readonly path: string; readonly document: Document }): RefusedFile | undefined {
  const [first] = document.conflicts
  if (first === undefined) return undefined
  const { line } = document.lines.pointAt(first.at.start)
  return { path, line, message: `${path}:${line}: a merge conflict is not resolved, so nothing is written into the file` }
}

/** @throws InquestError `conflicted` for a document that must not be written into */
export function refuseConflicts(examined: Parameters<typeof refusalOf>[0]): void {
  const refusal = refusalOf(examined)
  if (refusal === undefined) return
  const { path, line, message } = refusal
  throw new InquestError('conflicted', message, { hint: 'Keep what is right of both sides, delete the markers, and run it again', at: { path, line } })
}

/** The same for a text that is not read yet. */
export function refuseConflictsIn({ engine }: Pick<Workspace, 'engine'>, path: string, text: string): void {
  refuseConflicts({ path, document: parseDocument(text, engine) })
}
