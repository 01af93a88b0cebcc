/** Owns what helps reading: hovers, outline, folds, selections, figures beside words, colours, links. */

import type { DocumentLink, DocumentSymbol, FoldingRange, Hover, InlayHint, Position, SelectionRange, SemanticTokens, SemanticTokensLegend, SymbolInformation, WorkspaceSymbol } from 'vscode-languageserver/node'
import { FoldingRangeKind, MarkupKind, SymbolKind } from 'vscode-languageserver/node'
import * as path from 'node:path'
import { conceptPlaceAt } from '../../authoring/completions.js'
import { describeAt } from '../../authoring/describe.js'
import { figuresOf, wordsOf } from '../../authoring/marks.js'
import type { WordKind } from '../../authoring/marks.js'
import type { OutlineEntry } from '../../authoring/outline.js'
import { foldsOf, outlineOf, selectionsAt, shortly } from '../../authoring/outline.js'
import type { ConceptText } from '../../engine/concepts.js'
import { conceptWithId } from '../../engine/concepts.js'
import { placeOfCitation, quoteCitation } from '../../engine/quotes.js'
import type { Span } from '../../text/span.js'
import type { Session, Sight } from './session.js'
import { uriOf } from './uri.js'

export async function hoverAt({ client }: Session, { looked, translator }: Sight, position: Position): Promise<Hover | null> {
  const { facts } = looked.examined
  const { workspace } = looked
  const about = facts === undefined ? undefined : conceptPlaceAt(facts, translator.offset(position))
  const written = about === undefined ? '' : looked.text.slice(about.span.start, about.span.end).trim()
  const concept = /^\d+$/u.test(written) ? await conceptWithId(workspace, Number(written)) : undefined
  if (about !== undefined && concept !== undefined) return { contents: { kind: client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: describeConcept(concept) }, range: translator.range(about.span) }
  const found = facts === undefined ? undefined : describeAt(facts, translator.offset(position), { documentsWithId: (id) => workspace.index().withId(id), tracker: (id) => workspace.worldOf(looked.path).tracker(id), quote: (citation) => quoteCitation(workspace, looked.path, facts, citation) })
  if (found === undefined) return null
  return { contents: { kind: client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: found.text }, range: translator.range(found.span) }
}

/** What it says, and where that was learned. */
function describeConcept({ id, type, body, provenance }: ConceptText): string {
  const origins = provenance.map(({ document, path: file, section, hypothesis, verdict, at }) => `- ${[document ?? file, section, hypothesis, verdict].filter((word) => word !== undefined && word !== '').join(', ')}, ${at.slice(0, 10)}`)
  return [`**Concept ${id}** (${type})`, body, ...(origins.length === 0 ? [] : [`Learned in:\n${origins.join('\n')}`])].join('\n\n')
}

const symbolKinds: Readonly<Record<OutlineEntry['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  hypothesis: SymbolKind.Variable,
  evidence: SymbolKind.Constant,
  verdict: SymbolKind.EnumMember,
  spawned: SymbolKind.Event,
}

export function symbolsOf({ client }: Session, { uri, looked, translator }: Sight): DocumentSymbol[] | SymbolInformation[] {
  const { facts } = looked.examined
  if (facts === undefined) return []
  const outline = outlineOf(facts)
  const tree = ({ name, detail, kind, span, head, entries }: OutlineEntry): DocumentSymbol => ({
    name: shortly(name),
    detail: shortly(detail),
    kind: symbolKinds[kind],
    range: translator.range({ start: span.start, end: Math.max(span.end, head.end) }),
    selectionRange: translator.range(head),
    children: entries.map(tree),
  })
  if (client.symbolTree) return outline.map(tree)
  const flat = (entry: OutlineEntry, container: string | undefined): SymbolInformation[] => [
    { name: shortly(entry.name), kind: symbolKinds[entry.kind], location: { uri, range: translator.range(entry.span) }, ...(container !== undefined && { containerName: container }) },
    ...entry.entries.flatMap((below) => flat(below, entry.name)),
  ]
  return outline.flatMap((entry) => flat(entry, undefined))
}

