/** Whatever a client sends, or stops sending, the server answers as the protocol has it and ends as it should. */

import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import { startEditor, startServer } from './editor.js'

const file = 'docs/INV-001.md'

interface Message {
  readonly id?: number | null
  readonly method?: string
  readonly params?: { readonly version?: number }
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

/** A line to the server without any library in between; what is sent together arrives together. */
function rawLine(server: ChildProcess): { readonly got: readonly Message[]; send(...messages: (string | object)[]): void; answer(id: number | null): Promise<Message> } {
  let buffer = Buffer.alloc(0)
  const got: Message[] = []
  const heard: (() => void)[] = []
  server.stdout?.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n')
      if (head === -1) break
      const length = Number(/Content-Length: (\d+)/u.exec(buffer.subarray(0, head).toString())?.[1])
      if (buffer.length < head + 4 + length) break
      got.push(JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString()) as Message)
      buffer = buffer.subarray(head + 4 + length)
    }
    for (const resolve of heard.splice(0)) resolve()
  })
  return {
    got,
    send(...messages) {
      const bodies = messages.map((message) => (typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message })))
      server.stdin?.write(bodies.map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`).join(''))
    },
    async answer(id) {
      for (;;) {
        const found = got.find((one) => one.id === id && one.method === undefined)
        if (found !== undefined) return found
        await new Promise<void>((resolve) => {
          heard.push(resolve)
        })
      }
    },
  }
}

function ended(server: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    server.once('exit', resolve)
  })
}

describe('messages', () => {
  const repository = createRepository({ [file]: sample, 'inquest.yaml': '' })
  const uri = pathToFileURL(path.join(repository.root, file)).href
  const initialize = { id: 1, method: 'initialize', params: { processId: process.pid, rootUri: pathToFileURL(repository.root).href, capabilities: {} } }

  test('out of turn, malformed or unknown are answered with the errors for that', async () => {
    const server = startServer(repository.root)
    const line = rawLine(server)
    line.send({ id: 5, method: 'textDocument/codeLens', params: { textDocument: { uri } } })
    expect((await line.answer(5)).error?.code).toBe(-32002)
    line.send(initialize)
    expect((await line.answer(1)).result).toMatchObject({ serverInfo: { name: 'inquest' }, capabilities: { positionEncoding: 'utf-16', textDocumentSync: { change: 2 } } })
    line.send({ method: 'initialized', params: {} })

    line.send('{ "jsonrpc": "2.0", "id": 6, ')
    expect((await line.answer(null)).error?.code).toBe(-32700)
    line.send({ id: 7, method: 'inquest/noSuchThing', params: {} })
    expect((await line.answer(7)).error?.code).toBe(-32601)
    line.send({ id: 8, method: 'textDocument/codeAction', params: { textDocument: { uri: 5 } } })
    expect((await line.answer(8)).error?.code).toBe(-32602)
    line.send({ id: 9, method: 'textDocument/codeLens', params: { textDocument: { uri: 'file:///no/such/file.md' } } })
    expect((await line.answer(9)).error).toMatchObject({ code: -32602, message: 'file:///no/such/file.md: is neither open nor a file' })
    line.send({ id: 10, method: 'textDocument/codeAction', params: { textDocument: { uri }, range: { start: { line: -1, character: 'x' } }, context: {} } })
    expect((await line.answer(10)).error?.code).toBe(-32602)
    line.send({ id: 11, method: 'codeAction/resolve', params: { title: 'Nothing', data: { uri, rule: 'none', subject: 'none', remedy: 'none', at: 0 } } })
    expect((await line.answer(11)).error?.code).toBe(-32801)
    for (const params of [{}, [], { textDocument: null }, { textDocument: { uri }, contentChanges: [{ range: 7, text: 'x' }] }, { textDocument: { uri: 'file:///elsewhere' }, contentChanges: [{ text: '' }] }]) {
      line.send({ method: 'textDocument/didChange', params })
      line.send({ method: 'textDocument/didOpen', params })
    }
    for (const odd of ['42', 'null', '"text"', '[]', '{}', '[{"jsonrpc":"2.0","method":"initialized"}]']) line.send(odd)
    line.send({ method: 'textDocument/didOpen', params: { textDocument: { uri: 'untitled:Untitled-1', languageId: 'markdown', version: 1, text: sample } } })
    line.send({ id: 12, method: 'textDocument/codeLens', params: { textDocument: { uri: 'untitled:Untitled-1' } } })
    expect((await line.answer(12)).result).toEqual([])
    line.send({ id: 13, method: 'textDocument/codeLens', params: { textDocument: { uri: 'git:/a/b.md?x' } } })
    expect((await line.answer(13)).error?.code).toBe(-32602)

    line.send({ id: 14, method: 'textDocument/codeAction', params: { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 999_999, character: 999_999 } }, context: { diagnostics: [] } } })
    expect((await line.answer(14)).result).toEqual([])

    line.send({ id: 15, method: 'shutdown' })
    expect((await line.answer(15)).result).toBe(null)
    line.send({ id: 16, method: 'textDocument/codeLens', params: { textDocument: { uri } } })
    expect((await line.answer(16)).error?.code).toBe(-32600)
    const gone = ended(server)
    line.send({ method: 'exit' })
    expect(await gone).toBe(0)
  })

  test('leaving without a goodbye is told by the exit status', async () => {
    const abrupt: ((server: ChildProcess, line: ReturnType<typeof rawLine>) => void)[] = [
      (_, line) => line.send({ method: 'exit' }),
      (server) => server.stdin?.end(),
      (server, line) => {
        server.stdout?.destroy()
        line.send({ id: 2, method: 'textDocument/codeLens', params: { textDocument: { uri } } })
      },
    ]
    for (const leave of abrupt) {
      const server = startServer(repository.root)
      const line = rawLine(server)
      line.send(initialize)
      await line.answer(1)
      const gone = ended(server)
      leave(server, line)
      expect(await gone).toBe(1)
    }
    const server = startServer(repository.root)
    const line = rawLine(server)
    line.send(initialize)
    await line.answer(1)
    line.send({ id: 2, method: 'shutdown' })
    await line.answer(2)
    const gone = ended(server)
    server.stdin?.end()
    expect(await gone).toBe(0)
  })
})

describe('what is asked and told at once', () => {
  const repository = createRepository({ [file]: sample, 'inquest.yaml': '' })
  const uri = pathToFileURL(path.join(repository.root, file)).href
  const textDocument = { publishDiagnostics: { versionSupport: true } }
  const initialize = { id: 1, method: 'initialize', params: { processId: process.pid, rootUri: pathToFileURL(repository.root).href, capabilities: { textDocument } } }
  const opened = { method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'markdown', version: 1, text: sample } } }
  const end = { line: sample.split('\n').length - 1, character: 0 }
  const changed = (version: number): object => ({ method: 'textDocument/didChange', params: { textDocument: { uri, version }, contentChanges: [{ range: { start: end, end }, text: 'x' }] } })
  const symbols = (id: number): object => ({ id, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } })
  const published = ({ method }: Message): boolean => method === 'textDocument/publishDiagnostics'

  async function heardOf(...messages: object[]): Promise<readonly Message[]> {
    const server = startServer(repository.root)
    const line = rawLine(server)
    line.send(initialize)
    await line.answer(1)
    line.send({ method: 'initialized', params: {} }, opened, ...messages)
    // What is asked behind all of it is answered behind all of it, and what was not said by then is not said.
    await line.answer(9)
    line.send({ id: 10, method: 'shutdown' })
    await line.answer(10)
    server.stdin?.end()
    await ended(server)
    return line.got
  }

  test('changes that arrive together are answered together', async () => {
    const got = await heardOf(...Array.from({ length: 50 }, (_, index) => changed(index + 2)), symbols(9))
    expect(got.filter(published).map(({ params }) => params?.version)).toEqual([51])
  })

  test.each([
    ['its symbols', symbols(8)],
    ['what its lens says', { id: 8, method: 'codeLens/resolve', params: { range: { start: end, end }, data: { uri } } }],
  ])('what was found is told before what was asked beside the change is answered: %s', async (_name, question) => {
    const got = await heardOf(changed(2), question, symbols(9))
    const told = got.findIndex((one) => published(one) && one.params?.version === 2)
    expect(told).toBeGreaterThan(-1)
    expect(told).toBeLessThan(got.findIndex(({ id }) => id === 8))
  })
})

test('a document is answered for before the rest of everything is looked at', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`docs/INV-${index + 100}.md`, sample.replaceAll('INV-001', `INV-${index + 100}`)]))
  const repository = createRepository({ ...files, 'inquest.yaml': '' })
  const editor = await startEditor(repository.root)
  const order: string[] = []
  const everything = editor.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }).then(() => order.push('everything'))
  for (let key = 0; key < 5; key++) {
    if (key === 0) editor.open('docs/INV-100.md', sample.replaceAll('INV-001', 'INV-100'))
    else editor.type('docs/INV-100.md', 'Nightly', 'Nightly x')
    await editor.diagnostics('docs/INV-100.md')
    order.push(`key ${key}`)
  }
  await everything
  expect(order).toEqual(['key 0', 'key 1', 'key 2', 'key 3', 'key 4', 'everything'])
  expect(await editor.quit()).toBe(0)
})

test('a question about everything can be taken back, and others are answered meanwhile', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`docs/INV-${index + 100}.md`, sample.replaceAll('INV-001', `INV-${index + 100}`)]))
  const repository = createRepository({ ...files, 'inquest.yaml': '' })
  const editor = await startEditor(repository.root)
  const cancel = await import('vscode-languageserver-protocol/node').then((protocol) => new protocol.CancellationTokenSource())
  const everything = editor.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, cancel.token)
  const order: string[] = []
  const done = everything.then(
    () => order.push('everything'),
    (error: { code: number }) => order.push(`everything: ${error.code}`),
  )
  await editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri('docs/INV-100.md') } })
  order.push('lens')
  cancel.cancel()
  await done
  expect(order).toEqual(['lens', 'everything: -32800'])
  expect(await editor.quit()).toBe(0)
})

test('the verb is there, and says what it is for', () => {
  const { stdout, status } = inquest(createRepository().root, ['lsp', '--help'])
  expect(status).toBe(0)
  expect(stdout).toContain('inquest lsp')
})
