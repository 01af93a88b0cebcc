/** Owns what rules may know beyond one document: looked up by the engine beforehand and handed in as a value. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import type { Standing } from '../template/template.js'

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
  /** True for kinds that inquiries spawn. */
  readonly tracked: boolean
  readonly date: FrontmatterValue | undefined
}

export interface World {
  /** The document that is judged, relative to the repository's root, with `/`. */
  readonly path: string
  /** Entries that carry the id, in order of path. */
  documentsWithId(id: string): readonly DocumentEntry[]
  /** True where the repository holds any document of a kind that inquiries spawn. */
  readonly tracksWork: boolean
  /** True where a file or folder stands at the path, counted from the repository's root. */
  exists(path: string): boolean
}
