/** Owns the verb `status`. */

import pico from 'picocolors'
import type { DocumentStatus } from '../../../engine/operations/status.js'
import { status } from '../../../engine/operations/status.js'
import { inert } from '../../../text/display.js'
import { alignColumns } from '../columns.js'
import { showMatrix } from '../matrix.js'
import type { Terminal, Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const statusVerb: Verb = {
  name: 'status',
  summary: 'show where documents stand and what blocks them',
  positional: [{ form: '[ids...]', summary: 'ids or paths; all open inquiries where none is given', completes: 'documents' }],
  options: [{ flags: '--matrix', summary: 'show which evidence speaks for and against which hypothesis' }, jsonOption],
  examples: [
    { command: 'inquest status', summary: 'all open inquiries' },
    { command: 'inquest status INV-027', summary: 'one of them, with all that keeps it from going on' },
    { command: 'inquest status INV-027 --matrix', summary: 'with a row for each piece of evidence and a column for each hypothesis' },
    { command: 'inquest status INV-027 --json', summary: 'for programs' },
  ],
  async run(terminal, [ids], options) {
    const named = Array.isArray(ids) ? (ids as readonly string[]) : []
    const answers = await status(terminal.host, named)
    const [only] = answers
    if (options['json'] === true) {
      terminal.out(jsonAnswer(named.length === 1 && only !== undefined ? only : { documents: answers }))
    } else if (named.length > 0) {
      for (const answer of answers) terminal.out(describe(answer, terminal) + (options['matrix'] === true ? `${showMatrix(answer.hypotheses.map((one) => one.id), answer.evidence)}\n` : ''))
    } else {
      terminal.out(overview(answers))
    }
    return 0
  },
}

function overview(answers: readonly DocumentStatus[]): string {
  if (answers.length === 0) return 'no open inquiry\n'
  const rows = answers.map((answer) => {
    const decided = answer.hypotheses.filter((one) => one.verdict !== null).length
    return [answer.id, answer.phase ?? '-', answer.next ?? '-', String(answer.blockers.length), `${decided}/${answer.hypotheses.length}`, answer.title]
  })
  return alignColumns([['id', 'phase', 'next', 'blockers', 'verdicts', 'title'], ...rows])
}

function describe(answer: DocumentStatus, { color }: Terminal): string {
  const paint = pico.createColors(color)
  const phase = answer.phase === null ? answer.status : `${answer.status}, ${answer.phase}`
  const lines = [paint.bold(`${answer.id}  ${inert(answer.title)}`), paint.dim(`${answer.path} (${answer.template})`), phase]
  if (answer.hypotheses.length > 0) {
    const rows = answer.hypotheses.map((one) => [one.id, one.confidence === '' ? '-' : one.confidence, String(one.for), String(one.against), one.verdict ?? '-', one.statement])
    lines.push('', alignColumns([['hypothesis', 'confidence', 'for', 'against', 'verdict', ''], ...rows]).trimEnd())
  }
  lines.push('')
  if (answer.next === null) lines.push('nothing is due next')
  else if (answer.blockers.length === 0) lines.push(paint.green(`ready for ${answer.next}`))
  else {
    lines.push(`${paint.red(`${answer.blockers.length} ${answer.blockers.length === 1 ? 'blocker' : 'blockers'}`)} before ${answer.next}:`)
    const rows = answer.blockers.map((finding) => [`line ${finding.range.start.line}`, finding.rule, finding.message])
    lines.push(alignColumns(rows, '  ').trimEnd())
  }
  return `${lines.join('\n')}\n\n`
}
