/** Owns going from a name to what it names and back, and giving names anew: hypotheses, documents, files. */

import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, LinkedEditingRanges, Location, Position, Range, WorkspaceEdit } from 'vscode-languageserver/node'
import { ErrorCodes, LSPErrorCodes, ResponseError, SymbolKind } from 'vscode-languageserver/node'
import * as path from 'node:path'
import type { HypothesisMention } from '../../authoring/mentions.js'
import { documentMentions, hypothesisMentions, mentionAt, rangeCovering, renameFault } from '../../authoring/mentions.js'
import { shortly } from '../../authoring/outline.js'
import { findMentions, followRenames } from '../../engine/mentions.js'
import { placeOfCitation } from '../../engine/quotes.js'
import type { Span } from '../../text/span.js'
import { textEdits, workspaceEdit } from './edits.js'
import type { DocumentEdits } from './edits.js'
import { createTranslator } from './position.js'
import type { Session, Sight } from './session.js'
import { pathOf, uriOf } from './uri.js'

const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end
}

export function definitionsAt(session: Session, sight: Sight, position: Position): Location[] {
  const { looked, translator, live, uri } = sight
  const { facts } = looked.examined
  if (facts === undefined) return []
  const offset = translator.offset(position)
  const mention = mentionAt(hypothesisMentions(facts), offset)
  if (mention !== undefined) return facts.hypotheses.filter((one) => one.id === mention.id).map((one) => ({ uri, range: translator.range(one.idSpan) }))
  const citation = [...facts.citations, ...facts.pathReferences.map((one) => ({ ...one, lines: [] }))].find(({ span }) => holds(span, offset))
  const place = citation === undefined ? undefined : placeOfCitation(looked.workspace, looked.path, citation)
  if (place !== undefined) {
    const line = (place.line ?? 1) - 1
    return [{ uri: uriOf(path.join(live.root, place.path)), range: { start: { line, character: 0 }, end: { line, character: 0 } } }]
  }
  const document = documentMentions(facts).find(({ span }) => holds(span, offset))
  return document === undefined ? [] : looked.workspace.index().withId(document.id).map((entry) => ({ uri: session.uriIn(live, entry.path), range: top }))
}

export function referencesAt(session: Session, sight: Sight, position: Position, declared: boolean): Location[] {
  const { looked, translator, live, uri } = sight
  const { facts } = looked.examined
  if (facts === undefined) return []
  const offset = translator.offset(position)
  const mentions = hypothesisMentions(facts)
  const mention = mentionAt(mentions, offset)
  if (mention !== undefined) return mentions.filter((one) => one.id === mention.id && (declared || one.role !== 'stated')).map(({ span }) => ({ uri, range: translator.range(span) }))
  const document = documentMentions(facts).find(({ span }) => holds(span, offset))
  if (document === undefined) return []
  const own = new Set(declared ? [] : looked.workspace.index().withId(document.id).map((entry) => entry.path))
  return findMentions(looked.workspace, document.id)
    .filter((one) => !own.has(one.path))
    .flatMap(({ path: file, text, lines, spans }) => {
      const other = createTranslator(text, lines, session.client.encoding)
      return spans.map((span) => ({ uri: session.uriIn(live, file), range: other.range(span) }))
    })
}

// ---------------------------------------------------------------- renaming

/** Null where nothing that can be renamed stands. @throws ResponseError for a document id, which takes more than the editor */
export function prepareRename({ looked, translator }: Sight, position: Position): { range: Range; placeholder: string } | null {
  const { facts } = looked.examined
  if (facts === undefined) return null
  const offset = translator.offset(position)
  const mention = mentionAt(hypothesisMentions(facts), offset)
  if (mention !== undefined) return { range: translator.range(mention.span), placeholder: mention.id }
  const document = documentMentions(facts).find(({ span }) => holds(span, offset))
  if (document !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `The id of a document is changed with \`inquest renumber ${document.id}\``)
  return null
}

/** @throws ResponseError for a name that cannot be */
export function renameAt({ client }: Session, { uri, version, looked, translator }: Sight, position: Position, name: string): WorkspaceEdit | null {
  const { facts } = looked.examined
  const mentions = facts === undefined ? [] : hypothesisMentions(facts)
  const mention = mentionAt(mentions, translator.offset(position))
  if (facts === undefined || mention === undefined) return null
  const fault = renameFault(facts, mention.id, name)
  if (fault !== undefined) throw new ResponseError(ErrorCodes.InvalidParams, fault)
  const edits = mentions.filter((one) => one.id === mention.id).map(({ span }) => ({ span, text: name }))
  return workspaceEdit(client, [{ uri, version, edits: textEdits(edits, translator) }])
}

