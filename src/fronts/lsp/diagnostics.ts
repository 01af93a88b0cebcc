/** Owns findings as diagnostics. The only place that says Diagnostic. */

import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver/node'
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node'
import type { Diagnosis, Looked } from '../../engine/look.js'
import type { InquestError } from '../../errors.js'
import type { Severity } from '../../finding/finding.js'
import type { Client } from './client.js'
import type { Translator } from './position.js'

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
}

/** Rules whose findings point at something that has no use any more. */
const unnecessary: ReadonlySet<string> = new Set(['suppression-unused'])

/** What a diagnostic needs besides its finding. */
export interface Surroundings {
  readonly client: Client
  readonly translator: Translator
  readonly uri: string
  uriOfFile(path: string): string
  /** Undefined where the package's pages are not at hand. */
  pageOf(rule: string): string | undefined
}

/** In the order of what was found; that the store could not be asked comes behind it. */
export function diagnosticsOf({ diagnoses, unasked }: Looked, around: Surroundings): readonly Diagnostic[] {
  const found = diagnoses.map((one) => diagnosticOf(one, around))
  return unasked === undefined ? found : [...found, { ...diagnosticOfFailure(unasked, 0), severity: DiagnosticSeverity.Warning }]
}

function diagnosticOf({ placed, ahead }: Diagnosis, around: Surroundings): Diagnostic {
  const { client, translator } = around
  const page = client.diagnostics.links ? around.pageOf(placed.rule) : undefined
  const related = client.diagnostics.related ? (placed.related ?? []).map((one) => relatedTo(one, placed.path, around)) : []
  return {
    range: translator.placed(placed.range),
    // What a later phase asks for is a hint now, and an error when it is due.
    severity: ahead ? DiagnosticSeverity.Hint : severities[placed.severity],
    code: placed.rule,
    ...(page !== undefined && { codeDescription: { href: page } }),
    source: 'inquest',
    message: placed.message,
    ...(client.diagnostics.tags && unnecessary.has(placed.rule) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && { relatedInformation: related }),
  }
}

function relatedTo({ message, path, range }: NonNullable<Diagnosis['placed']['related']>[number], own: string, around: Surroundings): DiagnosticRelatedInformation {
  if (path === own) return { message, location: { uri: around.uri, range: around.translator.placed(range) } }
  const start = { line: range.start.line - 1, character: 0 }
  return { message, location: { uri: around.uriOfFile(path), range: { start, end: start } } }
}

/** A document that could not be judged says so itself: no finding would look like a clean one. */
export function diagnosticOfFailure(error: InquestError, line: number): Diagnostic {
  const at = { line, character: 0 }
  return {
    range: { start: at, end: at },
    severity: DiagnosticSeverity.Error,
    code: error.code,
    source: 'inquest',
    message: error.hint === undefined ? error.message : `${error.message}\n${error.hint}`,
  }
}
