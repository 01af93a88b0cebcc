/** Owns experience: what closed inquiries of the repository supposed, and which verdicts they reached. */

import type { VerdictKind } from '../facts/facts.js'
import type { Query } from '../memory/query.js'
import type { WeighedClause } from '../memory/rank.js'
import { examine } from './examine.js'
import type { Workspace } from './workspace.js'

export interface Experience {
  readonly document: string
  readonly path?: string
  readonly title?: string
  /** Its id in the document. */
  readonly hypothesis: string
  readonly statement: string
  readonly verdict: string
  readonly confidence?: string
  /** Where it comes from the store: the concept that says so. */
  readonly concept?: number
  /** Larger is better; comparable within one answer only. */
  readonly score: number
}

interface Told {
  readonly experience: Omit<Experience, 'score'>
  readonly terms: readonly string[]
}

/** What closed documents supposed and a query asks for, best first. */
export async function findExperience(workspace: Workspace, query: Query, limit: number): Promise<readonly Experience[]> {
  if (query.clauses.length === 0 && query.documents.length === 0) return []
  const { rank } = await import('../memory/rank.js')
  const { canonicalDocumentId } = await import('../memory/query.js')
  const told = await tellAll(workspace, query)
  const clauses = query.clauses.map((clause): WeighedClause => ({ ...clause, frequency: told.filter(({ terms }) => rank(terms, [{ ...clause, frequency: 0 }], 1).held > 0).length }))
  // Of several words one alone says little.
  const enough = Math.min(2, clauses.filter(({ frequency }) => frequency > 0).length)
  return told
    .map(({ experience, terms }) => {
      const named = query.documents.includes(canonicalDocumentId(experience.document))
      const { score, held } = rank(terms, clauses, told.length)
      return { experience, named, held, score: named ? 100 + score : score }
    })
    .filter(({ named, held }) => named || (held > 0 && held >= enough))
    .toSorted((a, b) => b.score - a.score || (a.experience.document < b.experience.document ? 1 : -1))
    .slice(0, limit)
    .map(({ experience, score }) => ({ ...experience, score: Math.round(score * 1000) / 1000 }))
}

async function tellAll(workspace: Workspace, query: Query): Promise<readonly Told[]> {
  const { indexedText } = await import('../memory/words.js')
  const { canonicalDocumentId } = await import('../memory/query.js')
  const told: Told[] = []
  for (const entry of workspace.index().entries) {
    if (entry.standing === undefined || entry.standing === 'open') continue
    const text = workspace.readText(entry.path)
    if (text === undefined) continue
    const document = entry.id ?? entry.path
    // What holds none of the words needs no closer look.
    if (!query.documents.includes(canonicalDocumentId(document)) && !mayHold(text, query)) continue
    const { facts } = examine(workspace, entry.path, text, false)
    for (const { id, statement, confidence } of facts?.hypotheses ?? []) {
      const verdict = facts?.verdicts.find((one): one is typeof one & { value: VerdictKind } => one.value !== undefined && one.ids.some((ref) => ref.id === id))?.value
      if (verdict === undefined) continue
      told.push({
        experience: { document, path: entry.path, ...(entry.title !== undefined && { title: entry.title }), hypothesis: id, statement, verdict, ...(confidence !== undefined && confidence !== '' && { confidence }) },
        terms: indexedText(`${statement} ${entry.title ?? ''}`).split(' '),
      })
    }
  }
  return told
}

/** Terms are beginnings of words, a final `y` aside; accents are taken off as for the index. */
function mayHold(text: string, { clauses }: Query): boolean {
  const plain = text.normalize('NFKD').replaceAll(/[\u0300-\u036F]/gu, '').normalize('NFC').toLowerCase()
  return clauses.some(({ alternatives }) => alternatives.some((row) => row.every((term) => plain.includes(term.replace(/y$/u, '')))))
}
