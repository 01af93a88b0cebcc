/** Owns the use case `renumber`: gives a document an id of its own, and rewrites what refers to it. */

import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import type { DocumentEntry } from '../../rules/world.js'
import type { Host } from '../host.js'
import { memoryPlace, renameRecorded, withMemory } from '../memory.js'
import type { RenumberIntent } from '../pending.js'
import { carryOut } from '../pending.js'
import { recover } from '../recovery.js'
import { folderOfId, recordFilesOf } from '../attestations.js'
import { idSpecOf, reserveId, reserveNextId } from '../ids.js'
import type { Renumbering } from '../renumbering.js'
import { idPattern, renumberName, renumberRecord, renumberText } from '../renumbering.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface RenumberInput {
  /** An id, or the path of one document where several share the id. */
  readonly document: string
  /** In place of the next free one. */
  readonly to?: string
  /** Writes; without it nothing is changed. */
  readonly write?: boolean
}

export interface RenumberResult {
  readonly from: string
  readonly to: string
  readonly path: string
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string; readonly to?: string }[]
  /** References that may mean either of the documents that shared the id, left for a person. */
  readonly ambiguous: readonly { readonly path: string; readonly line: number }[]
  readonly written: boolean
}

export async function renumber(host: Host, input: RenumberInput): Promise<RenumberResult> {
  const workspace = await openWorkspace(host)
  recover(workspace)
  const entry = chooseDocument(workspace, input.document)
  const from = entry.id
  const template = workspace.templates.find(entry.template, entry.version)
  const spec = template === undefined ? undefined : idSpecOf(workspace, template)
  if (from === undefined || template === undefined || spec === undefined) throw new InquestError('usage', `${entry.path}: has no id to change`)
  if (input.to !== undefined && !/^\p{L}[\p{L}\p{N}_-]*-\d+[a-z]?$/u.test(input.to)) {
    throw new InquestError('usage', `${input.to}: is no id`, { hint: `Ids look like ${spec.prefix}-${'1'.padStart(spec.digits, '0')}` })
  }
  const prefix = /^(.*)-\d+[a-z]?$/iu.exec(from)?.[1] ?? spec.prefix
  const reservation = input.to === undefined ? reserveNextId(workspace, template, { ...spec, prefix }) : reserveId(workspace, template, input.to)
  try {
    const { renumbering, files, ambiguous } = plan(workspace, entry.path, from, reservation.id)
    const write = (recorded?: string): void => carryOut(workspace, `renumber-${from}`, { kind: 'renumber', ...renumbering, ...(recorded !== undefined && { recorded }), files: files.map(({ path: file, to, record }) => ({ path: file, ...(to !== undefined && { to }), ...(record !== undefined && { record }) })) })
    if (input.write !== true) reservation.release()
    else if (workspace.concepts === undefined || workspace.index().withId(from).some((other) => other.template === template.name && other.path !== entry.path)) write()
    else await renameInMemory(workspace, template.name, write)
    return { from, to: reservation.id, path: entry.path, files: files.map(({ path: file, before, after, to }) => ({ path: file, before, after, ...(to !== undefined && { to }) })), ambiguous, written: input.write === true }
  } catch (error) {
    reservation.release()
    throw error
  }
}

/** What is recorded for the document goes with it. A store that cannot be written is told before anything is. */
async function renameInMemory(workspace: Workspace, template: string, write: (recorded?: string) => void): Promise<void> {
  if (!workspace.host.exists(memoryPlace(workspace).file)) return write()
  await withMemory(workspace, { onRecovered: () => undefined }, async (store) => {
    write(template)
    await renameRecorded(workspace, store)
  })
}

/** The younger of two that share an id is meant; where that cannot be told, its path has to be given. */
function chooseDocument(workspace: Workspace, written: string): DocumentEntry {
  const file = workspace.toRelative(written)
  const byPath = workspace.index().entries.find((entry) => entry.path === file)
  if (byPath !== undefined) return byPath
  const all = workspace.index().withId(written)
  const [first] = all
  if (first === undefined) throw new InquestError('usage', `No document has the id ${written}`, { hint: 'See `inquest list`' })
  const twice = all.filter((entry) => all.some((other) => other !== entry && other.template === entry.template))
  if (twice.length === 0) {
    if (all.length === 1) return first
    throw new InquestError('usage', `${all.length} documents have the id ${written}: ${all.map((entry) => entry.path).join(', ')}`, { hint: 'Say which by its path' })
  }
  const ages = twice.map((entry) => ({ entry, since: addedAt(workspace, entry.path) })).toSorted((a, b) => b.since - a.since)
  const [youngest, next] = ages
  if (youngest === undefined || next === undefined || youngest.since === next.since) {
    throw new InquestError('usage', `${twice.length} documents have the id ${written}: ${twice.map((entry) => entry.path).join(', ')}`, { hint: 'Say which is to change by its path' })
  }
  return youngest.entry
}

/** Seconds at which git first saw the file; the present for one it has not seen. */
function addedAt(workspace: Workspace, file: string): number {
  const log = workspace.host.git(workspace.root, ['log', '--follow', '--diff-filter=A', '--format=%ct', '--', file])?.trim()
  const seconds = Number(log?.split('\n').at(-1))
  return log === undefined || log === '' || Number.isNaN(seconds) ? Number.MAX_SAFE_INTEGER : seconds
}

interface Plan {
  readonly renumbering: Renumbering
  readonly files: readonly (RenumberResult['files'][number] & Pick<RenumberIntent['files'][number], 'record'>)[]
  readonly ambiguous: RenumberResult['ambiguous']
}

function plan(workspace: Workspace, own: string, from: string, to: string): Plan {
  const namesakes = workspace.index().withId(from).filter((entry) => entry.path !== own).map((entry) => entry.path)
  const shared = namesakes.length > 0
  const renamed = renumberName(path.posix.basename(own), from, to)
  const moved = renamed === path.posix.basename(own) ? undefined : path.posix.join(path.posix.dirname(own), renamed)
  const renumbering = { from, to, own, moved, shared }
  const files: Plan['files'][number][] = []
  const ambiguous: { path: string; line: number }[] = []
  for (const file of workspace.files()) {
    const before = workspace.readText(file)
    if (before === undefined || !before.includes(from)) continue
    const after = renumberText(before, file, renumbering)
    if (after !== before || file === own) files.push({ path: file, before, after, ...(file === own && moved !== undefined && { to: moved }) })
    if (!shared || file === own || namesakes.includes(file)) continue
    for (const match of after.matchAll(idPattern(from))) ambiguous.push({ path: file, line: after.slice(0, match.index).split('\n').length })
  }
  // What is on record for the document goes with it.
  for (const file of recordFilesOf(workspace, from, own)) {
    const before = workspace.readText(file) ?? ''
    files.push({ path: file, before, after: renumberRecord(before, renumbering), to: `${folderOfId(to)}/${path.posix.basename(file)}`, record: true })
  }
  return { renumbering, files, ambiguous }
}
