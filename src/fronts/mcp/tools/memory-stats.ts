/** Owns the tool `memory_stats`. */

import * as z from 'zod'
import type { MemoryStats } from '../../../engine/operations/memory-stats.js'
import { memoryStats } from '../../../engine/operations/memory-stats.js'
import { answerOf, counted } from '../shapes.js'
import { defineTool } from '../tool.js'

export const memoryStatsTool = defineTool({
  name: 'memory_stats',
  title: 'What the concept store holds',
  description: 'Counts what the concept store holds: concepts by type and verdict, the documents that most of them come from, and the clusters that sum them up.',
  input: z.strictObject({}),
  output: answerOf(counted),
  changes: 'nothing',
  async run({ host }) {
    const stats = await memoryStats(host)
    return { text: describe(stats), structured: { ...stats } }
  },
})

function describe({ file, concepts, pending, documents, types, verdicts, clusters, clustered, largest, first, last }: MemoryStats): string {
  const tally = (counts: readonly string[]): string => (counts.length === 0 ? 'none' : counts.join(', '))
  return [
    `${file}: ${concepts} concepts${pending > 0 ? `, and ${pending} that their documents do not list yet` : ''}, of ${documents} documents`,
    `Types: ${tally(types.map((one) => `${one.concepts} ${one.type}`))}`,
    `Verdicts: ${tally(verdicts.map((one) => `${one.concepts} ${one.verdict}`))}`,
    `Most from: ${tally(largest.map((one) => `${one.document} (${one.concepts})`))}`,
    `Clusters: ${clusters === 0 ? 'none' : `${clusters}, of ${clustered} concepts`}`,
    ...(first !== undefined && last !== undefined ? [`Stored from ${first} to ${last}`] : []),
  ].join('\n')
}
