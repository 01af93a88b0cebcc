/** Owns what a text says once a document has another id. */

import * as path from 'node:path'

export interface Renumbering {
  readonly from: string
  readonly to: string
  /** The document's file, and its new name where its name begins with the id. */
  readonly own: string
  readonly moved: string | undefined
  /** True where another document keeps the id. */
  readonly shared: boolean
}

/** Finds an id where it stands by itself. */
export function idPattern(id: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${id.replaceAll(/[.*+?^$()[\]{}|\\]/gu, String.raw`\$&`)}(?![\\p{L}\\p{N}_])(?!-\\d)`, 'gu')
}

/** Where another document keeps the id, only what names this one's file is certain. A text that was rewritten stays as it is. */
export function renumberText(text: string, file: string, { from, to, own, moved, shared }: Renumbering): string {
  if (!shared || file === own) return text.replaceAll(idPattern(from), () => to)
  return moved === undefined ? text : text.replaceAll(path.posix.basename(own), () => path.posix.basename(moved))
}

/** A record of a document names it by its path. */
export function renumberRecord(text: string, { own, moved }: Renumbering): string {
  return moved === undefined ? text : text.replaceAll(JSON.stringify(own), () => JSON.stringify(moved))
}
