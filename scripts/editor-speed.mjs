/**
 * Measures the language server as an editor meets it, over its pipes: how long from a change to its findings in documents
 * of 400 and 5,000 lines, and what a workspace of 2,000 documents takes. `measureEditor()` answers the figures to others.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const sample = readFileSync(path.join(project, 'examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md'), 'utf8')

/** The sample with more evidence and more findings, so that it has the given number of lines. */
function grown(lines) {
  const written = sample.split('\n')
  const row = written.findIndex((line) => line.startsWith('| Encoding errors end the job'))
  const missing = Math.max(0, lines - written.length)
  const rows = Array.from({ length: missing >> 1 }, (_, index) => written[row].replace('Encoding errors', `Encoding error ${index}`))
  written.splice(row + 1, 0, ...rows)
  const details = written.findIndex((line) => line.startsWith('## Spawned Work Items'))
  const found = Array.from({ length: (missing - rows.length) >> 2 }, (_, index) => [`#### Finding ${index}`, '', `**Analysis:** What page ${index} shows of H1, as \`src/export/pages.ts:${(index % 40) + 1}\` has it.`, ''])
  written.splice(details, 0, ...found.flat())
  return written.join('\n')
}

function startServer(root) {
  const server = spawn(process.execPath, [path.join(project, 'dist/cli.js'), 'lsp'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = []
  let buffer = Buffer.alloc(0)
  let id = 0
  server.stdout.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk])
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/u.exec(buffer.subarray(0, Math.max(0, head)).toString())?.[1])
      if (head === -1 || buffer.length < head + 4 + length) return
      const message = JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString())
      buffer = buffer.subarray(head + 4 + length)
      if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null })
      for (const [index, one] of waiting.entries()) {
        if (!one.is(message)) continue
        waiting.splice(index, 1)
        one.resolve(message)
        break
      }
    }
  })
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const wait = (is) => new Promise((resolve) => waiting.push({ is, resolve }))
  return {
    server,
    notify: (method, params) => send({ method, params }),
    request(method, params) {
      const own = ++id
      const answer = wait((message) => message.id === own && message.method === undefined)
      send({ id: own, method, params })
      return answer
    },
    published: (uri, version) => wait((message) => message.method === 'textDocument/publishDiagnostics' && message.params.uri === uri && message.params.version === version),
  }
}

const capabilities = (pulls) => ({
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true }, ...(pulls && { diagnostic: {} }) },
})

async function openServer(root, pulls) {
  const line = startServer(root)
  await line.request('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'measured' }], capabilities: capabilities(pulls) })
  line.notify('initialized', {})
  return line
}

async function closeServer(line) {
  const gone = new Promise((resolve) => line.server.once('exit', resolve))
  await line.request('shutdown')
  line.notify('exit', undefined)
  await gone
}

function share(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

/** One key at a time in the middle of the document, each sent when the one before it is answered. */
async function measureTyping(root, lines, changes) {
  const file = path.join(root, `docs/typed-${lines}.md`)
  const text = grown(lines)
  const uri = pathToFileURL(file).href
  const line = await openServer(root, false)
  const first = line.published(uri, 1)
  line.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text } })
  await first
  const at = text.split('\n').findIndex((one) => one.startsWith('**Problem Statement:**'))
  const times = []
  const before = processorTimeOf(line.server.pid)
  for (let version = 2; version < changes + 2; version++) {
    const answered = line.published(uri, version)
    const start = performance.now()
    const position = { line: at, character: 30 }
    line.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range: { start: position, end: position }, text: 'x' }] })
    await answered
    times.push(performance.now() - start)
    // A person is slower than an answer; the pause after one is not what is measured.
    await new Promise((resolve) => setTimeout(resolve, 2 * times.at(-1) + 5))
  }
  const spent = processorTimeOf(line.server.pid) - before
  await closeServer(line)
  // The first answers are slower, as long as the engine has not compiled what it runs.
  const sorted = times.slice(Math.floor(changes / 5)).toSorted((a, b) => a - b)
  return { lines: text.split('\n').length, characters: text.length, changes: sorted.length, p50: share(sorted, 0.5), p95: share(sorted, 0.95), max: sorted.at(-1), processor: spent / changes }
}

/** What a process has spent, which other processes of a busy machine do not lengthen. */
function processorTimeOf(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /u, '').split(' ').slice(11, 13).map(Number)
    return (user + system) * 10
  } catch {
    return Number.NaN
  }
}

async function measureWorkspace(root, documents) {
  const line = await openServer(root, true)
  const uri = pathToFileURL(path.join(root, 'docs/INV-1000.md')).href
  line.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: sample.replaceAll('INV-001', 'INV-1000') } })
  const timed = async (work) => {
    const start = performance.now()
    await work()
    return performance.now() - start
  }
  const whole = () => line.request('workspace/diagnostic', { previousResultIds: [] })
  const one = () => line.request('textDocument/diagnostic', { textDocument: { uri } })
  const first = await timed(whole)
  const again = await timed(whole)
  let version = 1
  const during = []
  // Keys are answered while everything is looked at.
  line.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(path.join(root, 'elsewhere.txt')).href, type: 2 }] })
  let done = false
  const everything = whole().then(() => (done = true))
  while (!done) {
    version++
    const position = { line: 20, character: 0 }
    line.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range: { start: position, end: position }, text: 'x' }] })
    during.push(await timed(one))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await everything
  const sorted = during.toSorted((a, b) => a - b)
  const { rss } = await memoryOf(line.server.pid)
  await closeServer(line)
  return { documents, first, again, during: { changes: sorted.length, p50: share(sorted, 0.5), p95: share(sorted, 0.95), max: sorted.at(-1) }, rss }
}

async function memoryOf(pid) {
  try {
    return { rss: Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024 }
  } catch {
    return { rss: undefined }
  }
}

/** Times in milliseconds, memory in MB. */
export async function measureEditor({ changes = 200, documents = 2000 } = {}) {
  const root = mkdtempSync(path.join(tmpdir(), 'inquest-editor-'))
  try {
    spawnSync('git', ['init', '-q', root])
    mkdirSync(path.join(root, 'docs'))
    mkdirSync(path.join(root, 'src/export'), { recursive: true })
    writeFileSync(path.join(root, 'inquest.yaml'), '')
    for (const file of ['pages.ts', 'encode.ts']) writeFileSync(path.join(root, 'src/export', file), readFileSync(path.join(project, 'examples/src/export', file)))
    const small = await measureTyping(root, 400, changes)
    const large = await measureTyping(root, 5000, changes)
    for (let index = 0; index < documents; index++) writeFileSync(path.join(root, `docs/INV-${1000 + index}.md`), sample.replaceAll('INV-001', `INV-${1000 + index}`))
    const crowded = await measureTyping(root, 400, changes)
    return { typing: [small, large], crowded, workspace: await measureWorkspace(root, documents) }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await measureEditor(), undefined, 2))
