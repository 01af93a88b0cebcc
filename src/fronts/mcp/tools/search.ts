/** Owns the tool `memory_search_with_experience`, and what its modes leave out. */

import * as z from 'zod'
import type { FoundConcept, MemorySearchResult } from '../../../engine/operations/memory-search.js'
import { searchMemory } from '../../../engine/operations/memory-search.js'
import type { Host } from '../../../engine/host.js'
import { answerOf, searched } from '../shapes.js'
import { defineTool } from '../tool.js'

/** What sums up a cluster was said by nobody in an inquiry. */
const summary = 'synthesis'

/** Types that state something known, in inquest's words and in those of the field. */
const knowledge: ReadonlySet<string> = new Set(['verdict', 'finding', 'learning', 'episteme', 'techne'])

/** Each mode with the concepts that it keeps. */
const modes = {
  semantic: () => true,
  session_recovery: ({ type, members }: FoundConcept) => members === undefined && type !== summary,
  knowledge_lookup: ({ type, members }: FoundConcept) => members === undefined && knowledge.has(type.toLowerCase()),
}
const modeNames = ['semantic', 'session_recovery', 'knowledge_lookup'] as const satisfies readonly (keyof typeof modes)[]

const usualLimit = 10
/** As many as a search gives at all. */
const mostResults = 1000

export const searchTool = defineTool({
  name: 'memory_search_with_experience',
  title: 'What is known about it',
  description:
    'Searches the concept store for what earlier inquiries taught, and tells what they supposed about it with the verdicts they reached. Call it before starting an inquiry or stating a hypothesis, and again when one is refuted. It finds by words, ids of concepts and ids of documents, not by likeness of meaning: try other words where nothing is found.',
  input: z.strictObject({
    query: z.string().trim().min(1).max(4000).describe('Words, a phrase in quotes, the beginning of a word with `*`, ids of concepts (`101`) or documents (`INV-027`)'),
    mode: z
      .enum(modeNames)
      .default('semantic')
      .describe('`semantic`: everything, as `inquest memory search`; `session_recovery`: only what was stored as it was learned, without concepts that sum up others; `knowledge_lookup`: of these, only the types `verdict`, `finding`, `learning`, `episteme` and `techne`. The order, and what inquiries supposed, are the same in each'),
    limit: z.int().min(1).max(mostResults).default(usualLimit).describe('At most so many concepts, and so many hypotheses'),
  }),
  output: answerOf(searched),
  changes: 'nothing',
  async run({ host }, { query, mode, limit }) {
    const answer = mode === 'semantic' ? await searchMemory(host, { query, limit }) : await searchSome(host, query, modes[mode], limit)
    return { text: describe(answer), structured: { ...answer } }
  },
})

/** Looks further down where much of what was found is not wanted. */
async function searchSome(host: Host, query: string, wanted: (one: FoundConcept) => boolean, limit: number): Promise<MemorySearchResult> {
  for (let asked = Math.min(4 * limit, mostResults); ; asked = mostResults) {
    const answer = await searchMemory(host, { query, limit: asked })
    const kept = answer.results.filter(wanted)
    if (kept.length < limit && answer.more && asked < mostResults) continue
    return { ...answer, results: kept.slice(0, limit), experience: answer.experience.slice(0, limit), more: answer.more || kept.length > limit }
  }
}

/** What is longer is shown by the piece that answers. */
const longestShown = 800

function describe({ results, experience, more, absent, respelled, note }: MemorySearchResult): string {
  const concepts = results.map(({ id, type, content, snippet, provenance: [origin], members, clusters }) => {
    const from = [origin?.document ?? origin?.path, origin?.hypothesis, origin?.verdict].filter((one) => one !== undefined).join(' ')
    const kin = members !== undefined ? `sums up ${members.length}` : clusters !== undefined ? `see also ${clusters.join(', ')}` : ''
    const head = [`${id} (${type}`, from, kin].filter((one) => one !== '').join(', ')
    return `- ${head}): ${oneLine(content.length > longestShown ? `${snippet.text} (all of it: inquest://concept/${id})` : content)}`
  })
  const supposed = experience.map((one) => `- ${one.document} ${one.hypothesis}, ${one.verdict}: ${oneLine(one.statement)}`)
  const notes = [
    ...respelled.map(({ typed, as }) => `No concept holds "${typed}"; "${as}" was looked for.`),
    ...(absent.length > 0 ? [`No concept holds ${absent.map((word) => `"${word}"`).join(', ')}.`] : []),
    ...(more ? ['There are more; raise `limit`, or say more words.'] : []),
    ...(note === undefined ? [] : [note]),
  ]
  const parts = [
    ...(concepts.length > 0 ? [['Stored:', ...concepts]] : []),
    ...(supposed.length > 0 ? [['What earlier inquiries supposed:', ...supposed]] : []),
    ...(concepts.length + supposed.length === 0 ? [['Nothing is known about it.']] : []),
    ...(notes.length > 0 ? [notes] : []),
  ]
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}
