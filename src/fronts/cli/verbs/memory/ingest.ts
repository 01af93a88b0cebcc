/** Owns `memory ingest`. */

import { ingest } from '../../../../engine/operations/ingest.js'
import { jsonAnswer, textOption } from '../../verb.js'
import type { MemoryAction } from './action.js'
import { tellRecovered } from './action.js'

export const ingestAction: MemoryAction = {
  name: 'ingest',
  summary: 'stores learnings, each once, and lets their document list them',
  words: 'what was learned, each word a learning of its own (quote them); `-` reads one from standard input; left out, what the findings of the document say',
  options: [
    { flags: '--document <id>', summary: 'the document that they belong to, by its id or path', completes: 'documents' },
    { flags: '--type <type>', summary: 'what kind of concepts they are; `learning` otherwise' },
    { flags: '--source <path>', summary: 'where concepts come from that belong to no document' },
    { flags: '--key <key>', summary: 'names the request: the same again stores nothing and answers the same ids' },
  ],
  examples: [
    { command: 'inquest memory ingest --document INV-027', summary: 'store what the findings of an inquiry say, and list it there' },
    { command: 'inquest memory ingest --document INV-027 "Pages by offset lose rows"', summary: 'store a learning in other words' },
    { command: 'inquest memory ingest --source notes/export.md - < notes/export.md', summary: 'store a text that belongs to none' },
  ],
  async run(terminal, words, options) {
    const document = textOption(options, 'document')
    const type = textOption(options, 'type')
    const source = textOption(options, 'source')
    const key = textOption(options, 'key')
    const texts: string[] = []
    for (const word of words) texts.push(word === '-' ? await terminal.readInput() : word)
    const result = await ingest(terminal.host, {
      texts,
      ...(document !== undefined && { document }),
      ...(type !== undefined && { type }),
      ...(source !== undefined && { source }),
      ...(key !== undefined && { key }),
      onRecovered: tellRecovered(terminal),
    })
    if (options['json'] === true) terminal.out(jsonAnswer(result))
    else {
      const what = `${result.replayed ? 'stored before' : 'stored'}: ${result.ids.join(', ')}`
      terminal.out(result.document === undefined ? `${what}\n` : `${what} (${result.document})\n`)
    }
    return 0
  },
}
