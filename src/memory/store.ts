/** Owns what a concept store is to everybody else: values and promises, whatever engine keeps them. Only this room knows SQL. */

import type { Moving } from './moving.js'
import type { Query } from './query.js'
import type { Progress } from './similar.js'
import type { Snippet } from './snippet.js'

/** Pending: promised to a document that may not list it yet. */
export type ConceptState = 'pending' | 'live'

/** Where in a document something was learned, or from where it came. */
export interface Provenance {
  readonly document?: string
  readonly template?: string
  /** Relative to the repository's root, with `/`; or whatever names the source of a plain concept. */
  readonly path?: string
  readonly section?: string
  readonly phase?: string
  readonly hypothesis?: string
  readonly verdict?: string
  readonly citation?: string
  readonly commit?: string
  readonly author?: string
  /** An instant; it tells people when, and never decides an order. */
  readonly at: string
}

export interface Concept {
  readonly id: number
  readonly type: string
  readonly body: string
  readonly sha256: string
  readonly state: ConceptState
  readonly created: string
  /** The operation that stored it. */
  readonly operation: number
  readonly provenance: readonly Provenance[]
}

/** Something to be stored. */
export interface Learning {
  readonly type: string
  readonly body: string
  readonly section?: string
  readonly hypothesis?: string
  readonly verdict?: string
  readonly citation?: string
}

/** What all learnings of one request have in common. */
export interface Origin {
  /** Empty for a store that lies in its repository, else the repository's root. */
  readonly repository: string
  readonly document?: string
  readonly template?: string
  readonly path?: string
  readonly phase?: string
  readonly commit?: string
  readonly author?: string
}

export interface IngestRequest {
  /**
   * Names the request among all others of its origin: the same again gives the same ids. Left out, the learnings name it,
   * and one that is recorded for the document already keeps the id it has.
   */
  readonly key?: string
  readonly origin: Origin
  /** At least one. One that says the same as an earlier one is left out. */
  readonly learnings: readonly Learning[]
  /** Of the document when it was read. */
  readonly sha256?: string
  readonly at: string
}

/** Prepared: its document may not list the ids yet. Parked: its document is gone. */
export type OperationState = 'prepared' | 'done' | 'parked'

export interface Operation {
  readonly id: number
  readonly key: string
  readonly state: OperationState
  readonly repository: string
  readonly document: string | undefined
  readonly template: string | undefined
  readonly path: string | undefined
  readonly reason: string | undefined
  readonly begun: string
  /** Ids of its concepts in the order they were given. */
  readonly ids: readonly number[]
}

export interface Prepared {
  readonly operation: Operation
  /** Of all that was asked for, in its order, whether this operation stored it or an earlier one. */
  readonly ids: readonly number[]
  /** True where nothing was new. */
  readonly replayed: boolean
}

export interface DocumentName {
  readonly repository: string
  readonly document: string
  readonly template: string
}

export interface StoreCounts {
  readonly concepts: number
  readonly pending: number
  readonly documents: number
  readonly clusters: number
}

export interface SearchFilters {
  /** Its id, however it is written: `inv-27` is `INV-027`. */
  readonly document?: string
  readonly type?: string
  readonly phase?: string
  readonly verdict?: string
  /** Days or instants, the last one included. */
  readonly since?: string
  readonly until?: string
}

export interface SearchRequest {
  readonly query: Query
  readonly filters?: SearchFilters
  readonly limit: number
}

export interface Kinship {
  /** Concepts that sum up clusters it is in. */
  readonly clusters: readonly number[]
  /** Where it sums up a cluster itself: its members, the likest first. */
  readonly members: readonly number[]
  /** True where a later cluster holds what this one sums up. */
  readonly superseded: boolean
}

export interface Hit {
  readonly concept: Concept
  /** Larger is better; comparable within one answer only. */
  readonly score: number
  /** Whether it is the concept of that id, one whose id is a slip away, one of that document, or holds all or some of the words. */
  readonly by: 'id' | 'near-id' | 'document' | 'words' | 'some-words'
  /** How many of the things that were looked for it holds. */
  readonly held: number
  readonly snippet: Snippet
  readonly kinship: Kinship
}

export interface SearchAnswer {
  /** Best first. */
  readonly hits: readonly Hit[]
  /** True where there are more. */
  readonly more: boolean
  /** Words that no concept holds. */
  readonly absent: readonly string[]
  /** Words that no concept holds, and those that were looked for in their place. */
  readonly respelled: readonly { readonly typed: string; readonly as: string }[]
}

export interface ExportedConcept {
  /** From behind which the next page goes on. */
  readonly key: string
  readonly moving: Moving
  /** True where its document was given another id here. */
  readonly renamed: boolean
}

/** An id that a concept had before it was given another, with a document that may list it. */
export interface FormerId {
  readonly former: number
  readonly id: number
  readonly document?: string
  readonly template?: string
  readonly path?: string
}

export interface ImportOptions {
  readonly repository: string
  readonly onProgress?: (progress: Progress) => void
}

export interface Imported {
  /** Concepts that the store has and the import names. */
  readonly known: number
  readonly added: number
  /** Concepts of which something was not known yet: where they came from, what they had as an id, what they sum up. */
  readonly extended: number
  /** Concepts of the store that gave up their id. */
  readonly renumbered: readonly { readonly from: number; readonly to: number }[]
}

/** Concepts that a cluster holds, and what is known of it. */
export interface ClusterDraft {
  /** Names its members. */
  readonly key: string
  /** True where the store has it. */
  readonly known: boolean
  /** The ones asked for, in the order asked for. */
  readonly members: readonly Pick<Concept, 'id' | 'type' | 'body' | 'provenance'>[]
}

