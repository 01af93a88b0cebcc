/** Owns a thread that judges files beside the one that was asked to. */

import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { Beginning, Share } from './crew.js'
import { workShare } from './crew.js'
import { createNodeHost } from './node-host.js'
import { openWorkspace } from './workspace.js'

/** Judges targets until nobody has any left. Runs in a thread that `judgeAll` started. */
export async function judgeShare(): Promise<void> {
  const port = parentPort
  if (port === null) throw new TypeError('This thread is started by a check')
  const { cwd, root, next } = workerData as Beginning
  const [share] = (await once(port, 'message')) as [Share]
  const workspace = await openWorkspace(createNodeHost(cwd), root, { cache: false, known: share })
  await workShare(workspace, share, new Int32Array(next), (part) => port.postMessage(part))
  port.close()
}
