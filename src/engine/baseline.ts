/** Owns the baseline: findings a repository knew when it started, so that only new ones are reported. */

import { InquestError } from '../errors.js'
import type { Counts, PlacedFinding } from '../finding/finding.js'
import { countsOf } from '../finding/finding.js'
import { createIdentities } from '../finding/fingerprint.js'
import type { Listed } from '../text/listed.js'
import { listed } from '../text/listed.js'
import type { Workspace } from './workspace.js'

/** How often each known finding stands in each file: path → fingerprint → count. */
export type Baseline = ReadonlyMap<string, Map<string, number>>

interface BaselineFile {
  readonly version: 1
  readonly findings: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Undefined where there is none. @throws InquestError `config-invalid` for a file that is no baseline */
export function readBaseline(workspace: Workspace): Baseline | undefined {
  const { baseline } = workspace.config
  const text = workspace.host.readText(workspace.toAbsolute(baseline))
  if (text === undefined) return undefined
  try {
    const read = JSON.parse(text) as BaselineFile
    if (read.version !== 1 || typeof read.findings !== 'object') throw new TypeError('unknown form')
    return new Map(Object.entries(read.findings).map(([path, counts]) => [path, new Map(Object.entries(counts))]))
  } catch (error) {
    throw new InquestError('config-invalid', `${baseline}: is no baseline that this version can read`, {
      hint: 'Write it anew with `inquest check --update-baseline`',
      cause: error,
    })
  }
}

/**
 * Writes findings down as known; sorted, so that git merges it line by line.
 * @param checked the documents that were looked at where those are not all: what is known of others stays
 */
export async function writeBaseline(
  workspace: Workspace,
  findings: Iterable<PlacedFinding>,
  checked: readonly string[] | undefined,
  lineAt: (path: string, line: number) => string,
): Promise<void> {
  const counts: Record<string, Record<string, number>> = {}
  if (checked !== undefined) {
    const looked = new Set(checked)
    for (const [path, known] of readBaseline(workspace) ?? []) if (!looked.has(path)) counts[path] = Object.fromEntries(known)
  }
  const fingerprint = await fingerprinter(lineAt)
  for (const finding of findings) {
    if (finding.severity === 'info') continue
    const file = (counts[finding.path] ??= {})
    const key = fingerprint(finding)
    file[key] = (file[key] ?? 0) + 1
  }
  const sorted = Object.fromEntries(
    Object.entries(counts)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, file]) => [path, Object.fromEntries(Object.entries(file).toSorted(([a], [b]) => (a < b ? -1 : 1)))]),
  )
  const file = workspace.toAbsolute(workspace.config.baseline)
  const text = `${JSON.stringify({ version: 1, findings: sorted } satisfies BaselineFile, undefined, 2)}\n`
  const before = workspace.host.readText(file)
  if (before === undefined) workspace.host.createFile(file, text)
  else if (before !== text) workspace.host.replaceFile(file, before, text)
}

/**
 * The findings that the baseline does not hold.
 * @param baseline is used up: what is found is taken from it
 * @param checked the documents that were looked at where those are not all: only their entries can be stale
 */
export async function applyBaseline(
  baseline: Baseline,
  findings: Listed<PlacedFinding>,
  checked: readonly string[] | undefined,
  lineAt: (path: string, line: number) => string,
): Promise<{ readonly findings: Listed<PlacedFinding>; readonly counts: Counts; readonly baselined: number; readonly stale: number }> {
  const fingerprint = await fingerprinter(lineAt)
  const isKnown = (finding: PlacedFinding): boolean => {
    const counts = baseline.get(finding.path)
    const key = counts === undefined ? '' : fingerprint(finding)
    const known = counts?.get(key) ?? 0
    if (known > 0) counts?.set(key, known - 1)
    return known > 0
  }
  // Only which of them are known is held, not what they say.
  const known = new Uint8Array(findings.length)
  let at = 0
  for (const finding of findings) known[at++] = Number(isKnown(finding))
  const baselined = known.reduce((sum, one) => sum + one, 0)
  const fresh = listed(findings.length - baselined, () => without(findings, known))
  const looked = checked === undefined ? undefined : new Set(checked)
  let stale = 0
  for (const [path, counts] of baseline) if (looked?.has(path) !== false) for (const count of counts.values()) stale += count
  return { findings: fresh, counts: countsOf(fresh), baselined, stale }
}

function* without<T>(things: Iterable<T>, marked: Uint8Array): Generator<T> {
  let at = 0
  for (const thing of things) if (marked[at++] === 0) yield thing
}

/** Loads hashing only where there is a baseline. */
async function fingerprinter(lineAt: (path: string, line: number) => string): Promise<(finding: PlacedFinding) => string> {
  const { createHash } = await import('node:crypto')
  const identify = createIdentities(lineAt)
  return (finding) => {
    const { rule, subject, context } = identify(finding)
    return `${rule} ${subject} ${createHash('sha256').update(context).digest('hex').slice(0, 12)}`
  }
}
