/** Owns bold-label fields: `**Trigger:** text`, several to a paragraph or one before a list. */

import type { Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Span } from '../text/span.js'
import { trimSpan } from '../text/span.js'
import { plainText, spanOf } from './nodes.js'

export interface LabelledField {
  /** Without its colon and marks. */
  readonly label: string
  readonly labelSpan: Span
  /** What stands behind the label in its paragraph, trimmed; may be empty. */
  readonly value: string
  readonly valueSpan: Span
}

/** The fields of one block; only labels at the start of a line count, so bold words in prose do not. */
export function labelledFields(block: RootContent, text: string): readonly LabelledField[] {
  if (block.type !== 'paragraph') return []
  const starts = labelStarts(block, text)
  return starts.map((start, index) => {
    const next = starts[index + 1]
    const end = next === undefined ? spanOf(block).end : spanOf(next.node).start
    const labelSpan = spanOf(start.node)
    let from = labelSpan.end
    if (!start.colonInside && text.charAt(from) === ':') from++
    const valueSpan = trimSpan(text, { start: Math.min(from, end), end })
    const value = block.children.filter((child) => {
      const { start: at } = spanOf(child)
      return at >= labelSpan.end && at < end
    })
    return {
      label: start.label,
      labelSpan,
      value: plainText(value).replace(/^:\s*/u, ''),
      valueSpan,
    }
  })
}

interface LabelStart {
  readonly node: PhrasingContent
  readonly label: string
  readonly colonInside: boolean
}

function labelStarts(paragraph: Paragraph, text: string): readonly LabelStart[] {
  const found: LabelStart[] = []
  for (const node of paragraph.children) {
    if (node.type !== 'strong' || !opensLine(paragraph, node, text)) continue
    const label = plainText(node)
    const colonInside = label.endsWith(':')
    if (!colonInside && text.charAt(spanOf(node).end) !== ':') continue
    found.push({ node, label: label.replace(/\s*:$/u, ''), colonInside })
  }
  return found
}

function opensLine(paragraph: Paragraph, node: PhrasingContent, text: string): boolean {
  const { start } = spanOf(node)
  let at = start - 1
  const from = spanOf(paragraph).start
  while (at >= from && /[ \t]/u.test(text.charAt(at))) at--
  return at < from || /[\r\n]/u.test(text.charAt(at))
}
