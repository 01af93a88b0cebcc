/** Owns the use case `memory check`: whether store and documents agree, whether the store is whole, and what it stands on. */

import { InquestError } from '../../errors.js'
import type { Host } from '../host.js'
import { editUntilDone, memoryPlace, openMemoryReader, withConceptIds, withMemory } from '../memory.js'
import { inspectExport } from '../memory-export.js'
import type { Store, StoreCounts, StoreGround } from '../../memory/store.js'
import { examine } from '../examine.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface MemoryFault {
  readonly kind: 'dangling' | 'unrecorded' | 'orphaned' | 'pending' | 'damage' | 'body' | 'index' | 'reference' | 'log' | 'unignored' | 'export'
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly remedy: string
  readonly path?: string
}

export interface MemoryReport {
  /** Undefined where there is no store. */
  readonly store: (StoreGround & StoreCounts & { readonly file: string }) | undefined
  readonly faults: readonly MemoryFault[]
  /** What was put right. */
  readonly fixed: readonly string[]
}

export interface MemoryCheckInput {
  readonly fix: boolean
  readonly onRecovered?: (message: string) => void
}

export async function checkMemory(host: Host, { fix, onRecovered = () => undefined }: MemoryCheckInput): Promise<MemoryReport> {
  const workspace = await openWorkspace(host)
  if (!host.exists(memoryPlace(workspace).file)) return { store: undefined, faults: [...(await faultsOfExport(workspace, undefined)), ...(workspace.concepts === undefined ? [] : faultsOfDocuments(workspace))], fixed: [] }
  const fixed: string[] = []
  const stuck: MemoryFault[] = []
  const tidy = async (store: Store): Promise<void> => {
    try {
      await store.tidy()
    } catch (error) {
      if (!(error instanceof InquestError) || error.code !== 'store-io') throw error
      stuck.push({ kind: 'log', severity: 'warning', message: error.message, remedy: error.hint ?? '' })
    }
  }
  if (fix) {
    await withMemory(workspace, { onRecovered: (message) => void fixed.push(message), adopt: false }, async (store) => {
      if ((await store.inspect('whole')).some((fault) => fault.mendable)) {
        await store.mend()
        fixed.push('built the full-text index anew')
      }
      await tidy(store)
    })
    fixed.push(...(await listRecorded(workspace)))
  } else {
    // An older store is brought up to date, and what a crash left is finished, as by every command that opens it for writing.
    await withMemory(workspace, { onRecovered, adopt: false }, tidy).catch((error: unknown) => {
      if (!(error instanceof InquestError) || !['store-read-only', 'store-busy', 'store-io'].includes(error.code)) throw error
    })
  }
  const { store, faults } = await look(workspace, 'whole')
  return { store, faults: [...faults, ...stuck], fixed }
}

/** The same without changing anything, for `doctor`. */
export async function lookAtMemory(workspace: Workspace): Promise<Omit<MemoryReport, 'fixed'>> {
  if (!workspace.host.exists(memoryPlace(workspace).file)) return { store: undefined, faults: await faultsOfExport(workspace, undefined) }
  return look(workspace, 'quick')
}

/** Past this the log is not just busy: something keeps it from being worked in. */
const longestLog = 64 * 1024 * 1024

async function look(workspace: Workspace, depth: 'quick' | 'whole'): Promise<Omit<MemoryReport, 'fixed'>> {
  const store = await openMemoryReader(workspace)
  if (store === undefined) return { store: undefined, faults: [] }
  try {
    const ground = await store.ground()
    const faults: MemoryFault[] = [
      ...(await store.inspect(depth)).map(({ kind, message, mendable }): MemoryFault => ({
        kind,
        severity: 'error',
        message,
        remedy: mendable ? 'inquest memory check --fix' : 'Restore a backup or import the export, and keep the damaged file',
      })),
      ...(await unfinished(workspace, store)),
      ...(await orphans(workspace, store)),
      ...(await faultsOfExport(workspace, store)),
      ...faultsOfDocuments(workspace),
      ...unignored(workspace),
    ]
    if (ground.log > longestLog) {
      faults.push({ kind: 'log', severity: 'warning', message: `the log beside the store holds ${Math.round(ground.log / 1024 / 1024)} MiB, so some process reads the store without end`, remedy: 'End the process that has it open' })
    }
    return { store: { ...ground, ...(await store.counts()), file: workspace.toRelative(store.name) }, faults }
  } finally {
    await store.close()
  }
}

