/**
 * Owns keeping many texts for long: as bytes outside of V8's heap. What is found in a hundred thousand documents would
 * be looked through by each garbage collection if it lay on the heap.
 */

/** Where a text of ASCII lies. */
export interface Piece {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
}

export const emptyPiece: Piece = { bytes: Buffer.alloc(0), start: 0, end: 0 }

/** Takes texts of ASCII and gives out where they lie; what lies there stays as it is. */
export interface Arena {
  add(text: string): Piece
}

const blockBytes = 1 << 20

export function createArena(): Arena {
  let { bytes: block } = emptyPiece
  let used = 0
  return {
    add(text) {
      if (used + text.length > block.length) {
        block = Buffer.allocUnsafeSlow(Math.max(blockBytes, text.length))
        used = 0
      }
      const start = used
      used += block.write(text, start, 'latin1')
      return { bytes: block, start, end: used }
    },
  }
}

export function readPiece({ bytes, start, end }: Piece): string {
  return bytes.toString('latin1', start, end)
}

/** JSON with all beyond ASCII written as escapes. */
export function asciiJson(json: string): string {
  return /[^\0-\x7F]/.test(json) ? json.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json
}
