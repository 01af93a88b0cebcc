/**
 * Owns a disguise for addresses that touch a stroke (`|https://example.org|`). In a table satteri lets them reach over
 * the end of their cell, to the next blank; with a slash or dot exchanged they are words like any other.
 */

import type { Root } from 'mdast'
import { spanOf, walk } from './nodes.js'

/** The second mark of `https://` or `www.`, where a stroke follows before any blank. No address is longer than the limit. */
const touching = /(?<=\bhttps?:)\/(?=\/[^\s|<]{1,2000}\|)|(?<=\bwww)\.(?=[^\s|<]{1,2000}\|)/giu

/** Two of the code points that Unicode promises never to give to any character. */
const disguises: Readonly<Record<string, string>> = { '/': '\uFDD0', '.': '\uFDD1' }
const disguised = /[\uFDD0\uFDD1]/u

/** The text, of the same length, with such addresses in the tables of its tree disguised; the text itself where there are none. */
export function disguiseAddresses(text: string, root: Root): string {
  if (text.search(touching) === -1 || disguised.test(text)) return text
  let result = ''
  let done = 0
  walk(root, (node) => {
    if (node.type !== 'table') return
    const { start, end } = spanOf(node)
    result += text.slice(done, start) + text.slice(start, end).replaceAll(touching, (mark) => disguises[mark] ?? mark)
    done = end
  })
  return result + text.slice(done)
}

/** Takes the disguise off all that the nodes of a tree say, in place. */
export function revealAddresses(root: Root): void {
  walk(root, (node) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string' && disguised.test(value)) Reflect.set(node, key, value.replaceAll('\uFDD0', '/').replaceAll('\uFDD1', '.'))
    }
  })
}
