/**
 * Owns what can be written into a document to mend it, short of what only its author knows: each insertion leaves a
 * prompt or an empty place where the author's words belong, and the finding stands until they are there.
 */

import { spanOf } from '../document/nodes.js'
import type { Section } from '../document/section.js'
import { eachSection } from '../document/section.js'
import type { Facts, SectionFact } from '../facts/facts.js'
import type { SectionSpec } from '../template/template.js'
import type { Edit } from '../text/edit.js'
import { newlineOf } from '../text/lines.js'
import type { Span } from '../text/span.js'
import { promptRow, rowsAtEnd, tablesYielding } from './rows.js'

const rationalePrompt = '[Why this does not apply here]'

/** The facts that stand beside a section's, those of the whole document for one at the top. */
function siblingsOf(facts: Facts, wanted: SectionFact): { readonly parent: SectionFact | undefined; readonly siblings: readonly SectionFact[] } {
  for (const parent of facts.allSections) if (parent.sections.includes(wanted)) return { parent, siblings: parent.sections }
  return { parent: undefined, siblings: facts.sections }
}

/** A section of the template that the document lacks, with the template's prompts, at the place the template has it. */
export function insertSection(facts: Facts, missing: SectionFact, scaffold: Facts | undefined): Edit {
  return placeSection(facts, missing, (level) => scaffoldOf(missing.spec, level, scaffold))
}

/** The heading of a section that the document lacks, left out on purpose; the reason is for the author to write. */
export function insertSkipped(facts: Facts, missing: SectionFact): Edit {
  return placeSection(facts, missing, (level) => `${'#'.repeat(level)} ${missing.spec.heading}\n\n**SKIPPED:** ${rationalePrompt}`)
}

function placeSection(facts: Facts, missing: SectionFact, write: (level: number) => string): Edit {
  const { text } = facts.document
  const { parent, siblings } = siblingsOf(facts, missing)
  const index = siblings.indexOf(missing)
  const before = siblings.slice(0, index).findLast((one) => one.section !== undefined)?.section
  const behind = siblings.slice(index + 1).find((one) => one.section !== undefined)?.section
  const level = before?.level ?? behind?.level ?? (parent?.section === undefined ? 2 : parent.section.level + 1)
  const at = before?.span.end ?? behind?.span.start ?? parent?.section?.span.end ?? text.length
  const body = write(Math.min(level, 6))
  // Where sections are set apart by rules, so is this one.
  const ruled = level <= 2 && [before, behind].some((section) => section !== undefined && endsWithRule(section))
  const newline = newlineOf(text)
  const lead = at === 0 || /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/u.test(text.slice(0, at)) ? '' : /[\r\n]$/u.test(text.slice(0, at)) ? '\n' : '\n\n'
  const atEnd = at >= text.length
  const written = `${lead}${atEnd && ruled ? '---\n\n' : ''}${body}\n${atEnd ? '' : ruled ? '\n---\n\n' : '\n'}`
  return { span: { start: at, end: at }, text: written.replaceAll('\n', newline) }
}

function endsWithRule(section: Section): boolean {
  const last = [...eachSection(section)].at(-1)
  return last?.content.at(-1)?.type === 'thematicBreak'
}

/** The section as a new document has it, its headings moved to the level at which it is to stand. */
function scaffoldOf(spec: SectionSpec, level: number, scaffold: Facts | undefined): string {
  const section = scaffold === undefined ? undefined : scaffold.allSections.find((one) => one.spec.heading === spec.heading && one.section !== undefined)?.section
  if (scaffold === undefined || section === undefined) return `${'#'.repeat(level)} ${spec.heading}\n\n[${spec.summary ?? 'What belongs here'}]`
  const { text } = scaffold.document
  const moved = [...eachSection(section)].flatMap(({ heading, level: own }) => (heading === undefined ? [] : [{ at: spanOf(heading).start, marks: own }]))
  let written = ''
  let done = section.span.start
  for (const { at, marks } of moved) {
    written += text.slice(done, at) + '#'.repeat(Math.min(6, Math.max(1, marks + level - section.level)))
    done = at + marks
  }
  written += text.slice(done, section.span.end)
  return written.trimEnd().replace(/\n---$/u, '').trimEnd()
}

