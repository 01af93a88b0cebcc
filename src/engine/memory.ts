/**
 * Owns the concept store of a repository as the use cases see it: where it is, what it promised to documents, and that
 * a promise is kept whatever happened in between. The store itself is loaded only where one is asked for.
 */

import * as path from 'node:path'
import type { FrontmatterValue } from '../document/frontmatter.js'
import { openFrontmatter } from '../document/frontmatter-edit.js'
import { locateFields } from '../document/positions.js'
import { InquestError } from '../errors.js'
import { readConceptIds } from '../facts/references.js'
import type { ConceptLookup, ExportLookup } from '../memory/lookup.js'
import type { Moving } from '../memory/moving.js'
import type { IngestRequest, Learning, Origin, Prepared, Store } from '../memory/store.js'
import type { DocumentEntry } from '../rules/world.js'
import { applyEdits } from '../text/edit.js'
import { authorOf, commitOf } from './actor.js'
import { examine } from './examine.js'
import type { Host } from './host.js'
import { finishRenames } from './pending.js'
import { formatInstant } from './time.js'
import type { Workspace } from './workspace.js'

export type { Learning } from '../memory/store.js'

export interface MemoryPlace {
  /** The database, absolute. */
  readonly file: string
  /** What of it git keeps, absolute. */
  readonly export: string
  /** Tells the documents of repositories apart that share a store; empty where the store lies in the repository. */
  readonly repository: string
}

type Place = Pick<Workspace, 'root' | 'config' | 'host'>

export function memoryPlace({ root, config, host }: Place): MemoryPlace {
  const home = host.env['HOME'] ?? host.env['USERPROFILE'] ?? ''
  const resolve = (written: string): string => path.resolve(root, written.startsWith('~/') && home !== '' ? path.join(home, written.slice(2)) : written)
  const file = resolve(config.memory.file)
  return { file, export: resolve(config.memory.export), repository: file.startsWith(root + path.sep) ? '' : root }
}

/** What rules may ask; undefined where there is neither a store nor an export. */
export async function findLookup(place: Place): Promise<ConceptLookup | undefined> {
  const { file, export: exported } = memoryPlace(place)
  const { host } = place
  const [hasStore, hasExport] = [host.exists(file), host.exists(exported)]
  if (!hasStore && !hasExport) return undefined
  const { lookupInBoth, lookupInExport, lookupInStore } = await import('../memory/lookup.js')
  const inExport = (): ExportLookup => lookupInExport(path.relative(place.root, exported).split(path.sep).join('/'), () => host.readText(exported) ?? '')
  // This program may make the store later, and then gives ids that the export does not have.
  if (!hasStore) return lookupInBoth(lookupInStore(file, () => host.exists(file)), inExport())
  return hasExport ? lookupInBoth(lookupInStore(file), inExport()) : lookupInStore(file)
}

export interface MemoryOptions {
  /** Told what was finished for somebody who could not, and what goes wrong without anything being lost. */
  readonly onRecovered: (message: string) => void
  /** False: a new store stays empty, for callers that import the export themselves or only inspect the store. */
  readonly adopt?: boolean
}

