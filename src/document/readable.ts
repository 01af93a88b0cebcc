/** Owns the text as engines are given it: as long as the document, without what they trip over. */

/** NUL, which Markdown replaces, and halves of characters, which no encoding can hold. */
const unreadable = /[\0\p{Surrogate}]/gu
/** Half the price of the pattern above, and enough to know that most texts hold neither. */
const suspicious = /[\0\uD800-\uDFFF]/

/** How far the containers of one line may reach; past it the next mark is text. */
const deepest = 500

/**
 * A line that opens or continues more quotes and lists than anybody writes. Engines take the square of the
 * depth, and whoever walks the tree by recursion would run out of stack.
 */
const tooDeep = new RegExp(String.raw`^((?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])){${deepest}}[ \t]*)[-+*>\d]`, 'gmu')

/**
 * A text of the same length that every engine reads in linear time. A byte order mark becomes a line of its
 * own, because engines count it as part of the first block.
 */
export function readable(text: string): string {
  const whole = suspicious.test(text) ? text.replaceAll(unreadable, '\uFFFD') : text
  const marked = whole.startsWith('\uFEFF') ? `\n${whole.slice(1)}` : whole
  return holdsLongLine(marked) ? marked.replaceAll(tooDeep, '$1\\') : marked
}

/** Most texts do not, and looking for the last line end within reach is far cheaper than trying the pattern at each. */
function holdsLongLine(text: string): boolean {
  for (let start = 0; text.length - start > deepest; ) {
    const end = text.lastIndexOf('\n', start + deepest)
    if (end < start) return true
    start = end + 1
  }
  return false
}
