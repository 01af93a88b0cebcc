/** Owns what counts as untouched: the texts of a scaffold, and prompts in brackets. */

import type { Document } from '../document/document.js'
import { plainText, walk } from '../document/nodes.js'
import { essence, hasWords } from '../text/words.js'
import { normaliseText } from './template.js'

/** The normalised text of every block of a scaffold that has no expression in it. */
export function scaffoldLiterals(document: Document): ReadonlySet<string> {
  const literals = new Set<string>()
  walk(document.root, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'tableRow' && node.type !== 'code') return
    const text = node.type === 'code' ? node.value : rowOrParagraph(node)
    if (!text.includes('{{')) literals.add(normaliseText(text))
  })
  literals.delete('')
  return literals
}

function rowOrParagraph(node: Parameters<typeof plainText>[0]): string {
  if ('type' in node && node.type === 'tableRow') return node.children.map((cell) => plainText(cell)).join(' | ')
  return plainText(node)
}

/** A single word of the scaffold, such as "Number", may be the author's as well. */
const fewestWords = 2

/**
 * Essences of all that a template says itself: prompts, sentences and cells of the scaffold, sentences of its comments, and
 * what it says about its sections. A text with one of them was copied.
 * @param summaries what the template says about itself
 */
export function scaffoldTexts(document: Document, summaries: readonly string[]): ReadonlySet<string> {
  const texts = new Set<string>()
  const add = (text: string): void => {
    if (hasWords(text, fewestWords)) texts.add(essence(text))
  }
  summaries.forEach(add)
  for (const { value } of document.comments) for (const sentence of value.split(/[.:;!?\n]|\*\*SKIPPED:\*\*/u)) add(sentence)
  walk(document.root, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'tableCell' && node.type !== 'heading') return
    const text = plainText(node).replaceAll(/\{\{[^{}]*\}\}/gu, ' ')
    add(text)
    for (const [, prompt = ''] of text.matchAll(/\[([^[\]]+)\]/gu)) add(prompt)
  })
  return texts
}