/** Opens the store for writing, fills a new one from the export, and finishes what a crash left. @throws InquestError `store-…` */
async function openMemory(workspace: Workspace, { onRecovered, adopt = true }: MemoryOptions): Promise<Store> {
  const { file } = memoryPlace(workspace)
  // Read before the store is made, so that an unreadable export leaves no empty store behind.
  const concepts = adopt && !workspace.host.exists(file) ? await readForNewStore(workspace) : undefined
  const store = await workspace.host.openStore(file)
  try {
    if (adopt && (await store.isNew())) await fill(workspace, store, concepts ?? (await readForNewStore(workspace)), onRecovered)
    await recover(workspace, store, onRecovered)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The concepts for a new store. Without them the store would give ids that the export has. */
async function readForNewStore(workspace: Workspace): Promise<readonly Moving[]> {
  if (!workspace.host.exists(memoryPlace(workspace).export)) return []
  const { readSettled } = await import('./memory-export.js')
  return readSettled(workspace)
}

async function fill(workspace: Workspace, store: Store, concepts: readonly Moving[], tell: (message: string) => void): Promise<void> {
  if (concepts.length === 0) return
  const place = memoryPlace(workspace)
  const count = await store.adopt(concepts, place.repository)
  if (count > 0) tell(`stored ${count} ${count === 1 ? 'concept' : 'concepts'} of ${workspace.toRelative(place.export)} in the new ${workspace.toRelative(place.file)}`)
}

/** Opens the store for reading; undefined where there is none. Never waits for a writer. */
export async function openMemoryReader(workspace: Workspace): Promise<Store | undefined> {
  const { file } = memoryPlace(workspace)
  if (!workspace.host.exists(file)) return undefined
  const { openStore } = await import('../memory/open.js')
  try {
    return await openStore(file, { readOnly: true })
  } catch (error) {
    if (error instanceof InquestError && error.code === 'store-missing') return undefined
    throw error
  }
}

/** Runs work on the store and closes it, whatever comes of it. */
export async function withMemory<T>(workspace: Workspace, options: MemoryOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openMemory(workspace, options)
  try {
    const result = await work(store)
    for (const warning of await store.warnings()) options.onRecovered(warning)
    return result
  } finally {
    await store.close()
  }
}

/** What all learnings of a document have in common. */
export function originOf(workspace: Workspace, entry: DocumentEntry, id: string | undefined, phase: string | undefined): Origin {
  const commit = commitOf(workspace)
  const author = authorOf(workspace)
  return {
    repository: memoryPlace(workspace).repository,
    // A document without an id goes by its path.
    document: id ?? entry.path,
    template: entry.template,
    path: entry.path,
    ...(phase !== undefined && { phase }),
    ...(commit !== undefined && { commit }),
    ...(author !== undefined && { author }),
  }
}

export function requestFor(host: Host, origin: Origin, learnings: readonly Learning[], key?: string): IngestRequest {
  return { origin, learnings, at: formatInstant(host.now()), ...(key !== undefined && { key }) }
}

/**
 * Keeps the promise of a prepared operation: its document lists the ids, then its concepts are live. Does nothing twice.
 * @throws InquestError `changed-meanwhile` where others never leave the document alone
 */
export async function attach(workspace: Workspace, store: Store, { operation, ids }: Prepared, file: string): Promise<void> {
  await editUntilDone(workspace, file, (text) => withConceptIds(workspace, file, text, ids))
  if (operation.state !== 'done') await store.settle(operation.id, formatInstant(workspace.host.now()), file)
}

/** How often a document is read anew because somebody else wrote it in between, and the longest rest before. */
const mostTries = 200
const longestRest = 100

/** Edits a document until the edit is made on what stands there. @returns the text that is written */
export async function editUntilDone(workspace: Workspace, file: string, edit: (text: string) => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries++) {
    const before = workspace.host.readText(workspace.toAbsolute(file))
    if (before === undefined) throw new InquestError('io', `${file}: is gone`)
    const after = await edit(before)
    if (after === before) return after
    try {
      workspace.host.replaceFile(workspace.toAbsolute(file), before, after)
      return after
    } catch (error) {
      if (!(error instanceof InquestError) || error.code !== 'changed-meanwhile' || tries === mostTries) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(longestRest, 2 ** tries)))
    }
  }
}

/** The text with the ids that its list lacks. @throws InquestError for a document that cannot list any */
export async function withConceptIds(workspace: Workspace, file: string, text: string, ids: readonly number[]): Promise<string> {
  const { facts, template, document } = examine(workspace, file, text, true)
  if (facts === undefined || template === undefined) {
    throw new InquestError('usage', `${file}: cannot be read by any template, so it cannot list what was learned`, { hint: `Run \`inquest check ${file}\` to see why` })
  }
  const { memoryField } = template
  if (memoryField === undefined) throw new InquestError('usage', `Documents of the template ${template.name} list no learnings`, { hint: 'Name a field under `memory` in the template' })
  const missing = lackingIds(document.data[memoryField], ids)
  if (missing.length === 0) return text
  const editor = await openFrontmatter(document)
  if (editor === undefined) throw new TypeError('A judged document has frontmatter')
  const after = applyEdits(text, [...editor.appendAll(memoryField, missing), ...editor.additions()])
  // Whatever somebody made of the list, nothing is acknowledged that does not stand there.
  const lost = lackingIds(examine(workspace, file, after, true).document.data[memoryField], ids)
  if (lost.length > 0) throw new InquestError('usage', `${file}: \`${memoryField}\` is written in a way that cannot be added to`, { hint: `Write it as a plain list, such as \`${memoryField}: [101, 102]\`` })
  return after
}

function lackingIds(value: FrontmatterValue | undefined, ids: readonly number[]): readonly number[] {
  const known = new Set(readConceptIds(value))
  return ids.filter((id) => !known.has(id))
}

/** Documents that were given another id go by it in the store as well; whoever opens it next does this where a crash came in between. */
export async function renameRecorded(workspace: Workspace, store: Store): Promise<void> {
  const { repository } = memoryPlace(workspace)
  await finishRenames(workspace, ({ template, from, to }) => store.rename({ repository, document: from, template }, { repository, document: to, template }))
}

