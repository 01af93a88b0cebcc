/** Owns answering from an export where no store was made of it yet: what its concepts say, and which of them answer a query. */

import { readExport } from './export-lines.js'
import type { Query } from './query.js'
import { rank } from './rank.js'
import type { Concept } from './store.js'
import { indexedText } from './words.js'

/** What the export keeps of a concept, and people want to read. */
export type ConceptText = Pick<Concept, 'id' | 'type' | 'body' | 'provenance'>

export interface Exported {
  /** In the order asked for; ids that it does not have are left out. */
  concepts(ids: readonly number[]): readonly ConceptText[]
  /** Those that hold any word of the query, in the order in which the store would have them; nothing is respelled, and summaries that were taken over are left out. */
  search(query: Query, limit: number): readonly ConceptText[]
}

/** @param name of the file, for messages @throws InquestError `store-corrupt` or `store-newer` with the line that cannot be read */
export function openExport(text: string, name: string): Exported {
  const byId = new Map(readExport(text, name).map((concept) => [concept.id, concept]))
  let indexed: readonly { readonly concept: ConceptText; readonly terms: readonly string[] }[] | undefined
  const index = (): NonNullable<typeof indexed> => {
    return (indexed ??= [...byId.values()].filter(({ cluster }) => cluster?.superseded === undefined).map((concept) => ({ concept, terms: indexedText(concept.body).split(' ') })))
  }
  return {
    concepts: (ids) => ids.flatMap((id) => byId.get(id) ?? []),
    search({ clauses }, limit) {
      const all = index()
      const frequencyOf = (clause: Query['clauses'][number]): number => all.filter(({ terms }) => rank(terms, [{ ...clause, frequency: 0 }], 0).held > 0).length
      const known = clauses.map((clause) => ({ ...clause, frequency: frequencyOf(clause) })).filter(({ frequency }) => frequency > 0)
      return all
        .map(({ concept, terms }) => ({ concept, ...rank(terms, known, all.length) }))
        .filter(({ held }) => held > 0)
        .toSorted((a, b) => Number(b.held === known.length) - Number(a.held === known.length) || b.score - a.score || b.concept.id - a.concept.id)
        .slice(0, limit)
        .map(({ concept }) => concept)
    },
  }
}
