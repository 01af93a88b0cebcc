/** Owns the question whether an author has written something, or a template's prompt still stands. */

import type { Nodes, RootContent } from 'mdast'
import { labelledFields } from '../document/label.js'
import { plainText, spanOf, walk, walkBlocks } from '../document/nodes.js'
import { viewTable } from '../document/table.js'
import type { Marks } from '../text/marks.js'
import type { Span } from '../text/span.js'
import { trimSpan } from '../text/span.js'
import type { Template } from '../template/template.js'
import { normaliseText } from '../template/template.js'

/** A value that is one prompt in brackets or braces and nothing else, quotes around it allowed. */
const wholePrompt = /^["'“”`*_]*(?:\[(?<square>[^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]|\{(?<brace>[^{}]+)\})["'“”`*_.?:]*$/u

/** In brackets and yet the author's: a tick, an answer, numbers, ids, a list of them, quoted values, an upper-case tag. */
const authored = /^(?:[xX ]?|yes|Yes|YES|no|No|NO|[\d\s,;–-]+[.…]*|["'*].*|[A-Z][A-Z0-9]*-[\w-]+(?:[\s,;]+[A-Z][A-Z0-9]*-[\w-]+)*|[a-z_]+(?:,\s*[a-z_]+)*|[A-Z]+\d+|[A-Z][A-Z ]*:\s*\d+|[A-Z][\w-]*(?:,\s*[A-Z][\w-]*)+|\^.+|![A-Z]+)$/u

/** Words that say that nothing was written. */
const nothing = /^(?:[-–—.…?\s]*|\(?empty\)?)$/u

const bareWords = /^\(?(?:n\s*[/.]?\s*a\.?|none(?: yet| so far)?|nothing(?: yet)?|not applicable|tbd|tba|to be (?:done|determined|decided|added|written)|todo|pending|skip(?:ped)?|xxx|wip|\?+)[\s.!:]*\)?$/iu

/** True for text that holds no words of an author: empty, a dash, or one prompt. */
export function isBlank(text: string): boolean {
  return nothing.test(text.trim()) || isPrompt(text)
}

function isPrompt(text: string): boolean {
  const inside = withinBrackets(text)
  return inside !== undefined && !authored.test(inside)
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
      if (value !== undefined && isPrompt(text.slice(value.start, value.end))) add(value)
      else if (value !== undefined) addInner(node, value)
    } else {
      // A bracket that a definition elsewhere turns into a link is the author's.
      if (node.children.some((child) => child.type === 'linkReference')) return
      const span = trimSpan(text, spanOf(node))
      const source = stripTaskBox(text, cellValue(node) ?? span)
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
 * True where the block holds something an author wrote. Comments, rules, table headers, prompts, labels
 * without a value and the scaffold's own sentences are not content.
 */
export function holdsContent(block: RootContent, text: string, template: Template): boolean {
  switch (block.type) {
    case 'thematicBreak':
    case 'definition':
      return false
    case 'html':
      return block.value.replaceAll(/<!--[\s\S]*?(?:-->|$)/gu, '').trim() !== ''
    case 'code':
      return !isBlank(block.value) && !template.literals.has(normaliseText(block.value))
    case 'table':
      return viewTable(block, text).rows.some((row) => !rowUntouched(row.cells.map((cell) => cell.text), template))
    case 'list':
      // A tick is the author's, whatever the words beside it.
      return block.children.some((item) => {
        return item.checked === true || item.children.some((child) => holdsContent(child, text, template))
      })
    case 'blockquote':
    case 'footnoteDefinition':
      return block.children.some((child) => holdsContent(child, text, template))
    case 'paragraph':
      return paragraphHoldsContent(block, text, template)
    case 'heading':
      return false
    default:
      return plainText(block) !== ''
  }
}

function paragraphHoldsContent(block: Extract<RootContent, { type: 'paragraph' }>, text: string, template: Template): boolean {
  const said = plainText(block)
  if (isBlank(said.replace(/^\[[ xX]\]\s*/u, '')) || template.literals.has(normaliseText(said))) return block.children.some((child) => child.type === 'image')
  const fields = labelledFields(block, text)
  const [first] = fields
  if (first === undefined || first.labelSpan.start > spanOf(block).start) return true
  return fields.some((field) => !isBlank(field.value) && !withoutPrompts(field.value))
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
