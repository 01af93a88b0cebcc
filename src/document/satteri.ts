/**
 * Owns the tree that satteri answers. Blocks are made at once, and what stands within their lines when somebody looks:
 * satteri's own tree has an object for every word between two marks, most of a check's garbage, and of few is ever asked.
 */

import type { Nodes, PhrasingContent, Root } from 'mdast'
import type { MdastReader } from 'satteri'
import type { LineReader } from './line.js'
import { isUnread, LazyCell, LazyHeading, LazyParagraph } from './line.js'

const features = { gfm: true, frontmatter: false }

/**
 * Loads what reads Markdown; rejects where satteri's native part is not there. The reader throws a TypeError for an answer
 * that holds what GitHub's Markdown does not know.
 */
export async function loadReader(): Promise<(markdown: string) => Root> {
  const satteri = await import('satteri')
  return (markdown) => {
    const handle = satteri.createMdastHandle(markdown, features)
    try {
      return new Answer(new satteri.MdastReader(satteri.serializeHandle(handle))).root()
    } finally {
      satteri.dropHandle(handle)
    }
  }
}

/** By the numbers that satteri gives them. */
const types = [
  'root', 'paragraph', 'heading', 'thematicBreak', 'blockquote', 'list', 'listItem', 'html', 'code', 'definition', 'text', 'emphasis', 'strong', 'inlineCode', 'break', 'link',
  'image', 'linkReference', 'imageReference', 'footnoteDefinition', 'footnoteReference', 'table', 'tableRow', 'tableCell', 'delete',
] as const satisfies readonly Nodes['type'][]

const ticks = [false, true, null] as const

const referenceTypes = ['shortcut', 'collapsed', 'full'] as const

/** Nodes by number, as long as any line of them may be looked into. */
class Answer {
  readonly #reader: MdastReader
  readonly #readLine: LineReader = (id) => this.#childrenOf(id) as PhrasingContent[]

  constructor(reader: MdastReader) {
    this.#reader = reader
  }

  root(): Root {
    const root = this.#make(0)
    if (root.type !== 'root') throw new TypeError(`satteri answered a ${root.type} for a document`)
    return Object.assign(root, { children: this.#childrenOf(0) })
  }

  /** With all below them, but for what stands within lines. */
  #childrenOf(top: number): Nodes[] {
    const all: Nodes[] = []
    // A list of what is still to be filled, because documents may nest deeper than the call stack is long.
    const parents: Nodes[][] = [all]
    const ids = [top]
    for (let at = 0; at < ids.length; at++) {
      const children = parents[at] ?? []
      for (const id of this.#reader.getChildIds(ids[at] ?? top)) {
        const node = this.#make(id)
        children.push(node)
        if (isUnread(node) || !('children' in node)) continue
        parents.push(node.children)
        ids.push(id)
      }
    }
    return all
  }

  /** A node without its children. Those that satteri derives from others have no place of their own. */
  #make(id: number): Nodes {
    const node = this.#read(id)
    const position = this.#reader.getPosition(id)
    if (position !== undefined) node.position = position
    return node
  }

  #read(id: number): Nodes {
    const type = types[this.#reader.getNodeType(id)]
    switch (type) {
      case 'text':
      case 'inlineCode':
      case 'html':
        return { type, value: this.#text(id, 0) }
      case 'paragraph':
        return new LazyParagraph(this.#readLine, id)
      case 'tableCell':
        return new LazyCell(this.#readLine, id)
      case 'heading':
        return new LazyHeading(this.#readLine, id, this.#reader.fieldU8(id, 0, 1) as LazyHeading['depth'])
      case 'thematicBreak':
      case 'break':
        return { type }
      case 'root':
      case 'blockquote':
      case 'emphasis':
      case 'strong':
      case 'delete':
      case 'tableRow':
        return { type, children: [] }
      case 'list': {
        const { ordered, start, spread } = this.#reader.getListData(id)
        return { type, ordered, start: ordered ? start : null, spread, children: [] }
      }
      case 'listItem':
        return { type, spread: this.#reader.fieldU8(id, 1, 0) !== 0, checked: ticks[this.#reader.fieldU8(id, 0, 2)] ?? null, children: [] }
      case 'code':
        return { type, lang: this.#given(id, 0), meta: this.#given(id, 8), value: this.#text(id, 16) }
      case 'table':
        return { type, align: this.#reader.getTableAlign(id) as ('left' | 'right' | 'center' | null)[], children: [] }
      case 'link':
        return { type, url: this.#text(id, 0), title: this.#given(id, 8), children: [] }
      case 'image':
        return { type, url: this.#text(id, 0), alt: this.#text(id, 8), title: this.#given(id, 16) }
      case 'definition':
        return { type, url: this.#text(id, 0), title: this.#given(id, 8), identifier: this.#text(id, 16), label: this.#text(id, 24) }
      case 'linkReference':
        return { type, ...this.#association(id), referenceType: this.#referenceType(id), children: [] }
      case 'imageReference':
        return { type, ...this.#association(id), referenceType: this.#referenceType(id), alt: this.#text(id, 20) }
      case 'footnoteDefinition':
        return { type, ...this.#association(id), children: [] }
      case 'footnoteReference':
        return { type, ...this.#association(id) }
      default:
        throw new TypeError(`satteri answered a node of the unknown type ${this.#reader.getNodeType(id)}`)
    }
  }

  /** @param offset among what satteri keeps of a node of this type */
  #text(id: number, offset: number): string {
    return this.#reader.fieldString(id, offset)
  }

  #given(id: number, offset: number): string | null {
    return this.#text(id, offset) || null
  }

  #association(id: number): { identifier: string; label: string } {
    return { identifier: this.#text(id, 0), label: this.#text(id, 8) }
  }

  #referenceType(id: number): (typeof referenceTypes)[number] {
    return referenceTypes[this.#reader.fieldU8(id, 16, 0)] ?? 'shortcut'
  }
}
