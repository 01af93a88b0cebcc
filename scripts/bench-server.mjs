/**
 * Measures the language server over its own wire, as an editor meets it: a change goes in, and the diagnostics of the text
 * that it made come out. Run by itself it prints the figures; `npm run bench` puts them among the others.
 */

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeDocuments } from './bench-documents.mjs'

const project = new URL('..', import.meta.url)
const inquiry = readFileSync(new URL('examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md', project), 'utf8')

/** The inquiry with as much prose behind it as it takes to have so many lines. */
function withProse(count) {
  return `${inquiry}\n## Notes\n\n${'Some words of prose that nobody has to read.\n\n'.repeat((count - inquiry.split('\n').length) / 2)}`
}

/** The inquiry with as many more rows of evidence and findings, nearly all of which cite, as it takes to have so many lines. */
function withEvidence(count) {
  const lines = inquiry.split('\n')
  const row = lines.findIndex((line) => line.startsWith('| Encoding errors end the job'))
  const missing = count - lines.length
  const rows = Array.from({ length: missing >> 1 }, (_, index) => lines[row].replace('Encoding errors', `Encoding error ${index}`))
  lines.splice(row + 1, 0, ...rows)
  const findings = Array.from({ length: Math.ceil((missing - rows.length) / 4) }, (_, index) => [`#### Finding ${index}`, '', `**Analysis:** What page ${index} shows of H1, as \`src/export/pages.ts:${(index % 40) + 1}\` has it.`, ''])
  lines.splice(lines.indexOf('## Spawned Work Items'), 0, ...findings.flat())
  return lines.join('\n')
}

/** One key after another, in prose and in a verdict, so that findings come and go: changes as editors send them. */
function keysFor(text) {
  const behind = (word) => {
    const before = text.slice(0, text.indexOf(word) + word.length).split('\n')
    return { line: before.length - 1, character: before.at(-1).length }
  }
  const places = [behind('**Problem Statement:** '), behind('**REFUTED')]
  return places.flatMap((start) => [
    { range: { start, end: start }, text: 'x' },
    { range: { start, end: { ...start, character: start.character + 1 } }, text: '' },
  ])
}

class Editor {
  #server
  #last = 0
  #answers = new Map()
  /** Told of every publication of diagnostics. */
  onDiagnostics = () => undefined
  /** Told of the parts of an answer that comes in parts. */
  onProgress = () => undefined

  constructor(program, folder) {
    this.#server = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
    this.pid = this.#server.pid
    this.gone = new Promise((resolve) => this.#server.once('exit', resolve))
    let bytes = Buffer.alloc(0)
    this.#server.stdout.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      for (;;) {
        const header = /^Content-Length: (\d+)[^]*?\r\n\r\n/u.exec(bytes.toString('latin1', 0, 200))
        const length = Number(header?.[1])
        if (header === null || bytes.length < header[0].length + length) return
        const message = JSON.parse(bytes.toString('utf8', header[0].length, header[0].length + length))
        bytes = bytes.subarray(header[0].length + length)
        if (message.method === 'textDocument/publishDiagnostics') this.onDiagnostics(message.params)
        else if (message.method === '$/progress') this.onProgress(message.params.value)
        else if (message.method !== undefined && message.id !== undefined) this.#write({ id: message.id, result: null })
        else if (message.id !== undefined) this.#answers.get(message.id)?.(message)
      }
    })
  }

  #write(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  send(method, params) {
    this.#write({ method, params })
  }

  ask(method, params) {
    return new Promise((resolve) => {
      this.#answers.set(++this.#last, resolve)
      this.#write({ id: this.#last, method, params })
    })
  }

  kill() {
    this.#server.kill()
  }
}

/** @param {boolean} pulls whether the editor asks for diagnostics; others are sent them */
async function openEditor(program, folder, pulls) {
  const editor = new Editor(program, folder)
  const rootUri = pathToFileURL(folder).href
  const capabilities = {
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true }, ...(pulls && { diagnostic: {} }) },
  }
  await editor.ask('initialize', { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'bench' }], capabilities })
  editor.send('initialized', {})
  return editor
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A document that is open in an editor, with the milliseconds that each of its changes took to be answered, and that the server computed meanwhile. */
class Typed {
  #waiting = []
  #answers = []
  #version = 1

