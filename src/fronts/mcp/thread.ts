/** Owns the thread that the MCP server runs in. */

import { serveGuarded } from '../../engine/guard.js'
import { createNodeHost } from '../../engine/node-host.js'
import type { ServeOptions } from './server.js'
import { serve } from './server.js'

await serveGuarded<Omit<ServeOptions, 'host'> & { readonly folder: string }>(async ({ folder, ...options }, thread) => {
  await serve({ host: createNodeHost(folder), ...options }, thread)
  return 0
})
