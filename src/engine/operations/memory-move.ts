/** Owns the use cases `memory export`, `memory import` and `memory backup`: a store that travels, by git or as a file. */

import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import type { Moving } from '../../memory/moving.js'
import type { Store } from '../../memory/store.js'
import { examine } from '../examine.js'
import type { Host } from '../host.js'
import type { Followed } from '../memory.js'
import { followFormerIds, memoryPlace, openMemoryReader, withMemory } from '../memory.js'
import { writeExport } from '../memory-export.js'
import { recoverPending } from '../pending.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface ExportResult {
  readonly path: string
  readonly concepts: number
  /** Concepts among them that this store does not have; other clones wrote them. */
  readonly kept: number
  /** False where the file holds just this already. */
  readonly changed: boolean
  /** Other files that were written: git is told how to merge the export. */
  readonly extended: readonly string[]
}

export interface ExportInput {
  /** In place of the file that the configuration names. */
  readonly to?: string
  /** Writes nothing, and tells whether the file is current. */
  readonly check: boolean
}

/**
 * Adds the concepts of the store to the export, and removes no line from it.
 * @throws InquestError `store-missing` where there is nothing to export, `store-corrupt` for a line that cannot be merged
 */
export async function exportMemory(host: Host, { to, check }: ExportInput): Promise<ExportResult> {
  const workspace = await openWorkspace(host)
  const own = memoryPlace(workspace).export
  const file = to === undefined ? own : path.resolve(host.cwd, to)
  // Without a store there is nothing that the export could lack.
  const store = file === own && host.exists(own) ? await openMemoryReader(workspace) : await reading(workspace)
  try {
    const { concepts, kept, changed } = await writeExport(workspace, store, file, !check)
    // Also where the file is current: the export before may have been broken off behind it.
    const extended = check || to !== undefined ? [] : tellGit(workspace, file)
    return { path: workspace.toRelative(file), concepts, kept, changed, extended }
  } finally {
    await store?.close()
  }
}

async function reading(workspace: Workspace): Promise<Store> {
  const store = await openMemoryReader(workspace)
  if (store === undefined) throw new InquestError('store-missing', `${workspace.toRelative(memoryPlace(workspace).file)}: there is no concept store`, { hint: 'The first `inquest close` or `inquest memory ingest` makes it; `inquest memory import` makes it of an export' })
  return store
}

/** Lines of both sides are wanted, whatever git merges; reading the export puts them in order. */
function tellGit(workspace: Workspace, file: string): readonly string[] {
  const relative = workspace.toRelative(file)
  if (relative.startsWith('../') || !workspace.host.exists(workspace.toAbsolute('.git'))) return []
  const line = `${/\s/u.test(relative) ? `"${relative}"` : relative} merge=union`
  const attributes = workspace.toAbsolute('.gitattributes')
  const before = workspace.host.readText(attributes)
  if (before === undefined) return workspace.host.createFile(attributes, `${line}\n`) ? ['.gitattributes'] : []
  if (before.split(/\r?\n/u).some((one) => one.startsWith(relative) || one.startsWith(`"${relative}"`))) return []
  const newline = before.includes('\r\n') ? '\r\n' : '\n'
  workspace.host.replaceFile(attributes, before, `${before}${before === '' || before.endsWith('\n') ? '' : newline}${line}${newline}`)
  return ['.gitattributes']
}

export interface ImportResult {
  readonly path: string
  /** Concepts that the file names. */
  readonly concepts: number
  readonly added: number
  readonly extended: number
  /** Concepts of the store that have another id now. */
  readonly renumbered: readonly { readonly from: number; readonly to: number }[]
  /** Documents that list present ids in place of former ones now. */
  readonly followed: readonly Followed[]
  /** Documents that list an id of which it cannot be told which concept they mean. */
  readonly ambiguous: readonly { readonly path: string; readonly id: number; readonly now: readonly number[] }[]
  /** True where the export was written anew, because ids in it changed. */
  readonly exported: boolean
}

