/** Owns the thread that the language server runs in. */

import { serveGuarded } from '../../engine/guard.js'
import { createNodeHost } from '../../engine/node-host.js'
import { serve } from './server.js'

await serveGuarded<{ readonly folder: string; readonly version: string }>(({ folder, version }, thread) => serve(createNodeHost(folder), version, thread))
