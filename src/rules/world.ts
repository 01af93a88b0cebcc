/** Owns what rules may know beyond one document: looked up by the engine beforehand and handed in as a value. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import type { Cited } from '../evidence/cited.js'
import type { Drift } from '../evidence/pins.js'
import type { Resolution } from '../evidence/resolution.js'
import type { Standing } from '../template/template.js'
import type { LineRange } from '../text/span.js'
import type { WrittenEntry } from '../workflow/entries.js'

/** A document of the repository as others refer to it. */
export interface DocumentEntry {
  readonly path: string
  readonly template: string
  readonly version: string | undefined
  readonly id: string | undefined
  /** What ids of its kind begin with, such as `INV-`; undefined where its template gives none. */
  readonly prefix: string | undefined
  readonly title: string | undefined
  readonly status: string | undefined
  readonly standing: Standing | undefined
  readonly phase: string | undefined
  /** The ids it names as its origin. */
  readonly parents: readonly string[]
  /** The field in which it names its origin; undefined where its template has none. */
  readonly parentField: string | undefined
  /** True for kinds that inquiries spawn. */
  readonly tracked: boolean
  readonly date: FrontmatterValue | undefined
}

/** A record that an agent worked on a document. What it counts for is the template's business. */
export interface Attestation {
  /** The agent's name as its host knows it, such as `investigator` or `inquest:investigator`. */
  readonly agent: string
  /** The phase that the document was in. */
  readonly phase: string | undefined
  /** `2026-03-02T14:05:00Z` */
  readonly at: string
  readonly commit: string | undefined
  /** The file that has it, relative to the repository's root. */
  readonly record: string
  /** True where the file has the name that the hook gives to a record of this run. */
  readonly isNamedByHook: boolean
}

/** An entry of a document's history that git has. */
export interface PastEntry {
  readonly entry: WrittenEntry
  /** The oldest commit that has it, shortened, and when that was made, in seconds. */
  readonly commit: string
  readonly time: number
  /** When the commit was made that the entry names, in seconds; null for one that is not here, left out where it names none. */
  readonly named?: number | null
}

/** What git has of the past of a document, under whatever names its file had. */
export interface DocumentPast {
  /** The entries that the document has to have still. */
  readonly entries: readonly PastEntry[]
  /** Entries that a merge left out in favour of those of another branch. */
  readonly leftOut: readonly PastEntry[]
  /** While a merge is under way: the entries of the version that is merged. */
  readonly merging?: readonly WrittenEntry[]
  /** The templates that versions with a history named, oldest first. */
  readonly templates: readonly (readonly [name: string, version: string | null])[]
  /** The phases of versions that had no history yet. */
  readonly phases: readonly string[]
  /** Hashes of the table cells of versions that had no registered hypotheses yet, as `cellHash` makes them. */
  readonly cells: readonly string[]
  /** True where the clone lacks a part of the past. */
  readonly shallow: boolean
}

/** What a template asks for before a document is closed. */
export interface TemplateDemands {
  /** The rules that any of its gates names. */
  readonly rules: readonly string[]
  readonly requiredSections: number
}

/** A citation with the document that pins know it by. */
export interface BoundCitation {
  readonly id: string | undefined
  readonly template: string
  readonly path: string
  readonly lines: readonly LineRange[]
}

/** Whether a command did what its evidence expects of it. */
export type RunOutcomeKind = 'supports' | 'refutes' | 'timed-out' | 'over-limit' | 'not-found' | 'not-allowed'

/** A citation of the document that is judged. */
export interface Citing {
  readonly path: string
  readonly lines: readonly LineRange[]
  /** As it stands in the document. */
  readonly source: string
}

/** The file that a citation was found to mean, and the citation as it stands in the document. */
export type CitedFile = readonly [path: string, source: string]

/** An entry of a document's history, as far as it tells a time. */
export interface Milestone {
  readonly at: string
  readonly commit: string | undefined
}

/** What a search for a text found: the first place that has it. */
export type Searched = { readonly state: 'none'; readonly files: number } | { readonly state: 'found'; readonly path: string; readonly line: number } | { readonly state: 'unsearched'; /** As the end of a sentence. */ readonly why: string }

