/** Owns the rule `link-unresolved`. */

import { placesOf } from '../evidence/cited.js'
import { findLinks } from '../facts/links.js'
import type { FactRule } from './rule.js'

export const linkUnresolved: FactRule = {
  name: 'link-unresolved',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  summary: 'A relative link leads to a file or folder that does not exist.',
  why: 'Whoever follows it finds nothing. Links break in silence when what they lead to is renamed or removed.',
  remedy: 'Fix the link, counted from the document, or remove it.',
  examples: [{ good: '- The log of the night of 1 March', bad: '- [The log of the night of 1 March](../logs/2026-03-01.txt)' }],
  *check({ document, citations }, world) {
    const folder = world.path.slice(0, world.path.lastIndexOf('/') + 1)
    for (const { path, span } of findLinks(document)) {
      const places = placesOf(path, folder)
      // What is outside the repository is not looked at, and what is cited is reported as a citation.
      if (places.length === 0 || places.some((place) => world.exists(place)) || citations.some((one) => span.start <= one.span.start && one.span.end <= span.end)) continue
      yield { message: `The link leads to \`${path}\`, which does not exist`, at: span, subject: path }
    }
  },
}
