/** Owns the baseline: findings a repository knew when it started, so that only new ones are reported. */

import { createHash } from 'node:crypto'
import { InquestError } from '../errors.js'
import type { PlacedFinding } from '../finding/finding.js'
import type { Workspace } from './workspace.js'

/** How often each known finding stands in each file: path → fingerprint → count. */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, number>>

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

/** Writes all findings down as known; sorted, so that git merges it line by line. */
export async function writeBaseline(workspace: Workspace, findings: readonly PlacedFinding[], readText: (path: string) => string | undefined): Promise<void> {
  const counts: Record<string, Record<string, number>> = {}
  const fingerprint = fingerprinter(readText)
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
 * Takes known findings out.
 * @param covered true for files that this run looked at, or that are gone; only of those an entry can be stale
 */
export async function applyBaseline(
  baseline: Baseline,
  findings: readonly PlacedFinding[],
  covered: (path: string) => boolean,
  readText: (path: string) => string | undefined,
): Promise<{ findings: readonly PlacedFinding[]; baselined: number; stale: number }> {
  const fingerprint = fingerprinter(readText)
  const left = new Map([...baseline].map(([path, counts]) => [path, new Map(counts)]))
  const fresh = findings.filter((finding) => {
    const counts = left.get(finding.path)
    const key = fingerprint(finding)
    const known = counts?.get(key) ?? 0
    if (known === 0) return true
    counts?.set(key, known - 1)
    return false
  })
  let stale = 0
  for (const [path, counts] of left) if (covered(path)) for (const count of counts.values()) stale += count
  return { findings: fresh, baselined: findings.length - fresh.length, stale }
}

/** What makes a finding the same after edits above it: its rule, subject, section and the line it stands on. */
function fingerprinter(readText: (path: string) => string | undefined): (finding: PlacedFinding) => string {
  const lines = new Map<string, readonly string[]>()
  return (finding) => {
    let of = lines.get(finding.path)
    if (of === undefined) {
      of = (readText(finding.path) ?? '').split(/\r\n|\n|\r/u)
      lines.set(finding.path, of)
    }
    const line = of[finding.range.start.line - 1]?.trim().replaceAll(/\s+/gu, ' ') ?? ''
    const digest = createHash('sha256').update(`${finding.section ?? ''}\0${line}`).digest('hex').slice(0, 12)
    return `${finding.rule} ${finding.subject ?? '-'} ${digest}`
  }
}
