/** Owns the tool `investigation_status`. */

import * as z from 'zod'
import type { DocumentStatus } from '../../../engine/operations/status.js'
import { status } from '../../../engine/operations/status.js'
import { documentNamed } from '../inside.js'
import { answerOf, documentStatus } from '../shapes.js'
import { defineTool } from '../tool.js'
import { documentId } from './inputs.js'

export const statusTool = defineTool({
  name: 'investigation_status',
  title: 'Where documents stand',
  description:
    'Tells where an investigation stands: its phase, the evidence and verdict of each hypothesis, and what keeps it from its next phase. Without an id it lists all open inquiries.',
  input: z.strictObject({ id: documentId.optional() }),
  output: answerOf(documentStatus, z.looseObject({ documents: z.array(documentStatus) })),
  changes: 'nothing',
  async run({ host }, { id }) {
    const answers = await status(host, id === undefined ? [] : [documentNamed(host, id)])
    const [only] = answers
    if (id !== undefined && only !== undefined) return { text: describeStatus(only), structured: { ...only } }
    const lines = answers.map((one) => `${nameOf(one)}: ${one.phase ?? one.status}, ${ahead(one)}`)
    return { text: lines.length === 0 ? 'No inquiry is open.' : lines.join('\n'), structured: { documents: answers } }
  },
})

/** The status as prose that a model can act on. */
export function describeStatus(one: DocumentStatus): string {
  const head = [nameOf(one), `${one.path} (${one.template}), ${one.phase === null ? one.status : `${one.status}, in ${one.phase}`}`]
  const hypotheses = one.hypotheses.map((hypothesis) => {
    const confidence = hypothesis.confidence === '' ? '' : `, confidence ${hypothesis.confidence}`
    return `- ${hypothesis.id}: ${hypothesis.statement} (${hypothesis.verdict ?? 'no verdict'}; evidence ${hypothesis.for} for, ${hypothesis.against} against${confidence})`
  })
  const blockers = one.blockers.map((finding) => `- ${finding.path}:${finding.range.start.line} ${finding.rule}: ${finding.message}`)
  return [...head, ...(hypotheses.length === 0 ? [] : ['', 'Hypotheses:', ...hypotheses]), '', `${capitalise(ahead(one))}${blockers.length === 0 ? '.' : ':'}`, ...blockers].join('\n')
}

function nameOf({ id, title }: DocumentStatus): string {
  return [id, title].filter((part) => part !== '').join(' ')
}

function ahead({ next, blockers }: DocumentStatus): string {
  if (next === null) return 'nothing is due next'
  if (blockers.length === 0) return `ready for ${next}`
  return `${blockers.length} ${blockers.length === 1 ? 'finding keeps' : 'findings keep'} it from ${next}`
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
