/**
 * Owns a workspace that stays open while its documents are written: unsaved texts go before files, and what was
 * read of the repository is read again only where something changed.
 */

import * as path from 'node:path'
import { findConfig } from './root.js'
import type { Host } from './host.js'
import type { Looked } from './look.js'
import { lookAt } from './look.js'
import { memoryPlace } from './memory.js'
import type { Opened } from './opened.js'
import { isOurs, isRuling, openRepository } from './opened.js'
import { headOf, rememberPast } from './past.js'
import { selectTargets } from './targets.js'
import type { Workspace } from './workspace.js'
import { isMarkdown } from './workspace.js'

export interface FileChange {
  /** Absolute. */
  readonly path: string
  readonly kind: 'created' | 'changed' | 'deleted'
}

/** What a change means for others: nothing, what they refer to, or the rules they are judged by. */
export type Reach = 'own' | 'world' | 'all'

export interface LiveWorkspace {
  readonly root: string
  /** Rises whenever something changed that findings of any document may depend on. */
  readonly generation: number
  /** @throws InquestError `config-invalid` while the configuration cannot be used */
  current(): Promise<Workspace>
  /** Sets the unsaved text of a document; undefined gives it back to its file. Paths are relative to the root. */
  hold(file: string, text: string | undefined): Reach
  /** What happened to a file on disk. */
  note(change: FileChange): Reach
  /** Undefined for a file that is not there. @throws InquestError for a configuration or template that cannot be used */
  look(file: string): Promise<Looked | undefined>
  /** The documents that `check` would look at. */
  documents(): Promise<readonly string[]>
  /** Names of what stands in a folder of the repository and is not ignored by git, folders with a `/` at their end. */
  namesIn(folder: string): Promise<readonly string[]>
  /** True where there is neither configuration nor git around. */
  readonly loose: boolean
}

/** The folder that is the root of a repository, or undefined where there is neither configuration nor git. */
export function findRoot(host: Host, folder: string): string | undefined {
  const { root, file } = findConfig(folder, host)
  return file !== undefined || host.exists(path.join(root, '.git')) ? root : undefined
}

export function openLive(host: Host, root: string, options: { readonly loose: boolean } = { loose: false }): LiveWorkspace {
  const held = new Map<string, string>()
  const looks = new Map<string, Look>()
  /** Held texts that were documents once: one whose template is being typed anew is still meant to be one. */
  const meant = new Set<string>()
  let generation = 0
  let opened: Promise<Opened> | undefined

  const open = (): Promise<Opened> => (opened ??= openRepository(rememberPast(host, root), root, held, options.loose))
  const current = async (): Promise<Opened> => {
    const opening = open()
    try {
      return await opening
    } catch (error) {
      // What could not be opened is tried again once something changed, and at the next question.
      if (opened === opening) opened = undefined
      throw error
    }
  }
  const raise = (reach: Reach): Reach => {
    if (reach !== 'own') generation++
    if (reach === 'all') opened = undefined
    return reach
  }
  /** What the past says may read otherwise once there is a new commit. */
  let commit: string | undefined
  const turnPage = (): void => {
    const now = headOf(host, root)
    if (commit !== undefined && now !== commit) generation++
    commit = now
  }
  /** The head of one document is read again; only what others can see of it concerns them. */
  let ready: Opened | undefined
  const renew = (file: string): Reach => (ready?.renew(file) === true ? raise('world') : 'own')

  return {
    root,
    get generation() {
      return generation
    },
    async current() {
      ready = await current()
      return ready.workspace
    },
    hold(file, text) {
      const before = held.get(file)
      // What was found in the text before is not kept until the next is looked at, and so not moved about in memory.
      looks.delete(file)
      if (text !== undefined) held.set(file, text)
      else {
        held.delete(file)
        meant.delete(file)
      }
      // Configuration and templates count as they are saved.
      if (isRuling(file, ready)) return 'own'
      // A document that has no file yet is there from now on, or is no more.
      const appears = (before === undefined) !== (text === undefined) && !host.exists(path.resolve(root, file))
      if (appears) ready?.forgetFiles()
      const reach = renew(file)
      return appears && reach === 'own' ? raise('world') : reach
    },
    note({ path: absolute, kind }) {
      const file = path.relative(root, absolute).split(path.sep).join('/')
      if (file.startsWith('../') || isOurs(file)) return 'own'
      // Citations are bound and set free by the command line meanwhile.
      if (isRuling(file, ready) || file.startsWith('.inquest/evidence/')) return raise('all')
      // Whether there is a store is asked once; what is in it, every time.
      if (kind !== 'changed' && ready !== undefined && absolute === memoryPlace(ready.workspace).file) return raise('all')
      // Any file may be cited, and any document be referred to.
      ready?.forgetCited()
      // Of a file that came while a watcher was starting that tells only once it changes.
      const isNews = kind !== 'changed' || (ready !== undefined && isMarkdown(file) && !ready.workspace.files().includes(file))
      if (isNews) ready?.forgetFiles()
      if (!held.has(file)) looks.delete(file)
      renew(file)
      return raise('world')
    },
    async look(file) {
      ready = await current()
      turnPage()
      const text = ready.workspace.readText(file)
      if (text === undefined) {
        looks.delete(file)
        return undefined
      }
      const known = looks.get(file)
      if (known !== undefined && known.generation === generation && known.text === text && known.opened === ready) return known.looked
      const look = { generation, text, opened: ready, looked: lookAt(ready, file, text, meant.has(file)) }
      // What is read again now and then is not worth the memory.
      if (!held.has(file)) return look.looked
      // Whoever asks meanwhile gets the same.
      looks.set(file, look)
      try {
        const looked = await look.looked
        if (held.has(file) && looked.examined.skipped === undefined) meant.add(file)
        return looked
      } catch (error) {
        if (looks.get(file) === look) looks.delete(file)
        throw error
      }
    },
    async documents() {
      ready = await current()
      turnPage()
      return selectTargets(ready.workspace, []).map((target) => target.path)
    },
    async namesIn(folder) {
      ready = await current()
      return ready.namesIn(folder)
    },
    loose: options.loose,
  }
}

/** A look at a document, begun or done, with all that it holds for. */
interface Look {
  readonly generation: number
  readonly text: string
  readonly opened: Opened
  readonly looked: Promise<Looked>
}
