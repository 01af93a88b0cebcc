/** Owns the finding: the one value that every check yields and every front shows. */

import type { Edit } from '../text/edit.js'
import type { Range, Span } from '../text/span.js'

/** What a finding weighs; "off" is configuration and never reaches a finding. */
export type Severity = 'error' | 'warning' | 'info'

export const severities: readonly Severity[] = ['error', 'warning', 'info']

/** True where `severity` weighs as much as `threshold` or more. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold)
}

/** How many findings there are of each severity. */
export type Counts = readonly [errors: number, warnings: number, infos: number]

export function countsOf(findings: Iterable<{ readonly severity: Severity }>): Counts {
  const counts: [number, number, number] = [0, 0, 0]
  for (const { severity } of findings) counts[severity === 'error' ? 0 : severity === 'warning' ? 1 : 2]++
  return counts
}

/** Safe: leaves the author's meaning alone and may be applied unseen. Unsafe: a good guess to look at. */
export type Applicability = 'safe' | 'unsafe'

/**
 * Where a finding stands. A frontmatter place is symbolic, because finding the position of a
 * key needs a full YAML parser that a clean document never has to load.
 */
export type Place = Span | FieldPlace

export interface FieldPlace {
  /** A key of the frontmatter; an absent one is placed where it would be added. */
  readonly field: string
  /** The key with its value by default. */
  readonly part?: 'key' | 'value'
  /** A place within the value, by keys and indices. */
  readonly path?: readonly string[]
}

export function isFieldPlace(place: Place): place is FieldPlace {
  return 'field' in place
}

export interface Fix {
  readonly applicability: Applicability
  /** Changes to the document of the finding. */
  readonly edits: readonly Edit[]
  /** What a list in the document's own frontmatter lacks; its place is found where somebody asks. */
  readonly append?: { readonly field: string; readonly values: readonly number[] }
  /** Frontmatter of other documents that is to be set. */
  readonly elsewhere?: readonly { readonly path: string; readonly field: string; readonly value: string }[]
}

export interface Related {
  readonly message: string
  readonly at: Place
  /** Another document; the finding's own where it is left out. */
  readonly path?: string
}

/** A finding within one document, not yet placed: what rules yield. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  /** What is wrong and what was expected, in one sentence. */
  readonly message: string
  readonly at: Place
  /** The heading of the section it belongs to, as the document writes it. */
  readonly section?: string
  /** The phase whose gate asks for it. */
  readonly phase?: string
  /** What it is about: a hypothesis id, a checklist label, a section title, a citation. */
  readonly subject?: string
  readonly fix?: Fix
  readonly related?: readonly Related[]
}

export interface PlacedEdit {
  readonly range: Range
  readonly text: string
}

/** A finding as programs read it; its shape is the contract of `check --format json`. */
export interface PlacedFinding {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly path: string
  readonly range: Range
  readonly section?: string
  readonly phase?: string
  readonly subject?: string
  readonly fix?: { readonly applicability: Applicability; readonly edits: readonly PlacedEdit[] }
  readonly related?: readonly { readonly message: string; readonly path: string; readonly range: Range }[]
  readonly url?: string
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The order of every output: path, then range, then rule, then what it is about. */
export function compareFindings(a: PlacedFinding, b: PlacedFinding): number {
  return (
    compareText(a.path, b.path) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    a.range.end.line - b.range.end.line ||
    a.range.end.column - b.range.end.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.subject ?? '', b.subject ?? '') ||
    compareText(a.message, b.message)
  )
}