/** Where the ids of concepts can be looked up. */
export type ConceptPlace = 'here' | 'elsewhere' | 'nowhere'

export interface World {
  /** The document that is judged, relative to the repository's root, with `/`. */
  readonly path: string
  /** True for a path of the document that is judged, be it through a link. */
  isThis(path: string): boolean
  /** Entries that carry the id, in order of path. */
  documentsWithId(id: string): readonly DocumentEntry[]
  /** True where the repository holds any document of a kind that inquiries spawn. */
  tracksWork(): boolean
  /**
   * The document's hypotheses as they were when they had this digest, from the history of the repository;
   * undefined where no past version has it.
   */
  registeredHypotheses(digest: string): readonly string[] | undefined
  /** Whether a citation can be looked up in the working tree. */
  resolves(path: string, lines: readonly LineRange[]): Resolution
  /**
   * The same in the commit that brought it into the document; `unknown` where the history does not tell.
   * @param passed the gate after which it had to be there
   */
  resolvedThen(citation: Citing, begun: Milestone, passed: Milestone): Resolution
  /** Those of the citations, by their place in the list, whose file came in the commit that brought them or the document. */
  addedWith(begun: Milestone, citations: readonly CitedFile[]): readonly number[]
  /** Whether each text stands in a file that `resolves` found, however its letters are cased; undefined for a file that cannot be read. */
  contains(path: string, texts: readonly string[]): readonly boolean[] | undefined
  /** Looks for a text in the files that git has below a path. */
  search(path: string, text: string): Searched
  /**
   * What git has of the document's past; undefined where it has no history there, or no git.
   * @param origin how the history begins that the document has now, as `originOf` says it; undefined where it has none
   */
  past(origin: string | undefined): DocumentPast | undefined
  /** Undefined for a template that is not here. */
  demandsOf(template: string, version: string | null): TemplateDemands | undefined
  /** What a cited path means in the working tree, counted from the repository's root or from the document. */
  cited(path: string): Cited
  /** Lines of a file that `cited` found, as they stand in the working tree; fewer where it is shorter. */
  citedLines(path: string, start: number, end: number): readonly string[] | undefined
  /** What is on record for the document of a template with an id, oldest first. */
  attestations(template: string, id: string): readonly Attestation[]
  /** Whether concepts are kept here, or elsewhere as the configuration has it. */
  keepsConcepts(): ConceptPlace
  /** The address of an id that the configuration says is kept by a tracker; undefined for any other. */
  tracker(id: string): string | undefined
  /** True for an id of a kind that documents here have, where neither the id nor the name of a document is that. */
  lacksDocument(id: string): boolean
  /** True for a document that says no more than its template. */
  isUnwritten(path: string): boolean
  /** Those of the concept ids that neither the store nor its export has; all of them where there is neither. */
  /** Those of the commits that this repository does not have, in order; undefined where that cannot be told, as in a shallow clone. */
  missingCommits(names: readonly string[]): readonly string[] | undefined
  /** Those of the concept ids that neither the store nor its export has; none where there is neither. */
  unknownConcepts(ids: readonly number[]): readonly number[]
  /** The ids of concepts that are recorded for a document, in order; none where there is neither store nor export. */
  recordedConcepts(template: string, document: string): readonly number[]
  /** What became of a citation that was bound, and a key for what it is bound to; undefined where nothing binds it. */
  drift(citation: BoundCitation): (Drift & { readonly pin: string }) | undefined
  /** Whether the pin says what the version says that it is bound to; undefined where that version is not at hand. */
  isPinTrue(citation: BoundCitation, pin: string): boolean | undefined
  /** What an evidence command of the document did when it last ran; undefined where no run is on record. */
  lastRun(run: { readonly id: string | undefined; readonly template: string; readonly name: string; readonly exit: number; readonly prints: readonly string[] }): RunOutcomeKind | undefined
  /** True where a file or folder stands at the path, counted from the repository's root. */
  exists(path: string): boolean
}
