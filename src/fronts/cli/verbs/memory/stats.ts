/** Owns `memory stats`. */

import { memoryStats } from '../../../../engine/operations/memory-stats.js'
import { alignColumns } from '../../columns.js'
import { jsonAnswer } from '../../verb.js'
import type { MemoryAction } from './action.js'

export const statsAction: MemoryAction = {
  name: 'stats',
  summary: 'how much is stored, of what kind, and from where',
  options: [],
  examples: [{ command: 'inquest memory stats', summary: 'how much is stored, of what kind, and from where' }],
  async run({ host, out }, _words, options) {
    const counted = await memoryStats(host)
    if (options['json'] === true) {
      out(jsonAnswer(counted))
      return 0
    }
    const { concepts, pending, documents, types, verdicts, clusters, clustered, superseded, formerIds, largest, first, last } = counted
    const rows = [
      ['concepts', `${concepts}${pending > 0 ? `, and ${pending} pending` : ''}`],
      ...types.map((one) => ['', `${one.concepts} ${one.type}`]),
      ...verdicts.map((one, index) => [index === 0 ? 'verdicts' : '', `${one.concepts} ${one.verdict}`]),
      ['clusters', clusters === 0 ? 'none' : `${clusters}, of ${clustered} concepts`],
      ...(superseded > 0 ? [['taken over', String(superseded)]] : []),
      ...(formerIds > 0 ? [['renumbered', String(formerIds)]] : []),
      ['documents', String(documents)],
      ...largest.slice(0, 3).map((one) => ['', `${one.document}: ${one.concepts}`]),
      ...(first !== undefined && last !== undefined ? [['stored', first.slice(0, 10) === last.slice(0, 10) ? first.slice(0, 10) : `${first.slice(0, 10)} to ${last.slice(0, 10)}`]] : []),
    ]
    out(alignColumns(rows))
    return 0
  },
}
