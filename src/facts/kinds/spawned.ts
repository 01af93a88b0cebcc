/** Owns reading spawned work: entries under headings, rows of a disposition table, and the reason for none. */

import type { ListItem } from 'mdast'
import { plainText, spanOf } from '../../document/nodes.js'
import { leadEnd } from '../../document/task.js'
import { trimSpan } from '../../text/span.js'
import type { PartSpec } from '../../template/template.js'
import type { SectionFact, SpawnedItem, TableFact } from '../facts.js'
import { readDocumentIds } from '../references.js'
import { isBareWord, isBlank } from '../untouched.js'
import { listItems } from './hypotheses.js'

export function spawnedInItems(fact: SectionFact, text: string): readonly SpawnedItem[] {
  const part = fact.spec.parts.find((one): one is Extract<PartSpec, { kind: 'items' }> => one.kind === 'items' && one.yields === 'spawned')
  const { section } = fact
  if (part === undefined || section === undefined) return []
  return section.content.flatMap((block): SpawnedItem[] => {
    if (block.type !== 'list') return []
    return listItems(block).flatMap(({ item, text: said }): SpawnedItem[] => {
      const span = trimSpan(text, { start: spanOf(item).start, end: leadEnd(item) })
      if (isUnwritten(said)) return []
      const lead = leadingId(text.slice(span.start, span.end), span.start)
      // An entry that says of itself that it waits is not meant to exist yet.
      const due = part.due === 'now' && !/\bdeferred\b/iu.test(said)
      return [{ id: lead?.id, idSpan: lead?.span ?? span, text: said, due, span, section, spec: fact.spec }]
    })
  })
}

/** True for an entry in which nobody has written. */
export function isUnwrittenItem(item: ListItem): boolean {
  return isUnwritten(plainText(item.children.filter((child) => child.type !== 'list')))
}

/** `{ID}: {Title}`, `[Id]: [Title]`, None. */
function isUnwritten(said: string): boolean {
  const rest = said.replaceAll(/\{[^{}]*\}|\[[^[\]]*\]/gu, ' ')
  return isBlank(said) || isBareWord(said) || !/[\p{L}\p{N}]/u.test(rest)
}

/** The id that an entry opens with, behind its box and marks; ids further on are only mentioned. */
function leadingId(source: string, offset: number): { id: string; span: { start: number; end: number } } | undefined {
  const lead = /^(?:[-*+]|\d+[.)])?\s*(?:\[[ xX]\]\s*)?[*_`[\s]*/u.exec(source)?.[0].length ?? 0
  const [first] = readDocumentIds(source, offset)
  return first !== undefined && first.span.start - offset === lead ? first : undefined
}

/** Rows of a disposition table: SPAWNED ones must exist, DEFERRED ones may not yet. */
export function spawnedInTable(table: TableFact): readonly SpawnedItem[] {
  return table.rows.flatMap((row): SpawnedItem[] => {
    const disposition = row.cell('disposition')
    const idCell = row.cell('id')
    if (row.untouched || idCell === undefined) return []
    const [id] = readDocumentIds(idCell.raw, idCell.span.start)
    const due = disposition === undefined || /\bspawned\b/iu.test(disposition.text)
    const text = row.view.cells.map((cell) => cell.text).join(' | ')
    return [{ id: id?.id, idSpan: id?.span ?? idCell.span, text, due, span: row.view.span, section: table.section, spec: table.spec }]
  })
}

/** True where the author says in words why nothing is spawned. */
export function hasSpawnRationale(fact: SectionFact): boolean {
  if (fact.section === undefined) return false
  const explains = fact.spec.parts.some((part) => (part.kind === 'items' && part.yields === 'spawned') || (part.kind === 'prose' && part.yields === 'rationale'))
  if (explains) {
    const [first, ...more] = fact.section.content
      .filter((block) => block.type === 'paragraph' || block.type === 'list')
      .filter((block) => block.type === 'paragraph' || fact.spec.parts.some((part) => part.kind === 'prose'))
    const said = first === undefined ? '' : plainText(first).replace(/^rationale\s*:\s*/iu, '')
    if ((said !== '' || more.length > 0) && !isBlank(said) && !isBareWord(said) && !pointsToItems(said)) return true
  }
  return false
}

/** `N/A - two items spawned` says that there are some, which is no reason for none. */
function pointsToItems(said: string): boolean {
  return /^n\s*\/\s*a\b/iu.test(said) && (readDocumentIds(said, 0).length > 0 || /\bspawn(?:ed|s)\b|\bitems?\b.*\b(?:above|identified|created)\b/iu.test(said))
}
