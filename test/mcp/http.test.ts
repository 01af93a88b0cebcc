/** The server over HTTP: on the loopback interface alone, and deaf to pages that come by another name. */

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { Repository } from '../support/repository.js'
import { eras, program, sessionOf } from './session.js'

let repository: Repository
let child: ChildProcess
let url: URL

beforeAll(async () => {
  repository = createRepository({ 'docs/INV-001.md': sample })
  child = spawn(process.execPath, [program, 'mcp', '--http', '0'], { cwd: repository.root, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines = createInterface({ input: child.stderr ?? process.stdin })
  const first = await new Promise<string>((resolve) => lines.once('line', resolve))
  url = new URL(/http:\S+/u.exec(first)?.[0] ?? '')
})

afterAll(async () => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('it listens on the loopback interface', () => {
  expect(url.hostname).toBe('127.0.0.1')
  expect(url.pathname).toBe('/mcp')
})

describe.each(eras)('%s', (era) => {
  test('tools, resources and progress', async () => {
    const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: {}, ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }) })
    await client.connect(new StreamableHTTPClientTransport(url))
    const session = sessionOf(client, () => '')
    const { structured } = await session.call('investigation_status', { id: 'INV-001' })
    expect(structured).toEqual(JSON.parse(inquest(repository.root, ['status', 'INV-001', '--json']).stdout))
    const steps: number[] = []
    await client.callTool({ name: 'investigation_check', arguments: {} }, { onprogress: ({ progress }) => void steps.push(progress) })
    expect(steps).toEqual([1])
    expect((await client.readResource({ uri: 'inquest://document/INV-001' })).contents).toMatchObject([{ text: sample }])
    // There is nobody to ask at the other end of a single request.
    expect(await session.call('investigation_reopen', { id: 'INV-001' })).toMatchObject({ isError: true, text: expect.stringContaining('Ask whoever decided it') })
    await client.close()
  })
})

test('a person is asked over HTTP as well, where the revision has a way', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } })
  client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { why: 'It came back' } }))
  await client.connect(new StreamableHTTPClientTransport(url))
  const { structured } = await sessionOf(client, () => '').call('investigation_reopen', { id: 'INV-001' })
  expect(structured).toMatchObject({ from: 'closed', to: 'conclude' })
  await client.close()
})

interface Answered {
  readonly status: number
  readonly body: string
}

function ask(headers: Readonly<Record<string, string>>, options: { readonly path?: string; readonly method?: string; readonly body?: string } = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { path = url.pathname, method = 'POST', body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' } = options
    const asking = request({ host: '127.0.0.1', port: url.port, path, method, headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => void (text += chunk.toString('utf8')))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
    })
    asking.on('error', reject)
    asking.end(method === 'GET' ? undefined : body)
  })
}

test('another host, another origin and another path are refused', async () => {
  expect(await ask({})).toMatchObject({ status: 200, body: expect.stringContaining('investigation_new') })
  expect(await ask({ origin: 'http://localhost:3000' })).toMatchObject({ status: 200 })
  for (const host of ['evil.example', `evil.example:${url.port}`, '127.0.0.1.evil.example', '10.0.0.1', 'localhost.evil.example']) {
    expect(await ask({ host }), host).toMatchObject({ status: 403, body: expect.not.stringContaining('investigation_new') })
  }
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://', '']) {
    const { status, body } = await ask({ origin })
    if (origin !== '') expect({ origin, status, listed: body.includes('investigation_new') }).toEqual({ origin, status: 403, listed: false })
  }
  expect(await ask({}, { path: '/' })).toMatchObject({ status: 404 })
})

test('what is no message is refused', async () => {
  expect((await ask({}, { body: 'nonsense' })).status).toBe(400)
  expect((await ask({ 'content-type': 'text/plain' })).status).toBe(415)
  expect((await ask({}, { body: `"${'x'.repeat(5 * 1024 * 1024)}"` })).status).toBe(413)
  expect((await ask({}, { method: 'GET' })).status).toBe(405)
  expect((await ask({})).status).toBe(200)
})

test('a port that is taken, and what is no port, are told in one line', () => {
  // A closed pipe at standard input would end the server before it looks for the port.
  const taken = spawnSync(process.execPath, [program, 'mcp', '--http', url.port], { cwd: repository.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  expect(taken).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/^inquest: Port \d+ cannot be had: .*\n {2}Name another one, or 0 for any that is free\n$/u) })
  expect(inquest(repository.root, ['mcp', '--http', '99999'])).toMatchObject({ status: 2, stderr: expect.stringContaining('is no port') })
})
