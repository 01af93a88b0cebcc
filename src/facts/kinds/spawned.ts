/** Owns reading spawned work: entries under headings, rows of a disposition table, and the reason for none. */

import type { ListItem } from 'mdast'
import { plainText, spanOf } from '../../document/nodes.js'
import { leadEnd } from '../../document/task.js'
import { trimSpan } from '../../text/span.js'
import type { PartSpec, Template } from '../../template/template.js'
import type { SectionFact, SpawnedItem, SpawnRationale, TableFact } from '../facts.js'
import { readDocumentIds } from '../references.js'
import { copyOf, reasonFault } from '../substance.js'
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
      return [{ id: lead?.id, idSpan: lead?.span ?? span, text: said, due, detailed: item.children.length > 1, span, section, spec: fact.spec }]
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
    return [{ id: id?.id, idSpan: id?.span ?? idCell.span, text, due, detailed: false, span: row.view.span, section: table.section, spec: table.spec }]
  })
}

/** What the author says in words of why nothing is spawned; undefined where nothing is said. */
export function spawnRationaleIn(fact: SectionFact, template: Template, text: string): SpawnRationale | undefined {
  const { section, spec } = fact
  if (section === undefined) return undefined
  const explains = spec.parts.some((part) => (part.kind === 'items' && part.yields === 'spawned') || (part.kind === 'prose' && part.yields === 'rationale'))
  if (!explains) return undefined
  const copies = copyOf('the heading', section.title, 'name')
  const reasons = section.content
    .filter((block) => block.type === 'paragraph' || (block.type === 'list' && spec.parts.some((part) => part.kind === 'prose')))
    .map((block) => ({ said: withoutLabel(plainText(block)), span: spanOf(block) }))
    .filter(({ said }) => !isBlank(said) && !isBareWord(said) && !pointsToItems(said))
    .map(({ said, span }) => ({ span, fault: reasonFault(said, { copies, prompts: template.texts, ids: template.hypothesisId }, withoutLabel(text.slice(span.start, span.end))) }))
  return reasons.find(({ fault }) => fault?.certain !== true) ?? reasons[0]
}

function withoutLabel(said: string): string {
  return said.replace(/^rationale\s*:\s*/iu, '')
}

/** `N/A - two items spawned` says that there are some, which is no reason for none. */
function pointsToItems(said: string): boolean {
  return /^n\s*\/\s*a\b/iu.test(said) && (readDocumentIds(said, 0).length > 0 || /\bspawn(?:ed|s)\b|\bitems?\b.*\b(?:above|identified|created)\b/iu.test(said))
}
