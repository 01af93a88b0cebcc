/** Owns sessions with the server: the built program as a process of its own, and the official client at the other end of its pipes. */

import path from 'node:path'
import type { CallToolResult, ClientOptions, ElicitRequestFormParams, ElicitResult } from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { projectRoot } from '../support/repository.js'

export const program = path.join(projectRoot, 'dist/cli.js')

/** The revisions with a handshake, and the one without. */
export type Era = 'legacy' | 'modern'
export const eras: readonly Era[] = ['legacy', 'modern']

export interface Session {
  readonly client: Client
  /** What the server wrote for people. */
  stderr(): string
  /** How far the server said to be, as it came over the pipe: what comes together with the answer the client shows to nobody. */
  progress(): readonly number[]
  /** Calls a tool; what it answers has been held against the output schema that the server lists. */
  call(name: string, input?: Readonly<Record<string, unknown>>): Promise<CallToolResult & { readonly text: string; readonly structured: Readonly<Record<string, unknown>> }>
  close(): Promise<void>
}

export interface SessionOptions {
  readonly era?: Era
  readonly client?: ClientOptions
  /** Answers what a person is asked; a client without it cannot ask. */
  readonly person?: (asked: ElicitRequestFormParams) => ElicitResult
}

export async function connect(folder: string, { era = 'legacy', client: options = {}, person }: SessionOptions = {}): Promise<Session> {
  const capabilities = person === undefined ? {} : { elicitation: { form: {} } }
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities, ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }), ...options })
  if (person !== undefined) client.setRequestHandler('elicitation/create', ({ params }) => person(params as ElicitRequestFormParams))
  const transport = new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'], cwd: folder, stderr: 'pipe' })
  let stderr = ''
  transport.stderr?.on('data', (chunk: Buffer) => void (stderr += chunk.toString('utf8')))
  await client.connect(transport)
  const progress: number[] = []
  const { onmessage } = transport
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a transport is no event target
  transport.onmessage = (message) => {
    if ('method' in message && message.method === 'notifications/progress') progress.push((message.params as { progress: number }).progress)
    onmessage?.(message)
  }
  return sessionOf(client, () => stderr, () => progress)
}

export function sessionOf(client: Client, stderr: () => string, progress: () => readonly number[] = () => []): Session {
  let schemas: Promise<ReadonlyMap<string, object>> | undefined
  return {
    client,
    stderr,
    progress,
    async call(name, input = {}) {
      schemas ??= client.listTools().then(({ tools }) => new Map(tools.map((tool) => [tool.name, tool.outputSchema ?? {}])))
      const result = await client.callTool({ name, arguments: { ...input } })
      const structured = result.structuredContent as Readonly<Record<string, unknown>>
      const validate = new Ajv2020({ strict: false }).compile((await schemas).get(name) ?? false)
      expect(validate(structured), `${name}: ${JSON.stringify(structured)}: ${JSON.stringify(validate.errors)}`).toBe(true)
      const [first] = result.content
      return { ...result, text: first?.type === 'text' ? first.text : '', structured }
    },
    close: () => client.close(),
  }
}
