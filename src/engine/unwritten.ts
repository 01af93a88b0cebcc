/** Owns whether a document says more than its template does. */

import { examine } from './examine.js'
import type { Workspace } from './workspace.js'

/** True where every section that the template requires, and the document has, contains prompts only. */
export function isUnwritten(workspace: Workspace, path: string): boolean {
  const text = workspace.readText(path)
  // Prompts are in brackets, and reading a document takes longer than looking for one.
  if (text === undefined || !/[[{]/u.test(text)) return false
  const required = (examine(workspace, path, text, false).facts?.allSections ?? []).filter(({ spec, section }) => spec.required && section !== undefined)
  return required.length > 0 && required.every(({ written, skipped }) => !written && !skipped)
}
