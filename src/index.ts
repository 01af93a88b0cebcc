/** Owns the public library: what programs that embed inquest may depend on. */

import { createNodeHost } from './engine/node-host.js'
import type { CheckResult as EngineResult, CheckSummary } from './engine/operations/check.js'
import type { CheckedDocument } from './engine/found.js'
import { check as checkWith } from './engine/operations/check.js'
import { parseDocument } from './document/document.js'
import type { Document } from './document/document.js'
import { readInFull } from './document/line.js'
import { loadMarkdown } from './document/markdown.js'
import type { PlacedFinding, Severity } from './finding/finding.js'

export type { Document } from './document/document.js'
export type { Frontmatter, FrontmatterData, FrontmatterValue } from './document/frontmatter.js'
export type { Section } from './document/section.js'
export type { CheckSummary, CheckedDocument }
export type { DocumentStatus, HypothesisStatus } from './engine/operations/status.js'
export type { VerifiedCitation, VerifyInput, VerifyResult } from './engine/operations/verify.js'
export type { NewResult } from './engine/operations/new.js'
export type { ErrorCode } from './errors.js'
export { InquestError } from './errors.js'
export type { PlacedFinding, Severity } from './finding/finding.js'
export type { Edit } from './text/edit.js'
export { applyEdits } from './text/edit.js'
export type { Point, Range, Span } from './text/span.js'

export interface CheckOptions {
  /** The folder that paths count from and whose repository is meant; the process's own by default. */
  readonly cwd?: string
  /** Files and folders; every document of the repository by default. */
  readonly paths?: readonly string[]
  /** A text to check in place of files, under the path it has or would have. */
  readonly text?: { readonly path: string; readonly content: string }
  /** False: every document is read anew; true by default, where the repository has a place to keep what was found. */
  readonly cache?: boolean
  /** The severity from which `failed` is true; `error` by default. */
  readonly failOn?: Severity | 'never'
}

export interface CheckResult extends Omit<EngineResult, 'findings' | 'documents'> {
  /** In order of path, then range. */
  readonly findings: readonly PlacedFinding[]
  /** In order of path. */
  readonly documents: readonly CheckedDocument[]
}

/**
 * Checks documents as `inquest check` does.
 * @throws InquestError for paths, configuration or files that cannot be used
 */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { cwd, paths = [], text, failOn, cache } = options
  const result = await checkWith(createNodeHost(cwd), { paths, ...(text !== undefined && { text }), ...(failOn !== undefined && { failOn }), ...(cache !== undefined && { cache }) })
  return { ...result, findings: [...result.findings], documents: [...result.documents] }
}

/** Reads a text as a document. Never throws for what the text holds. */
export async function parse(text: string): Promise<Document> {
  const engine = await loadMarkdown()
  return parseDocument(text, { name: engine.name, parse: (markdown) => readInFull(engine.parse(markdown)) })
}

/**
 * Where a document stands and what keeps it from going on.
 * @param id an id or a path
 * @throws InquestError `usage` for a document that is not there
 */
export async function status(id: string, options: { readonly cwd?: string } = {}): Promise<import('./engine/operations/status.js').DocumentStatus> {
  const { status: statusWith } = await import('./engine/operations/status.js')
  const [answer] = await statusWith(createNodeHost(options.cwd), [id])
  if (answer === undefined) throw new TypeError('One id gives one answer')
  return answer
}

/**
 * Starts a document from a template, with the next free id, in a file that did not exist.
 * @throws InquestError `usage` for an unknown template, `exists` for a file or id that is taken
 */
export async function createDocument(
  template: string,
  title: string,
  options: { readonly cwd?: string; readonly id?: string; readonly path?: string } = {},
): Promise<import('./engine/operations/new.js').NewResult> {
  const { createDocument: createWith } = await import('./engine/operations/new.js')
  const { cwd, ...rest } = options
  return createWith(createNodeHost(cwd), { template, title, ...rest })
}

/**
 * Holds the citations of documents against the history of git, as `inquest verify` does.
 * @throws InquestError `usage` for a document that is not there
 */
export async function verify(options: Partial<import('./engine/operations/verify.js').VerifyInput> & { readonly cwd?: string } = {}): Promise<import('./engine/operations/verify.js').VerifyResult> {
  const { verify: verifyWith } = await import('./engine/operations/verify.js')
  const { cwd, ...input } = options
  return verifyWith(createNodeHost(cwd), { documents: [], ...input })
}
