/** Owns looking at one document of an open workspace: what is found in it, with what acting on a finding needs. */

import { parseDocument } from '../document/document.js'
import { InquestError } from '../errors.js'
import type { Finding, PlacedFinding } from '../finding/finding.js'
import { compareFindings } from '../finding/finding.js'
import { rules } from '../rules/registry.generated.js'
import { lineReader } from '../text/lines.js'
import type { Baseline } from './baseline.js'
import { applyBaseline } from './baseline.js'
import type { Examined } from './examine.js'
import { examine, findingsOf, placeFindings, severitiesFor } from './examine.js'
import type { Opened } from './opened.js'
import { isTemplate } from './opened.js'
import type { Workspace } from './workspace.js'
import { worldOf } from './workspace.js'

/** A finding as it is shown, with what acting on it needs. */
export interface Diagnosis {
  readonly placed: PlacedFinding
  readonly finding: Finding
  /** True for what the document will owe once it leaves the phase it is in: not due yet, whatever its rule weighs. */
  readonly ahead: boolean
}

/** A document as it stands in the editor or in its file, looked at. */
export interface Looked {
  readonly path: string
  readonly text: string
  readonly workspace: Workspace
  readonly examined: Examined
  /** In the order of `check`, without what the baseline holds. */
  readonly diagnoses: readonly Diagnosis[]
  /** Why the concept store could not be asked. What has nothing to do with it is found all the same; gates stay shut. */
  readonly unasked: InquestError | undefined
  /** For what is only shown: like the workspace, without the store where that cannot be asked. */
  readonly shown: Workspace
}

/** @param named true for a text that was a document before, and is meant to be one */
export async function lookAt({ workspace, baseline }: Opened, file: string, text: string, named: boolean): Promise<Looked> {
  if (isTemplate(file, workspace)) return lookAtTemplate(workspace, file, text)
  try {
    return { ...(await judge(workspace, baseline, file, text, named)), workspace, shown: workspace, unasked: undefined }
  } catch (error) {
    if (!(error instanceof InquestError) || !error.code.startsWith('store-')) throw error
    const shown: Workspace = { ...workspace, concepts: undefined, worldOf: (one) => worldOf(shown, one) }
    return { ...(await judge(shown, baseline, file, text, named)), workspace, shown, unasked: error }
  }
}

/** A template has the form of a document of its own, and is judged as a template. */
async function lookAtTemplate(workspace: Workspace, file: string, text: string): Promise<Looked> {
  const { mistakesIn } = await import('./operations/template.js')
  const document = parseDocument(text, workspace.engine)
  const examined: Examined = { path: file, document, template: undefined, facts: undefined, skipped: 'it is a template' }
  const mistakes = await mistakesIn(workspace, file, document).catch((error: unknown) => {
    // A new document cannot be tried among others while a saved template cannot be used; those documents say so.
    if (error instanceof InquestError && error.code === 'config-invalid') return []
    throw error
  })
  const diagnoses = mistakes.map((placed): Diagnosis => {
    const { range, rule, severity, message } = placed
    const at = { start: document.lines.offsetAt(range.start), end: document.lines.offsetAt(range.end) }
    return { placed, finding: { rule, severity, message, at }, ahead: false }
  })
  return { path: file, text, workspace, shown: workspace, examined, diagnoses, unasked: undefined }
}

async function judge(workspace: Workspace, baseline: Baseline | undefined, file: string, text: string, named: boolean): Promise<Omit<Looked, 'workspace' | 'shown' | 'unasked'>> {
  const examined = examine(workspace, file, text, named)
  if (examined.template?.memoryField !== undefined) workspace.concepts?.ensureReadable()
  const findings = findingsOf(workspace, examined)
  const placed = await placeFindings(findings, examined.document, file)
  const severityOf = severitiesFor(workspace, file, examined.template)
  const heavier = new Set(rules.filter((rule) => !['info', 'off'].includes(severityOf(rule))).map((rule) => rule.name))
  const diagnoses = placed.flatMap((one, index): Diagnosis[] => {
    const finding = findings[index]
    return finding === undefined ? [] : [{ placed: one, finding, ahead: one.severity === 'info' && heavier.has(one.rule) }]
  })
  const shown = baseline === undefined ? undefined : new Set((await applyBaseline(baseline, placed.toSorted(compareFindings), [file], lineReader(() => text))).findings)
  return {
    path: file,
    text,
    examined,
    diagnoses: diagnoses.filter(({ placed: one }) => shown?.has(one) !== false).toSorted((a, b) => compareFindings(a.placed, b.placed)),
  }
}