/** Marks a section that is there as left out; the reason is for the author to write. */
export function markSkipped({ section, bareWord }: SectionFact, text: string): readonly Edit[] {
  if (section?.heading === undefined) return []
  const line = `**SKIPPED:** ${rationalePrompt}`
  // `N/A` and its like say what the mark says.
  if (bareWord !== undefined) return [{ span: bareWord.span, text: line }]
  const { end } = spanOf(section.heading)
  return [{ span: { start: end, end }, text: `${newlineOf(text)}${newlineOf(text)}${line}` }]
}

/** A row for each hypothesis that has none in the table of verdicts; the verdict is for the author to give. */
export function insertVerdictRows(facts: Facts, ids: readonly string[], scaffold: Facts | undefined): readonly Edit[] {
  const [table] = tablesYielding(facts, 'verdicts')
  const given = new Set(facts.verdicts.flatMap((verdict) => verdict.ids.map((ref) => ref.id)))
  const open = [...new Set(ids)].filter((id) => !given.has(id))
  if (table === undefined || open.length === 0) return []
  return [rowsAtEnd(table, open.map((id) => promptRow(table, { hypothesis: id }, scaffold)), facts.document.text)]
}

/** Ids of hypotheses that no row of verdicts names. */
export function withoutVerdictRow(facts: Facts): readonly string[] {
  const given = new Set(facts.verdicts.flatMap((verdict) => verdict.ids.map((ref) => ref.id)))
  return tablesYielding(facts, 'verdicts').length === 0 ? [] : [...new Set(facts.hypotheses.map(({ id }) => id))].filter((id) => !given.has(id))
}

/**
 * A row of evidence, in the table around a place or else in the first one; an untouched row of the scaffold gives way.
 * @param id the hypothesis it is to speak to; a prompt where it is left out
 */
export function insertEvidenceRow(facts: Facts, id: string | undefined, place: Span | undefined, scaffold: Facts | undefined): readonly Edit[] {
  const tables = tablesYielding(facts, 'evidence')
  const table = tables.find((one) => place !== undefined && one.section.span.start <= place.start && place.start < one.section.span.end) ?? tables[0]
  if (table === undefined) return []
  const row = promptRow(table, id === undefined ? {} : { hypotheses: id }, scaffold)
  const untouched = table.rows.find((one) => one.untouched)
  return [untouched === undefined ? rowsAtEnd(table, [row], facts.document.text) : { span: untouched.view.span, text: row }]
}

/** A comment that hides a rule in the section around a place; its reason is for the author to write, and asked for until then. */
export function insertSuppression(facts: Facts, rule: string, place: Span | undefined): Edit {
  const { document } = facts
  const newline = newlineOf(document.text)
  const comment = `<!-- inquest-disable ${rule}: -->`
  const section = place === undefined ? undefined : innermostBelowTitle(document.top, place)
  const [title] = document.top.sections
  const heading = (section ?? title)?.heading
  if (heading !== undefined) {
    const { end } = spanOf(heading)
    return { span: { start: end, end }, text: `${newline}${newline}${comment}` }
  }
  const end = document.frontmatter.kind === 'none' ? 0 : document.frontmatter.span.end
  return { span: { start: end, end }, text: end === 0 ? `${comment}${newline}${newline}` : `${newline}${newline}${comment}` }
}

function innermostBelowTitle(top: Section, place: Span): Section | undefined {
  const [title] = top.sections
  return [...eachSection(top)].findLast((section) => {
    if (section.heading === undefined || (section === title && section.level === 1)) return false
    return section.span.start <= place.start && place.end <= section.span.end
  })
}
