/** Owns the question whether an author has written something, or a template's prompt still stands. */

import type { ListItem, Nodes, RootContent } from 'mdast'
import { labelledFields } from '../document/label.js'
import { plainText, spanOf, walk, walkBlocks } from '../document/nodes.js'
import type { Cell } from '../document/table.js'
import { viewTable } from '../document/table.js'
import { itemText } from '../document/task.js'
import type { Marks } from '../text/marks.js'
import type { Span } from '../text/span.js'
import { trimSpan } from '../text/span.js'
import type { Template } from '../template/template.js'
import { normaliseText } from '../template/template.js'
import type { SectionFact } from './facts.js'
import { faultOf } from './substance.js'

/** A value that is one prompt in brackets or braces and nothing else, quotes around it allowed. */
const wholePrompt = /^["'“”`*_]*(?:\[(?<square>[^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]|\{(?<brace>[^{}]+)\})["'“”`*_.?:]*$/u

/** In brackets and yet the author's: a tick, an answer, numbers, ids, names of files, a list of them, an issue, a wiki link, quoted values, an upper-case tag. */
const authored = /^(?:[xX ]?|yes|Yes|YES|no|No|NO|[\d\s,;–-]+[.…]*|["'*].*|[A-Z][A-Z0-9]*-[\w-]+(?:[\s,;]+[A-Z][A-Z0-9]*-[\w-]+)*|[a-z_]+(?:,\s*[a-z_]+)*|[A-Z]+\d+|[A-Z][A-Z ]*:\s*\d+|[A-Z][\w-]*(?:,\s*[A-Z][\w-]*)+|[\w./*-]*[./_\d][\w./*-]*(?:,\s*[\w./*-]+)+|[#!]?#\d+|\[.*\]|\^.+|![A-Z]+)$/u

/** Words that say that nothing was written. */
const nothing = /^(?:[-–—.…?\s]*|\(?empty\)?)$/u

const bareWords = /^\(?(?:n\s*[/.]?\s*a\.?|none(?: yet| so far)?|nothing(?: yet)?|not applicable|tbd|tba|to be (?:done|determined|decided|added|written)|todo|pending|skip(?:ped)?|xxx|wip|\?+)[\s.!:]*\)?$/iu

/** True for text that holds no words of an author: empty, a dash, or one prompt. */
export function isBlank(text: string): boolean {
  return nothing.test(text.trim()) || isPrompt(text)
}

/** True for text that is one prompt in brackets or braces. */
export function isPrompt(text: string): boolean {
  const inside = withinBrackets(text)
  return inside !== undefined && !authored.test(inside)
}

/** True for a prompt as `promptsIn` finds it: not in code marks, where words of the template are told as a copy of them. */
export function isOpenPrompt(raw: string): boolean {
  return isPrompt(raw) && !/^(`+)[^`]*\1$/u.test(raw.trim())
}

function withinBrackets(text: string): string | undefined {
  const groups = wholePrompt.exec(text.trim())?.groups
  return groups === undefined ? undefined : (groups['square'] ?? groups['brace'] ?? '').trim()
}

/**
 * True for text that gives no reason: blank, N/A and the like, or anything in brackets. A bracket that an
 * author may write elsewhere, such as a list of values, is a prompt where a reason is asked for.
 */
export function givesNoReason(text: string): boolean {
  return isBlank(text) || isBareWord(text) || withinBrackets(text) !== undefined
}

/** True for N/A, None, TBD and the like with no reason behind them. */
export function isBareWord(text: string): boolean {
  return bareWords.test(text.trim())
}

export interface Prompt {
  readonly span: Span
  readonly text: string
}

/**
 * A bracket or a capitalised brace within running text; whether it is a prompt depends on its surroundings.
 * A brace that hangs on a word (`REQ-{ID}`) is a pattern that the author writes about.
 */
const innerBracket = /\[([^[\]\n]+)\](?![([])|(?<![\p{L}\p{N}:/.=_-])\{[A-Z][A-Za-z ]*\}/gu

/**
 * The prompts left in a block, in order. Prompts in code do not count: brackets there are code.
 * @param brackets all that open one in the text; what holds none holds no prompt
 */
export function promptsIn(block: RootContent, text: string, literals: ReadonlySet<string>, brackets: Marks): readonly Prompt[] {
  const found: Prompt[] = []
  const add = (span: Span): void => void found.push({ span, text: text.slice(span.start, span.end) })
  walkBlocks(block, (node) => {
    if ((node.type !== 'tableCell' && node.type !== 'paragraph' && node.type !== 'heading') || !brackets.lieIn(spanOf(node))) return
    if (node.type === 'tableCell') {
      const value = cellValue(node)
      if (value !== undefined && isPrompt(text.slice(value.start, value.end)) && !isCode(node)) add(value)
      else if (value !== undefined) addInner(node, value)
    } else {
      // A bracket that a definition elsewhere turns into a link is the author's.
      if (node.children.some((child) => child.type === 'linkReference')) return
      const span = trimSpan(text, spanOf(node))
      const source = stripTaskBox(text, cellValue(node) ?? span)
      if (isCode(node)) return
      if (isPrompt(text.slice(source.start, source.end))) add(source)
      else {
        const fields = node.type === 'paragraph' ? labelledFields(node, text) : []
        const whole = fields.filter((field) => isPrompt(text.slice(field.valueSpan.start, field.valueSpan.end)))
        for (const field of whole) add(field.valueSpan)
        if (whole.length === 0) addInner(node, span)
      }
    }
  })
  return found

  function addInner(node: Nodes, span: Span): void {
    const source = maskCode(node, text, span)
    for (const match of source.matchAll(innerBracket)) {
      const [whole, inside] = match
      const before = source.slice(0, match.index)
      const after = source.slice(match.index + whole.length)
      if (inside !== undefined && !literals.has(normaliseText(whole)) && !standsForValue(before, inside, after)) continue
      add({ start: span.start + match.index, end: span.start + match.index + whole.length })
    }
  }
}

/** Brackets in code marks are the author's code. */
function isCode(node: Nodes): boolean {
  return 'children' in node && node.children.length === 1 && node.children[0]?.type === 'inlineCode'
}

/** `Test H1: [Specific actions]` is a prompt, `see [Session 71] for more` is the author's. */
function standsForValue(before: string, inside: string, after: string): boolean {
  if (/^[A-Z]+-[xX]{2,}$/u.test(inside)) return true
  return !authored.test(inside.trim()) && endsWithColon(before) && /^["”`]?[.;]?[ \t]*(?:\r|\n|$|\()/u.test(after)
}

/** Looked at from its end, because a line may hold thousands of brackets. */
function endsWithColon(before: string): boolean {
  const said = /["“`]/u.test(before.slice(-1)) ? before.slice(0, -1) : before
  return said.trimEnd().endsWith(':')
}

function cellValue(node: Nodes): Span | undefined {
  if (!('children' in node)) return undefined
  const first = node.children[0]
  const last = node.children.at(-1)
  return first === undefined || last === undefined ? undefined : { start: spanOf(first).start, end: spanOf(last).end }
}

function stripTaskBox(text: string, span: Span): Span {
  const box = /^\[[ xX]\]\s+/u.exec(text.slice(span.start, span.end))
  return box === null ? span : { start: span.start + box[0].length, end: span.end }
}

/** The text of a node's span with code and links blanked, so that a pattern sees prose only. */
function maskCode(node: Nodes, text: string, span: Span): string {
  const pieces: string[] = []
  let done = span.start
  walk(node, (below) => {
    if (below.type !== 'inlineCode' && below.type !== 'code' && below.type !== 'html' && below.type !== 'link' && below.type !== 'image') return
    const { start, end } = spanOf(below)
    // What lies within a link is blanked with it.
    if (start < done || end > span.end) return
    pieces.push(text.slice(done, start), ' '.repeat(end - start))
    done = end
  })
  return pieces.join('') + text.slice(done, span.end)
}

/**
 * True where the block holds something an author wrote that says something. Comments, rules, table headers, prompts, labels
 * without a value, the scaffold's own sentences and filler are not content.
 */
export function holdsContent(block: RootContent, text: string, template: Template): boolean {
  switch (block.type) {
    case 'thematicBreak':
    case 'definition':
    case 'heading':
      return false
    case 'html':
      return says(readHtml(block.value), template)
    case 'code':
      return !template.literals.has(normaliseText(block.value)) && (/\p{N}/u.test(block.value) || says(block.value, template))
    case 'table':
      return viewTable(block, text).rows.some((row) => !rowUntouched(row.cells.map((cell) => cell.text), template) && row.cells.some((cell) => isOwnCell(cell, template)))
    case 'list':
      return block.children.some((item) => isOwnTick(item, text, template) || item.children.some((child) => holdsContent(child, text, template)))
    case 'blockquote':
    case 'footnoteDefinition':
      return block.children.some((child) => holdsContent(child, text, template))
    case 'paragraph':
      return paragraphHoldsContent(block, text, template)
    default:
      return plainText(block) !== ''
  }
}

function paragraphHoldsContent(block: Extract<RootContent, { type: 'paragraph' }>, text: string, template: Template): boolean {
  const said = plainText(block)
  if (template.literals.has(normaliseText(said))) return false
  const fields = labelledFields(block, text)
  const [first] = fields
  if (first === undefined || first.labelSpan.start > spanOf(block).start) return says(withoutBox(said), template, sourceOf(block, text))
  return fields.some(({ value, valueSpan }) => !withoutPrompts(value) && says(value, template, text.slice(valueSpan.start, valueSpan.end)))
}

/** True for text that is more than a prompt, and no filler. */
function says(said: string, template: Template, raw: string = said): boolean {
  return !isBlank(said) && faultOf(said, { prompts: template.texts, ids: template.hypothesisId }, raw)?.certain !== true
}

/** A tick is the author's, unless the words beside it are none. The scaffold's own item says something once it is ticked. */
function isOwnTick(item: ListItem, text: string, template: Template): boolean {
  if (item.checked !== true) return false
  const said = itemText(item)
  const [first] = item.children
  const raw = first === undefined ? said : withoutBox(sourceOf(first, text))
  return isOpenPrompt(raw) || (!isPrompt(raw) && template.literals.has(normaliseText(said))) || faultOf(said, { prompts: template.texts, ids: template.hypothesisId }, raw)?.certain !== true
}

/** Ticks, answers and numbers of a table are the author's as well as words, and a row may say that there is none. */
function isOwnCell({ text, raw }: Cell, template: Template): boolean {
  return /^(?:\[[xX]\]|[✓✔✅☑]\uFE0F?|yes|no|n\/a|none|nothing|[^\p{L}]*\p{N}[^\p{L}\p{N}]*\p{N}[^\p{L}]*)$/iu.test(text.trim()) || says(text, template, raw)
}

function sourceOf(node: Nodes, text: string): string {
  const { start, end } = spanOf(node)
  return text.slice(start, end)
}

function withoutBox(said: string): string {
  return said.replace(/^\[[ xX]\]\s*/u, '')
}

/** What a reader sees of HTML: what stands between its tags, and what stands for an image. The title of what is folded away is a heading. */
function readHtml(html: string): string {
  return html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/gu, '')
    .replaceAll(/<summary\b[^>]*>[^<]*(?:<\/summary>|$)/giu, ' ')
    .replaceAll(/<[^<>]*\balt\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>/giu, ' $1$2 ')
    .replaceAll(/<[^<>]*>/gu, ' ')
    .replaceAll(/&nbsp;|&#\d+;|&#x[\da-f]+;/giu, ' ')
}

/** Where nothing is said: the first text that is there all the same, with what is wrong with it. */
export function hollowIn(block: RootContent, text: string, template: Template): SectionFact['hollow'] {
  const places = block.type === 'table' ? viewTable(block, text).rows.flatMap(({ cells }) => (rowUntouched(cells.map((cell) => cell.text), template) ? [] : cells)) : block.type === 'list' ? block.children.map((item) => placeOf(item, text)) : [placeOf(block, text)]
  for (const { text: said, raw, span } of places) {
    if (block.type === 'html' || isBlank(said) || withoutPrompts(said) || template.literals.has(normaliseText(said))) continue
    const fault = faultOf(said, { prompts: template.texts, ids: template.hypothesisId }, raw)
    if (fault !== undefined) return { span, fault }
  }
  return undefined
}

function placeOf(block: RootContent, text: string): Pick<Cell, 'text' | 'raw' | 'span'> {
  const [field] = labelledFields(block, text)
  const span = field?.valueSpan ?? trimSpan(text, spanOf(block))
  return { text: field?.value ?? withoutBox(plainText(block)), raw: text.slice(span.start, span.end), span }
}

/** True where a value is only prompts and the words of the scaffold around them. */
function withoutPrompts(value: string): boolean {
  return isBlank(value.replaceAll(/\[[^[\]]*\]/gu, ' ').replaceAll(/["'“”`]/gu, ' '))
}

/** True for a table row that holds prompts, blanks, boxes and lists of alternatives only. */
export function rowUntouched(cells: readonly string[], template: Template): boolean {
  if (template.literals.has(normaliseText(cells.join(' | ')))) return true
  const telling = cells.filter((cell) => !isBlank(cell) && !/^\[[ xX]?\]$/u.test(cell.trim()))
  if (telling.length === 0) return true
  const prompts = cells.filter((cell) => isPrompt(cell)).length
  // The other cells of a scaffold's row are ids, alternatives and example paths.
  return prompts > 0 && telling.every((cell) => isAlternatives(cell) || /^H\d+[a-z]?$|^\d+(?:st|nd|rd|th)$|^path\/\S+$/u.test(cell.trim()))
}

/** `H1/H2/H3`, `Confirmed/Refuted/Inconclusive`: a choice that nobody has made. */
export function isAlternatives(text: string): boolean {
  return /^[\p{L}\d]+(?:\s*\/\s*[\p{L}\d]+){2,}$/u.test(text.trim())
}