/** Finishes what others left: by any process, as often as it likes. What cannot be finished now stays as it is. */
async function recover(workspace: Workspace, store: Store, tell: (message: string) => void): Promise<void> {
  await renameRecorded(workspace, store)
  for (const operation of await store.unfinished(memoryPlace(workspace).repository)) {
    const file = whereIsNow(workspace, operation)
    const name = operation.document ?? 'a document'
    const count = `${operation.ids.length} ${operation.ids.length === 1 ? 'concept' : 'concepts'} (${operation.ids.join(', ')})`
    if (file === undefined) {
      if (operation.state === 'parked') continue
      await store.park(operation.id, `${operation.path ?? name} is gone`)
      tell(`${name} is gone; ${count} recorded for it wait until it is back`)
      continue
    }
    try {
      await attach(workspace, store, { operation, ids: operation.ids, replayed: true }, file)
      tell(`finished storing ${count} for ${name}`)
    } catch (error) {
      if (!(error instanceof InquestError) || error.code.startsWith('store-')) throw error
      tell(`cannot finish storing ${count} for ${name} yet: ${error.message}`)
    }
  }
  for (const { path: file, ids } of await followFormerIds(workspace, store, 'open')) tell(`${file} lists ${ids.map(({ to }) => to).join(', ')} now, where it listed ${ids.map(({ from }) => from).join(', ')}`)
}

export interface Followed {
  readonly path: string
  readonly ids: readonly { readonly from: number; readonly to: number }[]
}

/**
 * Lets documents list the present ids of concepts that were renumbered. Does nothing twice, so that whoever comes after
 * a crash can do the rest. @param which `all` where a document may have come back that still lists a former id
 */
export async function followFormerIds(workspace: Workspace, store: Store, which: 'open' | 'all'): Promise<readonly Followed[]> {
  const { repository } = memoryPlace(workspace)
  const former = await store.formerIds(repository, which)
  const documents = new Map(former.map((one) => [`${one.template}\0${one.document}`, one]))
  const followed: Followed[] = []
  for (const { document, template, path: file } of documents.values()) {
    if (document === undefined || template === undefined) continue
    const place = whereIsNow(workspace, { path: file, document, template })
    if (place === undefined) continue
    const own = new Set(await store.recordedFor({ repository, document, template }))
    const present = new Map(former.filter((one) => one.document === document && one.template === template && !own.has(one.former)).map((one) => [one.former, one.id]))
    let ids: Followed['ids'] = []
    await editUntilDone(workspace, place, async (text) => {
      const edited = await withPresentIds(workspace, place, text, present)
      ;({ ids } = edited)
      return edited.text
    })
    if (ids.length > 0) followed.push({ path: place, ids })
  }
  if (former.length > 0 && !store.readOnly) await store.markFollowed(former)
  return followed
}

/** The text with the present ids in place of former ones in its list; all other bytes as they are where the list is plain. */
async function withPresentIds(workspace: Workspace, file: string, text: string, present: ReadonlyMap<number, number>): Promise<{ text: string; ids: Followed['ids'] }> {
  const { template, document } = examine(workspace, file, text, true)
  const field = template?.memoryField
  const value = field === undefined ? undefined : document.data[field]
  const listed = readConceptIds(value)
  const ids = [...new Set(listed)].flatMap((from) => {
    const to = present.get(from)
    // Where the present one stands already, the former id means the concept that has it now.
    return to === undefined || listed.includes(to) ? [] : [{ from, to }]
  })
  const positions = ids.length === 0 ? undefined : await locateFields(document)
  if (field === undefined || positions === undefined) return { text, ids: [] }
  const renewed = listed.map((id) => ids.find(({ from }) => from === id)?.to ?? id)
  const plain = Array.isArray(value) && value.every((one) => typeof one === 'number') && new Set(renewed).size === listed.length
  const at = positions.fields.get(field)
  if (at === undefined) return { text, ids: [] }
  const edits = plain
    ? renewed.flatMap((id, index) => {
        const span = id === listed[index] ? undefined : positions.find([field, String(index)])
        return span === undefined ? [] : [{ span, text: String(id) }]
      })
    : [{ span: at.value, text: `${text.charAt(at.value.start - 1) === ':' ? ' ' : ''}[${[...new Set(renewed)].join(', ')}]` }]
  return { text: applyEdits(text, edits), ids }
}

/** The document of an operation where it is now: at its path, or wherever its id has gone. */
function whereIsNow(workspace: Workspace, { path: file, document, template }: { readonly path: string | undefined; readonly document: string | undefined; readonly template: string | undefined }): string | undefined {
  const text = file === undefined ? undefined : workspace.host.readText(workspace.toAbsolute(file))
  if (file !== undefined && text !== undefined) {
    const { facts } = examine(workspace, file, text, true)
    // One that cannot be read just now, in the middle of somebody's edit, is still the document.
    if (facts === undefined || (facts.id ?? file) === document) return file
  }
  const [found] = document === undefined ? [] : workspace.index().withId(document).filter((entry) => entry.template === template)
  return found?.path
}
