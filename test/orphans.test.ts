/** No server outlives its client, and none ends because its client stopped reading what is for people. */

import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { createRepository, projectRoot, sample, scratchFolder } from './support/repository.js'

const program = path.join(projectRoot, 'dist/cli.js')

/** In milliseconds; a busy machine takes its time. */
const longest = 240_000

function orphans(...args: readonly string[]): { readonly status: number; readonly output: string } {
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/orphans.mjs'), ...args], { encoding: 'utf8', timeout: longest })
  return { status: run.status ?? -1, output: run.stdout + run.stderr }
}

test('a server ends with its client, however the client breaks off', () => {
  // Each way of each server comes up once.
  const { status, output } = orphans('--times', '24')
  expect(output).toMatch(/^0 of 24 alive after 2000 ms/mu)
  expect(status).toBe(0)
}, longest)

test('a careless server is found out', () => {
  const { status, output } = orphans('--times', '3', '--control')
  expect(output).toMatch(/^3 of 3 alive after 2000 ms/mu)
  expect(status).toBe(1)
}, longest)

const running = new Set<number>()
afterAll(() => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended, as it should.
    }
  }
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20)
}

const hello = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', clientInfo: { name: 'test', version: '1' }, processId: process.pid, rootUri: null, capabilities: {} } }
const lined = (message: object): string => `${JSON.stringify(message)}\n`
const framed = (message: object): string => `Content-Length: ${Buffer.byteLength(JSON.stringify(message))}\r\n\r\n${JSON.stringify(message)}`

interface Started {
  readonly server: ChildProcess
  /** All that the server wrote for its client. */
  output(): string
  send(message: object): void
  readonly ended: Promise<number | string | null>
}

function start(verb: 'mcp' | 'lsp', env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Started {
  const repository = createRepository({ 'docs/INV-001.md': sample })
  const server = spawn(process.execPath, [program, verb, ...args], { cwd: repository.root, stdio: 'pipe', env: { ...process.env, ...env } })
  if (server.pid !== undefined) running.add(server.pid)
  let output = ''
  server.stdin.on('error', () => undefined)
  server.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString('utf8')))
  return {
    server,
    output: () => output,
    send: (message) => void server.stdin.write(verb === 'lsp' ? framed(message) : lined(message)),
    ended: new Promise((resolve) => server.once('exit', (status, signal) => resolve(status ?? signal))),
  }
}

/** Has every thread of a process write to standard error all the time, as warnings would. */
function talkative(): Readonly<Record<string, string>> {
  const file = path.join(scratchFolder(), 'talkative.cjs')
  writeFileSync(file, "setInterval(() => process.stderr.write('a warning\\n'), 20).unref()\n")
  return { NODE_OPTIONS: `--require ${file}` }
}

describe.each(['mcp', 'lsp'] as const)('%s', (verb) => {
  test('a client that closes standard error is served on, and the server ends with it', async () => {
    const { server, send, output, ended } = start(verb, talkative())
    send(hello)
    await until(() => output().includes('"id":1'))
    server.stderr?.destroy()
    for (let id = 2; id < 12; id++) {
      send({ jsonrpc: '2.0', id, method: verb === 'mcp' ? 'tools/list' : 'workspace/symbol', params: verb === 'mcp' ? {} : { query: 'x' } })
      await until(() => output().includes(`"id":${id}`))
      await sleep(20)
    }
    server.stdin?.end()
    expect(await ended).toBe(verb === 'mcp' ? 0 : 1)
  }, longest)

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it with a status of its own', async (signal) => {
    const { server, send, output, ended } = start(verb)
    send(hello)
    await until(() => output().includes('"id":1'))
    server.kill(signal)
    expect(await ended).toBe(verb === 'mcp' ? 0 : 1)
  }, longest)

  test('what was answered last arrives whole, however much it is', async () => {
    const { server, send, output, ended } = start(verb)
    send(hello)
    await until(() => output().includes('"id":1'))
    // A language server tells which method it does not know.
    const method = verb === 'lsp' ? 'x'.repeat(1_000_000) : 'tools/list'
    send({ jsonrpc: '2.0', id: 2, method, params: {} })
    if (verb === 'lsp') send({ jsonrpc: '2.0', method: 'exit' })
    else server.stdin?.end()
    await ended
    expect(output()).toMatch(verb === 'lsp' ? /x{1000000}/u : /\{[^\n]*"id":2[^\n]*\}\n$/u)
  }, longest)
})

test('the language server ends with the process that the client named, though its pipes are open', async () => {
  for (const named of ['option', 'message']) {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
    const { send, output, ended } = start('lsp', {}, named === 'option' ? ['--clientProcessId', String(editor.pid)] : [])
    send({ ...hello, params: { ...hello.params, processId: named === 'message' ? editor.pid : null } })
    await until(() => output().includes('"id":1'))
    editor.kill('SIGKILL')
    expect(await ended, named).toBe(1)
  }
}, longest)

describe('over HTTP', () => {
  const launcher = `
    const { spawn } = require('node:child_process')
    const [program, log] = process.argv.slice(1)
    const file = require('node:fs').openSync(log, 'a')
    const server = spawn(process.execPath, [program, 'mcp', '--http', '0'], { stdio: ['ignore', file, file], detached: true })
    console.log(server.pid)
    server.unref()
  `

  test('a server whose output goes to a file goes on when the process that started it ends, and says so', async () => {
    const repository = createRepository({ 'docs/INV-001.md': sample })
    const log = path.join(scratchFolder(), 'log')
    openSync(log, 'a')
    const pid = Number(spawnSync(process.execPath, ['-e', launcher, program, log], { cwd: repository.root, encoding: 'utf8' }).stdout)
    running.add(pid)
    await until(() => readFileSync(log, 'utf8').includes('/mcp'))
    const [url = ''] = /http:\S+/u.exec(readFileSync(log, 'utf8')) ?? []
    const ask = async (): Promise<string> => (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }, body: lined({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }) })).text()
    expect(await ask()).toContain('investigation_new')
    // Where the launcher ended before the server looked who started it, there is nothing to say.
    expect(readFileSync(log, 'utf8').replace('inquest: the process that started this server has ended; the server runs until SIGTERM\n', '')).toBe(`inquest: MCP at ${url}\n`)
    process.kill(pid, 'SIGTERM')
    await until(() => !isAlive(pid))
  }, longest)

  test('standard error that the client closed is no reason to end', async () => {
    const { server, ended } = start('mcp', talkative(), ['--http', '0'])
    const lines = createInterface({ input: server.stderr ?? process.stdin })
    let url = ''
    for await (const line of lines) {
      url = /http:\S+/u.exec(line)?.[0] ?? ''
      if (url !== '') break
    }
    server.stderr?.destroy()
    for (let count = 0; count < 5; count++) {
      await sleep(50)
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }, body: lined({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }) })
      expect(await answer.text()).toContain('investigation_new')
    }
    server.stdin?.end()
    expect(await ended).toBe(0)
  }, longest)
})
