/** Owns positions as the client counts them: lines from 0, characters in the encoding that was agreed on. */

import type { Position, Range } from 'vscode-languageserver/node'
import type { LineIndex } from '../../text/lines.js'
import type { Range as TextRange, Span } from '../../text/span.js'

export type Encoding = 'utf-8' | 'utf-16' | 'utf-32'

const encodings: readonly string[] = ['utf-8', 'utf-16', 'utf-32'] satisfies readonly Encoding[]

/** The first that the client would like and that is known here; UTF-16, which every client knows, otherwise. */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  return (offered?.find((one) => encodings.includes(one)) ?? 'utf-16') as Encoding
}

/** Translates between a text's offsets and the client's positions. */
export interface Translator {
  position(offset: number): Position
  range(span: Span): Range
  /** A range as findings have it. */
  placed(range: TextRange): Range
  /** A position past the end of its line is taken as that end, and a line past the last as the end of the text. */
  offset(position: Position): number
  span(range: Range): Span
}

export function createTranslator(text: string, lines: LineIndex, encoding: Encoding): Translator {
  const position = (offset: number): Position => {
    const { line, column } = lines.pointAt(offset)
    const start = offset - column + 1
    return { line: line - 1, character: encoding === 'utf-16' ? column - 1 : unitsIn(text.slice(start, Math.max(start, offset)), encoding) }
  }
  const offset = ({ line, character }: Position): number => {
    if (line >= lines.count) return text.length
    const span = lines.lineSpan(line + 1)
    if (encoding === 'utf-16') return Math.min(span.start + character, span.end)
    return span.start + lengthOf(text.slice(span.start, span.end), character, encoding)
  }
  const range = ({ start, end }: Span): Range => ({ start: position(start), end: position(end) })
  return {
    position,
    range,
    placed({ start, end }) {
      if (encoding !== 'utf-16') return range({ start: lines.offsetAt(start), end: lines.offsetAt(end) })
      return { start: { line: start.line - 1, character: start.column - 1 }, end: { line: end.line - 1, character: end.column - 1 } }
    },
    offset,
    span(of) {
      const start = offset(of.start)
      return { start, end: Math.max(start, offset(of.end)) }
    },
  }
}

function unitsIn(text: string, encoding: Encoding): number {
  return encoding === 'utf-8' ? Buffer.byteLength(text) : [...text].length
}

/** How many UTF-16 units the first characters take, counted in the encoding. */
function lengthOf(line: string, characters: number, encoding: Encoding): number {
  let left = characters
  let length = 0
  for (const character of line) {
    left -= encoding === 'utf-8' ? Buffer.byteLength(character) : 1
    if (left < 0) break
    length += character.length
  }
  return length
}
