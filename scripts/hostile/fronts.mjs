/** Owns how an attack is met: by the command line, in an editor, by an agent. Each answers as `{ label, text, status, milliseconds }`. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { honestDocument } from './sandbox.mjs'

/** In milliseconds. */
const longest = 30_000

export function inquest(sandbox, args, { cwd = sandbox.root, env = {}, input = '' } = {}) {
  const started = performance.now()
  const run = spawnSync(process.execPath, [sandbox.cli, ...args], { cwd, encoding: 'utf8', env: { ...sandbox.env, ...env }, input, timeout: longest, killSignal: 'SIGKILL', maxBuffer: 1 << 28 })
  return { label: `inquest ${args.join(' ')}`, text: `${run.stdout}${run.stderr}`, stdout: run.stdout, status: run.status, milliseconds: performance.now() - started }
}

/** What an editor asks of a repository that is opened with one document. */
export async function editor(sandbox, { cwd = sandbox.root, file = 'docs/a.md', text = honestDocument, more = [] } = {}) {
  const uri = pathToFileURL(path.join(cwd, file)).href
  const textDocument = { uri }
  const capabilities = { workspace: { diagnostics: {}, workspaceFolders: true }, textDocument: { diagnostic: {} } }
  const folder = { uri: pathToFileURL(cwd).href, name: 'folder' }
  return converse(sandbox, ['lsp', '--stdio'], cwd, frame, [
    { method: 'initialize', params: { processId: null, rootUri: folder.uri, workspaceFolders: [folder], capabilities } },
    { method: 'initialized', params: {}, told: true },
    { method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'markdown', version: 1, text } }, told: true },
    { method: 'textDocument/diagnostic', params: { textDocument } },
    { method: 'workspace/diagnostic', params: { previousResultIds: [] } },
    { method: 'workspace/executeCommand', params: { command: 'inquest.list', arguments: [{}] } },
    ...more,
    { method: 'shutdown' },
    { method: 'exit', told: true },
  ])
}

/** What an agent asks. @param {readonly (readonly [tool: string, input: object])[]} calls */
export async function agent(sandbox, calls = [['investigation_check', {}], ['investigation_status', {}]], { cwd = sandbox.root } = {}) {
  return converse(sandbox, ['mcp'], cwd, (message) => `${JSON.stringify(message)}\n`, [
    { method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'agent', version: '1' } } },
    { method: 'notifications/initialized', told: true },
    ...calls.map(([name, input]) => ({ method: 'tools/call', params: { name, arguments: input } })),
  ])
}

const frame = (message) => {
  const body = JSON.stringify(message)
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Says one thing after the other, each once the one before is answered, then closes the input and waits for the end. */
async function converse(sandbox, args, cwd, framed, lines) {
  const started = performance.now()
  const server = spawn(process.execPath, [sandbox.cli, ...args], { cwd, env: sandbox.env, stdio: ['pipe', 'pipe', 'pipe'] })
  const timer = setTimeout(() => server.kill('SIGKILL'), longest)
  let [text, out] = ['', '']
  let wake = () => undefined
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      text += part
      if (stream === server.stdout) out += part
      wake()
    })
  }
  server.stdin.on('error', () => undefined)
  const ended = new Promise((resolve) => {
    server.once('close', (status) => {
      resolve(status)
      wake()
    })
  })
  let over = false
  void ended.then(() => (over = true))
  const answers = []
  let id = 0
  for (const { method, params, told = false } of lines) {
    if (over) break
    if (!told) id++
    server.stdin.write(framed({ jsonrpc: '2.0', method, ...(!told && { id }), ...(params !== undefined && { params }) }))
    if (told) continue
    const own = id
    for (;;) {
      const answer = answerTo(out, own, framed === frame)
      if (answer !== undefined) answers.push(answer)
      if (answer !== undefined || over) break
      await new Promise((resolve) => (wake = resolve))
    }
  }
  server.stdin.end()
  const status = await ended
  clearTimeout(timer)
  return { label: `inquest ${args[0]}`, text, answers, status, milliseconds: performance.now() - started }
}

/** The message with an id among those that came. */
function answerTo(text, id, inFrames) {
  return (inFrames ? framesIn(text) : text.split('\n').slice(0, -1)).flatMap(parsed).find((message) => message.id === id && message.method === undefined)
}

function parsed(text) {
  try {
    return [JSON.parse(text)]
  } catch {
    return []
  }
}

function framesIn(text) {
  const bytes = Buffer.from(text)
  const frames = []
  for (let at = bytes.indexOf('Content-Length: '); at !== -1; at = bytes.indexOf('Content-Length: ', at)) {
    const start = bytes.indexOf('\r\n\r\n', at)
    if (start === -1) break
    const end = start + 4 + Number(bytes.toString('latin1', at + 16, bytes.indexOf('\r\n', at)))
    if (end > bytes.length) break
    frames.push(bytes.toString('utf8', start + 4, end))
    at = end
  }
  return frames
}

/** The whole round: what people, editors and agents do first with a repository. */
export async function everyFront(sandbox, { cwd = sandbox.root, file = 'docs/a.md' } = {}) {
  const has = (name) => existsSync(path.join(cwd, name)) && statSync(path.join(cwd, name)).isDirectory()
  return [
    inquest(sandbox, ['check'], { cwd }),
    inquest(sandbox, ['check', '--changed-since', 'HEAD', '--no-cache'], { cwd }),
    inquest(sandbox, ['check', ...(has('docs') ? ['docs'] : ['.']), '--format', 'json'], { cwd }),
    inquest(sandbox, ['verify'], { cwd }),
    inquest(sandbox, ['doctor'], { cwd }),
    inquest(sandbox, ['status', 'WORK-001'], { cwd }),
    inquest(sandbox, ['new', 'work_item', 'What is met'], { cwd }),
    await editor(sandbox, { cwd, file }),
    await agent(sandbox, [['investigation_check', {}], ['investigation_status', { id: 'WORK-001' }], ['investigation_new', { template: 'work_item', title: 'What an agent meets' }]], { cwd }),
  ]
}
