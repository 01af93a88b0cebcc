/** Owns where a document may be: a file below the root, in no folder that belongs to a program. */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import { isMarkdown } from './markdown-files.js'
import type { Workspace } from './workspace.js'

type Declaring = Pick<Workspace, 'declares'>

/** Folders of git, of inquest and of installed packages. */
const closedFolder = /^(?:\.git|git~\d+|\.inquest|node_modules)$/u

/** Why no document is at a path that counts from the root; undefined where one may be. */
export function whyNoDocument({ declares }: Declaring, file: string): string | undefined {
  if (file === '' || path.isAbsolute(file) || /^[a-z]:/iu.test(file) || file === '..' || file.startsWith('../')) return 'lies outside the repository'
  if (/[\p{Cc}\\]/u.test(file) || path.posix.normalize(file) !== file) return 'is not a plain path'
  const closed = foldersOf(file).find((name) => closedFolder.test(name))
  if (closed !== undefined) return `lies in \`${closed}\`, which holds no documents`
  return isMarkdown(file) || declares(file) ? undefined : 'is not a Markdown file'
}

/**
 * Why no document is written anew at a path; undefined where one may be. Programs read their settings from hidden folders, so a document
 * goes there only where `documents` says so.
 */
export function whyNoPlace(workspace: Declaring, file: string): string | undefined {
  const why = whyNoDocument(workspace, file)
  if (why !== undefined) return why
  if (!isMarkdown(file)) return 'is not a Markdown file'
  if (foldersOf(file).some((name) => name.startsWith('.')) && !workspace.declares(file)) return 'lies in a hidden folder that `documents` does not name'
  return path.posix.basename(file).startsWith('.') ? 'is a hidden file' : undefined
}

/** In the one form in which systems compare them that take several names for the same. */
function foldersOf(file: string): readonly string[] {
  return file.split('/').slice(0, -1).map((name) => name.toLowerCase().replace(/:.*$/u, '').replace(/[. ]+$/u, ''))
}

/** @throws InquestError `usage` for a path at which no document is written */
export function expectPlace(workspace: Declaring, file: string): void {
  const why = whyNoPlace(workspace, file)
  if (why !== undefined) throw new InquestError('usage', `${file}: ${why}`, { hint: 'Name a Markdown file below the folder of inquest.yaml or .git, such as docs/investigations/INV-001.md' })
}
