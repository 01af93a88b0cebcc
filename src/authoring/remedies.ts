/** Owns what can be done about a finding: its own fix, and what can be written for its author to finish. */

import type { Facts, SectionFact } from '../facts/facts.js'
import type { Finding } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import { checklistUntrue } from '../rules/checklist-untrue.js'
import { rules } from '../rules/registry.generated.js'
import type { Edit } from '../text/edit.js'
import {
  insertEvidenceRow,
  insertSection,
  insertSkipped,
  insertSuppression,
  insertVerdictRows,
  markSkipped,
  withoutVerdictRow,
} from './insertions.js'

export interface Remedy {
  /** Names it among the remedies of its finding. */
  readonly name: string
  /** What it does, in words for a menu. */
  readonly title: string
  /** Safe: may be applied unseen. Unsafe: a guess to look at. Begun: leaves something to write. */
  readonly kind: 'safe' | 'unsafe' | 'begun' | 'hide'
  /**
   * The changes to the document of the finding.
   * @param scaffold a new document of the same template, whose prompts are used
   */
  edits(scaffold: Facts | undefined): readonly Edit[]
  /** Frontmatter of other documents that is to be set. */
  readonly elsewhere: readonly { readonly path: string; readonly field: string; readonly value: string }[]
}

/** In the order in which they should be offered. */
export function remediesOf(finding: Finding, facts: Facts | undefined): readonly Remedy[] {
  const own = finding.fix === undefined ? [] : [ownFix(finding, finding.fix)]
  if (facts === undefined) return own
  return [...own, ...written(finding, facts), ...hidden(finding, facts)]
}

/** The name of what a finding offers by itself; where it adds to a list in the frontmatter, the engine finds the place. */
export const ownRemedy = 'fix'

function ownFix(finding: Finding, fix: NonNullable<Finding['fix']>): Remedy {
  const { edits, elsewhere = [], applicability } = fix
  const title = titleOf(finding, fix)
  return { name: ownRemedy, title: applicability === 'unsafe' ? `${title} (look at the result)` : title, kind: applicability, edits: () => edits, elsewhere }
}

function titleOf({ rule }: Finding, { edits, append, elsewhere = [] }: NonNullable<Finding['fix']>): string {
  if (append !== undefined) return `Add ${append.values.join(', ')} to \`${append.field}\``
  return edits.length > 0 ? `Fix \`${rule}\`` : `Set ${elsewhere.map(({ field, value, path }) => `\`${field}: ${value}\` in ${path}`).join(', ')}`
}

const begun = { kind: 'begun', elsewhere: [] } as const

function written(finding: Finding, facts: Facts): readonly Remedy[] {
  switch (finding.rule) {
    case 'section-missing':
      return forMissing(finding, facts)
    case 'section-empty':
    case 'skip-unmarked':
      return forUnwritten(finding, facts)
    case 'verdict-missing':
      return forVerdict(finding, facts)
    case 'evidence-missing':
    case 'hypothesis-untested':
    case 'verdict-unsupported':
      return forEvidence(finding, facts)
    default:
      return []
  }
}

function forMissing(finding: Finding, facts: Facts): readonly Remedy[] {
  const missing = facts.allSections.find((fact) => fact.section === undefined && fact.spec.required && fact.spec.heading === finding.subject)
  if (missing === undefined) return []
  const { heading, skippable } = missing.spec
  return [
    { ...begun, name: 'insert', title: `Insert the section "${heading}"`, edits: (scaffold) => [insertSection(facts, missing, scaffold)] },
    ...(skippable ? [{ ...begun, name: 'skip', title: `Insert "${heading}" as SKIPPED, with a reason to write`, edits: () => [insertSkipped(facts, missing)] }] : []),
  ]
}

function forUnwritten(finding: Finding, facts: Facts): readonly Remedy[] {
  const fact = facts.allSections.find((one) => isAbout(one, finding))
  if (fact === undefined || !fact.spec.skippable) return []
  const edits = markSkipped(fact, facts.document.text)
  return edits.length === 0 ? [] : [{ ...begun, name: 'skip', title: `Mark "${fact.section?.title ?? fact.spec.heading}" as SKIPPED, with a reason to write`, edits: () => edits }]
}

function isAbout({ section }: SectionFact, { section: title, at }: Finding): boolean {
  if (section === undefined || section.title !== title) return false
  return isFieldPlace(at) || (section.span.start <= at.start && at.end <= section.span.end)
}

function forVerdict(finding: Finding, facts: Facts): readonly Remedy[] {
  const open = withoutVerdictRow(facts)
  const id = finding.subject
  if (id === undefined || !open.includes(id)) return []
  return [
    { ...begun, name: 'verdict', title: `Add a verdict row for ${id}`, edits: (scaffold) => insertVerdictRows(facts, [id], scaffold) },
    ...(open.length > 1 ? [{ ...begun, name: 'verdicts', title: `Add verdict rows for ${open.join(', ')}`, edits: (scaffold: Facts | undefined) => insertVerdictRows(facts, open, scaffold) }] : []),
  ]
}

function forEvidence(finding: Finding, facts: Facts): readonly Remedy[] {
  const id = facts.hypotheses.some((one) => one.id === finding.subject) ? finding.subject : undefined
  const place = isFieldPlace(finding.at) ? undefined : finding.at
  if (insertEvidenceRow(facts, id, place, undefined).length === 0) return []
  return [{ ...begun, name: 'evidence', title: id === undefined ? 'Add an evidence row' : `Add an evidence row for ${id}`, edits: (scaffold) => insertEvidenceRow(facts, id, place, scaffold) }]
}

const hideable: ReadonlySet<string> = new Set([...rules.filter((rule) => rule.over === 'facts').map((rule) => rule.name), checklistUntrue.name])

function hidden(finding: Finding, facts: Facts): readonly Remedy[] {
  if (!hideable.has(finding.rule)) return []
  const place = isFieldPlace(finding.at) ? undefined : finding.at
  return [{ name: 'hide', title: `Hide \`${finding.rule}\` here, with a reason to write`, kind: 'hide', edits: () => [insertSuppression(facts, finding.rule, place)], elsewhere: [] }]
}
