/** Owns the tool `investigation_new`. */

import * as z from 'zod'
import type { NewResult } from '../../../engine/operations/new.js'
import { createDocument } from '../../../engine/operations/new.js'
import { insideRepository } from '../inside.js'
import { answerOf, made } from '../shapes.js'
import { defineTool } from '../tool.js'
import { newDocument } from './inputs.js'

export const newTool = defineTool({
  name: 'investigation_new',
  title: 'Start a document',
  description:
    'Starts an investigation, or another document, from a template: takes the next free id, writes the file and answers its path. Use it in place of writing such a file by hand. What the sections ask for stands in the file.',
  input: z.strictObject(newDocument),
  output: answerOf(made),
  changes: 'anew',
  async run({ host }, { template, title, id, path }) {
    if (path !== undefined) insideRepository(host, path)
    const result = await createDocument(host, { template, title, ...(id !== undefined && { id }), ...(path !== undefined && { path }) })
    return { text: describeMade(result), structured: { ...result } }
  },
})

export function describeMade({ id, path, priorWork, experience, note }: NewResult): string {
  const known = priorWork.map((one) => `- ${one.id}: ${one.content}`)
  const supposed = experience.map((one) => `- ${one.document} ${one.hypothesis}, ${one.verdict}: ${one.statement}`)
  return [
    `${id === '' ? 'The document' : id} was written to ${path}`,
    ...(known.length === 0 ? [] : ['', 'Known from earlier work:', ...known]),
    ...(supposed.length === 0 ? [] : ['', 'What earlier inquiries supposed:', ...supposed]),
    ...(note === undefined ? [] : ['', note]),
  ].join('\n')
}
