/** Owns HTTP: one address on the loopback interface, which no page of a browser can reach by another name. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { localhostAllowedHostnames, localhostAllowedOrigins, validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server'
import { InquestError } from '../../errors.js'

const path = '/mcp'

/** How long an idle connection is kept, in milliseconds. */
const longestThought = 300_000

export interface HttpFront {
  /** Where it is reached. */
  readonly url: string
  close(): Promise<void>
}

/**
 * @param port 0 for one that is free
 * @throws InquestError `environment` for a port that cannot be had
 */
export async function openHttp(port: number, answer: (request: Request) => Promise<Response>): Promise<HttpFront> {
  const server = createHttpServer((incoming, outgoing) => {
    respond(incoming, outgoing, answer).catch((error: unknown) => {
      process.stderr.write(`inquest: ${error instanceof Error ? error.message : String(error)}\n`)
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
    })
  })
  // Agents think for longer than the usual five seconds, and then ask again on the connection that they have.
  server.keepAliveTimeout = longestThought
  await listen(server, port)
  const { port: given } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${given}${path}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new InquestError('environment', `Port ${port} cannot be had: ${error.message}`, { hint: 'Name another one, or 0 for any that is free', cause: error })))
    server.listen(port, '127.0.0.1', resolve)
  })
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, answer: (request: Request) => Promise<Response>): Promise<void> {
  const refusal = refusalOf(incoming)
  if (refusal !== undefined) {
    // The rest of what was sent is not read.
    outgoing.writeHead(refusal.status, { 'content-type': 'application/json', connection: 'close' })
    outgoing.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32_000, message: refusal.message } }))
    return
  }
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const response = await answer(requestOf(incoming, gone.signal))
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null) {
    outgoing.end()
    return
  }
  const body = Readable.fromWeb(response.body as ReadableStream)
  // A client that goes away in the middle is no failure.
  body.once('error', () => outgoing.end())
  outgoing.once('close', () => body.destroy())
  body.pipe(outgoing)
}

/** A page that reaches this machine under a name of its own still sends that name, and where it came from. */
function refusalOf({ headers, url }: IncomingMessage): { readonly status: number; readonly message: string } | undefined {
  const host = validateHostHeader(headers.host, localhostAllowedHostnames())
  if (!host.ok) return { status: 403, message: host.message }
  const origin = validateOriginHeader(headers.origin, localhostAllowedOrigins())
  if (!origin.ok) return { status: 403, message: origin.message }
  return url?.split('?')[0] === path ? undefined : { status: 404, message: `There is nothing here but ${path}` }
}

function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) for (const one of [value ?? []].flat()) headers.append(name, one)
  const { method = 'GET' } = incoming
  const bodyless = method === 'GET' || method === 'HEAD'
  const body = bodyless ? {} : { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' as const }
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? path}`, { method, headers, signal, ...body })
}
