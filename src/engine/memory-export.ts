/**
 * Owns the export of the concept store as a file that several clones write and git merges: what is wrong with it, writing to it
 * without removing what others wrote, and filling a new store from it.
 */

import { isAbsolute } from 'node:path'
import { InquestError } from '../errors.js'
import type { PlacedFinding } from '../finding/finding.js'
import { countsOf } from '../finding/finding.js'
import type { ExportFault, ExportLines } from '../memory/export-lines.js'
import type { StoredConcept } from '../memory/export-merge.js'
import type { Moving } from '../memory/moving.js'
import type { Store } from '../memory/store.js'
import { memoryExportInvalid } from '../rules/memory-export-invalid.js'
import { asciiJson } from '../text/arena.js'
import { severitiesFor } from './examine.js'
import { memoryPlace, openMemoryReader } from './memory.js'
import type { Judged, Outcome } from './outcome.js'
import type { Workspace } from './workspace.js'

export interface ExportState {
  /** Relative to the root. */
  readonly path: string
  readonly text: string
  readonly faults: readonly ExportFault[]
}

/** Further ones are counted: one merge may bring hundreds, and one command settles them all. */
const mostNamed = 20

/**
 * What is wrong with the export; undefined where there is none.
 * @param store what it is compared with; left out where there is none
 */
export async function inspectExport(workspace: Workspace, store: Store | undefined): Promise<ExportState | undefined> {
  const { export: file } = memoryPlace(workspace)
  const text = workspace.host.readText(file)
  if (text === undefined) return undefined
  const { readLines } = await import('../memory/export-lines.js')
  const faults = await faultsOf(readLines(text), store)
  return { path: workspace.toRelative(file), text, faults: firstOf(faults) }
}

/** Ids are compared only if every line can be read: an unresolved merge repeats ids, and is one defect. */
async function faultsOf({ lines, faults }: ExportLines, store: Store | undefined): Promise<readonly ExportFault[]> {
  if (faults.length > 0) return faults
  const { idFaults } = await import('../memory/export-merge.js')
  return idFaults(lines, store === undefined ? [] : await store.differing(lines.map(({ concept: { key, id } }) => ({ key, id }))))
}

function firstOf(faults: readonly ExportFault[]): readonly ExportFault[] {
  const last = faults[mostNamed - 1]
  if (faults.length <= mostNamed || last === undefined) return faults
  return [...faults.slice(0, mostNamed - 1), { ...last, message: `${last.message}; ${faults.length - mostNamed} more lines have such a fault` }]
}

/** What `check` finds in the export. */
export interface JudgedExport {
  /** Relative to the root. */
  readonly path: string
  readonly judged: Judged
}

/** Undefined where it finds nothing, or the export is not a file of the repository. */
export async function judgeExport(workspace: Workspace): Promise<JudgedExport | undefined> {
  const { host } = workspace
  const path = workspace.toRelative(memoryPlace(workspace).export)
  const severity = severitiesFor(workspace, path, undefined)(memoryExportInvalid)
  if (severity === 'off' || !isInside(path) || !host.exists(memoryPlace(workspace).export)) return undefined
  const store = await readerOrNone(workspace)
  try {
    const state = await inspectExport(workspace, store)
    if (state === undefined || state.faults.length === 0) return undefined
    const lines = state.text.split('\n')
    const findings = state.faults.map((fault): PlacedFinding => ({ rule: memoryExportInvalid.name, severity, message: `${fault.message}. ${fault.remedy}`, path, ...placeOf(fault, lines, path) }))
    return { path, judged: { text: asciiJson(JSON.stringify({ findings, skips: [], lines: {} } satisfies Outcome)), gist: { counts: countsOf(findings), asked: [memoryExportInvalid.name] } } }
  } finally {
    await store?.close()
  }
}

function isInside(path: string): boolean {
  return !path.startsWith('../') && !isAbsolute(path)
}

/** Undefined for a store that cannot be opened: the rules that ask it report that, and the file is checked alone. */
async function readerOrNone(workspace: Workspace): Promise<Store | undefined> {
  try {
    return await openMemoryReader(workspace)
  } catch (error) {
    if (error instanceof InquestError) return undefined
    throw error
  }
}

