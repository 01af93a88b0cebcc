/** Owns what rules may know beyond one document: looked up by the engine beforehand and handed in as a value. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import type { Cited } from '../evidence/cited.js'
import type { Drift } from '../evidence/pins.js'
import type { Standing } from '../template/template.js'
import type { LineRange } from '../text/span.js'

/** A document of the repository as others refer to it. */
export interface DocumentEntry {
  readonly path: string
  readonly template: string
  readonly version: string | undefined
  readonly id: string | undefined
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
  /** What a cited path means in the working tree, counted from the repository's root or from the document. */
  cited(path: string): Cited
  /** Lines of a file that `cited` found, as they stand in the working tree; fewer where it is shorter. */
  citedLines(path: string, start: number, end: number): readonly string[] | undefined
  /** What is on record for the document of a template with an id, oldest first. */
  attestations(template: string, id: string): readonly Attestation[]
  /** Those of the concept ids that neither the store nor its export has; none where there is neither. */
  unknownConcepts(ids: readonly number[]): readonly number[]
  /** The ids of concepts that are recorded for a document, in order; none where there is neither store nor export. */
  recordedConcepts(template: string, document: string): readonly number[]
  /** What became of a citation that was bound; undefined where nothing binds it. */
  drift(citation: BoundCitation): Drift | undefined
  /** True where a file or folder stands at the path, counted from the repository's root. */
  exists(path: string): boolean
}
