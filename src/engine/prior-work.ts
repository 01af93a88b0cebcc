/** Owns the prior-work query of a new document: what is known already goes into the table that its template has for it. */

import { InquestError } from '../errors.js'
import type { TableFact } from '../facts/facts.js'
import type { Edit } from '../text/edit.js'
import { applyEdits } from '../text/edit.js'
import { examine } from './examine.js'
import type { Experience } from './experience.js'
import { findExperience } from './experience.js'
import { openMemoryReader } from './memory.js'
import type { Workspace } from './workspace.js'

export interface PriorWork {
  /** What was asked; empty where there was nothing to ask. */
  readonly query: string
  /** Concepts of the store, best first. */
  readonly concepts: readonly { readonly id: number; readonly content: string }[]
  /** What closed inquiries supposed, with the verdicts. */
  readonly experience: readonly Experience[]
  /** Why the store could not be asked, though there is one. */
  readonly note?: string
}

const mostConcepts = 5
const mostHypotheses = 12
const mostInquiries = 3

/** Asks with the words of a title. Quick and silent where nothing is stored; what cannot be read is told and stops nobody. */
export async function findPriorWork(workspace: Workspace, title: string): Promise<PriorWork> {
  const { parseQuery } = await import('../memory/query.js')
  const query = parseQuery(title)
  // A number in a title is no id.
  const words = { ...query, concepts: [], documents: [] }
  const experience = await findExperience(workspace, words, mostHypotheses)
  const nothing: PriorWork = { query: experience.length > 0 ? title : '', concepts: [], experience }
  try {
    const store = await openMemoryReader(workspace)
    if (store === undefined) return nothing
    try {
      const { hits } = await store.search({ query: words, limit: 4 * mostConcepts })
      // Of several words one alone says little.
      const enough = Math.min(2, words.clauses.length)
      const telling = hits.filter(({ by, held }) => by === 'words' || held >= enough)
      return { query: title, concepts: telling.slice(0, mostConcepts).map(({ concept }) => ({ id: concept.id, content: concept.body })), experience }
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof InquestError)) throw error
    return { ...nothing, note: `the concept store was not asked: ${error.message}` }
  }
}

export interface PriorWorkRow {
  readonly id: number | string
  readonly content: string
}

/** A row for each concept, and one for each inquiry with what it found. */
export function priorWorkRows({ concepts, experience }: PriorWork): readonly PriorWorkRow[] {
  const inquiries = grouped(experience)
  return [
    ...concepts.map(({ id, content }) => ({ id, content: shortened(content) })),
    ...[...inquiries].slice(0, mostInquiries).map(([document, all]) => {
      const verdicts = all.map(({ hypothesis, verdict, statement }) => `${hypothesis} ${verdict}: ${shortened(statement, 80)}`)
      return { id: document, content: `${all[0]?.title ?? document} (${verdicts.join('; ')})` }
    }),
  ]
}

function grouped(experience: readonly Experience[]): Map<string, Experience[]> {
  const groups = new Map<string, Experience[]>()
  for (const one of experience) groups.set(one.document, [...(groups.get(one.document) ?? []), one])
  return groups
}

function shortened(text: string, most = 160): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  if (line.length <= most) return line
  const cut = line.slice(0, most).replace(/[\uD800-\uDBFF]$/u, '')
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut}…`
}

/**
 * Writes the rows into the table for prior work where nobody, and no scaffold, has written in it. Cells that the
 * query does not fill keep their prompts.
 */
export function withPriorWork(workspace: Workspace, file: string, text: string, rows: readonly PriorWorkRow[]): string {
  if (rows.length === 0) return text
  const { facts } = examine(workspace, file, text, true)
  const table = facts?.tables.find((one) => one.part.yields === 'prior-work')
  const edit = table === undefined ? undefined : rowsEdit(table, rows)
  return edit === undefined ? text : applyEdits(text, [edit])
}

function rowsEdit(table: TableFact, rows: readonly PriorWorkRow[]): Edit | undefined {
  const [first] = table.rows
  const last = table.rows.at(-1)
  if (first === undefined || last === undefined || !table.rows.every((row) => row.untouched)) return undefined
  const lines = rows.map(({ id, content }) => {
    const values = new Map([
      [first.cell('concept'), String(id)],
      [first.cell('content'), content],
    ])
    return `| ${first.view.cells.map((cell) => (values.has(cell) ? escapeCell(values.get(cell) ?? '') : cell.raw)).join(' | ')} |`
  })
  return { span: { start: first.view.span.start, end: last.view.span.end }, text: lines.join('\n') }
}

function escapeCell(text: string): string {
  return text.replaceAll(/(?<!\\)\|/gu, String.raw`\|`).replaceAll('<', String.raw`\<`)
}
