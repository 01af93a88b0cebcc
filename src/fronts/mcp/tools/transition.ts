/** Owns the tools that take a document from phase to phase: `investigation_advance`, `_close`, `_reopen` and `_amend`. */

import { lineReader } from '../../../text/lines.js'
import * as z from 'zod'
import type { TransitionInput, TransitionResult, WorkflowEvent } from '../../../engine/operations/transition.js'
import { runTransition } from '../../../engine/operations/transition.js'
import { InquestError } from '../../../errors.js'
import { textReport } from '../../../report/text.js'
import { documentNamed } from '../inside.js'
import { answerOf, moved, refused } from '../shapes.js'
import type { Answer, Call } from '../tool.js'
import { defineTool } from '../tool.js'
import { documentId, sentence } from './inputs.js'

const output = answerOf(moved, refused)

async function take({ host, said }: Call, event: WorkflowEvent, { id, ...input }: Omit<TransitionInput, 'reasons'>): Promise<Answer> {
  const onRecovered = (message: string): void => void process.stderr.write(`inquest: ${message}\n`)
  const result = await runTransition(host, event, { ...input, id: documentNamed(host, id), reasons: said, onRecovered })
  return result.kind === 'moved' ? movedAnswer(result) : refusedAnswer(result)
}

function movedAnswer({ id, path, from, to, edits, ticked, stored }: Extract<TransitionResult, { kind: 'moved' }>): Answer {
  const head = from === to ? `${id}: recorded in ${path}` : `${id}: ${from} → ${to}`
  const learned = stored === undefined ? [] : [`${stored.replayed ? 'Stored before' : 'Stored what was learned'}: ${stored.ids.join(', ')}`]
  const proven = ticked.length === 0 ? [] : ['Ticked, because the document proves it:', ...ticked.map((label) => `- ${label}`)]
  return { text: [head, ...learned, ...proven].join('\n'), structured: { id, path, from, to, edits, ticked, ...(stored !== undefined && { stored }) } }
}

function refusedAnswer({ id, path, transition, reason, blockers, hint, askable, readText }: Extract<TransitionResult, { kind: 'refused' }>): Answer {
  const head = `Refused: ${transition} ${id}: ${reason}\n`
  const summary = { documents: 1, errors: blockers.length, warnings: 0, infos: 0, skipped: [] }
  const told = blockers.length === 0 ? '' : `\n${textReport({ findings: blockers, summary, lineAt: lineReader(readText) }, { color: false, show: 'info', statistics: false })}`
  const advice = hint === undefined ? '' : `${hint}\n`
  return { text: `${head}${told}${advice}`, structured: { id, path, refused: { transition, reason, blockers, ...(hint !== undefined && { hint }) } }, questions: askable }
}

/** Asked of a person where the caller did not say it. */
function reasonAsked({ said }: Call, given: string | undefined, verb: string, expected: string): string | Answer {
  const why = (given ?? said['why'] ?? '').trim()
  if (why !== '') return why
  const error = new InquestError('usage', `\`${verb}\` needs a reason`, { hint: 'Ask whoever decided it, and say it as `why`' })
  return {
    text: `${error.message}\n${error.hint}`,
    structured: { error: { code: error.code, message: error.message, hint: error.hint } },
    failed: true,
    questions: [{ key: 'why', title: 'Why?', expected }],
  }
}

export const advanceTool = defineTool({
  name: 'investigation_advance',
  title: 'Go on to the next phase',
  description:
    'Takes an investigation into its next phase if its gate holds, and otherwise tells each finding that keeps it from going on. Boxes that the document proves are ticked; phases are never set by hand.',
  input: z.strictObject({ id: documentId }),
  output,
  changes: 'over',
  run: (call, { id }) => take(call, { type: 'advance' }, { id }),
})

export const closeTool = defineTool({
  name: 'investigation_close',
  title: 'Close a document',
  description:
    'Closes an investigation, or another document, if all that closing asks for holds, and otherwise tells each finding that stands against it. What was learned is stored on the way, from the sections of the document or as given, and the document lists it.',
  input: z.strictObject({
    id: documentId,
    learnings: z.array(z.string().trim().min(1).max(1_000_000)).max(100).default([]).describe("What was learned, in place of what the document's sections say"),
    memory_refs: z.array(z.int().min(1)).max(1000).default([]).describe('Ids of learnings that are stored already and that the document does not list yet; in place of `learnings`'),
    key: z.string().trim().min(1).max(200).optional().describe('Names the request, so that the same again stores nothing twice'),
  }),
  output,
  changes: 'over',
  run(call, { id, memory_refs: memoryRefs, learnings, key }) {
    if (memoryRefs.length > 0 && learnings.length > 0) throw new InquestError('usage', '`learnings` are to be stored and `memory_refs` are stored already; take one of them')
    return take(call, { type: 'close' }, { id, memoryRefs, learnings, ...(key !== undefined && { key }) })
  },
})

export const reopenTool = defineTool({
  name: 'investigation_reopen',
  title: 'Back to work',
  description: 'Takes a document back to work, closed or not, with a recorded reason. The reason is that of whoever decided it: do not make one up.',
  input: z.strictObject({
    id: documentId,
    why: sentence.optional().describe('What made it necessary; asked of the person where it is left out and the client can ask'),
    to: z.string().trim().min(1).max(100).optional().describe('The phase to go back to; the one it stands in otherwise'),
  }),
  output,
  changes: 'over',
  async run(call, { id, why: given, to }) {
    const why = reasonAsked(call, given, 'reopen', `What makes it necessary to open ${id} again`)
    return typeof why === 'string' ? take(call, { type: 'reopen', why, ...(to !== undefined && { to }) }, { id }) : why
  },
})

export const amendTool = defineTool({
  name: 'investigation_amend',
  title: 'Record changed hypotheses',
  description: 'Records a change to registered hypotheses with a reason, after they were changed in the document. The reason is that of whoever decided it: do not make one up.',
  input: z.strictObject({
    id: documentId,
    why: sentence.optional().describe('What made it necessary; asked of the person where it is left out and the client can ask'),
  }),
  output,
  changes: 'over',
  async run(call, { id, why: given }) {
    const why = reasonAsked(call, given, 'amend', `What makes it necessary to change the hypotheses of ${id}`)
    return typeof why === 'string' ? take(call, { type: 'amend', why }, { id }) : why
  },
})
