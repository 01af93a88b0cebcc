/** Owns the facts: what a document says, read by its template, with the span of everything said. */

import type { Document } from '../document/document.js'
import type { Section } from '../document/section.js'
import type { Cell, TableRowView, TableView } from '../document/table.js'
import type { Span } from '../text/span.js'
import type { Binding, ColumnSpec, PartSpec, Phase, SectionSpec, Standing, Template } from '../template/template.js'
import type { Citation } from './citation.js'
import type { Confidence } from './confidence.js'
import type { Fault } from './substance.js'

/** What the document claims to be by its phase and status. */
export interface Claim {
  readonly status: string | undefined
  /** Undefined where the status is none the template knows. */
  readonly standing: Standing | undefined
  readonly phaseName: string | undefined
  /** Undefined where the phase is none the template knows. */
  readonly phase: Phase | undefined
}

export interface Skip {
  readonly span: Span
  readonly rationale: string
  readonly rationaleSpan: Span
  /** What is wrong with the rationale. */
  readonly fault: Fault | undefined
}

/** Where a section of the template was found in the document, or that it was not. */
export interface SectionFact {
  readonly spec: SectionSpec
  /** The first section that matches; undefined where there is none. */
  readonly section: Section | undefined
  readonly duplicates: readonly Section[]
  /** The SKIPPED line directly under the heading. */
  readonly skip: Skip | undefined
  /** True where the section or one above it is skipped: nothing below is due. */
  readonly skipped: boolean
  /** True where an author has written something that says something. */
  readonly written: boolean
  /** Where nothing is said: the first text that was written all the same. */
  readonly hollow: { readonly span: Span; readonly fault: Fault } | undefined
  /** The text where all that stands there is N/A, None, TBD or the like without a reason. */
  readonly bareWord: { readonly text: string; readonly span: Span } | undefined
  readonly sections: readonly SectionFact[]
}

/** A table that its section declares, with its columns found. */
export interface TableFact {
  readonly part: Extract<PartSpec, { kind: 'table' }>
  readonly spec: SectionSpec
  readonly section: Section
  readonly view: TableView
  readonly missing: readonly ColumnSpec[]
  readonly rows: readonly RowFact[]
}

export interface RowFact {
  readonly view: TableRowView
  readonly table: Omit<TableFact, 'rows'>
  /** The cell of a column by its role; undefined where the table or the row lacks it. */
  cell(role: string): Cell | undefined
  /** True where no author has written in it: prompts, blanks and dashes only. */
  readonly untouched: boolean
  /** True where it has more or fewer cells than the header, so that nobody can tell which cell is which. */
  readonly ragged: boolean
}

/** What every fact that rules look at carries. */
export interface Stated {
  readonly span: Span
  readonly section: Section
  readonly spec: SectionSpec
}

export interface Hypothesis extends Stated {
  readonly id: string
  readonly idSpan: Span
  readonly statement: string
  /** Undefined where the form it is written in has no place for one, and '' where the place is empty. */
  readonly confidence: string | undefined
  /** How the confidence is read; undefined where the template has no scale for it, or nothing is given. */
  readonly sureness: Confidence | undefined
  readonly test: string | undefined
  /** What would show that it is wrong. */
  readonly refutedBy: string | undefined
}

export interface HypothesisRef {
  readonly id: string
  readonly span: Span
  readonly stance: 'for' | 'against'
}

export interface Evidence extends Stated {
  readonly finding: string
  readonly source: Cell | undefined
  readonly sourceKind: 'citation' | 'concept' | 'url'
  readonly located: boolean
  readonly citations: readonly Citation[]
  readonly refs: readonly HypothesisRef[]
  readonly table: Omit<TableFact, 'rows'>
}

export type VerdictKind = 'confirmed' | 'refuted' | 'inconclusive' | 'partially confirmed' | 'subsumed'

export interface Verdict extends Stated {
  readonly ids: readonly HypothesisRef[]
  readonly cell: Cell
  /** Undefined where nothing is decided yet. */
  readonly value: VerdictKind | undefined
  /** True where something stands there that is no verdict. */
  readonly invalid: boolean
  /** True where the row has not as many cells as its header, which is a finding of its own. */
  readonly unreadable: boolean
}

/** A box or a Yes that somebody claims: a closing item, a row to verify, a question. */
export interface ClaimedItem extends Stated {
  readonly kind: 'closing' | 'verification' | 'question'
  readonly label: string
  readonly text: string
  readonly claimed: boolean
  /** Where the tick or the answer stands. */
  readonly mark: Span
  readonly bindings: readonly Binding[]
}

