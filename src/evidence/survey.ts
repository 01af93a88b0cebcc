/** Owns which lines of a file say anything: a line without a letter or a digit shows nothing to whoever looks it up. */

import type { LineRange } from '../text/span.js'

export interface Survey {
  readonly lines: number
  /** A code for each line; undefined where every line says something. */
  readonly codes: Uint8Array | undefined
}

/** What is the most that some lines say. */
export type Said = 'something' | 'signs' | 'nothing'

const nothing = 1
const signs = 2

/** Larger files are logs and data: their lines are counted, and no more. */
const mostBytes = 1 << 22

/** Looks no further into a line than to its first letter or digit. */
export function surveyLines(bytes: Uint8Array): Survey {
  if (bytes.length > mostBytes) return { lines: countLines(bytes), codes: undefined }
  const codes: number[] = []
  let lines = 0
  let isSilent = false
  for (let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0; at < bytes.length; lines++) {
    let code = nothing
    let byte = bytes[at]
    while (byte !== undefined && byte !== 10 && code !== 0) {
      if (isWordByte(byte)) code = 0
      else {
        if (byte > 32) code = signs
        byte = bytes[++at]
      }
    }
    if (code === 0) {
      const end = bytes.indexOf(10, at)
      at = end === -1 ? bytes.length : end
    } else isSilent = true
    codes.push(code)
    at++
  }
  return { lines, codes: isSilent ? Uint8Array.from(codes) : undefined }
}

/** Beyond ASCII everything counts as a word: most of it is. */
function isWordByte(byte: number): boolean {
  return byte >= 128 || (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}

/** @param ranges within the file; none for all of it */
export function saidIn({ lines, codes }: Survey, ranges: readonly LineRange[]): Said {
  if (lines === 0) return 'nothing'
  if (codes === undefined) return 'something'
  let most: Said = 'nothing'
  for (const { start, end } of ranges.length === 0 ? [{ start: 1, end: lines }] : ranges) {
    const within = codes.subarray(start - 1, end)
    if (within.includes(0)) return 'something'
    if (within.includes(signs)) most = 'signs'
  }
  return most
}

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++
  return bytes.length > 0 && bytes.at(-1) !== 10 ? lines + 1 : lines
}
