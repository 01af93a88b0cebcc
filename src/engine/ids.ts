/**
 * Owns giving a new document an id that no other has: not in this tree, not on another branch, not in
 * another worktree, and not by another process at the same moment.
 */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { IdSpec, Template } from '../template/template.js'
import type { Workspace } from './workspace.js'

export interface Reservation {
  readonly id: string
  /** Gives the id back; for when the document could not be written. */
  release(): void
}

/** More branches than this are not searched; the ones with the newest commits come first. */
const mostBranches = 100

export function idSpecOf(workspace: Workspace, template: Template): IdSpec | undefined {
  if (template.id === undefined) return undefined
  const configured = workspace.config.ids[template.name]
  return { ...template.id, prefix: configured?.prefix ?? template.id.prefix, digits: Number(configured?.digits ?? template.id.digits) }
}

/** Takes the next free id; it stays taken for every other process and worktree of the repository. */
export function reserveNextId(workspace: Workspace, template: Template, spec: IdSpec): Reservation {
  const folder = reservationFolder(workspace)
  let number = Math.max(0, ...numbersInTree(workspace, spec), ...numbersOnBranches(workspace, spec), ...numbersInWorktrees(workspace, template, spec)) + 1
  for (;;) {
    const reservation = tryReserve(workspace, folder, `${spec.prefix}-${String(number).padStart(spec.digits, '0')}`)
    if (reservation !== undefined) return reservation
    number++
  }
}

/** Takes an id that the caller chose. @throws InquestError `exists` where a document of the template has it */
export function reserveId(workspace: Workspace, template: Template, id: string): Reservation {
  const taken = workspace.index().withId(id).find((entry) => entry.template === template.name)
  if (taken !== undefined) {
    throw new InquestError('exists', `${taken.path}: has the id ${id} already`, { hint: 'Leave `--id` out and the next free one is taken' })
  }
  const reservation = tryReserve(workspace, reservationFolder(workspace), id)
  // An id that was given back by deleting its document may be asked for again by name.
  return reservation ?? { id, release: () => undefined }
}

function tryReserve(workspace: Workspace, folder: string, id: string): Reservation | undefined {
  const file = path.join(folder, encodeURIComponent(id.toUpperCase()))
  if (!workspace.host.claimFile(file)) return undefined
  return { id, release: () => workspace.host.removeFile(file) }
}

/** Shared by all worktrees of a repository, and never committed. */
function reservationFolder(workspace: Workspace): string {
  const common = workspace.host.git(workspace.root, ['rev-parse', '--git-common-dir'])?.trim()
  return common === undefined ? path.join(workspace.root, '.inquest', 'ids') : path.join(path.resolve(workspace.root, common), 'inquest', 'ids')
}

function numberOf(id: string, spec: IdSpec): number {
  const upper = id.toUpperCase()
  const prefix = `${spec.prefix.toUpperCase()}-`
  if (!upper.startsWith(prefix)) return 0
  const digits = /^\d+/u.exec(upper.slice(prefix.length))?.[0]
  const number = Number(digits ?? 0)
  return Number.isSafeInteger(number) ? number : 0
}

function numbersInTree(workspace: Workspace, spec: IdSpec): readonly number[] {
  return workspace.index().entries.map((entry) => numberOf(entry.id ?? '', spec))
}

function numbersOnBranches(workspace: Workspace, spec: IdSpec): readonly number[] {
  const listed = workspace.host.git(workspace.root, ['for-each-ref', `--count=${mostBranches}`, '--sort=-committerdate', '--format=%(objectname)', 'refs/heads', 'refs/remotes'])
  const commits = [...new Set((listed ?? '').split('\n').filter((line) => line !== ''))]
  if (commits.length === 0) return []
  const fields = spec.fields.map((field) => field.replaceAll(/[^\w-]/gu, '.')).join('|')
  const pattern = `^["']?(${fields})["']?:[[:space:]]*["']?${spec.prefix}-[0-9]+`
  const found = workspace.host.git(workspace.root, ['grep', '-h', '-I', '-i', '-o', '-E', '-e', pattern, ...commits, '--', '*.md'])
  return (found ?? '').split('\n').map((line) => numberOf(line.replace(/^[^:]*:\s*["']?/u, ''), spec))
}

/** The name of a field as a part of a pattern that means nothing else. */
function literally(field: string): string {
  return field.replaceAll(/[.*+?^$()[\]{}|\\]/gu, String.raw`\$&`)
}

/** Documents that another worktree holds uncommitted. */
function numbersInWorktrees(workspace: Workspace, template: Template, spec: IdSpec): readonly number[] {
  const listed = workspace.host.git(workspace.root, ['worktree', 'list', '--porcelain'])
  const top = workspace.host.git(workspace.root, ['rev-parse', '--show-toplevel'])?.trim()
  if (listed === undefined || top === undefined) return []
  const below = path.relative(top, workspace.root)
  const folders = listed.split('\n').flatMap((line) => (line.startsWith('worktree ') ? [line.slice('worktree '.length)] : []))
  const folder = path.posix.dirname(workspace.config.files[template.name] ?? template.file ?? '').split('{{')[0] ?? ''
  return folders
    .filter((other) => path.resolve(other) !== path.resolve(top))
    .flatMap((other) => {
      const inside = path.join(other, below, folder)
      if (!workspace.host.isFolder(inside)) return []
      return workspace.host.listFiles(inside, ['.md']).flatMap((file) => {
        const head = workspace.host.readHead(path.join(inside, file), 4096)?.text ?? ''
        const match = new RegExp(`^["']?(?:${spec.fields.map(literally).join('|')})["']?:[ \\t]*["']?([^\\s"']+)`, 'mu').exec(head)
        return [numberOf(match?.[1] ?? '', spec)]
      })
    })
}
