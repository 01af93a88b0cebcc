/**
 * Owns a disguise for addresses that touch a stroke (`|https://example.org|`). In a table satteri lets them reach over
 * the end of their cell, to the next blank; with a slash or dot exchanged they are words like any other.
 */

import type { Root } from 'mdast'
import { spanOf, walk } from './nodes.js'

/** `https:/` or `www.`, where a stroke follows before any blank. No address is longer than the limit. */
const touching = /\b(?:https?:\/(?=\/[^\s|<]{1,2000}\|)|www\.(?=[^\s|<]{1,2000}\|))/giu

/** Finds all of those and some more, at a tenth of the price. */
const suspicious = /(?:\/\/|[wW]{3}\.)[^\s|<]+\|/

/** For the last mark of each: two of the code points that Unicode promises never to give to any character. */
const disguises: Readonly<Record<string, string>> = { '/': '\uFDD0', '.': '\uFDD1' }
const disguised = /[\uFDD0\uFDD1]/u

/** The text, of the same length, with such addresses in the tables of its tree disguised; the text itself where there are none. */
export function disguiseAddresses(text: string, root: Root): string {
  if (!suspicious.test(text) || disguised.test(text)) return text
  let result = ''
  let done = 0
  walk(root, (node) => {
    if (node.type !== 'table') return
    const { start, end } = spanOf(node)
    result += text.slice(done, start) + text.slice(start, end).replaceAll(touching, (head) => head.slice(0, -1) + (disguises[head.slice(-1)] ?? ''))
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
