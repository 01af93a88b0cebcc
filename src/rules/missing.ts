/** Owns what rules say of boxes, rows and questions that the template has and the document does not. */

import type { ClaimedItem, MissingItem } from '../facts/facts.js'
import type { Observation } from './rule.js'

/** Documents closed under the first version of the rules were not asked for each item. */
const since = 2

export function* missing(items: readonly MissingItem[], kind: ClaimedItem['kind'], noun: string): Generator<Observation> {
  for (const item of items) {
    if (item.kind !== kind) continue
    const { labels, span, section, spec } = item
    const [label = ''] = labels
    const message =
      labels.length === 1
        ? `The ${noun} "${label}" of the template is missing`
        : `None of the ${labels.length} ${noun}s of the template is here, expected ${labels.map((one) => `"${one}"`).join(', ')}`
    yield { message, at: span, subject: label, section, spec, since }
  }
}