export interface ImportInput {
  /** In place of the file that the configuration names. */
  readonly from?: string
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void
  readonly onRecovered?: (message: string) => void
}

/** @throws InquestError `usage` for a file that is not there, `store-corrupt` for a line that is not a concept or was edited */
export async function importMemory(host: Host, { from, onProgress, onRecovered = () => undefined }: ImportInput): Promise<ImportResult> {
  const workspace = await openWorkspace(host)
  await recoverPending(workspace)
  const place = memoryPlace(workspace)
  const file = from === undefined ? place.export : path.resolve(host.cwd, from)
  const shown = workspace.toRelative(file)
  const text = host.readText(file)
  if (text === undefined) throw new InquestError('usage', `${shown}: there is no such file`, { hint: 'inquest memory export writes one, where the concepts are' })
  const { readExport } = await import('../../memory/export-lines.js')
  const incoming = readExport(text, shown)
  const own = file === place.export
  return withMemory(workspace, { onRecovered, adopt: !own }, async (store) => {
    const { added, extended, renumbered } = await store.import(incoming, { repository: place.repository, ...(onProgress !== undefined && { onProgress }) })
    const followed = await followFormerIds(workspace, store, 'all')
    const exported = own && (await writeExport(workspace, store, file, true)).changed
    return { path: shown, concepts: new Set(incoming.map(({ key }) => key)).size, added, extended, renumbered, followed, ambiguous: await ambiguousIn(workspace, store, incoming), exported }
  })
}

/** Documents beyond those of the concepts themselves may list an id that two clones gave. */
async function ambiguousIn(workspace: Workspace, store: Store, incoming: readonly Moving[]): Promise<ImportResult['ambiguous']> {
  const { repository } = memoryPlace(workspace)
  const former = await store.formerIds(repository, 'all')
  if (former.length === 0) return []
  const touched = new Set(incoming.flatMap(({ id, was }) => [id, ...was]))
  const meanings = new Map<number, Set<number>>()
  for (const one of former) if (touched.has(one.former)) meanings.set(one.former, (meanings.get(one.former) ?? new Set()).add(one.id))
  const found: { path: string; id: number; now: readonly number[] }[] = []
  for (const entry of workspace.index().entries) {
    const text = workspace.readText(entry.path)
    if (text === undefined || ![...meanings.keys()].some((id) => text.includes(String(id)))) continue
    const { facts } = examine(workspace, entry.path, text, false)
    const own = new Set(await store.recordedFor({ repository, document: entry.id ?? entry.path, template: entry.template }))
    for (const id of new Set(facts?.memoryRefs)) {
      const others = meanings.get(id)
      if (others === undefined || own.has(id)) continue
      const present = await store.unknown([id])
      found.push({ path: entry.path, id, now: [...(present.length === 0 ? [id] : []), ...others] })
    }
  }
  return found
}

export interface BackupResult {
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** @throws InquestError `exists` for a file that is there */
export async function backupMemory(host: Host, written: string): Promise<BackupResult> {
  const workspace = await openWorkspace(host)
  const file = path.resolve(host.cwd, written)
  const shown = workspace.toRelative(file)
  if (host.exists(file)) throw new InquestError('exists', `${shown}: exists already and is left as it is`, { hint: 'Name a file that does not exist' })
  if (!host.isFolder(path.dirname(file))) throw new InquestError('usage', `${workspace.toRelative(path.dirname(file))}: there is no such folder`, { hint: 'Make it first' })
  const store = await reading(workspace)
  // Whole or not there: a copy that was broken off keeps a name of its own.
  const half = `${file}.part-${process.pid}`
  try {
    await store.backup(half)
    host.moveFile(half, file)
  } catch (error) {
    host.removeFile(half)
    throw error
  } finally {
    await store.close()
  }
  return { path: shown, size: host.stamp(file)?.size ?? 0 }
}
