/** Owns what a template is once compiled: schema (fields, sections), machine (phases, gates) and scaffold. */

import { detach } from '../text/detach.js'
import type { IdPattern } from './id-pattern.js'

/** The name and version that a document writes into its frontmatter to choose its template. */
export interface TemplateId {
  readonly name: string
  readonly version: string
}

export type FieldType = 'string' | 'date' | 'datetime' | 'integer' | 'boolean' | 'list' | 'concepts' | 'id' | 'object' | 'any'

export interface FieldSpec {
  readonly name: string
  readonly type: FieldType
  readonly required: boolean
  /** Allowed values; empty where any value of the type will do. */
  readonly values: readonly string[]
  /** Handlebars source of the value that a new document gets; undefined leaves the key out. */
  readonly initial: string | undefined
  readonly summary: string | undefined
  /** The field whose day this one cannot lie before. */
  readonly after: string | undefined
}

export interface Phase {
  readonly name: string
  /** Other words documents use for it. */
  readonly aliases: readonly string[]
  readonly index: number
  /** True where entering it freezes the hypotheses. */
  readonly registers: boolean
  /** The rules whose findings keep a document from leaving this phase. */
  readonly gate: ReadonlySet<string>
  readonly summary: string | undefined
}

/** Where a document stands by its status: at work, done (all gates due) or put away (syntax only). */
export type Standing = 'open' | 'closed' | 'archived'

export interface Machine {
  readonly statusField: string
  readonly statuses: ReadonlyMap<string, Standing>
  /** Undefined where documents of this template carry no phase of their own. */
  readonly phaseField: string | undefined
  /** The field that records the transitions; undefined where documents keep no history. */
  readonly historyField: string | undefined
  /** In order; at least one. */
  readonly phases: readonly Phase[]
  /** Names of phases a closed document may stand in; the last one unless the template says more. */
  readonly closedIn: ReadonlySet<string>
}

/** What a row of a table or an item of a list is, for the rules that follow references between them. */
export type Relation = 'hypotheses' | 'evidence' | 'verdicts' | 'verification' | 'questions' | 'spawned' | 'prior-work' | 'findings' | 'log'

export type CellType = 'text' | 'id' | 'ref' | 'verdict' | 'citation' | 'concept' | 'url' | 'checkbox' | 'answer' | 'disposition'

export interface ColumnSpec {
  /** The role the rules know it by: `id`, `statement`, `confidence`, `source` … */
  readonly role: string
  /** The heading a new document gets. */
  readonly heading: string
  /** All headings that mean this column, normalised. */
  readonly names: readonly string[]
  readonly type: CellType
  readonly required: boolean
  readonly values: readonly string[]
}

/** Ties a claim in a document (a ticked item, a Yes) to the rules that would contradict it. */
export interface Binding {
  /** Words of the claim, normalised; a claim that holds all of them is bound. */
  readonly words: readonly string[]
  readonly rules: readonly string[]
  /** The section that the findings must stand in, or what they must be about, normalised; anything where it is left out. */
  readonly about: string | undefined
}

export interface LabelSpec {
  readonly label: string
  readonly names: readonly string[]
  readonly required: boolean
  readonly values: readonly string[]
}

export type PartSpec =
  | { readonly kind: 'prose'; readonly yields: 'rationale' | undefined }
  | { readonly kind: 'fields'; readonly labels: readonly LabelSpec[] }
  | {
      readonly kind: 'table'
      readonly yields: Relation | undefined
      readonly columns: readonly ColumnSpec[]
      /** What people call its rows in claims such as "all 8 evidence items". */
      readonly called: readonly string[]
      readonly bindings: readonly Binding[]
    }
  | { readonly kind: 'checklist'; readonly closes: boolean; readonly bindings: readonly Binding[] }
  | { readonly kind: 'items'; readonly yields: 'hypotheses' | 'spawned' | undefined; readonly due: 'now' | 'later' }
  | { readonly kind: 'sources' }

