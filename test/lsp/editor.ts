/** Owns a small editor for tests: it starts the server like all others and keeps what it is told. */

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'
import type { ClientCapabilities, Diagnostic, InitializeResult, ProtocolConnection, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol/node'
import { StreamMessageReader, StreamMessageWriter, createProtocolConnection } from 'vscode-languageserver-protocol/node'
import { projectRoot } from '../support/repository.js'

/** What editors of today can do, file watching apart: tests say themselves what changed. */
export const capable: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: {
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  window: { showDocument: { support: true } },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, versionSupport: true, codeDescriptionSupport: true, dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source', 'source.fixAll'] } },
      resolveSupport: { properties: ['edit'] },
      dataSupport: true,
      disabledSupport: true,
    },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
}

export interface Editor {
  readonly connection: ProtocolConnection
  readonly server: ChildProcess
  readonly initialized: InitializeResult
  readonly texts: Map<string, { version: number; text: string }>
  /** What the server asked the editor to do. */
  readonly asked: { readonly method: string; readonly params: unknown }[]
  uri(file: string): string
  open(file: string, text: string): void
  /** Replaces the first occurrence of a text, as a key press would. */
  type(file: string, before: string, after: string): void
  replace(file: string, start: number, end: number, text: string): void
  /** A change at a place as the client counts it, with the text that it should leave. */
  replaceAt(file: string, range: object, text: string, after: string): void
  setText(file: string, text: string): void
  close(file: string): void
  text(file: string): string
  /** The diagnostics of the text as it stands. */
  diagnostics(file: string): Promise<readonly Diagnostic[]>
  /** The diagnostics that are sent next. */
  next(file: string): Promise<readonly Diagnostic[]>
  /** The diagnostics that were sent last, of a document that need not be open. */
  told(file: string): Promise<readonly Diagnostic[]>
  published(file: string): unknown
  /** Tells of a file that was created (1), changed (2) or deleted (3). */
  changed(file: string, type: 1 | 2 | 3): void
  until(holds: () => boolean): Promise<void>
  request<R>(method: string, params: object): Promise<R>
  /** The position of a text, with an offset from its start. */
  at(file: string, wanted: string, offset?: number): { textDocument: { uri: string }; position: { line: number; character: number } }
  apply(edit: WorkspaceEdit): void
  stderr(): string
  /** Says goodbye; the exit status. */
  quit(): Promise<number | null>
}

const running = new Set<ChildProcess>()
afterAll(() => {
  for (const server of running) server.kill('SIGKILL')
})

export function startServer(cwd: string, program = path.join(projectRoot, 'dist/cli.js')): ChildProcess {
  const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd, stdio: ['pipe', 'pipe', 'pipe'] })
  running.add(server)
  server.once('exit', () => running.delete(server))
  return server
}

