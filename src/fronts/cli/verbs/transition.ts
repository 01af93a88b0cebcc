/** Owns the verbs `advance`, `close`, `reopen` and `amend`. */

import pico from 'picocolors'
import type { Refused, TransitionInput, TransitionResult, WorkflowEvent } from '../../../engine/operations/transition.js'
import { runTransition } from '../../../engine/operations/transition.js'
import { InquestError } from '../../../errors.js'
import { textReport } from '../../../report/text.js'
import { lineReader } from '../../../text/lines.js'
import type { OptionValues, Terminal, Verb } from '../verb.js'
import { jsonAnswer, jsonOption, textOption } from '../verb.js'

const document = { form: '<id>', summary: 'its id or path', completes: 'documents' } as const

async function run(terminal: Terminal, event: WorkflowEvent, input: TransitionInput, options: OptionValues): Promise<number> {
  const result = await runTransition(terminal.host, event, { ...input, onRecovered: (message) => terminal.err(`inquest: ${message}\n`) })
  if (options['json'] === true) terminal.out(jsonAnswer(asJson(result)))
  else terminal.out(result.kind === 'moved' ? movedText(result) : refusedText(result, terminal))
  return result.kind === 'moved' ? 0 : 1
}

function asJson(result: TransitionResult): object {
  if (result.kind === 'moved') {
    const { id, path, from, to, edits, ticked, stored } = result
    return { id, path, from, to, edits, ticked, ...(stored !== undefined && { stored }) }
  }
  const { id, path, transition, reason, blockers, hint } = result
  return { id, path, refused: { transition, reason, blockers, ...(hint !== undefined && { hint }) } }
}

function movedText({ id, from, to, ticked, path, stored }: Extract<TransitionResult, { kind: 'moved' }>): string {
  const lines = [from === to ? `${id}: recorded in ${path}` : `${id}: ${from} → ${to}`]
  if (stored !== undefined) lines.push(`${stored.replayed ? 'stored before' : 'stored what was learned'}: ${stored.ids.join(', ')}`)
  if (ticked.length > 0) lines.push('ticked, because the document proves it:', ...ticked.map((label) => `  ${label}`))
  return `${lines.join('\n')}\n`
}

function refusedText(refused: Refused, { color }: Terminal): string {
  const { id, transition, reason, blockers, hint, readText } = refused
  const head = `${pico.createColors(color).red('refused')}: ${transition} ${id}: ${reason}\n${hint === undefined ? '' : `  ${hint}\n`}`
  if (blockers.length === 0) return head
  const summary = { documents: 1, errors: blockers.length, warnings: 0, infos: 0, skipped: [] }
  return `${textReport({ findings: blockers, summary, lineAt: lineReader(readText) }, { color, show: 'info', statistics: false })}${head}`
}

function reasonOption(options: OptionValues, verb: string): string {
  const why = textOption(options, 'why')?.trim() ?? ''
  if (why === '') throw new InquestError('usage', `\`${verb}\` needs a reason`, { hint: `inquest ${verb} INV-001 --why "what made it necessary"` })
  return why
}

export const advanceVerb: Verb = {
  name: 'advance',
  summary: 'take a document into its next phase, if its gate holds',
  positional: [document],
  options: [jsonOption],
  examples: [
    { command: 'inquest advance INV-027', summary: 'go on, or see each finding that keeps it from going on' },
    { command: 'inquest advance INV-027 --json', summary: 'for programs' },
  ],
  run: (terminal, [id], options) => run(terminal, { type: 'advance' }, { id: String(id) }, options),
}

export const closeVerb: Verb = {
  name: 'close',
  summary: 'close a document, if all that closing asks for holds',
  positional: [document],
  options: [
    { flags: '--learning <text>', summary: 'what was learned, in place of what the document says in the sections that its template names; `-` reads it from standard input', repeatable: true },
    { flags: '--memory-refs <ids>', summary: 'ids of learnings that were stored already, separated by commas; they are added to the list' },
    { flags: '--key <key>', summary: 'names the request: the same again stores nothing twice' },
    jsonOption,
  ],
  examples: [
    { command: 'inquest close INV-027', summary: 'store what was learned and close it, or see each finding that stands against it' },
    { command: 'inquest close INV-027 --learning "Pages by offset lose rows"', summary: 'with a learning that stands in none of its sections' },
    { command: 'inquest close INV-027 --memory-refs 101,102', summary: 'with learnings that were stored before' },
  ],
  async run(terminal, [id], options) {
    const given = Array.isArray(options['learning']) ? (options['learning'] as readonly string[]) : []
    const memoryRefs = readRefs(textOption(options, 'memoryRefs'))
    if (given.length > 0 && memoryRefs.length > 0) throw new InquestError('usage', '`--learning` stores learnings and `--memory-refs` names stored ones; take one of them', { hint: 'inquest close --help' })
    const learnings: string[] = []
    for (const text of given) learnings.push((text === '-' ? await terminal.readInput() : text).trim())
    if (learnings.includes('')) throw new InquestError('usage', 'A learning is empty', { hint: 'inquest close INV-001 --learning "what was learned"' })
    const key = textOption(options, 'key')
    return run(terminal, { type: 'close' }, { id: String(id), memoryRefs, learnings, ...(key !== undefined && { key }) }, options)
  },
}

function readRefs(written: string | undefined): readonly number[] {
  if (written === undefined) return []
  return written.split(',').map((piece) => {
    const ref = Number(piece.trim())
    if (!/^\d+$/u.test(piece.trim()) || !Number.isSafeInteger(ref)) {
      throw new InquestError('usage', `\`${piece.trim()}\` is no id of a learning`, { hint: 'Ids are whole numbers: --memory-refs 101,102' })
    }
    return ref
  })
}

export const reopenVerb: Verb = {
  name: 'reopen',
  summary: 'take a document back to work, with a reason',
  positional: [document],
  options: [{ flags: '--why <reason>', summary: 'what made it necessary; recorded' }, { flags: '--to <phase>', summary: 'the phase to go back to; the one it stands in otherwise', completes: 'phases' }, jsonOption],
  examples: [
    { command: 'inquest reopen INV-027 --why "The crash came back"', summary: 'back to work where it was' },
    { command: 'inquest reopen INV-027 --to explore --why "H2 needs more evidence"', summary: 'back to an earlier phase' },
  ],
  run(terminal, [id], options) {
    const to = textOption(options, 'to')
    return run(terminal, { type: 'reopen', why: reasonOption(options, 'reopen'), ...(to !== undefined && { to }) }, { id: String(id) }, options)
  },
}

export const amendVerb: Verb = {
  name: 'amend',
  summary: 'record a change to registered hypotheses, with a reason',
  positional: [document],
  options: [{ flags: '--why <reason>', summary: 'what made it necessary; recorded' }, jsonOption],
  examples: [{ command: 'inquest amend INV-027 --why "H2 named the wrong module"', summary: 'after the hypotheses were changed in the document' }],
  run: (terminal, [id], options) => run(terminal, { type: 'amend', why: reasonOption(options, 'amend') }, { id: String(id) }, options),
}
