/** Owns the tool `evidence_verify`. It reads git, and neither writes nor runs what documents name. */

import * as z from 'zod'
import type { VerifiedCitation, VerifyResult } from '../../../engine/operations/verify.js'
import { holds, verify } from '../../../engine/operations/verify.js'
import { writeLines } from '../../../text/span.js'
import { documentNamed } from '../inside.js'
import { answerOf, verified } from '../shapes.js'
import { defineTool } from '../tool.js'
import { documentId } from './inputs.js'

/** Few clients hand a model more than this at once. */
const usualLimit = 100

export const verifyTool = defineTool({
  name: 'evidence_verify',
  title: 'Hold citations against git',
  description:
    'Holds every citation of a document against the history of git: whether the cited lines still stand where they were when they were cited, where they moved, and what stands in their place. Call it before relying on old evidence, and before giving a verdict. It mends nothing and runs nothing, not even commands that a document names as evidence; `inquest verify` on the command line does.',
  input: z.strictObject({
    ids: z.array(documentId).max(1000).default([]).describe('Ids or paths of documents; every one that is not archived where none is given'),
    limit: z.int().min(1).max(10_000).default(usualLimit).describe('At most so many citations, those that do not hold first'),
  }),
  output: answerOf(verified),
  changes: 'nothing',
  async run({ host, progress }, { ids, limit }) {
    const { citations: all, summary, documents, matrices } = await verify(host, { documents: ids.map((id) => documentNamed(host, id)), onProgress: progress })
    const kept = new Set([...all.filter((one) => !holds(one)), ...all.filter(holds)].slice(0, limit))
    const citations = all.filter((one) => kept.has(one))
    const omitted = all.length - citations.length
    return {
      text: describe({ citations, summary, documents }, omitted),
      // Rows of evidence of a whole repository would be more than a model can read.
      structured: { citations, summary, documents, ...(ids.length > 0 && { matrices }), ...(omitted > 0 && { omitted }) },
    }
  },
})

function describe({ citations, summary, documents }: Pick<VerifyResult, 'citations' | 'summary' | 'documents'>, omitted: number): string {
  const counts = Object.entries(summary).map(([state, count]) => `${count} ${state}`)
  const head = `${counts.length === 0 ? 'No citation' : `Citations: ${counts.join(', ')}`} in ${documents} ${documents === 1 ? 'document' : 'documents'}`
  const lines = citations.filter(({ state }) => state !== 'ok').flatMap(describeOne)
  return [head, ...lines, ...(omitted > 0 ? [`${omitted} more citations are left out; name documents, or raise \`limit\``] : [])].join('\n')
}

const mostShown = 6

function describeOne({ path, range, citation, target, state, to, since, reason, before = [], now = [] }: VerifiedCitation): readonly string[] {
  const place = to === undefined || state === 'ok' ? '' : [to.path === target ? '' : to.path, writeLines(to.lines)].filter((part) => part !== '').join(':')
  const notes = [place === '' ? '' : state === 'moved' ? `to ${place}` : `now ${place}`, since === undefined ? '' : `at present ${since}`, reason ?? ''].filter((part) => part !== '')
  const head = `- ${path}:${range.start.line} ${citation}: ${state}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
  if (state !== 'changed') return [head]
  const first = Math.max(0, before.findIndex((line, index) => line !== now[index]))
  const some = (sign: string, lines: readonly string[]): readonly string[] => lines.slice(first, first + mostShown).map((line) => `  ${sign} ${line}`)
  return [head, ...some('-', before), ...some('+', now)]
}
