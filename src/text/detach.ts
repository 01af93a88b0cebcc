/** Owns copying a piece of a text, so that it can be kept without the rest. */

/**
 * The same characters in a text of their own. A piece that was cut out of a document keeps all of it in memory, which is
 * as it should be for as long as the document is looked at, and fills memory where the piece is kept for longer.
 */
export function detach(piece: string): string {
  return JSON.parse(JSON.stringify(piece)) as string
}