/** All names of a hypothesis, to be written at once from where it is stated. */
export function linkedRanges({ looked, translator }: Sight, position: Position): LinkedEditingRanges | null {
  const { facts } = looked.examined
  if (facts === undefined) return null
  const mentions = hypothesisMentions(facts)
  const mention = mentionAt(mentions, translator.offset(position))
  if (mention?.role !== 'stated' || rangeCovering(facts, mention.id) !== undefined) return null
  const written = ({ span }: HypothesisMention): string => looked.text.slice(span.start, span.end)
  const same = mentions.filter((one) => one.id === mention.id && written(one) === written(mention))
  return { ranges: same.map(({ span }) => translator.range(span)), wordPattern: '[A-Za-z0-9]+' }
}

/** What documents have to say instead, before the client moves the files. */
export async function editsForRenames(session: Session, files: readonly { readonly oldUri: string; readonly newUri: string }[]): Promise<WorkspaceEdit | null> {
  const documents: DocumentEdits[] = []
  for (const live of session.repositories.all()) {
    const inside = (uri: string): string | undefined => {
      const file = pathOf(uri)
      return file?.startsWith(live.root + path.sep) === true ? path.relative(live.root, file).split(path.sep).join('/') : undefined
    }
    const renames = files.flatMap(({ oldUri, newUri }) => {
      const from = inside(oldUri)
      const to = inside(newUri)
      return from === undefined || to === undefined ? [] : [{ from, to }]
    })
    if (renames.length === 0) continue
    for (const { path: file, text, lines, edits } of followRenames(await live.current(), renames)) {
      const uri = session.uriIn(live, file)
      documents.push({ uri, version: session.texts.get(uri)?.version, edits: textEdits(edits, createTranslator(text, lines, session.client.encoding)) })
    }
  }
  return documents.length === 0 ? null : workspaceEdit(session.client, documents)
}

// ---------------------------------------------------------------- who speaks of whom

interface HierarchyData {
  readonly uri: string
  readonly hypothesis: string
}

/** Hypotheses are called by the evidence, the verdicts and the plans that name them; a hypothesis calls those it is subsumed by. */
export function prepareHierarchy(sight: Sight, position: Position): CallHierarchyItem[] | null {
  const { looked, translator } = sight
  const { facts } = looked.examined
  const mention = facts === undefined ? undefined : mentionAt(hypothesisMentions(facts), translator.offset(position))
  const item = mention === undefined ? undefined : hypothesisItem(sight, mention.id)
  return item === undefined ? null : [item]
}

function hypothesisItem({ uri, looked, translator }: Sight, id: string): CallHierarchyItem | undefined {
  const hypothesis = looked.examined.facts?.hypotheses.find((one) => one.id === id)
  if (hypothesis === undefined) return undefined
  return {
    name: id,
    detail: shortly(hypothesis.statement),
    kind: SymbolKind.Variable,
    uri,
    range: translator.range(hypothesis.span),
    selectionRange: translator.range({ start: hypothesis.idSpan.start, end: Math.min(hypothesis.idSpan.end, hypothesis.span.end) }),
    data: { uri, hypothesis: id } satisfies HierarchyData,
  }
}

export function incomingCalls(sight: Sight, id: string): CallHierarchyIncomingCall[] {
  const { uri, looked, translator } = sight
  const { facts } = looked.examined
  if (facts === undefined) return []
  const { lines } = looked.examined.document
  return hypothesisMentions(facts)
    .filter((one) => one.id === id && one.role !== 'stated')
    .map(({ span, role, within }) => {
      const line = lines.lineSpan(lines.pointAt(span.start).line)
      const around = within?.span ?? line
      const range = translator.range(around)
      const said = looked.text.slice(around.start, around.end).replaceAll(/\s*\|\s*/gu, ' ')
      const kind = role === 'evidence' ? SymbolKind.Constant : role === 'verdict' ? SymbolKind.EnumMember : SymbolKind.String
      return { from: { name: shortly(said), detail: role, kind, uri, range, selectionRange: range }, fromRanges: [translator.range(span)] }
    })
}

export function outgoingCalls(sight: Sight, id: string): CallHierarchyOutgoingCall[] {
  const { looked, translator } = sight
  const { facts } = looked.examined
  if (facts === undefined) return []
  const verdicts = facts.verdicts.filter((verdict) => verdict.ids.some((ref) => ref.id === id))
  const named = hypothesisMentions(facts).filter((one) => one.id !== id && verdicts.some((verdict) => holds(verdict.cell.span, one.span.start)))
  return named.flatMap((one): CallHierarchyOutgoingCall[] => {
    const to = hypothesisItem(sight, one.id)
    return to === undefined ? [] : [{ to, fromRanges: [translator.range(one.span)] }]
  })
}

export function hierarchyDataOf({ data }: CallHierarchyItem): HierarchyData | undefined {
  const given = data as Partial<HierarchyData> | undefined
  return typeof given?.uri === 'string' && typeof given.hypothesis === 'string' ? { uri: given.uri, hypothesis: given.hypothesis } : undefined
}
