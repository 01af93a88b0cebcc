/** Owns changes as the client makes them: nothing is written behind the editor's back. */

import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node'
import type { Edit } from '../../text/edit.js'
import type { Client } from './client.js'
import type { Translator } from './position.js'

/** The changes to one document that is there. */
export interface DocumentEdits {
  readonly uri: string
  /** The version that the edits were made for; undefined where the document is not open. */
  readonly version: number | undefined
  readonly edits: readonly TextEdit[]
}

export function textEdits(edits: readonly Edit[], translator: Translator): readonly TextEdit[] {
  return edits.map(({ span, text }) => ({ range: translator.range(span), newText: text }))
}

export function workspaceEdit(client: Client, documents: readonly DocumentEdits[], created: readonly { readonly uri: string; readonly text: string }[] = []): WorkspaceEdit {
  const changed = documents.filter(({ edits }) => edits.length > 0)
  if (!client.edits.versioned) return { changes: Object.fromEntries(changed.map(({ uri, edits }) => [uri, [...edits]])) }
  const start = { line: 0, character: 0 }
  const files = created.flatMap(({ uri, text }): (CreateFile | TextDocumentEdit)[] => [
    { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
  ])
  return {
    documentChanges: [...files, ...changed.map(({ uri, version, edits }): TextDocumentEdit => ({ textDocument: { uri, version: version ?? null }, edits: [...edits] }))],
  }
}

/** The lines that differ, so that marks and cursors on all others stay where they are. */
export async function editsBetween(before: string, after: string): Promise<readonly Edit[]> {
  if (before === after) return []
  const { diffLines } = await import('diff')
  const edits: Edit[] = []
  let at = 0
  let open: { start: number; end: number; text: string } | undefined
  const close = (): void => {
    if (open !== undefined) edits.push({ span: { start: open.start, end: open.end }, text: open.text })
    open = undefined
  }
  for (const { value, added, removed } of diffLines(before, after)) {
    if (!added && !removed) {
      close()
      at += value.length
      continue
    }
    open ??= { start: at, end: at, text: '' }
    if (removed) {
      at += value.length
      open.end = at
    } else open.text += value
  }
  close()
  return edits
}
