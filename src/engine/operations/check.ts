/** Owns the use case `check`: documents in, findings out. Writes nothing but the baseline it is asked for. */

import { basename, dirname, join } from 'node:path'
import { InquestError } from '../../errors.js'
import type { PlacedFinding, Severity } from '../../finding/finding.js'
import { compareFindings, countsOf } from '../../finding/finding.js'
import type { Changes } from '../changed.js'
import type { Host } from '../host.js'
import type { CheckedDocument } from '../found.js'
import { Found } from '../found.js'
import type { Judging } from '../judging.js'
import { judgeTarget } from '../judging.js'
import { Arena } from '../../text/arena.js'
import { lineReader } from '../../text/lines.js'
import type { Listed } from '../../text/listed.js'
import { listed } from '../../text/listed.js'
import { storeIn } from '../memory.js'
import { strayFindings, straysIn } from '../strays.js'
import type { Target } from '../targets.js'
import { folderOf, selectTargets } from '../targets.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface CheckInput {
  /** Files and folders; none means every document of the repository. */
  readonly paths: readonly string[]
  /** Of the files that are named, only those that a check of everything would look at. */
  readonly documentsOnly?: boolean
  /** A text to check in place of files, with the name it would have. */
  readonly text?: { readonly path: string; readonly content: string }
  readonly failOn?: Severity | 'never'
  /** Known findings are written down and reported no more. */
  readonly updateBaseline?: boolean
  readonly ignoreBaseline?: boolean
  /** A commit: only documents that changed since are checked. */
  readonly changedSince?: string
  /** False: every document is read anew. A text is the folder where what was found is kept for the next run. */
  readonly cache?: boolean | string
  /** How many threads read documents, at most; left out for as many as pay. */
  readonly threads?: number
  /** Told how much there is to do, then what is known already, and then of each document that is read. */
  readonly onProgress?: (done: number, total: number) => void
  /** Told of each file that is read, and why what an earlier run found of it does not do. */
  readonly onRead?: (path: string, reason: string) => void
}

export interface CheckSummary {
  readonly documents: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  /** Findings that the baseline holds and that are not counted above. */
  readonly baselined?: number
  /** Entries of the baseline that nothing matches any more. */
  readonly stale?: number
}

export interface CheckResult {
  /** In order of path, then range. */
  readonly findings: Listed<PlacedFinding>
  readonly summary: CheckSummary
  /** In order of path. */
  readonly documents: Listed<CheckedDocument>
  /** The severity from which the run fails. */
  readonly failOn: Severity | 'never'
  /** True where a finding weighs enough to fail the run. */
  readonly failed: boolean
  readonly root: string
  /** What stands before each path where it counts from the root of git's repository: `` or `folder/`. */
  readonly prefix: string
  /** Whether a finding stands on a line that changed; there only where changes were asked for. */
  readonly touches?: (finding: PlacedFinding) => boolean
  /** A line of a document, to show what a finding stands on; empty where there is none. */
  lineAt(path: string, line: number): string
}

/** @throws InquestError for paths, configuration or files that cannot be used */
export async function check(host: Host, input: CheckInput): Promise<CheckResult> {
  const folder = input.text === undefined ? folderOf(host, input.paths) : folderOf(host, [input.text.path])
  const workspace = await openWorkspace(host, folder, input.cache === undefined ? {} : { cache: input.cache })
  return checkWorkspace(workspace, input)
}


async function checkWorkspace(workspace: Workspace, input: CheckInput): Promise<CheckResult> {
  const { text } = input
  const changes = await changesOf(workspace, input)
  const selected = text === undefined ? selectTargets(workspace, input.paths) : [{ path: workspace.toRelative(text.path), named: true }]
  const meant = input.documentsOnly === true ? documentsAmong(workspace, selected) : selected
  const targets = changes === undefined ? meant : meant.filter((target) => changes.has(target.path))
  return summarise(workspace, input, await lookThrough(workspace, targets, input), changes)
}

/** @param targets in order of path */
async function lookThrough(workspace: Workspace, targets: readonly Target[], { text, threads, onRead, onProgress }: CheckInput): Promise<Found> {
  onProgress?.(0, targets.length)
  const arena = new Arena(workspace.host.openScratch)
  const found = new Found(targets, arena)
  // Whoever names single files wants those looked at, which takes less than to look up what is known of all.
  const { cache } = workspace
  const recall = cache !== undefined && targets.some((target) => !target.named) ? (await import('../recall.js')).openRecall(workspace, cache, arena, targets.length) : undefined
  const anew: number[] = []
  for (const [at, target] of targets.entries()) {
    const known = await recall?.find(target)
    if (known !== undefined && 'held' in known) {
      found.put(at, known.held)
      continue
    }
    anew.push(at)
    onRead?.(target.path, known?.reason ?? (target.named ? 'it was asked for by name' : 'nothing is kept'))
    // Taken before the text is read, so that a change in between is noticed.
    if (recall !== undefined) workspace.stamp(target.path)
  }
  let done = targets.length - anew.length
  const take = (at: number, judging: Judging | undefined): void => {
    const target = targets[at]
    if (target !== undefined && judging !== undefined) {
      const held = found.hold(judging.judged)
      if (judging.noted !== undefined) recall?.note(target, held, judging.noted)
      found.put(at, held)
    }
    onProgress?.(++done, targets.length)
  }
  onProgress?.(done, targets.length)
  const read = anew.flatMap((at) => targets[at] ?? [])
  const [first] = read
  const keep = recall !== undefined
  if (first !== undefined && read.length === 1) take(anew[0] ?? 0, await judgeTarget(workspace, first, keep, text?.content))
  else if (read.length > 1) await (await import('../crew.js')).judgeAll(workspace, read, { keep, threads, take: (index, judging) => take(anew[index] ?? 0, judging) })
  // Git lists what is deleted and not committed yet, and links may lead nowhere; neither is a document.
  const gone = targets.find((target, at) => target.named && !found.has(at))
  if (gone !== undefined) throw new InquestError('io', `${gone.path}: is gone`, { hint: 'It was deleted while the check ran; run it again' })
  recall?.keep()
  return found
}

