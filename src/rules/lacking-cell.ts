/** Owns which cell a row lacks, where that follows from what stands in the others. */

import { readCitations } from '../facts/citation.js'
import type { Facts, TableFact } from '../facts/facts.js'
import { isBlank } from '../facts/untouched.js'
import type { Cell, TableRowView } from '../document/table.js'
import type { ColumnSpec } from '../template/template.js'
import { normaliseName } from '../template/template.js'

export interface LackingCell {
  /** The place of the column among those of the header. */
  readonly index: number
  /** True for a column that may be left empty, so that an empty cell says nothing else than the row without it. */
  readonly optional: boolean
}

/** Undefined where another cell than one, or one of several, may be missing: a stroke within a text, or two columns of prose side by side. */
export function findLackingCell({ cells }: TableRowView, { view, part }: TableFact, facts: Facts): LackingCell | undefined {
  const columns = view.header.cells.map(({ text }) => {
    const name = normaliseName(text)
    return part.columns.find((column) => column.names[0] === name) ?? part.columns.find((column) => column.names.includes(name))
  })
  if (cells.length !== columns.length - 1) return undefined
  const read = cells.map((cell) => readCell(cell, facts))
  const fitting = columns.flatMap((lacking, index) => (lacking !== undefined && columns.toSpliced(index, 1).every((column, at) => column !== undefined && fits(column, read[at])) ? [{ index, optional: lacking.type === 'text' && !lacking.required }] : []))
  return fitting.length === 1 ? fitting[0] : undefined
}

interface ReadCell {
  readonly text: string
  /** What it holds and nothing besides. */
  readonly only: ReadonlySet<ColumnSpec['type']>
  /** True where it holds what has a column of its own, be it among other words. */
  readonly mixed: boolean
}

const shapes: Readonly<Partial<Record<ColumnSpec['type'], RegExp>>> = {
  id: /^(?:\p{L}[\p{L}\d]*-)*\p{L}*\d+[a-z]?$/u,
  verdict: /^(?:confirmed|refuted|inconclusive|partially confirmed)$/iu,
  concept: /^#?\d+$/u,
  url: /^<?https?:\/\/\S+$/u,
  checkbox: /^\[[ xX]\]$/u,
  answer: /^(?:yes|no|n\/?a)$/iu,
  disposition: /^(?:spawned|deferred)$/iu,
}

function readCell({ raw, text }: Cell, { template }: Facts): ReadCell {
  const only = new Set((Object.keys(shapes) as ColumnSpec['type'][]).filter((type) => shapes[type]?.test(text.trim()) === true))
  const rest = text.replaceAll(template.hypothesisId, '')
  const named = rest !== text
  if (named && rest.replaceAll(/\bagainst\b|\band\b|[\s,;/&+]/giu, '') === '') only.add('ref')
  const citations = readCitations(raw)
  const [first] = citations
  const last = citations.at(-1)
  if (first !== undefined && last !== undefined && /^\W*$/u.test(raw.slice(0, first.span.start) + raw.slice(last.span.end))) only.add('citation')
  return { text: text.trim().toLowerCase(), only, mixed: named || citations.length > 0 }
}

function fits({ type, values }: ColumnSpec, cell: ReadCell | undefined): boolean {
  if (cell === undefined || isBlank(cell.text)) return false
  if (type !== 'text') return cell.only.has(type)
  if (values.length > 0) return values.includes(cell.text)
  return cell.only.size === 0 && !cell.mixed
}
