/**
 * Owns the lines of JSON-RPC on standard input and output. Beside what the library's own does, it answers what is no
 * message with the protocol's errors, goes on behind a line that is too long, and tells who closes.
 */

import type { Readable, Writable } from 'node:stream'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server'
import { ProtocolErrorCode, parseJSONRPCMessage, serializeMessage } from '@modelcontextprotocol/server'

/** A learning or a page is a few kilobytes; nobody means a line of this size, in bytes. */
const longestLine = 16 * 1024 * 1024

export interface Wire extends Transport {
  /** Settles when the input has ended and every question has its answer, or when the input fails. */
  readonly closed: Promise<void>
}

/** @param heard told of every message that came, before it is handled */
export function openWire(input: Readable, output: Writable, heard: (message: JSONRPCMessage) => void): Wire {
  let chunks: Buffer[] = []
  let size = 0
  let overlong = false
  let isClosed = false
  let hasEnded = false
  const unanswered = new Set<number | string>()
  let settle: () => void = () => undefined
  const closed = new Promise<void>((resolve) => {
    settle = resolve
  })

  const refuse = (code: number, message: string, id: unknown): void => {
    write(`${JSON.stringify({ jsonrpc: '2.0', id: typeof id === 'string' || typeof id === 'number' ? id : null, error: { code, message } })}\n`)
  }

  const write = (line: string): Promise<void> => {
    if (isClosed) return Promise.reject(new Error('The connection is closed'))
    return new Promise((resolve, reject) => {
      output.write(line, (error) => (error === null || error === undefined ? resolve() : reject(error)))
    })
  }

  const receive = (line: string): void => {
    if (line.trim() === '') return
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      refuse(ProtocolErrorCode.ParseError, 'Parse error: a line is not JSON', null)
      return
    }
    let message: JSONRPCMessage
    try {
      message = parseJSONRPCMessage(value)
    } catch {
      const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
      refuse(ProtocolErrorCode.InvalidRequest, 'Invalid request: a line is no message of JSON-RPC 2.0', id)
      return
    }
    note(message)
    heard(message)
    wire.onmessage?.(message)
  }

  const note = (message: JSONRPCMessage): void => {
    if (!('method' in message)) return
    // This one is answered when the client ends the subscription.
    if ('id' in message && message.method !== 'subscriptions/listen') unanswered.add(message.id)
    // These are not answered.
    if (message.method === 'notifications/cancelled') unanswered.delete(message.params?.['requestId'] as number | string)
  }

  const answered = (id: number | string | undefined): void => {
    if (id !== undefined) unanswered.delete(id)
    if (hasEnded && unanswered.size === 0) close()
  }

  const onData = (chunk: Buffer): void => {
    let rest = chunk
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      take(rest.subarray(0, end))
      const line = overlong ? undefined : Buffer.concat(chunks).toString('utf8')
      chunks = []
      size = 0
      overlong = false
      rest = rest.subarray(end + 1)
      if (line !== undefined) receive(line)
    }
    take(rest)
  }

  const take = (piece: Buffer): void => {
    if (overlong || piece.length === 0) return
    size += piece.length
    if (size <= longestLine) {
      chunks.push(piece)
      return
    }
    overlong = true
    chunks = []
    refuse(ProtocolErrorCode.InvalidRequest, `Invalid request: a line is longer than ${longestLine} bytes`, null)
  }

  const close = (): void => {
    if (isClosed) return
    isClosed = true
    input.off('data', onData)
    input.pause()
    settle()
    wire.onclose?.()
  }

  const wire: Wire = {
    closed,
    async start() {
      input.on('data', onData)
      // Messages may be piped in. A client that is gone is noticed in other ways.
      input.once('end', () => {
        hasEnded = true
        answered(undefined)
      })
      input.once('error', close)
      if (input.readableEnded || input.destroyed) setImmediate(close)
    },
    async send(message) {
      await write(serializeMessage(message))
      if (!('method' in message)) answered(message.id)
    },
    async close() {
      close()
    },
  }
  return wire
}
