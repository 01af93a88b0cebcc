/** Owns the tool `investigation_spawn`. */

import * as z from 'zod'
import { spawn } from '../../../engine/operations/spawn.js'
import { documentNamed, insideRepository } from '../inside.js'
import { answerOf, made } from '../shapes.js'
import { defineTool } from '../tool.js'
import { describeMade } from './new.js'
import { documentId, newDocument, sentence } from './inputs.js'

export const spawnTool = defineTool({
  name: 'investigation_spawn',
  title: 'Start what follows',
  description: 'Starts a document that follows from another, such as the work item for a finding: the new one names its origin, and the origin gets an entry that names it.',
  input: z.strictObject({
    ...newDocument,
    from: documentId.describe('The document it follows from'),
    why: sentence.optional().describe('Which finding it answers; written into the entry'),
  }),
  output: answerOf(made.extend({ parent: z.string() })),
  changes: 'anew',
  async run({ host }, { template, title, id, path, from, why }) {
    if (path !== undefined) insideRepository(host, path)
    const parent = documentNamed(host, from)
    const result = await spawn(host, { template, title, from: parent, ...(id !== undefined && { id }), ...(path !== undefined && { path }), ...(why !== undefined && why !== '' && { why }) })
    return { text: `${describeMade(result)}\n${result.parent} names it`, structured: { ...result } }
  },
})
