/** Measures the language server over its own wire: a change goes in, and the diagnostics it causes come out. */

import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const inquiry = readFileSync(new URL('../examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md', import.meta.url), 'utf8')
const changes = 100

/** @returns one line for each length of document; undefined where the program has no server */
export async function measureServer(program, scratch) {
  const folder = path.join(scratch, 'server')
  mkdirSync(path.join(folder, 'docs'), { recursive: true })
  writeFileSync(path.join(folder, 'inquest.yaml'), '')
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map()
  let onDiagnostics = () => undefined
  let bytes = Buffer.alloc(0)
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  child.stdout.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
    for (;;) {
      const header = /^Content-Length: (\d+)[^]*?\r\n\r\n/u.exec(bytes.toString('latin1', 0, 200))
      const length = Number(header?.[1])
      if (header === null || bytes.length < header[0].length + length) return
      const message = JSON.parse(bytes.toString('utf8', header[0].length, header[0].length + length))
      bytes = bytes.subarray(header[0].length + length)
      if (message.method === 'textDocument/publishDiagnostics') onDiagnostics(message.params)
      else if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null })
      else if (message.id !== undefined) waiting.get(message.id)?.(message)
    }
  })
  let last = 0
  const ask = (method, params) => new Promise((resolve) => {
    waiting.set(++last, resolve)
    send({ id: last, method, params })
  })
  const patience = setTimeout(() => child.kill(), 120_000)
  const gone = new Promise((resolve) => child.once('exit', () => resolve(undefined)))
  const measured = async () => {
    await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }], capabilities: { textDocument: { publishDiagnostics: {} } } })
    send({ method: 'initialized', params: {} })
    const results = []
    for (const lines of [400, 5000]) {
      const filler = `\n## Notes\n\n${'Some words of prose that nobody has to read.\n\n'.repeat((lines - inquiry.split('\n').length) / 2)}`
      const text = inquiry + filler
      const uri = pathToFileURL(path.join(folder, `docs/${lines}.md`)).href
      writeFileSync(path.join(folder, `docs/${lines}.md`), text)
      const told = (version) => new Promise((resolve) => (onDiagnostics = (params) => params.uri === uri && (params.version === undefined || params.version >= version) && resolve(undefined)))
      const opened = told(1)
      send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'markdown', version: 1, text } } })
      await opened
      const times = []
      for (let version = 2; version < changes + 2; version++) {
        const answer = told(version)
        const start = process.hrtime.bigint()
        const end = version % 2 === 0 ? 'x' : 'y'
        send({ method: 'textDocument/didChange', params: { textDocument: { uri, version }, contentChanges: [{ text: text.replace('REFUTED', version % 4 < 2 ? 'REFUTED' : 'perhaps') + end }] } })
        await answer
        times.push(Number(process.hrtime.bigint() - start) / 1e6)
      }
      times.sort((a, b) => a - b)
      results.push({ lines, changes, middle: times[Math.floor(changes / 2)], most: times[Math.floor(changes * 0.95)] })
    }
    return results
  }
  const results = await Promise.race([measured(), gone])
  clearTimeout(patience)
  child.kill()
  return results
}