export interface ClusterToSave {
  readonly key: string
  readonly members: readonly { readonly id: number; readonly score: number }[]
  readonly summary: string
  readonly method: string
  readonly at: string
}

export interface ActiveCluster {
  readonly id: number
  readonly key: string
  readonly members: readonly number[]
}

export interface Tally {
  readonly types: readonly { readonly type: string; readonly concepts: number }[]
  readonly verdicts: readonly { readonly verdict: string; readonly concepts: number }[]
  readonly documents: readonly { readonly document: string; readonly concepts: number }[]
  readonly clusters: number
  readonly clustered: number
  readonly superseded: number
  readonly formerIds: number
  readonly first: string | undefined
  readonly last: string | undefined
}

/** What an engine finds wrong with what it keeps. */
export interface StoreFault {
  readonly kind: 'damage' | 'body' | 'index' | 'reference'
  readonly message: string
  /** True where `mend` can put it right without losing anything. */
  readonly mendable: boolean
  readonly concepts?: readonly number[]
}

export interface StoreGround {
  /** Such as `SQLite 3.53.2`. */
  readonly engine: string
  readonly fileSystem: string
  readonly schema: number
  /** Bytes of the database and of the log beside it. */
  readonly size: number
  readonly log: number
}

/**
 * A store of concepts. Every promise that resolves is kept: what a method answers is on the disk. Every one that rejects
 * with an `InquestError` left nothing half done.
 */
export interface Store {
  /** Where it is. */
  readonly name: string
  readonly readOnly: boolean
  /** Gives ids to learnings, and promises them to a document; the point from which they are never lost. */
  prepare(request: IngestRequest): Promise<Prepared>
  /** Concepts that belong to no document: promised and live at once. */
  record(request: IngestRequest): Promise<Prepared>
  /** The document lists the ids: its concepts are live. Idempotent. @param path where the document is now, if it was moved */
  settle(operation: number, at: string, path?: string): Promise<void>
  /** The document is gone: the concepts wait for it. Idempotent, and an operation that is done stays done. */
  park(operation: number, reason: string): Promise<void>
  /** Operations that are not done, oldest first. */
  unfinished(repository: string): Promise<readonly Operation[]>
  operation(id: number): Promise<Operation | undefined>
  /** In the order asked for; ids that it does not have are left out. */
  concepts(ids: readonly number[]): Promise<readonly Concept[]>
  /** Those of the ids that it does not have. */
  unknown(ids: readonly number[]): Promise<readonly number[]>
  /** Ids of the live concepts that are recorded for a document, in order. */
  recordedFor(name: DocumentName): Promise<readonly number[]>
  /** Every document for which concepts are recorded. */
  documents(repository: string): Promise<readonly DocumentName[]>
  /** The document goes by another name from now on. */
  rename(from: DocumentName, to: DocumentName): Promise<void>
  /** Live concepts that answer a query, with clusters among them. Changes nothing. */
  search(request: SearchRequest): Promise<SearchAnswer>
  /** How a concept belongs to clusters. */
  kinship(id: number): Promise<Kinship>
  /** Live concepts of one repository in the order of their keys, from behind a key. */
  exportPage(repository: string, after: string, limit: number): Promise<readonly ExportedConcept[]>
  /** Takes concepts in. Doing it again changes nothing; one that was broken off is finished by doing it again. */
  import(concepts: readonly Moving[], options: ImportOptions): Promise<Imported>
  /** True where nothing was ever stored: it is as it was made. */
  isNew(): Promise<boolean>
  /** Takes in all concepts at once or none, where nothing was ever stored; no two have one id. @returns how many; 0 where another process was first */
  adopt(concepts: readonly Moving[], repository: string): Promise<number>
  /** Its concepts that have the key of one of these with another id, or the id with another key. */
  differing(concepts: readonly Pick<Moving, 'key' | 'id'>[]): Promise<readonly Moving[]>
  /** Former ids that documents were not told of yet, or all. */
  formerIds(repository: string, which: 'open' | 'all'): Promise<readonly FormerId[]>
  markFollowed(ids: readonly Pick<FormerId, 'former' | 'id'>[]): Promise<void>
  /** Live concepts that sum up no cluster, by id from behind one: what they say, as terms. */
  wordsPage(after: number, limit: number): Promise<readonly { readonly id: number; readonly words: string }[]>
  /** @param members of each cluster @param shown how many of the members come with their bodies */
  draftClusters(members: readonly (readonly number[])[], shown: number): Promise<readonly ClusterDraft[]>
  /** Each becomes a concept that knows its members; one that is there already is left as it is. @returns how many were made */
  saveClusters(clusters: readonly ClusterToSave[]): Promise<number>
  /** Clusters that no later one took over, by id from behind one. */
  clustersPage(after: number, limit: number): Promise<readonly ActiveCluster[]>
  supersede(clusters: readonly { readonly id: number; readonly by: string }[]): Promise<void>
  tally(): Promise<Tally>
  /** Writes a copy of all of it to a file that does not exist, as of one moment, while others go on. */
  backup(file: string): Promise<void>
  counts(): Promise<StoreCounts>
  ground(): Promise<StoreGround>
  /** `quick` looks at what a crash or a disk may have done; `whole` at every body and every word of the index as well. */
  inspect(depth: 'quick' | 'whole'): Promise<readonly StoreFault[]>
  /** Puts right what `inspect` calls mendable. */
  mend(): Promise<void>
  /** Brings what waits in the log into the database. @throws InquestError `store-io` where it has to stay there */
  tidy(): Promise<void>
  /** What goes wrong beside the work: it is no fault of any write, and somebody should know. */
  warnings(): Promise<readonly string[]>
  close(): Promise<void>
}
