/** Owns the use case `check`: documents in, findings out. Writes nothing but the baseline it is asked for. */

import { InquestError } from '../../errors.js'
import type { PlacedFinding, Severity } from '../../finding/finding.js'
import { atLeast, compareFindings } from '../../finding/finding.js'
import { applyBaseline, readBaseline, writeBaseline } from '../baseline.js'
import { examine, findingsOf, placeFindings } from '../examine.js'
import type { Host } from '../host.js'
import { folderOf, selectTargets } from '../targets.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface CheckInput {
  /** Files and folders; none means every document of the repository. */
  readonly paths: readonly string[]
  /** A text to check in place of files, with the name it would have. */
  readonly text?: { readonly path: string; readonly content: string }
  readonly failOn?: Severity | 'never'
  /** Known findings are written down and reported no more. */
  readonly updateBaseline?: boolean
  readonly ignoreBaseline?: boolean
  readonly onProgress?: (done: number, total: number) => void
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
  readonly findings: readonly PlacedFinding[]
  readonly summary: CheckSummary
  /** True where a finding weighs enough to fail the run. */
  readonly failed: boolean
  readonly root: string
  /** The line each finding stands on, for showing it; by path. */
  readText(path: string): string | undefined
}

/** @throws InquestError for paths, configuration or files that cannot be used */
export async function check(host: Host, input: CheckInput): Promise<CheckResult> {
  const folder = input.text === undefined ? folderOf(host, input.paths) : folderOf(host, [input.text.path])
  const workspace = await openWorkspace(host, folder)
  return checkWorkspace(workspace, input)
}

async function checkWorkspace(workspace: Workspace, input: CheckInput): Promise<CheckResult> {
  const { text } = input
  const targets = text === undefined ? selectTargets(workspace, input.paths) : [{ path: workspace.toRelative(text.path), named: true }]
  const found: PlacedFinding[] = []
  const skipped: { path: string; reason: string }[] = []
  let documents = 0
  for (const [index, target] of targets.entries()) {
    const content = text?.content ?? workspace.readText(target.path)
    if (content === undefined) throw new InquestError('io', `${target.path}: is gone`, { hint: 'It was deleted while the check ran; run it again' })
    const examined = examine(workspace, target.path, content, target.named)
    if (examined.skipped === undefined) {
      documents++
      found.push(...(await placeFindings(findingsOf(workspace, examined), examined.document, target.path)))
    } else if (target.named || /no template `/u.test(examined.skipped)) {
      skipped.push({ path: target.path, reason: examined.skipped })
    }
    input.onProgress?.(index + 1, targets.length)
  }
  found.sort(compareFindings)
  return summarise(workspace, input, found, new Set(targets.map((target) => target.path)), documents, skipped)
}

async function summarise(
  workspace: Workspace,
  input: CheckInput,
  found: readonly PlacedFinding[],
  examined: ReadonlySet<string>,
  documents: number,
  skipped: CheckSummary['skipped'],
): Promise<CheckResult> {
  const readText = (path: string): string | undefined => {
    return input.text !== undefined && workspace.toRelative(input.text.path) === path ? input.text.content : workspace.readText(path)
  }
  if (input.updateBaseline === true) await writeBaseline(workspace, found, readText)
  const baseline = input.ignoreBaseline === true ? undefined : readBaseline(workspace)
  const { findings, baselined, stale } = baseline === undefined ? { findings: found, baselined: 0, stale: 0 } : await applyBaseline(baseline, found, (path) => examined.has(path) || workspace.readText(path) === undefined, readText)
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  const failOn = input.failOn ?? workspace.config.failOn
  return {
    findings,
    summary: {
      documents,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      skipped,
      ...(baseline !== undefined && { baselined, stale }),
    },
    failed: failOn !== 'never' && findings.some((finding) => atLeast(finding.severity, failOn)),
    root: workspace.root,
    readText,
  }
}