export interface Question extends Stated {
  readonly label: string
  readonly answer: 'yes' | 'no' | 'not-applicable' | undefined
  readonly answerSpan: Span
  readonly explained: boolean
  /** As it is written; empty where there is none. */
  readonly explanation: string
  /** What is wrong with the explanation; undefined where there is none. */
  readonly fault: Fault | undefined
  /** Where the explanation stands or, where there is none, the answer. */
  readonly explanationSpan: Span
}

/** The author's reason for spawning nothing. */
export interface SpawnRationale {
  readonly span: Span
  readonly fault: Fault | undefined
}

/** A place that asks for words, and what is wrong with those that it has. */
export interface Hollow extends Stated {
  readonly place: 'hypothesis' | 'cell' | 'label' | 'section' | 'reason'
  /** How a message names it: `"Why" of \`H1\``. */
  readonly name: string
  readonly subject: string
  readonly fault: Fault
}

export interface SpawnedItem extends Stated {
  readonly id: string | undefined
  readonly idSpan: Span
  readonly text: string
  /** True where it is meant to exist now. */
  readonly due: boolean
}

/** A row of the table in which people note how the work went. */
export interface LogRow extends Stated {
  readonly phase: string
  readonly progress: string
}

export interface Placeholder {
  readonly span: Span
  readonly section: Section
  /** Left out where it stands outside every section the template declares. */
  readonly spec?: SectionSpec
  readonly text: string
}

/** A citation with the place that it has in the document. */
export interface CitationFact extends Citation {
  /** In an evidence row, above a block of quoted code, or in running text and other tables. */
  readonly role: 'evidence' | 'quote' | 'text'
  readonly section: Section
  /** Left out where it stands outside the sections that the template declares. */
  readonly spec?: SectionSpec
}

/** A block of code that claims to stand in a file. */
export interface Quote {
  readonly citation: Citation
  /** Without a first line that only names the place. */
  readonly lines: readonly string[]
  readonly span: Span
  readonly section: Section
}

/** A command that shows whether evidence holds. */
export interface RunFact {
  /** As the configuration knows it. */
  readonly name: string
  /** The status it is expected to exit with. */
  readonly exit: number
  /** Texts it is expected to print, in order. */
  readonly prints: readonly string[]
  readonly span: Span
}

export interface PathReference {
  readonly path: string
  readonly span: Span
}

export interface Suppression {
  readonly span: Span
  readonly rules: readonly string[]
  readonly reason: string
  /** What it covers. */
  readonly scope: Span
}

export interface Facts {
  readonly document: Document
  readonly template: Template
  readonly id: string | undefined
  readonly idField: string | undefined
  readonly title: string | undefined
  readonly claim: Claim
  readonly sections: readonly SectionFact[]
  /** The same with those below them, in the template's order. */
  readonly allSections: readonly SectionFact[]
  readonly tables: readonly TableFact[]
  readonly hypotheses: readonly Hypothesis[]
  readonly evidence: readonly Evidence[]
  readonly verdicts: readonly Verdict[]
  readonly questions: readonly Question[]
  readonly claims: readonly ClaimedItem[]
  readonly spawned: readonly SpawnedItem[]
  /** The first reason that says something, else the first that is given. */
  readonly spawnRationale: SpawnRationale | undefined
  readonly log: readonly LogRow[]
  readonly placeholders: readonly Placeholder[]
  readonly pathReferences: readonly PathReference[]
  /** All citations, in the order of the document. */
  readonly citations: readonly CitationFact[]
  /** Blocks of quoted code that name where they are from. */
  readonly quotes: readonly Quote[]
  readonly runs: readonly RunFact[]
  /** Concept ids in the frontmatter, ranges written out. */
  readonly memoryRefs: readonly number[]
  readonly skips: readonly (Skip & Stated)[]
  /** In the order of the sections; what is wrong with a reason for certain is told by rules of its own. */
  readonly hollows: readonly Hollow[]
}

/** Every section fact with those below it, in the template's order. */
export function eachSectionFact(sections: readonly SectionFact[]): readonly SectionFact[] {
  const all: SectionFact[] = []
  const add = (fact: SectionFact): void => {
    all.push(fact)
    fact.sections.forEach(add)
  }
  sections.forEach(add)
  return all
}