/** Documents by id and title, and the hypotheses of those that are open. */
export async function workspaceSymbols(session: Session, query: string, folders: readonly string[]): Promise<WorkspaceSymbol[]> {
  const wanted = query.toLowerCase()
  const found: WorkspaceSymbol[] = []
  const lives = new Set([...folders.map((folder) => session.repositoryAt(folder)), ...session.repositories.all()])
  for (const live of lives) {
    const workspace = await live.current()
    for (const { id, title, path: file, template } of workspace.index().entries) {
      const name = [id, title].filter((word) => word !== undefined).join(' ')
      if (matches(name, wanted)) found.push({ name: name === '' ? file : name, kind: SymbolKind.File, containerName: template, location: { uri: session.uriIn(live, file) } })
    }
  }
  for (const { uri } of session.texts.all()) {
    const sight = await session.see(uri)
    const facts = sight?.looked.examined.facts
    for (const { id, statement, span } of facts?.hypotheses ?? []) {
      const name = `${id} ${shortly(statement)}`
      if (sight !== undefined && matches(name, wanted)) found.push({ name, kind: SymbolKind.Variable, containerName: facts?.id ?? '', location: { uri, range: sight.translator.range(span) } })
    }
  }
  return found
}

/** Letters in order, as people shorten names. */
function matches(name: string, wanted: string): boolean {
  let at = 0
  const low = name.toLowerCase()
  for (const letter of wanted) {
    at = low.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

export function foldingRanges({ looked, translator }: Sight): FoldingRange[] {
  return foldsOf(looked.examined.document).map(({ span, kind }) => {
    const { start, end } = translator.range(span)
    const named = kind === 'comment' ? FoldingRangeKind.Comment : kind === 'region' ? FoldingRangeKind.Region : undefined
    return { startLine: start.line, endLine: end.line, ...(named !== undefined && { kind: named }) }
  })
}

export function selectionRanges({ looked, translator }: Sight, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const spans = selectionsAt(looked.examined.document, translator.offset(position))
    const outwards = spans.toReversed().reduce<SelectionRange | undefined>((parent, span) => ({ range: translator.range(span), ...(parent !== undefined && { parent }) }), undefined)
    return outwards ?? { range: { start: position, end: position } }
  })
}

export function inlayHints({ looked, translator }: Sight, within: Span): InlayHint[] {
  const { facts } = looked.examined
  if (facts === undefined) return []
  return figuresOf(facts)
    .filter(({ at }) => within.start <= at && at <= within.end)
    .map(({ at, text, explanation }) => ({ position: translator.position(at), label: text, tooltip: explanation, paddingLeft: true, paddingRight: true }))
}

const tokenTypes: Readonly<Record<WordKind, number>> = { hypothesis: 0, document: 1, verdict: 2, citation: 3, path: 3 }

export const tokenLegend: SemanticTokensLegend = { tokenTypes: ['variable', 'class', 'enumMember', 'string'], tokenModifiers: ['declaration'] }

export function semanticTokens({ looked, translator }: Sight, within: Span | undefined): SemanticTokens {
  const { facts } = looked.examined
  const data: number[] = []
  let line = 0
  let character = 0
  for (const { kind, stated, span } of facts === undefined ? [] : wordsOf(facts)) {
    if (within !== undefined && (span.end < within.start || span.start > within.end)) continue
    const { start, end } = translator.range(span)
    data.push(start.line - line, start.line === line ? start.character - character : start.character, end.character - start.character, tokenTypes[kind], stated ? 1 : 0)
    line = start.line
    character = start.character
  }
  return { data }
}

export function documentLinks({ live, looked, translator }: Sight): DocumentLink[] {
  const { facts } = looked.examined
  if (facts === undefined) return []
  const cited = [...facts.citations, ...facts.pathReferences.map((reference) => ({ ...reference, lines: [] }))]
  return cited.flatMap((citation): DocumentLink[] => {
    const place = placeOfCitation(looked.workspace, looked.path, citation)
    if (place === undefined) return []
    const target = `${uriOf(path.join(live.root, place.path))}${place.line === undefined ? '' : `#L${place.line}`}`
    return [{ range: translator.range(citation.span), target, tooltip: place.path }]
  })
}
