/** Owns what is wrong with learnings that somebody gives, instead of what the sections of a document say. */

import { InquestError } from '../errors.js'
import { titleAndQuestion } from '../facts/asked.js'
import type { Facts } from '../facts/facts.js'
import { faultOf } from '../facts/substance.js'
import { essence } from '../text/words.js'
import { conceptsFor } from './concepts.js'
import type { Workspace } from './workspace.js'

/**
 * Accepts learnings that say something of their own.
 * @param facts of the document that they are given for; undefined for concepts that belong to none
 * @throws InquestError `usage` for filler, for the document's title or question, and for what is recorded for another document
 */
export async function ensureTeaching(workspace: Workspace, facts: Facts | undefined, bodies: readonly string[]): Promise<void> {
  const copies = facts === undefined ? [] : titleAndQuestion(facts)
  for (const body of bodies) {
    const fault = faultOf(body, { copies, ...(facts !== undefined && { prompts: facts.template.texts, ids: facts.template.hypothesisId }), verdictSaysNothing: true })
    if (fault !== undefined) throw new InquestError('usage', `The learning says nothing: ${fault.reason}`, { hint: 'Say in a sentence what others should know' })
    const stored = facts === undefined ? undefined : await storedElsewhere(workspace, body, facts.id)
    if (stored !== undefined) {
      throw new InquestError('usage', `The learning is recorded for ${stored.document} already, as concept ${stored.id}`, { hint: `Say what this document adds, or list ${stored.id} beside it` })
    }
  }
}

/** The concept that says the same and is recorded for other documents only. */
async function storedElsewhere(workspace: Workspace, body: string, id: string | undefined): Promise<{ readonly id: number; readonly document: string } | undefined> {
  const core = essence(body)
  for (const concept of await conceptsFor(workspace, body, '')) {
    const documents = concept.provenance.flatMap(({ document }) => document ?? [])
    const [document] = documents
    if (document !== undefined && essence(concept.body) === core && !documents.some((one) => one === id)) return { id: concept.id, document }
  }
  return undefined
}