export async function startEditor(root: string, options: { readonly capabilities?: ClientCapabilities; readonly folders?: readonly string[]; readonly program?: string } = {}): Promise<Editor> {
  const server = startServer(root, options.program)
  const { stdin, stdout, stderr } = server
  if (stdin === null || stdout === null || stderr === null) throw new TypeError('The server was started with pipes')
  let complaints = ''
  stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin))
  const texts: Editor['texts'] = new Map()
  const asked: { method: string; params: unknown }[] = []
  const published = new Map<string, { version: number | undefined; diagnostics: Diagnostic[] }>()
  let heard: (() => void)[] = []
  const uri = (file: string): string => pathToFileURL(path.join(root, file)).href
  const textAt = (at: string): { version: number; text: string } => {
    const known = texts.get(at)
    if (known === undefined) throw new TypeError(`${at} is not open`)
    return known
  }
  const change = (at: string, contentChanges: object[], text: string): void => {
    const version = textAt(at).version + 1
    texts.set(at, { version, text })
    void connection.sendNotification('textDocument/didChange', { textDocument: { uri: at, version }, contentChanges })
  }
  const wake = (): void => {
    const waiting = heard
    heard = []
    for (const resolve of waiting) resolve()
  }
  const editor: Omit<Editor, 'initialized'> = {
    connection,
    server,
    texts,
    asked,
    uri,
    open(file, text) {
      texts.set(uri(file), { version: 1, text })
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(file), languageId: 'markdown', version: 1, text } })
    },
    type(file, before, after) {
      const { text } = textAt(uri(file))
      const at = text.indexOf(before)
      if (at === -1) throw new TypeError(`${file} does not hold ${before}`)
      const range = { start: positionAt(text, at), end: positionAt(text, at + before.length) }
      change(uri(file), [{ range, text: after }], text.slice(0, at) + after + text.slice(at + before.length))
    },
    replace(file, start, end, text) {
      const { text: before } = textAt(uri(file))
      const range = { start: positionAt(before, start), end: positionAt(before, end) }
      change(uri(file), [{ range, text }], before.slice(0, start) + text + before.slice(end))
    },
    replaceAt: (file, range, text, after) => change(uri(file), [{ range, text }], after),
    setText: (file, text) => change(uri(file), [{ text }], text),
    close(file) {
      texts.delete(uri(file))
      void connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(file) } })
    },
    text: (file) => textAt(uri(file)).text,
    async diagnostics(file) {
      const { version } = textAt(uri(file))
      await editor.until(() => published.get(uri(file))?.version === version)
      return published.get(uri(file))?.diagnostics ?? []
    },
    async next(file) {
      const before = published.get(uri(file))
      await editor.until(() => published.get(uri(file)) !== before)
      return published.get(uri(file))?.diagnostics ?? []
    },
    async told(file) {
      await editor.until(() => published.has(uri(file)))
      return published.get(uri(file))?.diagnostics ?? []
    },
    published: (file) => published.get(uri(file)),
    changed: (file, type) => void connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(file), type }] }),
    async until(holds) {
      while (!holds()) {
        await new Promise<void>((resolve) => {
          heard.push(resolve)
        })
      }
    },
    request: (method, params) => connection.sendRequest(method, params),
    at(file, wanted, offset = 0) {
      const text = texts.get(uri(file))?.text ?? ''
      const start = text.indexOf(wanted)
      if (start === -1) throw new TypeError(`${file} does not hold ${wanted}`)
      return { textDocument: { uri: uri(file) }, position: positionAt(text, start + offset) }
    },
    apply(edit) {
      for (const one of edit.documentChanges ?? []) {
        if ('kind' in one) {
          if (one.kind === 'create') texts.set(one.uri, { version: 0, text: '' })
          continue
        }
        const { text, version } = textAt(one.textDocument.uri)
        if (one.textDocument.version !== null && one.textDocument.version !== version) throw new TypeError('An edit for another version')
        const after = applyTextEdits(text, one.edits as TextEdit[])
        if (version === 0) texts.set(one.textDocument.uri, { version: 0, text: after })
        else change(one.textDocument.uri, [{ text: after }], after)
      }
      for (const [at, edits] of Object.entries(edit.changes ?? {})) {
        const after = applyTextEdits(textAt(at).text, edits)
        change(at, [{ text: after }], after)
      }
    },
    stderr: () => complaints,
    async quit() {
      const gone = new Promise<number | null>((resolve) => {
        server.once('exit', resolve)
      })
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      return gone
    },
  }
  connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string; version?: number; diagnostics: Diagnostic[] }) => {
    published.set(params.uri, { version: params.version, diagnostics: params.diagnostics })
    wake()
  })
  for (const method of ['client/registerCapability', 'workspace/codeLens/refresh', 'workspace/inlayHint/refresh', 'workspace/diagnostic/refresh', 'window/showDocument']) {
    connection.onRequest(method, (params: unknown) => {
      asked.push({ method, params })
      wake()
      return method === 'window/showDocument' ? { success: true } : null
    })
  }
  connection.onRequest('workspace/applyEdit', (params: { edit: WorkspaceEdit }) => {
    asked.push({ method: 'workspace/applyEdit', params })
    editor.apply(params.edit)
    return { applied: true }
  })
  connection.onNotification('window/showMessage', (params: unknown) => void asked.push({ method: 'window/showMessage', params }))
  connection.onNotification('window/logMessage', (params: unknown) => void asked.push({ method: 'window/logMessage', params }))
  connection.listen()
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    workspaceFolders: (options.folders ?? [root]).map((folder) => ({ uri: pathToFileURL(folder).href, name: path.basename(folder) })),
    capabilities: options.capabilities ?? capable,
  })
  await connection.sendNotification('initialized', {})
  return { ...editor, initialized }
}

/** As the protocol counts by default: lines and UTF-16 units, both from 0. */
function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/u)
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

function offsetAt(text: string, { line, character }: { readonly line: number; readonly character: number }): number {
  const ends = [...text.matchAll(/\r\n|\n|\r/gu)]
  const end = ends[line - 1]
  return (line === 0 || end === undefined ? 0 : end.index + end[0].length) + character
}

function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const spans = edits.map(({ range, newText }, order) => ({ start: offsetAt(text, range.start), end: offsetAt(text, range.end), newText, order }))
  let after = text
  for (const { start, end, newText } of spans.toSorted((a, b) => b.start - a.start || b.order - a.order)) after = after.slice(0, start) + newText + after.slice(end)
  return after
}
