/**
 * Owns a disguise for addresses that touch a stroke (`|https://example.org|`). In a table satteri lets them reach over
 * the end of their cell, to the next blank; with a slash or dot exchanged they are words like any other.
 */

import type { Root } from 'mdast'
import { spanOf, walk, walkBlocks } from './nodes.js'

/** An address up to the blank or stroke behind it, after whatever sign. Each is read to its end, so that none is read twice. */
const address = /(?:https?:\/\/|www\.)[^\s|<]*\|?/giu
const head = /https?:\/(?=\/)|www\./giu

/** Finds all of those and some more, at a tenth of the price. */
const suspicious = /(?:\/\/|[wW]{3}\.)[^\s|<]*\|?/g

/** For the last mark of each: two of the code points that Unicode promises never to give to any character. */
const disguises: Readonly<Record<string, string>> = { '/': '\uFDD0', '.': '\uFDD1' }
const disguised = /[\uFDD0\uFDD1]/u

/** The text, of the same length, with such addresses in the tables of its tree disguised; the text itself where there are none. */
export function disguiseAddresses(text: string, root: Root): string {
  if (!mayTouch(text) || disguised.test(text)) return text
  let result = ''
  let done = 0
  walkBlocks(root, (node) => {
    if (node.type !== 'table') return
    const { start, end } = spanOf(node)
    result += text.slice(done, start) + text.slice(start, end).replaceAll(address, disguise)
    done = end
  })
  return result + text.slice(done)
}

function mayTouch(text: string): boolean {
  for (const [found] of text.matchAll(suspicious)) if (found.endsWith('|')) return true
  return false
}

function disguise(found: string): string {
  return found.endsWith('|') ? found.replaceAll(head, (start) => start.slice(0, -1) + (disguises[start.slice(-1)] ?? '')) : found
}

/** Takes the disguise off all that the nodes of a tree say, in place. */
export function revealAddresses(root: Root): void {
  walk(root, (node) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string' && disguised.test(value)) Reflect.set(node, key, value.replaceAll('\uFDD0', '/').replaceAll('\uFDD1', '.'))
    }
  })
}
