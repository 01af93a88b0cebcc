/**
 * Owns keeping many texts for long: as bytes outside of V8's heap, and those that were added first in a file where there
 * are very many. What is found in a hundred thousand documents would be looked through by each garbage collection if it
 * lay on the heap.
 */

export interface Block {
  readonly bytes: Buffer
}

/** Where a text of ASCII lies. */
export interface Piece {
  readonly block: Block
  readonly start: number
  readonly end: number
}

export const emptyPiece: Piece = { block: { bytes: Buffer.alloc(0) }, start: 0, end: 0 }

export function readPiece({ block, start, end }: Piece): string {
  return block.bytes.toString('latin1', start, end)
}

export function lengthOf({ start, end }: Piece): number {
  return end - start
}

/** A file of which nobody else knows. */
export interface Scratch {
  /** False where there is no room for them. */
  write(bytes: Buffer, position: number): boolean
  read(length: number, position: number): Buffer
}

const blockBytes = 1 << 20

/** Takes texts of ASCII and gives out where they lie; what lies there stays as it is. */
export class Arena {
  readonly #openScratch: () => Scratch | undefined
  readonly #most: number
  /** In memory, those filled first at the front. */
  readonly #held: ArenaBlock[] = []
  #scratch: Scratch | undefined
  #isFull = false
  #written = 0
  #block = new ArenaBlock(Buffer.alloc(0))
  #used = 0

  /**
   * @param openScratch asked once there is more than fits; undefined where there is none
   * @param most how many bytes to hold in memory
   */
  constructor(openScratch: () => Scratch | undefined, most: number = 16 * blockBytes) {
    this.#openScratch = openScratch
    this.#most = most
  }

  add(text: string): Piece {
    if (this.#used + text.length > this.#block.bytes.length) this.#begin(Math.max(blockBytes, text.length))
    const start = this.#used
    this.#used += this.#block.bytes.write(text, start, 'latin1')
    return { block: this.#block, start, end: this.#used }
  }

  #begin(length: number): void {
    if ((this.#held.length + 1) * blockBytes > this.#most) this.#put()
    this.#block = new ArenaBlock(Buffer.allocUnsafeSlow(length))
    this.#held.push(this.#block)
    this.#used = 0
  }

  /** Takes the oldest block out of memory. Where there is no room for it elsewhere, it and all others stay. */
  #put(): void {
    const [oldest] = this.#held
    if (oldest === undefined || this.#isFull) return
    const scratch = (this.#scratch ??= this.#openScratch())
    const { bytes } = oldest
    if (scratch?.write(bytes, this.#written) !== true) {
      this.#isFull = true
      return
    }
    oldest.moveTo(scratch, this.#written)
    this.#written += bytes.length
    this.#held.shift()
  }
}

/** The one that was read last, because pieces are read in about the order in which they were added. */
let readLast: { readonly block: ArenaBlock; readonly bytes: Buffer } | undefined

class ArenaBlock implements Block {
  #bytes: Buffer | undefined
  #moved: { readonly scratch: Scratch; readonly position: number; readonly length: number } | undefined

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get bytes(): Buffer {
    if (this.#bytes !== undefined) return this.#bytes
    if (readLast?.block !== this) readLast = { block: this, bytes: this.#read() }
    return readLast.bytes
  }

  moveTo(scratch: Scratch, position: number): void {
    this.#moved = { scratch, position, length: this.bytes.length }
    this.#bytes = undefined
  }

  #read(): Buffer {
    if (this.#moved === undefined) throw new TypeError('A block lies in memory or in a file')
    return this.#moved.scratch.read(this.#moved.length, this.#moved.position)
  }
}

/** JSON with all beyond ASCII written as escapes. */
export function asciiJson(json: string): string {
  return /[^\0-\x7F]/.test(json) ? json.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json
}
