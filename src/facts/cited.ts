/** Owns all that a document cites: in its evidence, in running text and tables, and above the code that it quotes. */

import type { Code, Nodes, Paragraph, RootContent } from 'mdast'
import type { Document } from '../document/document.js'
import { labelledFields } from '../document/label.js'
import { spanOf, walkBlocks } from '../document/nodes.js'
import type { Section } from '../document/section.js'
import { eachSection } from '../document/section.js'
import type { SectionSpec } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import { matchMarks } from '../text/marks.js'
import type { Span } from '../text/span.js'
import { liesInOneOf } from '../text/span.js'
import type { Citation } from './citation.js'
import { isPlainlyPath, readCitations } from './citation.js'
import type { CitationFact, Evidence, Quote } from './facts.js'

/** What a text must hold before it is worth a closer look: an ending or a known name right before lines. */
const maybeCited = /(?:\.[a-z][\w+-]{0,11}|file|license|readme|changelog|codeowners|gradlew)[`*]{0,3}(?::L?\d|#L\d|,?\s+\(?lines?\s+\d)/iu
/** Where such lines may start. Few blocks hold one, and fewer are read. */
const maybeLines = /[:#]L?\d|lines?\s+\d/gi
/** Labels under which a block of code claims to be what stands in a file. Tried at line starts only, or many marks would take the square of their number. */
const maybeLabelled = /^[ \t>]*(?:\*\*|__)\W*(?:evidence|proof|quote|excerpt)/im
const quoteLabel = /^(?:evidence|proof|quoted?|excerpt)\b/u

/** In the order of the document. What stands in an evidence row belongs to that row. */
export function findCitations(document: Document, evidence: readonly Evidence[], quotes: readonly Quote[]): readonly CitationFact[] {
  const rows = evidence.flatMap((row): CitationFact[] => row.citations.map((citation) => placed(citation, 'evidence', row.section, row.spec)))
  const quoted = quotes.map((quote) => placed(quote.citation, 'quote', quote.section))
  const taken = liesInOneOf([...evidence.map((row) => row.span), ...quoted.map((one) => one.span)])
  const found: CitationFact[] = [...rows, ...quoted]
  const marks = matchMarks(document.text, maybeLines)
  const isWorthALook = ({ start, end }: Span): boolean => maybeCited.test(document.text.slice(start, end))
  for (const section of eachSection(document.top)) {
    if (!marks.lieIn(section.span)) continue
    for (const block of section.content) {
      if (!marks.lieIn(spanOf(block))) continue
      for (const piece of piecesOf(block, taken)) {
        if (!marks.lieIn(piece) || !isWorthALook(piece)) continue
        for (const citation of readCitations(withoutComments(piece, document), piece.start)) {
          if (isPlainlyPath(citation.path) && !isVersion(citation, document.text) && !taken(citation.span)) found.push(placed(citation, 'text', section))
        }
      }
    }
  }
  return found.toSorted((a, b) => a.span.start - b.span.start)
}

/** `node.js:18.2` and `log.txt:2026-01-02` name no lines. */
function isVersion({ linesSpan, span }: Citation, text: string): boolean {
  return span.end > linesSpan.end && /^(?:\.\d|[-–—]L?\d)/u.test(text.slice(linesSpan.end, span.end))
}

/** Written out, because there are thousands, and copying objects as a whole takes ten times as long. */
function placed({ path, lines, span, linesSpan, written, problem }: Citation, role: CitationFact['role'], section: Section, spec?: SectionSpec): CitationFact {
  if (spec === undefined) return { path, lines, span, linesSpan, written, problem, role, section }
  return { path, lines, span, linesSpan, written, problem, role, section, spec }
}

/** Paragraphs and cells: what is read as one piece of running text. Code and comments are not, nor rows that were read. */
function piecesOf(block: RootContent, taken: (span: Span) => boolean): readonly Span[] {
  if (block.type === 'table') return block.children.filter((row) => !taken(spanOf(row))).flatMap((row) => row.children.map(spanOf))
  const pieces: Span[] = []
  walkBlocks(block, (node) => {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') pieces.push(spanOf(node))
  })
  return pieces
}

/** The text of a piece, blanks in the place of comments. */
function withoutComments({ start, end }: Span, { text, comments }: Document): string {
  let source = text.slice(start, end)
  for (const { span } of comments) {
    if (span.start >= start && span.end <= end) source = `${source.slice(0, span.start - start)}${' '.repeat(span.end - span.start)}${source.slice(span.end - start)}`
  }
  return source
}

/** Blocks of code below a label such as **Evidence:**, with the place that the label or their first line cites. */
export function findQuotes(document: Document): readonly Quote[] {
  const quotes: Quote[] = []
  if (!maybeLabelled.test(document.text)) return quotes
  for (const section of eachSection(document.top)) collect(section.content, document, section, quotes)
  return quotes
}

function collect(blocks: readonly Nodes[], document: Document, section: Section, quotes: Quote[]): void {
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'code') {
      const label = blocks[index - 1]
      if (label?.type === 'paragraph') quotes.push(...readQuotes(block, label, document, section))
    } else if (block.type === 'list' || block.type === 'listItem' || block.type === 'blockquote') collect(block.children, document, section, quotes)
  }
}

/** A comment that cites opens a part of the block; what stands before the first is cited by the label or the fence. */
function readQuotes(code: Code, above: Paragraph, document: Document, section: Section): readonly Quote[] {
  const { text } = document
  const label = labelledFields(above, text).at(-1)
  if (label === undefined || !quoteLabel.test(normaliseName(label.label))) return []
  const { start, end } = spanOf(code)
  const opening = /^[^\r\n]*/u.exec(text.slice(start, end))?.[0] ?? ''
  const inLabel = readCitations(text.slice(label.labelSpan.end, spanOf(above).end), label.labelSpan.end).at(-1)
  const inMark = readCitations(code.meta ?? '', start + Math.max(0, opening.indexOf(code.meta ?? '')))[0]
  const parts: { citation: Citation | undefined; lines: string[] }[] = [{ citation: inMark ?? inLabel, lines: [] }]
  let at = start + opening.length
  for (const line of code.value.split('\n')) {
    at = Math.max(at, text.indexOf(line, at))
    const [cited] = isComment(line) ? readCitations(line, at) : []
    if (cited !== undefined && isPlainlyPath(cited.path)) parts.push({ citation: cited, lines: [] })
    else parts.at(-1)?.lines.push(line)
    at += line.length
  }
  return parts.flatMap(({ citation, lines }): Quote[] => {
    return citation === undefined || !isPlainlyPath(citation.path) || lines.every((line) => line.trim() === '') ? [] : [{ citation, lines, span: { start, end }, section }]
  })
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/|--|;|%|<!--|\/\*|')/u.test(line)
}
