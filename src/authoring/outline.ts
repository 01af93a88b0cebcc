/** Owns the shape of a document for whoever moves about in it: its outline, what folds, what a selection grows to. */

import type { Nodes } from 'mdast'
import { plainText, spanOf, walk } from '../document/nodes.js'
import type { Section } from '../document/section.js'
import { headingSpan } from '../document/section.js'
import type { Document } from '../document/document.js'
import type { Facts } from '../facts/facts.js'
import type { Span } from '../text/span.js'
import { trimSpan } from '../text/span.js'

export interface OutlineEntry {
  readonly name: string
  readonly detail: string
  readonly kind: 'section' | 'hypothesis' | 'evidence' | 'verdict' | 'spawned'
  readonly span: Span
  /** What is shown when it is gone to. */
  readonly head: Span
  readonly entries: readonly OutlineEntry[]
}

/** Sections with what stands in them as rows and entries. */
export function outlineOf({ document, hypotheses, evidence, verdicts, spawned }: Facts): readonly OutlineEntry[] {
  const rows = [
    ...hypotheses.map(({ id, statement, span, section }) => ({ section, entry: leaf('hypothesis', id, statement, span) })),
    ...evidence.map((row) => ({ section: row.section, entry: leaf('evidence', row.finding, row.refs.map((ref) => ref.id).join(', '), row.span) })),
    ...verdicts.map((verdict) => ({ section: verdict.section, entry: leaf('verdict', verdict.ids.map((ref) => ref.id).join(', '), verdict.cell.text, verdict.span) })),
    ...spawned.flatMap(({ id, text, span, section }) => (id === undefined ? [] : [{ section, entry: leaf('spawned', id, text, span) }])),
  ]
  const bySection = new Map<Section, OutlineEntry[]>()
  for (const { section, entry } of rows) bySection.set(section, [...(bySection.get(section) ?? []), entry])
  const entryOf = (section: Section): OutlineEntry => ({
    name: section.title === '' ? '(untitled)' : section.title,
    detail: '',
    kind: 'section',
    span: trimEnd(document.text, section.span),
    head: headingSpan(section),
    entries: [...(bySection.get(section) ?? []), ...section.sections.map(entryOf)],
  })
  return document.top.sections.map(entryOf)
}

function leaf(kind: OutlineEntry['kind'], name: string, detail: string, span: Span): OutlineEntry {
  return { name: name.trim() === '' ? '(empty)' : name, detail, kind, span, head: span, entries: [] }
}

function trimEnd(text: string, span: Span): Span {
  return { start: span.start, end: Math.max(span.start, trimSpan(text, span).end) }
}

export interface Fold {
  readonly span: Span
  readonly kind: 'region' | 'comment' | 'header'
}

/** Sections, the frontmatter, comments, tables, lists, quotes and code, wherever they take more than a line. */
export function foldsOf(document: Document): readonly Fold[] {
  const folds: Fold[] = []
  const add = (kind: Fold['kind'], span: Span): void => void folds.push({ kind, span: trimEnd(document.text, span) })
  if (document.frontmatter.kind === 'read') add('header', document.frontmatter.span)
  for (const { span } of document.comments) add('comment', span)
  const sections = (section: Section): void => {
    if (section.heading !== undefined) add('region', section.span)
    for (const below of section.sections) sections(below)
  }
  sections(document.top)
  for (const node of document.root.children) if (['table', 'list', 'code', 'blockquote'].includes(node.type)) add('region', spanOf(node))
  const { lines } = document
  return folds.filter(({ span }) => lines.pointAt(span.end).line > lines.pointAt(span.start).line)
}

/** What a selection at a place grows to, from the word outwards to the whole text. */
export function selectionsAt(document: Document, offset: number): readonly Span[] {
  const { text } = document
  const around: Span[] = [wordAt(text, offset)]
  walk(document.root, (node: Nodes) => {
    const span = spanOf(node)
    if (node.type !== 'root' && holds(span, offset)) around.push(trimSpan(text, span), span)
  })
  const sections = (section: Section): void => {
    if (!holds(section.span, offset)) return
    if (section.heading !== undefined) around.push(trimEnd(text, section.span))
    for (const below of section.sections) sections(below)
  }
  sections(document.top)
  const { frontmatter } = document
  if (frontmatter.kind === 'read' && holds(frontmatter.span, offset)) around.push(document.lines.lineSpan(document.lines.pointAt(offset).line), frontmatter.yaml, frontmatter.span)
  around.push({ start: 0, end: text.length })
  const ordered = around.filter((span) => holds(span, offset)).toSorted((a, b) => a.end - a.start - (b.end - b.start))
  // Each has to hold the one before it, and to be more than it.
  const grown: Span[] = []
  for (const span of ordered) {
    const last = grown.at(-1)
    if (last === undefined || (span.start <= last.start && last.end <= span.end && (span.start < last.start || last.end < span.end))) grown.push(span)
  }
  return grown
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end
}

function wordAt(text: string, offset: number): Span {
  let start = offset
  let end = offset
  while (start > 0 && /[\p{L}\p{N}_-]/u.test(text.charAt(start - 1))) start--
  while (end < text.length && /[\p{L}\p{N}_-]/u.test(text.charAt(end))) end++
  return { start, end }
}

/** Short enough to be shown beside a name. */
export function shortly(nodesOrText: string | Parameters<typeof plainText>[0]): string {
  const said = typeof nodesOrText === 'string' ? nodesOrText.replaceAll(/\s+/gu, ' ').trim() : plainText(nodesOrText)
  return said.length > 100 ? `${said.slice(0, 99)}…` : said
}
