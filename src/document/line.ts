/**
 * Owns paragraphs, headings and cells of an engine that reads what stands within them when somebody first looks. Most
 * are only placed, and nobody looks.
 */

import type { Heading, Nodes, Paragraph, Parents, PhrasingContent, Root, TableCell } from 'mdast'

/** What reads the content of a line by its number. */
export type LineReader = (id: number) => PhrasingContent[]

/** A class, because getters in object literals would give every node a shape of its own. */
abstract class Line {
  position?: NonNullable<Root['position']>
  readonly #read: LineReader
  readonly #id: number
  #children: PhrasingContent[] | undefined
  #settle: ((line: Parents) => void) | undefined

  constructor(read: LineReader, id: number) {
    this.#read = read
    this.#id = id
  }

  get children(): PhrasingContent[] {
    if (this.#children === undefined) {
      this.#children = this.#read(this.#id)
      if (isLine(this)) this.#settle?.(this)
    }
    return this.#children
  }

  set children(children: PhrasingContent[]) {
    this.#children = children
  }

  get isUnread(): boolean {
    return this.#children === undefined
  }

  /** What it holds will be settled when it is read. */
  settleLater(settle: (line: Parents) => void): void {
    this.#settle = settle
  }
}

export class LazyParagraph extends Line implements Paragraph {
  readonly type = 'paragraph'
}

export class LazyHeading extends Line implements Heading {
  readonly type = 'heading'
  readonly depth: Heading['depth']

  constructor(read: LineReader, id: number, depth: Heading['depth']) {
    super(read, id)
    this.depth = depth
  }
}

export class LazyCell extends Line implements TableCell {
  readonly type = 'tableCell'
}

type AnyLine = LazyParagraph | LazyHeading | LazyCell

function isLine(node: object): node is AnyLine {
  return node instanceof Line
}

/** True for a line that nobody has looked into yet. */
export function isUnread(node: Nodes): node is AnyLine {
  return node instanceof Line && node.isUnread
}

/** The tree with plain objects in the place of lines, read to the last word: what other programs take for mdast. In place. */
export function readInFull(root: Root): Root {
  const open: Parents[] = [root]
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    const { children }: { children: Nodes[] } = parent
    for (const [at, child] of children.entries()) {
      const whole = isLine(child) ? plain(child) : child
      children[at] = whole
      if ('children' in whole) open.push(whole)
    }
  }
  return root
}

function plain(line: AnyLine): Paragraph | Heading | TableCell {
  const { children, position } = line
  const placed = position === undefined ? {} : { position }
  return line.type === 'heading' ? { type: line.type, depth: line.depth, children, ...placed } : { type: line.type, children, ...placed }
}
