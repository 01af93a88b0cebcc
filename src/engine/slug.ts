/** Owns turning any title into a piece of a file name. */

/** Bytes that a name may have besides its id: most file systems stop at 255 in all. */
const longest = 120

/**
 * Letters and digits of any script in lower case, `-` between words; accents on Latin letters are dropped.
 * Empty for a title without letters or digits.
 */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/(?<=[A-Za-z])\p{M}+/gu, '').normalize('NFC').toLowerCase()
  const words = plain.replaceAll(/['’]/gu, '').replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-').replaceAll(/^-+|-+$/gu, '')
  return cutToBytes(words, longest).replaceAll(/-+$/gu, '')
}

function cutToBytes(text: string, limit: number): string {
  let bytes = 0
  let result = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > limit) {
      // Whole words are kept where there is more than one.
      const end = result.lastIndexOf('-')
      return end > 0 ? result.slice(0, end) : result
    }
    result += character
  }
  return result
}
