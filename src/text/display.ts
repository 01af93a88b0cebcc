/** Owns how text from documents is shown on a terminal: how wide it is, and that it commands nothing. */

import { eastAsianWidth } from 'get-east-asian-width'

/** Control characters and marks that turn the direction of writing: what a terminal or a reader would obey. */
const commanding = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** The text with a sign in place of each character that a terminal would take as a command. */
export function inert(text: string): string {
  return text.replaceAll(commanding, '\uFFFD')
}

/** The columns that a text takes on a terminal; wide characters take two, combining ones none. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) {
    if (!/\p{M}|\u200D|\uFE0F/u.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0)
  }
  return width
}
