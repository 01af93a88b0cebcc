/**
 * Owns a thread of the server in which jobs are done, one at a time: they read many files and parse them, which would keep
 * the protocol waiting in the thread that speaks it.
 */

import { parentPort, workerData } from 'node:worker_threads'
import { createResidentHost } from '../../engine/resident-host.js'
import type { Order, Reply } from './jobs.js'
import { doJob, failureOf } from './jobs.js'
import { Cancelled } from './tool.js'

/** Clients show a few steps a second; more only cost. In milliseconds. */
const progressEvery = 100

const port = parentPort
if (port === null) throw new TypeError('A worker is started by the server')
const { folder } = workerData as { readonly folder: string }
const host = createResidentHost(folder)
const reply = (message: Reply): void => port.postMessage(message)

port.on('message', async (order: Order) => {
  const { id } = order
  const cancelled = new Int32Array(order.cancelled)
  let last = performance.now()
  try {
    const value = await doJob(host, order, (done, total, doing) => {
      if (Atomics.load(cancelled, 0) === 1) throw new Cancelled()
      const now = performance.now()
      if (now - last < progressEvery && done < total) return
      last = now
      reply({ id, kind: 'progress', done, total, doing })
    })
    reply({ id, kind: 'done', value })
  } catch (error) {
    reply({ id, kind: 'failed', failure: failureOf(error) })
  }
})
