/** Owns a repository while it is open: what was read of it is kept, and forgotten piece by piece where something changed. */

import * as path from 'node:path'
import { readFrontmatter } from '../document/frontmatter.js'
import type { DocumentEntry } from '../rules/world.js'
import type { Baseline } from './baseline.js'
import { readBaseline } from './baseline.js'
import type { CitedFiles } from './cited.js'
import { openCited } from './cited.js'
import { configName } from './root.js'
import type { Host } from './host.js'
import { memoryPlace } from './memory.js'
import { rememberLookup, stampOfStore } from './remembered-lookup.js'
import type { RepositoryIndex } from './repository-index.js'
import { entryOf, indexEntries } from './repository-index.js'
import type { Workspace } from './workspace.js'
import { documentExtensions, isMarkdown, openWorkspace, worldOf } from './workspace.js'

export interface Opened {
  readonly workspace: Workspace
  readonly baseline: Baseline | undefined
  /** True where others see something new in the document. */
  renew(file: string): boolean
  forgetFiles(): void
  forgetCited(): void
  namesIn(folder: string): readonly string[]
}

/**
 * @param overlay unsaved texts by path, which go before files; what it holds may change
 * @param loose true where there is no repository around
 */
export async function openRepository(given: Host, root: string, overlay: ReadonlyMap<string, string>, loose: boolean): Promise<Opened> {
  // Without a repository around it, a document has no neighbours but those that are open with it.
  const host: Host = loose ? { ...given, listFiles: () => [] } : given
  const base = await openWorkspace(host, root, { overlay })
  const concepts = base.concepts && rememberLookup(base.concepts, () => stampOfStore(host, memoryPlace(base).file))
  /** By path; undefined for files that are no documents. Empty until somebody asks for the index. */
  const entries = new Map<string, DocumentEntry | undefined>()
  let filled = false
  let files: readonly string[] | undefined
  let index: RepositoryIndex | undefined
  let cited: CitedFiles | undefined
  let everything: readonly string[] | undefined

  const listFiles = (): readonly string[] => {
    const onDisk = host.listFiles(root, documentExtensions).filter((file) => !base.excludes(file))
    const listed = new Set(onDisk)
    // What git ignores is no document, open or not; what has no file yet is one.
    const unsaved = [...overlay.keys()].filter((file) => !listed.has(file) && isMarkdown(file) && !base.excludes(file) && (loose || !host.exists(base.toAbsolute(file))))
    return unsaved.length === 0 ? onDisk : [...onDisk, ...unsaved].toSorted()
  }
  const readEntry = (file: string): DocumentEntry | undefined => {
    const text = workspace.readText(file)
    const frontmatter = text === undefined ? undefined : readFrontmatter(text)
    return frontmatter?.kind === 'read' ? entryOf(workspace, file, frontmatter.data) : undefined
  }
  const fill = (): void => {
    filled = true
    for (const file of base.files()) entries.set(file, undefined)
    for (const entry of base.index().entries) entries.set(entry.path, entry)
  }
  const entryAt = (file: string): DocumentEntry | undefined => {
    if (!entries.has(file)) entries.set(file, readEntry(file))
    return entries.get(file)
  }
  const workspace: Workspace = {
    ...base,
    concepts,
    everything: () => (everything ??= host.listFiles(root, undefined)),
    files: () => (files ??= listFiles()),
    index() {
      if (!filled) fill()
      return (index ??= indexEntries(workspace, workspace.files().flatMap((file) => entryAt(file) ?? [])))
    },
    get cited() {
      return (cited ??= openCited(host, root, () => workspace.everything()))
    },
    worldOf: (file) => worldOf(workspace, file),
    // What was true of a file when the workspace was opened says nothing of it now.
    stamp: () => undefined,
  }
  return {
    workspace,
    baseline: readBaseline(base),
    renew(file) {
      if (!filled || !isMarkdown(file)) return false
      const now = readEntry(file)
      const same = JSON.stringify(entries.get(file)) === JSON.stringify(now)
      entries.set(file, now)
      if (!same) index = undefined
      return !same
    },
    forgetFiles() {
      files = undefined
      index = undefined
    },
    forgetCited() {
      cited = undefined
      everything = undefined
    },
    namesIn(folder) {
      const names = workspace.everything().flatMap((file) => {
        if (!file.startsWith(folder)) return []
        const slash = file.indexOf('/', folder.length)
        return [slash === -1 ? file.slice(folder.length) : file.slice(folder.length, slash + 1)]
      })
      return [...new Set(names)]
    },
  }
}

export function isTemplate(file: string, workspace: Workspace | undefined): boolean {
  const folder = path.posix.normalize(workspace?.config.templates ?? '.inquest/templates')
  return file.startsWith(`${folder}/`) && path.posix.basename(file).toLowerCase() !== 'readme.md'
}

/** Files that decide how all documents are judged. */
export function isRuling(file: string, opened: Opened | undefined): boolean {
  if (file === configName) return true
  const workspace = opened?.workspace
  if (isTemplate(file, workspace) || file === path.posix.normalize(workspace?.config.baseline ?? 'inquest-baseline.json')) return true
  return workspace !== undefined && path.join(workspace.root, file) === memoryPlace(workspace).export
}

/** What inquest and git write for themselves changes no finding. */
export function isOurs(file: string): boolean {
  return /^\.inquest\/(?:cache|ids|pending)\/|(?:^|\/)\.git\/|\.inquest-lock$|\.tmp$/u.test(file)
}