function placeOf({ line, lastLine = line, span, related }: ExportFault, lines: readonly string[], path: string): Pick<PlacedFinding, 'range' | 'related'> {
  const lengthOf = (at: number): number => lines[at - 1]?.length ?? 0
  const [start, end] = span === undefined ? [1, lengthOf(lastLine) + 1] : [span.start + 1, span.end + 1]
  const whole = (at: number): PlacedFinding['range'] => ({ start: { line: at, column: 1 }, end: { line: at, column: lengthOf(at) + 1 } })
  return {
    range: { start: { line, column: start }, end: { line: lastLine, column: end } },
    ...(related !== undefined && { related: [{ message: related.message, path, range: whole(related.line) }] }),
  }
}

export interface WrittenExport {
  readonly concepts: number
  /** Concepts that the store does not have. */
  readonly kept: number
  /** True where the file does not have this text yet, or did not before it was written. */
  readonly changed: boolean
}

/** How often the file is read anew because somebody else wrote it meanwhile. */
const mostTries = 20

/**
 * Adds what the store has to a file that others write too. Every line of the file stays.
 * @param store left out where there is none: then only the lines are put in order
 * @param write false: nothing is written
 * @throws InquestError `store-corrupt` or `store-newer` for a line that cannot be merged; the file is left as it is
 */
export async function writeExport(workspace: Workspace, store: Store | undefined, file: string, write: boolean): Promise<WrittenExport> {
  const { host } = workspace
  const [{ readLines, exportError }, { idFaults, mergeExport }] = await Promise.all([import('../memory/export-lines.js'), import('../memory/export-merge.js')])
  const stored = store === undefined ? [] : await allOf(workspace, store)
  for (let tries = 1; ; tries++) {
    const before = host.readText(file)
    const { lines, faults } = readLines(before ?? '')
    const [fault] = faults.length > 0 ? faults : idFaults(lines, stored.map(({ moving }) => moving))
    if (fault !== undefined) throw exportError(fault, workspace.toRelative(file))
    const { text, concepts, kept } = mergeExport(stored, lines)
    if (before === text) return { concepts, kept, changed: false }
    if (!write || putText(workspace, file, before, text, tries)) return { concepts, kept, changed: true }
  }
}

/** False where the file is no longer what was read. */
function putText({ host }: Workspace, file: string, before: string | undefined, text: string, tries: number): boolean {
  if (before === undefined) return host.createFile(file, text)
  try {
    host.replaceFile(file, before, text)
    return true
  } catch (error) {
    if (error instanceof InquestError && error.code === 'changed-meanwhile' && tries < mostTries) return false
    throw error
  }
}

const pageSize = 1000

async function allOf(workspace: Workspace, store: Store): Promise<readonly StoredConcept[]> {
  const { repository } = memoryPlace(workspace)
  const { matchesKey } = await import('../memory/moving.js')
  const all: StoredConcept[] = []
  for (let after = ''; ; ) {
    const page = await store.exportPage(repository, after, pageSize)
    all.push(...page)
    const last = page.at(-1)
    if (last === undefined) break
    after = last.key
  }
  // A body that the disk has changed must not replace the one that was exported.
  const damaged = all.find(({ moving }) => !matchesKey(moving))
  if (damaged !== undefined) {
    throw new InquestError('store-corrupt', `${workspace.toRelative(store.name)}: concept ${damaged.moving.id} is not what was stored; nothing was exported`, {
      hint: '`inquest memory check` says what is damaged; restore a backup, and keep the damaged file',
    })
  }
  return all
}

/**
 * The concepts of the export, if each has its own id.
 * @throws InquestError for a line that cannot be read, and for ids that an import has to settle
 */
export async function readSettled(workspace: Workspace): Promise<readonly Moving[]> {
  const { export: file } = memoryPlace(workspace)
  const { readLines, exportError } = await import('../memory/export-lines.js')
  const read = readLines(workspace.host.readText(file) ?? '')
  const [fault] = await faultsOf(read, undefined)
  if (fault !== undefined) throw exportError(fault, workspace.toRelative(file))
  return read.lines.map(({ concept }) => concept)
}
