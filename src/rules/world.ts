/** Owns what rules may know beyond one document: looked up by the engine beforehand and handed in as a value. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import type { Cited } from '../evidence/cited.js'
import type { Drift } from '../evidence/pins.js'
import type { Resolution } from '../evidence/resolution.js'
import type { Standing } from '../template/template.js'
import type { LineRange } from '../text/span.js'

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
}

/** A citation with the document that pins know it by. */
export interface BoundCitation {
  readonly id: string | undefined
  readonly template: string
  readonly path: string
  readonly lines: readonly LineRange[]
}

/** Whether a command did what its evidence expects of it. */
export type RunOutcomeKind = 'supports' | 'refutes' | 'timed-out' | 'not-allowed'

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
