/** Owns the shapes of what the server answers, as far as the extension reads them; docs/editors.md lists the commands. */

/** A place as the protocol counts it, from 0. */
export interface Place {
  readonly line: number
  readonly character: number
}

export interface Range {
  readonly start: Place
  readonly end: Place
}

export interface Location {
  readonly uri: string
  readonly range: Range
}

export interface Blocker {
  readonly rule: string
  readonly message: string
  readonly section?: string
}

export interface HypothesisStatus {
  readonly id: string
  readonly statement: string
  readonly for: number
  readonly against: number
  readonly verdict: string | null
  readonly range?: Range
}

export interface DocumentStatus {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly template: string
  readonly status: string
  readonly phase: string | null
  readonly next: string | null
  readonly blockers: readonly Blocker[]
  /** The places of the blockers, in the same order. */
  readonly locations: readonly Location[]
  readonly hypotheses: readonly HypothesisStatus[]
  readonly uri: string
  readonly moves?: { readonly advance?: string; readonly close: boolean; readonly reopen: boolean; readonly amend: boolean }
}

export interface ListedDocument {
  readonly id: string | null
  readonly path: string
  readonly template: string
  readonly title: string | null
  readonly status: string | null
  readonly phase: string | null
  readonly uri: string
}

export interface TemplateAnswer {
  readonly name: string
  readonly version: string
  readonly title: string
  readonly summary: string
  readonly source: string
  readonly phases: readonly string[]
}

export interface RuleAnswer {
  readonly name: string
  readonly severity: string
  readonly summary: string
  readonly uri: string | null
}

export interface CreatedAnswer {
  readonly id: string
  readonly path: string
  readonly uri: string
}

export interface Refusal {
  readonly transition: string
  readonly reason: string
  readonly blockers: readonly Blocker[]
  readonly locations: readonly Location[]
  /** Reasons that only a person can give, and that would open the gate. */
  readonly askable: readonly { readonly key: string; readonly title: string; readonly expected: string }[]
}

export interface MoveAnswer {
  readonly id: string
  readonly from?: string
  readonly to?: string
  /** What closing stored; the file is written then. */
  readonly stored?: { readonly ids: readonly number[] }
  readonly refused?: Refusal
}
