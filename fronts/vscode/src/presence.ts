/** Owns whether a window has anything to do with inquest, found out without starting anything. */

import * as vscode from 'vscode'

/** A document of a template says so in its frontmatter. */
export function looksLikeDocument(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'markdown') return false
  const head = document.getText(new vscode.Range(0, 0, 60, 0))
  return /^(?:\uFEFF|<!--[^]*?-->|\s)*---[ \t]*\r?\n(?:(?!---)[^\n]*\r?\n)*?template[ \t]*:/u.test(head)
}

/** True for a workspace that is set up for inquest, or in which one of its documents is open. */
export async function isPresent(): Promise<boolean> {
  if (vscode.workspace.textDocuments.some(looksLikeDocument)) return true
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    for (const name of ['inquest.yaml', '.inquest']) {
      if (await exists(vscode.Uri.joinPath(uri, name))) return true
    }
  }
  return false
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri)
    return true
  } catch {
    return false
  }
}

/** Why no server may run here; undefined where one may. */
export function obstacle(): 'untrusted' | 'virtual' | undefined {
  // Git is asked about the folder, and the settings of a folder's git can name programs to run.
  if (!vscode.workspace.isTrusted) return 'untrusted'
  const folders = vscode.workspace.workspaceFolders ?? []
  return folders.length > 0 && folders.every(({ uri }) => uri.scheme !== 'file') ? 'virtual' : undefined
}
