/** Owns what a concept store is to everybody else: values and promises, whatever engine keeps them. Only this room knows SQL. */

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
  counts(): Promise<StoreCounts>
  ground(): Promise<StoreGround>
  /** `quick` looks at what a crash or a disk may have done; `whole` at every body and every word of the index as well. */
  inspect(depth: 'quick' | 'whole'): Promise<readonly StoreFault[]>
  /** Puts right what `inspect` calls mendable. */
  mend(): Promise<void>
  close(): Promise<void>
}
