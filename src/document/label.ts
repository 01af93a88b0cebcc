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
  return starts.map((start, at) => {
    const next = starts[at + 1]
    const end = next === undefined ? spanOf(block).end : next.lineStart
    const labelSpan = spanOf(start.node)
    let from = labelSpan.end
    if (!start.colonInside && text.charAt(from) === ':') from++
    return {
      label: start.label,
      labelSpan,
      value: plainText(block.children.slice(start.index + 1, next?.index)).replace(/^:\s*/u, ''),
      valueSpan: trimSpan(text, { start: Math.min(from, end), end }),
    }
  })
}

interface LabelStart {
  readonly node: PhrasingContent
  /** Among the paragraph's children. */
  readonly index: number
  /** Where its line starts: the end of what the label before it may hold. */
  readonly lineStart: number
  readonly label: string
  readonly colonInside: boolean
}

function labelStarts(paragraph: Paragraph, text: string): readonly LabelStart[] {
  const found: LabelStart[] = []
  for (const [index, node] of paragraph.children.entries()) {
    if (node.type !== 'strong') continue
    const lineStart = findLineStart(paragraph, node, text)
    if (lineStart === undefined) continue
    const label = plainText(node)
    const colonInside = label.endsWith(':')
    if (!colonInside && text.charAt(spanOf(node).end) !== ':') continue
    found.push({ node, index, lineStart, label: label.replace(/\s*:$/u, ''), colonInside })
  }
  return found
}

/** Where the line starts that the node opens, indentation and the marks of a quote left aside; undefined where it opens none. */
function findLineStart(paragraph: Paragraph, node: PhrasingContent, text: string): number | undefined {
  const first = spanOf(paragraph).start
  let at = spanOf(node).start
  while (at > first && /[ \t>]/u.test(text.charAt(at - 1))) at--
  return at === first || /[\r\n]/u.test(text.charAt(at - 1)) ? at : undefined
}
