/** Owns `memory show`. */

import type { Named, ShownConcept } from '../../../../engine/operations/memory-search.js'
import { showConcepts } from '../../../../engine/operations/memory-search.js'
import { inert } from '../../../../text/display.js'
import { alignColumns } from '../../columns.js'
import { jsonAnswer } from '../../verb.js'
import type { MemoryAction } from './action.js'

export const showAction: MemoryAction = {
  name: 'show',
  summary: 'a concept with where it was learned and what it belongs to',
  words: 'ids of concepts',
  options: [],
  examples: [{ command: 'inquest memory show 101', summary: 'all that is known of one concept' }],
  async run({ host, out }, words, options) {
    const concepts = await showConcepts(host, words)
    out(options['json'] === true ? jsonAnswer({ concepts }) : concepts.map(asText).join('\n'))
    return 0
  },
}

function asText({ id, type, state, created, content, provenance, clusters, members, superseded }: ShownConcept): string {
  const rows = [
    ['concept', `${id}${state === 'pending' ? ', not listed by its document yet' : ''}${superseded ? ', taken over by a later cluster' : ''}`],
    ['type', type],
    ['stored', created],
    ...provenance.flatMap((origin) =>
      (['document', 'path', 'section', 'phase', 'hypothesis', 'verdict', 'citation', 'commit', 'author'] as const).flatMap((name) => {
        const value = origin[name]
        return value === undefined ? [] : [[name, value]]
      }),
    ),
    ...clusters.map((one) => ['in cluster', short(one)]),
    ...members.map((one) => ['sums up', short(one)]),
  ]
  return `${alignColumns(rows)}\n${content.split('\n').map((line) => `  ${inert(line)}`.trimEnd()).join('\n')}\n`
}

function short({ id, content }: Named): string {
  const line = content.replaceAll(/\s+/gu, ' ')
  return `${id}: ${line.length > 90 ? `${[...line].slice(0, 89).join('')}…` : line}`
}