  constructor(editor, uri, text, pulls) {
    Object.assign(this, { editor, uri, pulls, keys: keysFor(text) })
    editor.onDiagnostics = (params) => params.uri === uri && this.#answered(params.version)
    this.opened = this.#answerFor(1)
    editor.send('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text } })
    if (pulls) void editor.ask('textDocument/diagnostic', { textDocument: { uri } }).then(() => this.#answered(1))
  }

  #answerFor(version) {
    return new Promise((resolve) => this.#waiting.push({ version, resolve, start: performance.now(), computed: computedBy(this.editor.pid) }))
  }

  /** Diagnostics of a text answer for all changes that led to it. */
  #answered(version) {
    const now = performance.now()
    const computed = computedBy(this.editor.pid)
    for (const one of this.#waiting.filter((each) => each.version <= version)) {
      this.#answers.push({ time: now - one.start, computed: computed - one.computed })
      one.resolve()
    }
    this.#waiting = this.#waiting.filter((each) => each.version > version)
  }

  press() {
    const version = ++this.#version
    const change = this.keys[version % this.keys.length]
    const answer = this.#answerFor(version)
    this.editor.send('textDocument/didChange', { textDocument: { uri: this.uri, version }, contentChanges: [change] })
    if (this.pulls) void this.editor.ask('textDocument/diagnostic', { textDocument: { uri: this.uri } }).then(() => this.#answered(version))
    return answer
  }

  /** Each key a while after the one before it was answered. */
  async type(count) {
    for (let index = 0; index < count; index++) {
      await this.press()
      await pause(20)
    }
  }

  /** A key that is held down: changes come however long answers take. */
  async hold(count) {
    const answers = []
    for (let index = 0; index < count; index++) {
      answers.push(this.press())
      await pause(33)
    }
    await Promise.all(answers)
  }

  /** The figures of the changes since the last time. */
  take() {
    const changes = this.#answers.splice(0)
    const sorted = (key) => changes.map((one) => one[key]).toSorted((a, b) => a - b)
    const [times, computed] = [sorted('time'), sorted('computed')]
    const share = (of, part) => of[Math.min(of.length - 1, Math.floor(of.length * part))]
    return { changes: changes.length, middle: share(times, 0.5), most: share(times, 0.95), nearlyAll: share(times, 0.99), longest: times.at(-1), computed: share(computed, 0.5), mostComputed: share(computed, 0.95) }
  }
}

function makeFolder(scratch, name) {
  const folder = path.join(scratch, name)
  for (const below of ['docs', 'src/export']) mkdirSync(path.join(folder, below), { recursive: true })
  writeFileSync(path.join(folder, 'inquest.yaml'), '')
  for (const file of ['src/export/pages.ts', 'src/export/encode.ts']) writeFileSync(path.join(folder, file), readFileSync(new URL(`examples/${file}`, project)))
  return folder
}

async function openDocument(editor, folder, text, pulls) {
  const typed = new Typed(editor, pathToFileURL(path.join(folder, 'docs/typed.md')).href, text, pulls)
  await typed.opened
  typed.take()
  return typed
}

const written = (number) => number.toLocaleString('en')

async function measureProse(editor, folder, lines, rows) {
  const typed = await openDocument(editor, folder, withProse(lines), false)
  await typed.type(20)
  typed.take()
  await typed.type(200)
  rows.push({ what: `${written(lines)} lines, most of them prose`, ...typed.take() })
}

async function measureEvidence(editor, folder, lines, rows) {
  const typed = await openDocument(editor, folder, withEvidence(lines), false)
  await typed.type(20)
  rows.push({ what: `${written(lines)} lines, the first 20 changes after it was opened`, ...typed.take() })
  await typed.type(200)
  rows.push({ what: `${written(lines)} lines`, ...typed.take() })
  await typed.hold(100)
  rows.push({ what: `${written(lines)} lines, 30 changes a second`, ...typed.take() })
}

/** @returns what it takes to look at all documents of a workspace, with keys pressed meanwhile and afterwards */
async function measureWorkspace(editor, folder, documents, rows) {
  const typed = await openDocument(editor, folder, withEvidence(400), true)
  const ids = new Map()
  editor.onProgress = ({ items }) => items.forEach(({ uri, resultId }) => ids.set(uri, resultId))
  /** Seconds of the clock. */
  const lookAtAll = async () => {
    const start = performance.now()
    const previousResultIds = [...ids].map(([uri, value]) => ({ uri, value }))
    await editor.ask('workspace/diagnostic', { previousResultIds, partialResultToken: 'all' })
    return (performance.now() - start) / 1000
  }
  let first
  const everything = lookAtAll().then((seconds) => (first = seconds))
  while (first === undefined) await typed.type(1)
  await everything
  rows.push({ what: `400 lines, while ${written(documents)} documents around it are looked at for the first time`, ...typed.take() })
  await typed.type(200)
  rows.push({ what: `400 lines, among ${written(documents)} documents that were looked at`, ...typed.take() })
  return { documents, first, again: await lookAtAll(), memory: memoryOf(editor.pid) }
}

/** Milliseconds that the threads of a process have computed, those that compile and collect among them; NaN on a system that does not tell. */
function computedBy(pid) {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`)
    return tasks.reduce((sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6
  } catch {
    return Number.NaN
  }
}

/** Megabytes; undefined on a system that does not tell. */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return undefined
  }
}

/** Times in milliseconds, from a change to its diagnostics; undefined where the program has no server or it went away. */
export async function measureServer(program, scratch, documents = 2000) {
  const rows = []
  const inEditor = async (folder, pulls, work) => {
    const editor = await openEditor(program, folder, pulls)
    const patience = setTimeout(() => editor.kill(), 300_000)
    try {
      return await Promise.race([work(editor), editor.gone.then(() => undefined)])
    } finally {
      clearTimeout(patience)
      editor.kill()
      await editor.gone
    }
  }
  const small = makeFolder(scratch, 'server')
  for (const lines of [400, 5000]) await inEditor(small, false, (editor) => measureEvidence(editor, small, lines, rows))
  await inEditor(small, false, (editor) => measureProse(editor, small, 5000, rows))
  const large = makeFolder(scratch, 'server-workspace')
  writeDocuments(large, documents)
  const workspace = await inEditor(large, true, (editor) => measureWorkspace(editor, large, documents, rows))
  return workspace === undefined ? undefined : { rows, workspace }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-bench-'))
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
  const measured = await measureServer(fileURLToPath(new URL('dist/cli.js', project)), scratch)
  console.table(measured?.rows)
  console.log(measured?.workspace)
}