async function unfinished(workspace: Workspace, store: Store): Promise<readonly MemoryFault[]> {
  return (await store.unfinished(memoryPlace(workspace).repository)).map(({ state, document, ids, reason }) => ({
    kind: 'pending',
    severity: state === 'parked' ? 'warning' : 'error',
    message: state === 'parked' ? `${reason ?? 'its document is gone'}; ${ids.join(', ')} ${ids.length === 1 ? 'waits' : 'wait'} for it` : `${ids.join(', ')} ${ids.length === 1 ? 'is' : 'are'} promised to ${document ?? 'a document'}, which may not list ${ids.length === 1 ? 'it' : 'them'} yet`,
    remedy: state === 'parked' ? 'Bring the document back; the next command that stores something finishes it' : 'inquest memory check --fix',
  }))
}

/** Concepts whose document is gone. They are kept: what was learned stays true. */
async function orphans(workspace: Workspace, store: Store): Promise<readonly MemoryFault[]> {
  const faults: MemoryFault[] = []
  for (const name of await store.documents(memoryPlace(workspace).repository)) {
    const here = workspace.index().withId(name.document).some((entry) => entry.template === name.template) || workspace.host.exists(workspace.toAbsolute(name.document))
    if (here) continue
    const ids = await store.recordedFor(name)
    if (ids.length > 0) faults.push({ kind: 'orphaned', severity: 'warning', message: `${ids.join(', ')} ${ids.length === 1 ? 'is' : 'are'} recorded for ${name.document}, which no ${name.template} has as its id`, remedy: 'Bring the document back, or leave them: they are found all the same' })
  }
  return faults
}

/** What `check` finds in the export, whether or not the export is a file of the repository. */
async function faultsOfExport(workspace: Workspace, store: Store | undefined): Promise<readonly MemoryFault[]> {
  const state = await inspectExport(workspace, store)
  return (state?.faults ?? []).map(({ line, message, remedy }) => ({ kind: 'export', severity: 'error', message: `${state?.path}:${line}: ${message}`, remedy, path: state?.path ?? '' }))
}

/** What the rules about concept ids find, in documents of every standing. */
function faultsOfDocuments(workspace: Workspace): readonly MemoryFault[] {
  return eachListing(workspace).flatMap(({ path, unknown, missing }): MemoryFault[] => [
    ...(unknown.length > 0 ? [{ kind: 'dangling' as const, severity: 'error' as const, message: `${path}: lists ${unknown.slice(0, 20).join(', ')}${unknown.length > 20 ? ` and ${unknown.length - 20} more` : ''}, which the store does not have`, remedy: 'Import the export that has them, or take them off the list', path }] : []),
    ...(missing.length > 0 ? [{ kind: 'unrecorded' as const, severity: 'error' as const, message: `${path}: does not list ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} recorded for it`, remedy: 'inquest memory check --fix', path }] : []),
  ])
}

interface Listing {
  readonly path: string
  readonly unknown: readonly number[]
  readonly missing: readonly number[]
}

function eachListing(workspace: Workspace): readonly Listing[] {
  return workspace.index().entries.flatMap(({ path }): Listing[] => {
    const text = workspace.readText(path)
    const facts = text === undefined ? undefined : examine(workspace, path, text, false).facts
    if (facts === undefined || facts.template.memoryField === undefined) return []
    const world = workspace.worldOf(path)
    const listed = new Set(facts.memoryRefs)
    const missing = world.recordedConcepts(facts.template.name, facts.id ?? path).filter((id) => !listed.has(id))
    return [{ path, unknown: world.unknownConcepts(facts.memoryRefs), missing }]
  })
}

async function listRecorded(workspace: Workspace): Promise<readonly string[]> {
  const fixed: string[] = []
  for (const { path, missing } of eachListing(workspace)) {
    if (missing.length === 0) continue
    await editUntilDone(workspace, path, (text) => withConceptIds(workspace, path, text, missing))
    fixed.push(`${path}: lists ${missing.join(', ')} now`)
  }
  return fixed
}

/** A database in git would be merged as lines of text, and is everybody's own. */
function unignored(workspace: Workspace): readonly MemoryFault[] {
  const { file, repository } = memoryPlace(workspace)
  const { host, root } = workspace
  if (repository !== '' || host.git(root, ['rev-parse', '--git-dir']) === undefined) return []
  if (host.git(root, ['check-ignore', '-q', '--', file]) !== undefined) return []
  return [{ kind: 'unignored', severity: 'warning', message: `${workspace.toRelative(file)}: is not ignored by git`, remedy: 'inquest init adds the lines to .gitignore' }]
}
