/** Owns the one error type for a world that fails: every other room throws this and nothing else on purpose. */

/** What kind of failure it is; a front turns it into an exit status or a protocol code. */
export type ErrorCode =
  | 'usage' // the call itself is wrong: unknown verb, option, id or template
  | 'config-invalid' // inquest.yaml or a template cannot be used
  | 'io' // a file could not be read or written
  | 'changed-meanwhile' // a file is no longer what was read
  | 'exists' // a file that must not be overwritten is there
  | 'environment' // git, Node or the system lacks what is needed
  | 'store-missing' // there is no concept store where one is to be read
  | 'store-unavailable' // what the concept store needs does not load
  | 'store-ground' // the store lies where its promise cannot be kept
  | 'store-newer' // written by a newer program
  | 'store-older' // written by an older program, and only to be read
  | 'store-foreign' // a database of another program
  | 'store-busy' // another process wrote for too long
  | 'store-read-only' // the store cannot be written
  | 'store-io' // the disk under the store fails or is full
  | 'store-corrupt' // the store is damaged

export interface ErrorDetails {
  /** What to do next, in one line. */
  readonly hint?: string
  readonly cause?: unknown
  /** The line to mend, where it is one of a file: relative to the repository's root, counted from 1. */
  readonly at?: { readonly path: string; readonly line: number }
}

/**
 * A failure of the world or of the call, never of a document (that is a finding).
 * `message` is one line that names the file and the place; `hint` says what to do.
 */
export class InquestError extends Error {
  override readonly name = 'InquestError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly at: ErrorDetails['at']

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.hint = details.hint
    this.at = details.at
  }
}
