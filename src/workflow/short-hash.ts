/** Owns short hashes by which texts are recognised again: quick to make and short to keep, and no defence against anybody. */

/** 32 bits, of the kind that Fowler, Noll and Vo describe. */
function hash32(text: string, seed: number): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93)
  return hash >>> 0
}

export function shortHash(text: string): string {
  return hash32(text, 0x81_1c_9d_c5).toString(36)
}

/** Twice as long, for what many are told apart by. */
export function longHash(text: string): string {
  return `${shortHash(text)}${hash32(text, 0x2f_6e_2b_11).toString(36)}`
}
