/** Owns how text from documents is shown on a terminal: how wide it is, and that it commands nothing. */

import { eastAsianWidth } from 'get-east-asian-width'

/**
 * Control characters, further ends of lines, halves of characters and marks that turn the direction of writing: what a
 * terminal or a reader would obey. And the second sign of `##[` and `##name[`, which log readers of CI systems take as
 * the start of a command wherever it stands in a line.
 */
const commanding = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]|(?<=#)#(?=\w*\[)/gu

/** The text with a sign in place of each character that a terminal or a log reader would take as a command. */
export function inert(text: string): string {
  return text.replaceAll(commanding, '\uFFFD')
}

/** What of it JSON would leave as it is; line ends and indentation outside its texts are JSON's own. */
const commandingInJson = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]|(?<=#)#(?=\w*\[)/gu

/** A value as JSON in which nothing commands; it reads back as the same value. */
export function inertJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(commandingInJson, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The columns that a text takes on a terminal; wide characters take two, combining ones none. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) {
    if (!/\p{M}|\u200D|\uFE0F/u.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0)
  }
  return width
}
