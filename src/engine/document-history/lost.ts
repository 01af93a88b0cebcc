/** Owns documents that have a history in git and are not judged any more: deleted, excluded, ignored, or no documents by what they say. */

import type { Severity } from '../../finding/finding.js'
import { readFrontmatter } from '../../document/frontmatter.js'
import type { DocumentPast } from '../../rules/world.js'
import { looksLikeHistory, originOf, writtenEntries } from '../../workflow/entries.js'
import { configName } from '../root.js'
import type { Target } from '../targets.js'
import type { Workspace } from '../workspace.js'
import type { IndexedDocument } from './kept-histories.js'
import { filesAt } from './walk.js'

export interface Loss {
  readonly severity: Severity
  readonly message: string
  /** The id that the document had; undefined where it had none. */
  readonly subject: string | undefined
}

/**
 * What there is to say of a document that is not judged any more; undefined for one that was archived before.
 * @param why it is not judged, as the end of a sentence; undefined where its file is gone
 */
export function lossOf({ entries }: DocumentPast, id: string | undefined, why: string | undefined): Loss | undefined {
  const events = entries.map(({ entry }) => String(entry['event'] ?? 'advance'))
  const last = events.at(-1)
  if (last === undefined || last === 'archive' || last === 'supersede') return undefined
  const hasPassedGates = events.some((event) => event !== 'start')
  // Gates have recorded the version of the rules since there is a rule about it.
  const isNewer = entries.some(({ entry }) => Number(entry['rules']) >= 2)
  const name = id === undefined ? 'The document' : `\`${id}\``
  return {
    severity: !hasPassedGates ? (why === undefined ? 'info' : 'warning') : isNewer ? 'error' : 'warning',
    message: why === undefined ? `${name} was deleted, and its history does not say why` : `${name} has a history in git and is not checked any more: ${why}`,
    subject: id,
  }
}

/** A document that is not among those to be judged, with what there is to say of it. */
export interface LostTarget extends Target {
  readonly loss: Loss
}

/**
 * @param targets what will be judged
 * @param isMeant true for paths that the run is about
 */
export function lostTargets(workspace: Workspace, targets: readonly Target[], isMeant: (path: string) => boolean): readonly LostTarget[] {
  const pasts = workspace.pasts()
  const { histories } = pasts
  if (histories.paths.length === 0) return []
  const judged = new Set(targets.map(({ path }) => path))
  const isJudged = (path: string): boolean => judged.has(path) && workspace.stamp(path) !== undefined
  if (histories.paths.every((path) => !isMeant(path) || isJudged(path))) return []
  const { documents } = histories
  const gone = documents.filter(({ path }) => isMeant(path) && !isJudged(path))
  const moved = movedDocuments(workspace, targets, gone, isJudged)
  return gone.flatMap(({ path }) => {
    const past = moved.has(path) ? undefined : pasts.of(path, undefined)
    const loss = past === undefined ? undefined : lossOf(past, pasts.idOf(path), whyUnseen(workspace, path))
    return loss === undefined ? [] : [{ path, named: false, loss }]
  })
}

/** The former paths of documents that are judged, or lost, under another name. */
function movedDocuments(workspace: Workspace, targets: readonly Target[], gone: readonly IndexedDocument[], isJudged: (path: string) => boolean): ReadonlySet<string> {
  const pasts = workspace.pasts()
  const origins = new Set(gone.flatMap((one) => one.origins))
  const alike = pasts.histories.documents.filter((one) => (isJudged(one.path) || gone.includes(one)) && one.origins.some((origin) => origins.has(origin)))
  return new Set([...alike, ...freshDocuments(workspace, targets)].flatMap((one) => pasts.formerPaths(one.path, one.origins)))
}

/** Documents that are not committed yet: one of them may be the lost one under another name. */
function freshDocuments(workspace: Workspace, targets: readonly Target[]): readonly Pick<IndexedDocument, 'path' | 'origins'>[] {
  const committed = filesAt(workspace.host, workspace.root, 'HEAD')
  return targets.flatMap(({ path }) => {
    const text = committed.has(path) ? undefined : workspace.readText(path)
    const read = text === undefined ? undefined : readFrontmatter(text)
    const value = read?.kind === 'read' ? Object.values(read.data).find(looksLikeHistory) : undefined
    const origin = originOf(writtenEntries(value))
    return origin === undefined ? [] : [{ path, origins: [origin] }]
  })
}

/** Undefined for a file that is gone. */
function whyUnseen(workspace: Workspace, path: string): string | undefined {
  if (workspace.stamp(path) === undefined) return undefined
  if (workspace.excludes(path)) return `${configName} excludes it`
  if (!workspace.everything().includes(path)) return 'it is ignored by git'
  return `no glob of \`documents\` in ${configName} covers it`
}