export interface SectionSpec {
  readonly heading: string
  /** All headings that mean this section, normalised. */
  readonly names: readonly string[]
  /** Index of the phase it is written in. */
  readonly phase: number
  readonly required: boolean
  readonly skippable: boolean
  readonly summary: string | undefined
  /** True where closing stores what stands here. */
  readonly learnings: boolean
  readonly parts: readonly PartSpec[]
  readonly sections: readonly SectionSpec[]
}

export interface IdSpec {
  /** The fields that may hold the id; a new document gets it in the first. */
  readonly fields: readonly string[]
  readonly prefix: string
  readonly digits: number
}

/** A proof that a document can have besides its text: a record that one of some agents worked on it. */
export interface AttestationSpec {
  /** The name that claims and findings know it by. */
  readonly kind: string
  /** Names of agents; a run of any of them gives it. */
  readonly agents: readonly string[]
  /** Index of the phase in which the agent has to have run; any phase where it is left out. */
  readonly phase: number | undefined
  readonly summary: string | undefined
}

export interface Template extends TemplateId {
  /** Versions of documents this template judges: `2` covers `2`, `2.0` and `2.1`. */
  readonly accepts: readonly string[]
  /** True where it also judges documents that name no version. */
  readonly unversioned: boolean
  readonly title: string
  readonly summary: string
  /** Where it was read from: a path in the repository, or `builtin:<file>`. */
  readonly source: string
  readonly id: IdSpec | undefined
  /** Handlebars source of a new document's path; undefined where documents are not made from it. */
  readonly file: string | undefined
  readonly titleField: string
  readonly parentFields: readonly string[]
  readonly memoryField: string | undefined
  /** True for kinds that inquiries spawn: a repository that holds one tracks such items. */
  readonly tracked: boolean
  readonly fields: ReadonlyMap<string, FieldSpec>
  /** False where a document may carry any further field. */
  readonly closedFields: boolean
  readonly machine: Machine
  readonly attestations: readonly AttestationSpec[]
  readonly sections: readonly SectionSpec[]
  /** How ids of hypotheses look, such as `H\d+`. */
  readonly hypothesisId: IdPattern
  readonly scaffold: string
  /** Normalised texts of the scaffold's blocks: where one still stands, nobody has written. */
  readonly literals: ReadonlySet<string>
}

/**
 * Headings and labels are compared without marks, numbering, a note in brackets, punctuation at the
 * ends, and case: `### 2. External Evidence (if applicable):` reads `external evidence`.
 */
export function normaliseName(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = withoutTrimmings(text)
  if (names.size >= mostNames) names.clear()
  names.set(detach(text), detach(name))
  return name
}

/** Documents of one kind have the same headings and labels. */
const names = new Map<string, string>()
const mostNames = 4096

/** Words with single blanks between them have no trimmings: looking is cheaper than replacing each kind. */
const trimmed = /^[A-Za-z](?:[A-Za-z0-9,;/'&:.+"=<>?!#-]| (?! ))*[A-Za-z0-9]$/

function withoutTrimmings(text: string): string {
  if (trimmed.test(text)) return text.toLowerCase()
  return text
    .normalize('NFC')
    .replaceAll(/[*_`]+/gu, '')
    .replace(/^\s*(?:\d+(?:\.\d+)*[.)]?\s+)/u, '')
    .replace(/\s*\([^()]*\)\s*:?\s*$/u, '')
    .replaceAll(/[\s]+/gu, ' ')
    .replace(/^[\s\p{So}\p{Sk}]+/u, '')
    .replace(/(?<![\s:.…])[\s:.…]+$/u, '')
    .toLowerCase()
    .trim()
}

/** What prose is compared without, and letters that may be written in two ways: looking is cheaper than replacing. */
const unlike = /[*_`]|\P{ASCII}|\s\s|[^\S ]/u

/** Prose is compared without case, marks and runs of blanks. */
export function normaliseText(text: string): string {
  if (!unlike.test(text)) return text.trim().toLowerCase()
  return text.normalize('NFC').replaceAll(/[*_`]+/gu, '').replaceAll(/\s+/gu, ' ').trim().toLowerCase()
}
