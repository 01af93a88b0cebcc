/** Owns the tool `ingester_ingest`. */

import * as z from 'zod'
import { ingestIn } from '../../../engine/operations/ingest.js'
import { listIn } from '../../../engine/operations/list.js'
import type { Workspace } from '../../../engine/workspace.js'
import { openWorkspace } from '../../../engine/workspace.js'
import { answerOf } from '../shapes.js'
import { defineTool } from '../tool.js'

/** What the content is called where nobody says what it is. */
const anything = 'unknown'

export const ingestTool = defineTool({
  name: 'ingester_ingest',
  title: 'Store what was learned',
  description:
    'Stores a learning in the concept store, exactly once: the same content from the same source answers the same ids. Where the source is a document of the repository, its list of learnings is written as well.',
  input: z.strictObject({
    content: z.string().trim().min(1).max(1_000_000).describe('What was learned, in words that make sense without the conversation'),
    source_path: z.string().trim().regex(/^[^\p{Cc}]+$/u, 'a source is one line without control characters').max(1000).describe('Where it comes from: the path or id of a document, another file, or whatever names the source'),
    content_type_hint: z.string().trim().regex(/^[\p{L}\p{N}_-]+$/u, 'a type is one word').max(50).default(anything).describe('What kind of concept it is, such as `techne`, `episteme` or `doxa`; a learning otherwise'),
  }),
  output: answerOf(z.looseObject({ ids: z.array(z.int()), document: z.string().optional(), operation: z.string(), replayed: z.boolean().describe('True where all of it was stored before') })),
  changes: 'once',
  async run({ host }, { content, source_path: source, content_type_hint: type }) {
    const workspace = await openWorkspace(host)
    const document = documentAt(workspace, source)
    const result = await ingestIn(workspace, {
      texts: [content],
      ...(document === undefined ? { source } : { document }),
      ...(type !== anything && { type }),
      onRecovered: (message) => void process.stderr.write(`inquest: ${message}\n`),
    })
    const stored = `${result.replayed ? 'Stored before' : 'Stored'} as ${result.ids.join(', ')}`
    return { text: result.document === undefined ? stored : `${stored}; ${result.document} lists it`, structured: { ...result } }
  },
})

/** The document that a source means; a source that is none is only a name. */
function documentAt(workspace: Workspace, source: string): string | undefined {
  const file = workspace.toRelative(source)
  const documents = listIn(workspace, {})
  if (documents.some((one) => one.path === file)) return source
  return documents.some((one) => one.id?.toUpperCase() === source.toUpperCase()) ? source : undefined
}
