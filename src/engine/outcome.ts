/** Owns what there is to say of one file, examined, judged and placed, in a form that can be kept. */

import type { Document } from '../document/document.js'
import type { PlacedFinding } from '../finding/finding.js'
import { rulesAsked } from '../rules/judge.js'
import type { World } from '../rules/world.js'
import type { Examined } from './examine.js'
import { examine, findingsOf, placeFindings, severitiesFor } from './examine.js'
import type { Target } from './targets.js'
import type { Workspace } from './workspace.js'

export interface Outcome {
  /** Why it is no document, where it is none. */
  readonly skipped?: string
  readonly findings: readonly PlacedFinding[]
  /** What its author left out on purpose. */
  readonly skips: readonly { readonly section: string; readonly line: number; readonly reason: string }[]
  /** The rules that it is held to now, whether or not they find anything. */
  readonly asked: readonly string[]
  /** The lines that findings stand on, by number; long ones are left out. */
  readonly lines: Readonly<Record<number, string>>
}

/** Lines longer than this are looked up in the file where somebody wants to see them. */
const longestLine = 500

/** What is kept of an outcome: all but the rules that are asked, which are the same for most documents of a template. */
export type OutcomeText = Omit<Outcome, 'asked'>

export interface Judged {
  /** An `OutcomeText` as JSON. */
  readonly text: string
  readonly asked: Outcome['asked']
}

/** What there is to say of a document without findings. */
const nothing: OutcomeText = { findings: [], skips: [], lines: {} }
const nothingText = JSON.stringify(nothing)

/** Undefined for a text that is no outcome. @param path of the file that it is of */
export function readOutcome({ text, asked }: Judged, path: string): Outcome | undefined {
  try {
    const outcome = text === nothingText ? nothing : (JSON.parse(text) as OutcomeText)
    for (const finding of outcome.findings) share(finding, path)
    return { ...outcome, asked }
  } catch {
    return undefined
  }
}

/** Names that thousands of findings have in common are kept once. */
function share(finding: { path: string; rule: string }, path: string): void {
  if (finding.path === path) finding.path = path
  const rule = sharedNames.get(finding.rule)
  if (rule === undefined) sharedNames.set(finding.rule, finding.rule)
  else finding.rule = rule
}

const sharedNames = new Map<string, string>()

/**
 * The outcome of a file as JSON. A text cut out of a document keeps all of it in memory, and what is found in thousands of
 * documents is kept until it is shown.
 */
export async function judgeFile(workspace: Workspace, { path, named }: Target, content: string, world: World): Promise<Judged> {
  const examined = examine(workspace, path, content, named)
  if (examined.skipped !== undefined) return { text: JSON.stringify({ skipped: examined.skipped, ...nothing } satisfies OutcomeText), asked: noRules }
  const findings = await placeFindings(findingsOf(workspace, examined, world), examined.document, path)
  const text = JSON.stringify({ findings, skips: skipsOf(examined), lines: linesUnder(findings, examined.document) } satisfies OutcomeText)
  return { text, asked: oneOf(askedOf(workspace, examined)) }
}

const noRules: Outcome['asked'] = []
const lists = new Map<string, Outcome['asked']>()

/** One list of names in the place of thousands that say the same. */
export function oneOf(asked: Outcome['asked']): Outcome['asked'] {
  const key = asked.join(' ')
  const known = lists.get(key)
  if (known === undefined) lists.set(key, asked)
  return known ?? asked
}

function askedOf(workspace: Workspace, { facts, path, template }: Examined): Outcome['asked'] {
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
