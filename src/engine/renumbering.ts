/** Owns what a text says once a document has another id. */

import * as path from 'node:path'

export interface Renumbering {
  readonly from: string
  readonly to: string
  /** The document's file, and its new name where its name holds the id. */
  readonly own: string
  readonly moved: string | undefined
  /** True where another document keeps the id. */
  readonly shared: boolean
}

/** Finds an id where it stands by itself. */
export function idPattern(id: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped(id)}(?![\\p{L}\\p{N}_])(?!-\\d)`, 'gu')
}

function escaped(id: string): string {
  return id.replaceAll(/[.*+?^$()[\]{}|\\]/gu, String.raw`\$&`)
}

/** The name of a file under the new id; a name may hold an id behind a word: `INVESTIGATION-INV-001-rows.md`. */
export function renumberName(name: string, from: string, to: string): string {
  return name.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(from)}(?![\\p{L}\\p{N}_])(?!-\\d)`, 'u'), () => to)
}

/** Where another document keeps the id, only what names this one's file is certain. A text that was rewritten stays as it is. */
export function renumberText(text: string, file: string, { from, to, own, moved, shared }: Renumbering): string {
  const named = moved === undefined ? text : text.replaceAll(path.posix.basename(own), () => path.posix.basename(moved))
  return shared && file !== own ? named : named.replaceAll(idPattern(from), () => to)
}

/** A record of a document names it by its path. */
export function renumberRecord(text: string, { own, moved }: Renumbering): string {
  return moved === undefined ? text : text.replaceAll(JSON.stringify(own), () => JSON.stringify(moved))
}
