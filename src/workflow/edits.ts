/** Owns the edits that transitions make to a document's body: ticks, a row in the log, an entry for spawned work. */

import type { ListItem, RootContent } from 'mdast'
import { spanOf } from '../document/nodes.js'
import type { ClaimedItem, Facts, SectionFact, TableFact } from '../facts/facts.js'
import { isUnwrittenItem } from '../facts/kinds/spawned.js'
import { normaliseName } from '../template/template.js'
import type { Edit } from '../text/edit.js'
import { newlineOf } from '../text/lines.js'

/** Ticks boxes and answers questions that the document proves. */
export function tickEdits(claims: readonly ClaimedItem[], text: string): readonly Edit[] {
  return claims.map(({ kind, mark }) => {
    if (kind === 'question') return { span: mark, text: padded(text, mark, 'Yes') }
    return { span: mark, text: kind === 'closing' || mark.end > mark.start ? '[x]' : padded(text, mark, '[x]') }
  })
}

/** In a cell that holds nothing, a blank stands between the mark and each pipe. */
export function padded(text: string, span: { readonly start: number; readonly end: number }, mark: string): string {
  const before = text.charAt(span.start - 1) === '|' ? ' ' : ''
  const behind = text.charAt(span.end) === '|' ? ' ' : ''
  return `${before}${mark}${behind}`
}

export interface LogEntry {
  readonly date: string
  readonly phase: string
  readonly progress: string
  readonly notes: string
}

/** A row at the end of the table in which the document notes how the work went; none where it has no such table. */
export function logEdits({ tables, document }: Facts, entry: LogEntry): readonly Edit[] {
  const table = tables.find((one) => one.part.yields === 'log')
  if (table === undefined) return []
  const values: Readonly<Record<string, string>> = { session: '-', date: entry.date, phase: entry.phase.toUpperCase(), progress: entry.progress, notes: entry.notes }
  return [rowEdit(table, values, document.text)]
}

function rowEdit(table: TableFact, values: Readonly<Record<string, string>>, text: string): Edit {
  const cells = table.view.header.cells.map((cell) => {
    const column = table.part.columns.find((one) => one.names.includes(normaliseName(cell.text)))
    return escapeCell(column === undefined ? '' : (values[column.role] ?? ''))
  })
  const row = `| ${cells.join(' | ')} |`
  const untouched = table.rows.find((one) => one.untouched)
  if (untouched !== undefined) return { span: untouched.view.span, text: row }
  return { span: { start: table.view.span.end, end: table.view.span.end }, text: `${newlineOf(text)}${row}` }
}

export function escapeCell(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('|', String.raw`\|`).trim()
}

export interface SpawnedWork {
  readonly id: string
  readonly title: string
  readonly why: string | undefined
}

/** The entry for spawned work, in place of an untouched prompt where one stands; undefined where there is no section for it. */
export function spawnEdits(facts: Facts, work: SpawnedWork): readonly Edit[] | undefined {
  const lists = facts.allSections.filter((fact) => fact.section !== undefined && !fact.skipped && listsNow(fact))
  const place = lists.find((fact) => fact.sections.length === 0) ?? lists.find((fact) => fact.section?.content.some((block) => block.type === 'list')) ?? undefined
  if (place?.section !== undefined) return [listEdit(place.section.content, place.section.heading === undefined ? 0 : spanOf(place.section.heading).end, facts.document.text, work)]
  const table = facts.tables.find((one) => one.part.yields === 'spawned')
  if (table !== undefined) {
    const values = { finding: work.why ?? '-', work: work.title, disposition: 'SPAWNED', id: work.id }
    return [rowEdit(table, values, facts.document.text)]
  }
  const [parent] = lists
  if (parent?.section === undefined) return undefined
  return [listEdit(parent.section.content, parent.section.heading === undefined ? 0 : spanOf(parent.section.heading).end, facts.document.text, work)]
}

function listsNow({ spec }: SectionFact): boolean {
  return spec.parts.some((part) => part.kind === 'items' && part.yields === 'spawned' && part.due === 'now')
}

function listEdit(content: readonly RootContent[], headingEnd: number, text: string, work: SpawnedWork): Edit {
  const newline = newlineOf(text)
  const entry = `- [ ] **${work.id}: ${work.title.replaceAll('<', String.raw`\<`)}**${work.why === undefined ? '' : `${newline}  - Why: ${work.why.replaceAll(/\s+/gu, ' ')}`}`
  const lists = content.filter((block) => block.type === 'list')
  const items: readonly ListItem[] = lists.flatMap((list) => list.children)
  const prompt = items.find((item) => isUnwrittenItem(item))
  if (prompt !== undefined) return { span: spanOf(prompt), text: entry }
  const last = lists.at(-1)
  if (last !== undefined) {
    const { end } = spanOf(last)
    return { span: { start: end, end }, text: `${newline}${entry}` }
  }
  // What says that there is nothing yet gives way to the first entry.
  const comments = content.filter((block) => block.type === 'html')
  const after = comments.length > 0 ? Math.max(...comments.map((block) => spanOf(block).end)) : headingEnd
  return { span: { start: after, end: after }, text: `${newline}${newline}${entry}` }
}
