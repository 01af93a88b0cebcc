/** Owns the words of a text in any script: what two texts are compared by, and how many different words there are. */

/** Drawn as nothing: joiners, variation selectors, soft hyphens, fillers, and the blank of Braille. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u2800]+/gu
const ascii = /^[\t\n\r -~]*$/

/** The text without characters that no reader sees. */
export function visible(text: string): string {
  return ascii.test(text) ? text : text.replaceAll(invisible, '')
}

/** Words in small letters with single blanks between them: two texts with the same essence say the same. */
export function essence(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replaceAll("'", '').replaceAll(/[^a-z0-9]+/g, ' ').trim()
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(invisible, '')
    .replaceAll(/['‘’ʼ]/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** The text without case, marks of emphasis, quotes and the punctuation of sentences; operators and signs of numbers stay. */
export function wording(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(invisible, '')
    .replaceAll(/[*_`"'‘’“”„«»]+/gu, '')
    .replaceAll(/[.,;:!?…]+(?=[\s)\]}]|$)|[。，、；：！？]+/gu, ' ')
    .replaceAll(/\s[-–—]+\s/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

const parted = /[\p{L}\p{N}][^\s]*/gu
let segmenter: Intl.Segmenter | undefined

/** True where the text has at least so many different words, in scripts with and without blanks between them. */
export function hasWords(text: string, least: number): boolean {
  const different = new Set<string>()
  // Words between blanks are words in every script, and cheap to find.
  for (const [word] of text.matchAll(parted)) if (different.add(essence(word)).size >= least) return true
  different.delete('')
  if (different.size >= least) return true
  different.clear()
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' })
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike === true && different.add(essence(segment)).size >= least) return true
  }
  return false
}
