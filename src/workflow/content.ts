/** Owns the digest of what a document says: its body without what transitions write into it themselves. */

import { createHash } from 'node:crypto'
import type { Facts } from '../facts/facts.js'

/**
 * Ticks, answers that inquest gives, the table of progress and blanks do not count, so that a document that was
 * reopened and closed again with nothing done has the same digest.
 */
export function contentDigest({ document, tables, claims }: Facts): string {
  const { text, frontmatter } = document
  const start = frontmatter.kind === 'none' ? 0 : frontmatter.span.end
  const left = [...tables.filter(({ part }) => part.yields === 'log').map(({ view }) => view.span), ...claims.map(({ mark }) => mark)].toSorted((a, b) => a.start - b.start)
  const parts: string[] = []
  let at = start
  for (const span of left) {
    if (span.start > at) parts.push(text.slice(at, span.start))
    at = Math.max(at, span.end)
  }
  parts.push(text.slice(at))
  return createHash('sha256').update(parts.join('').normalize('NFC').replaceAll(/\[[ xX]\]|\s+/gu, ' ').replaceAll(/ +/gu, ' ').trim()).digest('hex').slice(0, 24)
}
