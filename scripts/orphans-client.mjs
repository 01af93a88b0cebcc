/**
 * A client of one of the servers, as scripts/orphans.mjs starts it: it connects, keeps making calls without waiting for their answers, and
 * breaks the connection in the way that it is told to. It reports the server's process id, and when it broke the connection.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const { program, server: kind, folder, marked, hold, deaf, stdin, seed } = JSON.parse(process.argv[2])

/** In milliseconds. */
const betweenCalls = 15

let state = seed
/** The same seed makes the same calls. */
function random(below) {
  state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0
  return state % below
}

const verb = { mcp: ['mcp'], http: ['mcp', '--http', '0'], lsp: ['lsp', '--stdio'] }[kind]
const server = spawn(process.execPath, [program, ...verb], { cwd: folder, env: { ...process.env, ...marked }, stdio: [stdin, 'pipe', 'pipe'] })
for (const stream of [server.stdin, server.stdout, server.stderr]) stream?.on('error', () => undefined)
// Another process that has the same pipes open, as whatever an editor starts may have.
if (hold) spawn('sleep', ['6'], { stdio: ['ignore', 'ignore', 'ignore', server.stdin, server.stdout, server.stderr] }).unref()
let complaints = ''
let address
server.stderr.on('data', (chunk) => {
  complaints += chunk
  address ??= /http:\S+/u.exec(complaints)?.[0]
})
server.stdout.once('data', () => process.send({ answered: true }))
// Sharing a stream with another process stops it.
server.stderr.resume()
server.stdout.resume()
if (deaf) server.stdout.once('data', () => server.stdout.pause())
process.send({ pid: server.pid })

let last = 0
const numbered = (method, params) => ({ jsonrpc: '2.0', id: ++last, method, params })
const told = (method, params) => ({ jsonrpc: '2.0', method, params })

const tool = (name, input) => numbered('tools/call', { name, arguments: input, _meta: { progressToken: last } })
const mcpCalls = [
  () => tool('investigation_check', {}),
  () => tool('evidence_verify', {}),
  () => tool('investigation_status', {}),
  () => tool('memory_search_with_experience', { query: 'rows export page' }),
  () => tool('ingester_ingest', { content: `Learning ${random(1_000_000)}`, source_path: 'notes' }),
  () => tool('investigation_new', { template: 'work_item', title: `Item ${random(1_000_000)}` }),
  () => tool('memory_stats', {}),
  () => numbered('tools/list', {}),
  () => numbered('resources/list', {}),
  () => numbered('prompts/list', {}),
  () => numbered('resources/subscribe', { uri: 'inquest://document/INV-1' }),
  () => numbered('completion/complete', { ref: { type: 'ref/resource', uri: 'inquest://document/{id}' }, argument: { name: 'id', value: 'I' } }),
  () => 'no message at all',
]

const uri = pathToFileURL(path.join(folder, 'docs/INV-1.md')).href
const textDocument = { uri }
const position = { line: 40, character: 3 }
let version = 1
const lspCalls = [
  () => told('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range: { start: position, end: position }, text: 'x' }] }),
  () => numbered('workspace/diagnostic', { previousResultIds: [] }),
  () => numbered('textDocument/codeAction', { textDocument, range: { start: position, end: position }, context: { diagnostics: [] } }),
  () => numbered('textDocument/codeLens', { textDocument }),
  () => numbered('textDocument/hover', { textDocument, position }),
  () => numbered('textDocument/completion', { textDocument, position }),
  () => numbered('workspace/symbol', { query: 'row' }),
  () => numbered('workspace/executeCommand', { command: 'inquest.advance', arguments: [uri, { quiet: true }] }),
  () => numbered('workspace/executeCommand', { command: 'inquest.spawn', arguments: [uri, { template: 'work_item', title: 'Later' }] }),
]

const framed = (message) => {
  const body = JSON.stringify(message)
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
const lined = (message) => `${typeof message === 'string' ? message : JSON.stringify(message)}\n`

function greet() {
  if (kind === 'lsp') {
    const rootUri = pathToFileURL(folder).href
    server.stdin.write(framed(numbered('initialize', { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'orphans' }], capabilities: {} })))
    server.stdin.write(framed(told('initialized', {})))
    server.stdin.write(framed(told('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version, text: '# A document\n'.repeat(60) } })))
  }
  if (kind === 'mcp') {
    server.stdin.write(lined(numbered('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'orphans', version: '1' } })))
    server.stdin.write(lined(told('notifications/initialized', {})))
  }
}

function call() {
  const calls = kind === 'lsp' ? lspCalls : mcpCalls
  const message = calls[random(calls.length)]()
  if (kind !== 'http') return void server.stdin.write(kind === 'lsp' ? framed(message) : lined(message))
  if (address === undefined) return
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  fetch(address, { method: 'POST', headers, body: lined(message) }).then((answer) => answer.text()).catch(() => undefined)
}

const breaks = {
  'stdin closed': () => server.stdin.destroy(),
  'stdout closed': () => server.stdout.destroy(),
  'all closed': () => [server.stderr, server.stdout, server.stdin].forEach((stream) => stream?.destroy()),
  SIGTERM: () => server.kill('SIGTERM'),
  SIGINT: () => server.kill('SIGINT'),
  SIGHUP: () => server.kill('SIGHUP'),
}

greet()
const calling = setInterval(call, betweenCalls)
process.on('message', ({ way, stderrFirst }) => {
  // What is written there from now on fails.
  if (stderrFirst) server.stderr.destroy()
  if (way === undefined) return
  clearInterval(calling)
  breaks[way]()
  process.send({ broken: true })
})
process.on('disconnect', () => process.exit(0))
