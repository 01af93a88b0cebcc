/** Owns the life of the server: how it begins over standard input or HTTP, and that it ends when it is told to. */

import { InMemoryServerEventBus, createMcpHandler } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import type { ServerThread } from '../../engine/guard.js'
import { findConfig } from '../../engine/root.js'
import type { Host } from '../../engine/host.js'
import { observeChanges } from './changes.js'
import { openHttp } from './http.js'
import { createServer, subscribed } from './offer.js'
import { openWire } from './wire.js'
import { openWorkers } from './workers.js'

export interface ServeOptions {
  readonly host: Host
  /** Of the program. */
  readonly version: string
  /** A port on the loopback interface, in place of standard input and output. */
  readonly http: number | undefined
}

/** The bundle keeps it beside the script that this file becomes part of. */
const workerScript = new URL('./mcp-worker.js', import.meta.url)

/** Serves until its input ends or the process has to end. */
export async function serve(options: ServeOptions, thread: ServerThread): Promise<void> {
  const report = (error: unknown): void => void process.stderr.write(`inquest: ${error instanceof Error ? error.message : String(error)}\n`)
  // One call that goes wrong is no reason to leave all others without an answer.
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
  await (options.http === undefined ? overStdio(options, thread, report) : overHttp(options, options.http, thread, report))
}

async function overStdio({ host, version }: ServeOptions, { input, output, ended }: ServerThread, onerror: (error: unknown) => void): Promise<void> {
  const workers = openWorkers(workerScript, host.cwd)
  let current: ReturnType<typeof createServer> | undefined
  let modern = false
  const quietly = (sent: Promise<void> | undefined): void => void sent?.catch(() => undefined)
  const changes = observeChanges(findConfig(host.cwd, host).root, workers, {
    resourcesChanged: () => quietly(current?.server.sendResourceListChanged()),
    promptsChanged: () => quietly(current?.server.sendPromptListChanged()),
    resourceUpdated(uri) {
      if (current !== undefined && (modern || subscribed(current.server).has(uri))) quietly(current.server.sendResourceUpdated({ uri }))
    },
  })
  const wire = openWire(input, output, (message) => {
    if ('method' in message && message.method === 'subscriptions/listen') changes.watch()
  })
  const handle = serveStdio(
    ({ era }) => {
      modern = era === 'modern'
      current = createServer({ version, workers, changes })
      return current
    },
    { transport: wire, onerror },
  )
  await Promise.race([ended, wire.closed])
  await changes.close()
  await workers.close()
  await handle.close()
}

async function overHttp({ host, version }: ServeOptions, port: number, { ended, announce }: ServerThread, onerror: (error: unknown) => void): Promise<void> {
  const workers = openWorkers(workerScript, host.cwd)
  const bus = new InMemoryServerEventBus(onerror)
  const changes = observeChanges(findConfig(host.cwd, host).root, workers, {
    resourcesChanged: () => bus.publish({ kind: 'resources_list_changed' }),
    promptsChanged: () => bus.publish({ kind: 'prompts_list_changed' }),
    resourceUpdated: (uri) => bus.publish({ kind: 'resource_updated', uri }),
  })
  const handler = createMcpHandler(() => createServer({ version, workers, changes }), {
    onerror,
    bus: {
      publish: (event) => bus.publish(event),
      subscribe(listener) {
        changes.watch()
        return bus.subscribe(listener)
      },
    },
  })
  const front = await openHttp(port, (request) => handler.fetch(request))
  announce(`MCP at ${front.url}`)
  await ended
  await changes.close()
  await handler.close()
  await front.close()
  await workers.close()
}