/** Programs that name every file of a commit ask for none of them in particular. */
function documentsAmong(workspace: Workspace, targets: readonly Target[]): readonly Target[] {
  const { documents } = workspace.config
  return targets.filter(({ path }) => !workspace.excludes(path) && (documents === undefined || workspace.declares(path))).map(({ path }) => ({ path, named: false }))
}

async function changesOf(workspace: Workspace, { changedSince, text, updateBaseline }: CheckInput): Promise<Changes | undefined> {
  if (changedSince === undefined) return undefined
  if (text !== undefined) throw new InquestError('usage', 'A text that is not in a file cannot be compared to a commit', { hint: 'Leave `--changed-since` out' })
  if (updateBaseline === true) throw new InquestError('usage', 'A baseline is written for all documents, not for those that changed', { hint: 'Leave `--changed-since` out' })
  const { findChanges } = await import('../changed.js')
  return findChanges(workspace, changedSince)
}

async function summarise(workspace: Workspace, input: CheckInput, found: Found, changes: Changes | undefined): Promise<CheckResult> {
  const { documents } = found
  const readLine = lineReader((path) => (input.text !== undefined && workspace.toRelative(input.text.path) === path ? input.text.content : workspace.readText(path)))
  const lineAt = (path: string, line: number): string => found.lineAt(path, line) ?? readLine(path, line)
  const partial = input.text !== undefined || input.paths.length > 0 || changes !== undefined
  const checked = partial ? Array.from(documents, ({ path }) => path) : undefined
  // Most repositories have no baseline.
  const isAsked = input.updateBaseline === true || (input.ignoreBaseline !== true && workspace.host.exists(workspace.toAbsolute(workspace.config.baseline)))
  const baselines = isAsked ? await import('../baseline.js') : undefined
  if (input.updateBaseline === true) await baselines?.writeBaseline(workspace, found.findings, checked, lineAt)
  const baseline = input.ignoreBaseline === true ? undefined : baselines?.readBaseline(workspace)
  const fresh = baseline === undefined ? undefined : await baselines?.applyBaseline(baseline, found.findings, checked, lineAt)
  const strays = strayFindings(input.text === undefined && input.paths.length === 0 ? straysIn(workspace, storeIn(workspace)).filter(({ path }) => changes?.has(path) !== false) : [], workspace)
  const own = countsOf(strays)
  const [errors, warnings, infos] = (fresh ?? found).counts.map((count, index) => count + (own[index] ?? 0)) as [number, number, number]
  const failOn = input.failOn ?? workspace.config.failOn
  const weighing = { error: errors, warning: errors + warnings, info: errors + warnings + infos, never: 0 }[failOn]
  return {
    findings: merged(strays, fresh?.findings ?? found.findings),
    summary: {
      documents: documents.length,
      errors,
      warnings,
      infos,
      skipped: found.skipped.filter(({ named, reason }) => named || /no template `|^it (?:is a link that|is not a plain file|is larger than|leads into)/u.test(reason)).map(({ path, reason }) => ({ path, reason })),
      ...(fresh !== undefined && { baselined: fresh.baselined, stale: fresh.stale }),
    },
    documents,
    failOn,
    failed: weighing > 0,
    root: workspace.root,
    prefix: prefixOf(workspace),
    ...(changes !== undefined && { touches: ({ path, range }: PlacedFinding) => changes.touches(path, range) }),
    lineAt,
  }
}

/** Both in the order of findings. */
function merged(few: readonly PlacedFinding[], many: Listed<PlacedFinding>): Listed<PlacedFinding> {
  if (few.length === 0) return many
  return listed(few.length + many.length, function* () {
    const left = [...few]
    for (const finding of many) {
      while (left[0] !== undefined && compareFindings(left[0], finding) <= 0) yield* left.splice(0, 1)
      yield finding
    }
    yield* left
  })
}

/** The configuration may stand in a folder of the repository; what hosts of code are told counts from its top. */
function prefixOf({ host, root }: Workspace): string {
  for (let at = root, below = ''; ; ) {
    if (host.exists(join(at, '.git'))) return below
    const above = dirname(at)
    if (above === at) return ''
    below = `${basename(at)}/${below}`
    at = above
  }
}
