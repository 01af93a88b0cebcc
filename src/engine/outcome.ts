/** Owns what there is to say of one file, examined, judged and placed, in a form that can be kept. */

import type { Document } from '../document/document.js'
import type { Counts, PlacedFinding } from '../finding/finding.js'
import { compareFindings, countsOf } from '../finding/finding.js'
import { fileUnreadable } from '../rules/file-unreadable.js'
import { rulesAsked } from '../rules/judge.js'
import type { World } from '../rules/world.js'
import { asciiJson } from '../text/arena.js'
import type { Examined } from './examine.js'
import { examine, findingsOf, placeFindings, severitiesFor } from './examine.js'
import type { Target } from './targets.js'
import type { Workspace } from './workspace.js'

/** What a run tells of a file even where nobody reads what was found in it; the same for many files. */
export interface Gist {
  /** Why it is no document, where it is none. */
  readonly skipped?: string
  readonly counts: Counts
  /** The rules that it is held to now, whether or not they find anything. */
  readonly asked: readonly string[]
}

/** What was found in a file. */
export interface Outcome {
  /** In their order. */
  readonly findings: readonly PlacedFinding[]
  /** What its author left out on purpose. */
  readonly skips: readonly { readonly section: string; readonly line: number; readonly reason: string }[]
  /** The lines that findings stand on, by number; long ones are left out. */
  readonly lines: Readonly<Record<number, string>>
}

/** Lines longer than this are looked up in the file where somebody wants to see them. */
const longestLine = 500

export interface Judged {
  /** An `Outcome` as JSON in ASCII. */
  readonly text: string
  readonly gist: Gist
}

const nothing: Outcome = { findings: [], skips: [], lines: {} }
const nothingText = JSON.stringify(nothing)

/** @param text an `Outcome` as JSON */
export function readOutcome(text: string): Outcome {
  return text === nothingText ? nothing : (JSON.parse(text) as Outcome)
}

/**
 * The outcome of a file as JSON: a text cut out of a document keeps all of it in memory, and what is found in thousands
 * of documents is kept until it is shown.
 */
export async function judgeFile(workspace: Workspace, { path, named }: Target, content: string, world: World): Promise<Judged> {
  const examined = examine(workspace, path, content, named)
  const { skipped } = examined
  if (skipped !== undefined) return { text: nothingText, gist: { skipped, counts: [0, 0, 0], asked: [] } }
  const placed = await placeFindings(findingsOf(workspace, examined, world), examined.document, path)
  const findings = placed.toSorted(compareFindings)
  const text = asciiJson(JSON.stringify({ findings, skips: skipsOf(examined), lines: linesUnder(findings, examined.document) } satisfies Outcome))
  return { text, gist: { counts: countsOf(findings), asked: askedOf(workspace, examined) } }
}

/** What there is to say of a file that is not read. Where nobody said that it is a document, it is passed over. */
export function unreadOutcome({ declares, config }: Workspace, { path, named }: Target, why: string): Judged {
  const severity = config.rules[fileUnreadable.name] ?? fileUnreadable.severity
  if ((!named && !declares(path)) || severity === 'off') return { text: nothingText, gist: { skipped: `it ${why}`, counts: [0, 0, 0], asked: [] } }
  const finding: PlacedFinding = { rule: fileUnreadable.name, severity, message: `The file ${why}, so it is not read`, path, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } }
  return { text: asciiJson(JSON.stringify({ findings: [finding], skips: [], lines: { 1: '' } } satisfies Outcome)), gist: { counts: countsOf([finding]), asked: [] } }
}

/** Two gists with the same key say the same. */
export function gistKey({ counts, skipped = '', asked }: Gist): string {
  return `${counts.join(' ')}\n${skipped}\n${asked.join(' ')}`
}

function askedOf(workspace: Workspace, { facts, path, template }: Examined): Gist['asked'] {
  return facts === undefined ? [] : rulesAsked(facts, severitiesFor(workspace, path, template))
}

function skipsOf({ document, facts }: Examined): Outcome['skips'] {
  return (facts?.skips ?? []).map(({ section, span, rationale }) => ({ section: section.title, line: document.lines.pointAt(span.start).line, reason: rationale }))
}

function linesUnder(findings: readonly PlacedFinding[], { text, lines }: Document): Outcome['lines'] {
  const under: Record<number, string> = {}
  for (const { range } of findings) {
    const { start, end } = lines.lineSpan(range.start.line)
    if (end - start <= longestLine) under[range.start.line] = text.slice(start, end)
  }
  return under
}
