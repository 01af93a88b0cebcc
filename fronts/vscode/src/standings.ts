/** Owns where documents stand, as the status bar and the view show it: asked once, and again after what it depends on changed. */

import * as vscode from 'vscode'
import type { DocumentStatus, ListedDocument, TemplateAnswer } from './answers.js'
import type { Server } from './server.js'

/** Nobody reads while somebody types. */
const pause = 400

export interface Standings extends vscode.Disposable {
  /** Undefined for what is no document of a template. */
  of(uri: string): Promise<DocumentStatus | undefined>
  /** The open documents that go through phases, in order of path. */
  open(): Promise<readonly ListedDocument[]>
  templates(): Promise<readonly TemplateAnswer[]>
  forget(): void
  readonly onChange: vscode.Event<void>
}

export function createStandings(server: Server): Standings {
  const changed = new vscode.EventEmitter<void>()
  const known = new Map<string, Promise<DocumentStatus | undefined>>()
  let listed: Promise<readonly ListedDocument[]> | undefined
  let kinds: Promise<readonly TemplateAnswer[]> | undefined
  let timer: NodeJS.Timeout | undefined

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => changed.fire(), pause)
  }
  function forget(): void {
    known.clear()
    listed = undefined
    kinds = undefined
    later()
  }
  // What one document says can settle another one, but what is being typed has to be saved first.
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{md,markdown,yaml,yml}')
  const parts = [
    changed,
    watcher,
    watcher.onDidCreate(forget),
    watcher.onDidChange(forget),
    watcher.onDidDelete(forget),
    server.onChange(forget),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId !== 'markdown' || contentChanges.length === 0) return
      for (const uri of known.keys()) if (vscode.Uri.parse(uri).toString() === document.uri.toString()) known.delete(uri)
      listed = undefined
      later()
    }),
  ]
  const templates = (): Promise<readonly TemplateAnswer[]> => (kinds ??= server.ask<{ readonly templates: readonly TemplateAnswer[] }>('inquest.templates').then((answer) => answer.templates))
  return {
    of(uri) {
      const before = known.get(uri)
      if (before !== undefined) return before
      const asked = server.ask<DocumentStatus>('inquest.status', uri).catch(() => undefined)
      known.set(uri, asked)
      return asked
    },
    open() {
      listed ??= Promise.all([server.ask<{ readonly documents: readonly ListedDocument[] }>('inquest.list', { open: true }), templates()]).then(([{ documents }, all]) => {
        const phased = new Set(all.filter(({ phases }) => phases.length > 0).map(({ name }) => name))
        return documents.filter(({ template, phase }) => phase !== null && phased.has(template))
      })
      return listed
    },
    templates,
    forget,
    onChange: changed.event,
    dispose() {
      clearTimeout(timer)
      for (const part of parts) part.dispose()
    },
  }
}
