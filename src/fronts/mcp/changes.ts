/**
 * Owns noticing that resources and prompts changed. The repository is watched from the time somebody asks to be told;
 * what is told is the difference between two listings, so nothing is told that did not happen.
 */

import * as path from 'node:path'
import type { PromptListing } from './prompts.js'
import type { ListedResource } from './resources.js'
import type { Workers } from './workers.js'

export interface Listener {
  resourcesChanged(): void
  promptsChanged(): void
  resourceUpdated(uri: string): void
}

export interface Changes {
  /** From now on the listener is told. */
  watch(): void
  /** A call of this server wrote something: look again without waiting for the file system. */
  look(): void
  close(): Promise<void>
}

/** Editors and git write in several steps; one look answers them all. In milliseconds. */
const settled = 150

/** @param root the repository's root, or the folder at hand where there is none */
export function observeChanges(root: string, workers: Workers, listener: Listener): Changes {
  let watcher: Promise<{ close(): Promise<void> }> | undefined
  let before: Promise<Listing> | undefined
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<void> = Promise.resolve()
  let closed = false
  const touched = new Set<string>()

  const compare = async (): Promise<void> => {
    if (before === undefined || closed) return
    const old = await before
    const paths = new Set(touched)
    touched.clear()
    const now = await listingOf(workers)
    before = Promise.resolve(now)
    if (JSON.stringify(now.prompts) !== JSON.stringify(old.prompts)) listener.promptsChanged()
    if (JSON.stringify(now.resources) !== JSON.stringify(old.resources)) listener.resourcesChanged()
    for (const { uri, path: file } of now.resources) if (file !== undefined && paths.has(file)) listener.resourceUpdated(uri)
  }
  const look = (): void => {
    if (before === undefined || closed) return
    clearTimeout(timer)
    // A repository in the middle of being rewritten cannot be listed; the next change looks again.
    timer = setTimeout(() => void (turn = turn.then(compare).catch(report)), settled)
  }

  return {
    watch() {
      if (watcher !== undefined || closed) return
      before = listingOf(workers)
      before.catch(() => (before = undefined))
      watcher = startWatching(root, (file) => {
        touched.add(file)
        look()
      })
      watcher.catch(report)
    },
    look,
    async close() {
      closed = true
      clearTimeout(timer)
      const started = await watcher?.catch(() => undefined)
      await started?.close()
    },
  }
}

interface Listing {
  readonly resources: readonly ListedResource[]
  readonly prompts: readonly PromptListing[]
}

async function listingOf(workers: Workers): Promise<Listing> {
  const [resources, prompts] = await Promise.all([workers.run('resources', null), workers.run('prompts', null)])
  return { resources, prompts }
}

function report(error: unknown): void {
  process.stderr.write(`inquest: changes are not noticed: ${error instanceof Error ? error.message : String(error)}\n`)
}

async function startWatching(root: string, changed: (file: string) => void): Promise<{ close(): Promise<void> }> {
  const { watch } = await import('chokidar')
  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (file, stats) => /[\\/](?:\.git|node_modules)(?:[\\/]|$)/u.test(file) || (stats?.isFile() === true && !/\.(?:md|markdown|mdown)$|[\\/]inquest\.yaml$/iu.test(file)),
  })
  watcher.on('all', (_event, file) => changed(path.relative(root, file).split(path.sep).join('/')))
  watcher.on('error', report)
  return watcher
}
