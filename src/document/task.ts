/** Owns task items (`- [x] …`): which there are, whether they are ticked and where the box stands. */

import type { ListItem } from 'mdast'
import type { Span } from '../text/span.js'
import type { Section } from './section.js'
import { plainText, spanOf, walkBlocks } from './nodes.js'

export interface TaskItem {
  readonly ticked: boolean
  /** The item's own text, without nested lists. */
  readonly text: string
  /** The item's first line of content with its box. */
  readonly span: Span
  /** The box with its brackets. */
  readonly box: Span
}

/** The task items directly under a section's heading, nested ones included. */
export function taskItems(section: Section, text: string): readonly TaskItem[] {
  const items: TaskItem[] = []
  for (const node of section.content) {
    walkBlocks(node, (item) => {
      if (item.type !== 'listItem' || typeof item.checked !== 'boolean') return
      const view = viewTask(item, item.checked, text)
      if (view !== undefined) items.push(view)
    })
  }
  return items
}

function viewTask(item: ListItem, ticked: boolean, text: string): TaskItem | undefined {
  const whole = spanOf(item)
  const box = /\[[ \t\r\nxX]\]/u.exec(text.slice(whole.start, whole.end))
  if (box === null) return undefined
  const start = whole.start + box.index
  return { ticked, text: itemText(item), span: { start: whole.start, end: leadEnd(item) }, box: { start, end: start + box[0].length } }
}

/** What a list item says itself, nested lists left out. */
export function itemText(item: ListItem): string {
  return plainText(item.children.filter((child) => child.type !== 'list'))
}

/** Where a list item's own content ends and its nested lists begin. */
export function leadEnd(item: ListItem): number {
  const own = item.children.filter((child) => child.type !== 'list')
  const last = own.at(-1)
  return last === undefined ? spanOf(item).end : spanOf(last).end
}
