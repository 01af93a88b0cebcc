/** Owns the thread that keeps a store for another thread: it does what it is asked, and ends when the store is closed. */

import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from './open.js'
import type { StoreOrder, StoreReply } from './threaded.js'
import { transported } from './threaded.js'

const port = parentPort
if (port === null) throw new TypeError('A store thread is started by who uses the store')
const { file } = workerData as { readonly file: string }
const reply = (message: StoreReply): void => port.postMessage(message)

try {
  const store = await openStore(file)
  port.on('message', async ({ id, method, args }: StoreOrder) => {
    const [concepts, options] = args
    const given = method === 'import' ? [concepts, { ...(options as object), onProgress: (progress: Parameters<typeof tell>[1]) => tell(id, progress) }] : args
    try {
      reply({ id, kind: 'done', value: await (store[method] as (...all: readonly unknown[]) => Promise<unknown>)(...given) })
    } catch (error) {
      reply({ id, kind: 'failed', error: transported(error) })
    }
    if (method === 'close') port.close()
  })
  reply({ id: 0, kind: 'open', name: store.name })
} catch (error) {
  reply({ id: 0, kind: 'failed', error: transported(error) })
}

function tell(id: number, progress: Extract<StoreReply, { readonly kind: 'progress' }>['progress']): void {
  reply({ id, kind: 'progress', progress })
}
