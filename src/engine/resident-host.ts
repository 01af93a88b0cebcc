/** Owns the host of a program that goes on living: what git said and the stores it writes are kept from one request to the next. */

import type { StoreKeeper } from '../memory/keeper.js'
import type { Host } from './host.js'
import { createNodeHost } from './node-host.js'
import { rememberGit } from './remembering.js'

export function createResidentHost(cwd: string): Host {
  let keeper: Promise<StoreKeeper> | undefined
  return {
    ...rememberGit(createNodeHost(cwd)),
    async openStore(file) {
      keeper ??= import('../memory/keeper.js').then(({ keepStores }) => keepStores())
      return (await keeper).open(file)
    },
  }
}

/**
 * The host of a program whose main thread answers others: stores are written in threads of their own.
 * @param script the file that such a thread runs
 */
export function withStoreThreads(host: Host, script: URL): Host {
  return { ...host, openStore: async (file) => (await import('../memory/threaded.js')).openStoreInThread(script, file) }
}
