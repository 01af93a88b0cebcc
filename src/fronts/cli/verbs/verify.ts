/** Owns the verb `verify`. */

import pico from 'picocolors'
import { InquestError } from '../../../errors.js'
import type { VerifiedCitation, VerifyResult } from '../../../engine/operations/verify.js'
import { holds, verify } from '../../../engine/operations/verify.js'
import { inert } from '../../../text/display.js'
import { writeLines } from '../../../text/span.js'
import { alignColumns } from '../columns.js'
import { showMatrix } from '../matrix.js'
import type { Terminal, Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const verifyVerb: Verb = {
  name: 'verify',
  summary: 'hold every citation against the history of git',
  positional: [{ form: '[ids...]', summary: 'ids or paths; every document where none is given', completes: 'documents' }],
  options: [
    { flags: '--pin', summary: 'bind each citation that holds to the lines that it shows now' },
    { flags: '--relocate', summary: 'propose what makes the documents say where moved lines are' },
    { flags: '--write', summary: 'write what `--relocate` proposes into the documents' },
    { flags: '--diff', summary: 'show what `--relocate` proposes and write nothing at all, no pins either' },
    { flags: '--run', summary: 'run the evidence that documents name and `inquest.yaml` allows, in a copy of the tree' },
    { flags: '--confirm <digest>', summary: 'agree to commands in `inquest.yaml` that are not those of the main branch', completes: [] },
    { flags: '--matrix', summary: 'show which evidence speaks for and against which hypothesis as well' },
    { flags: '--all', summary: 'list the citations that hold as well' },
    { flags: '--fail-on <severity>', summary: 'exit with 1 from this severity on (default: error); a citation that does not hold is a warning', choices: ['error', 'warning', 'never'] },
    jsonOption,
  ],
  examples: [
    { command: 'inquest verify', summary: 'every citation of every document' },
    { command: 'inquest verify INV-027 --all', summary: 'those of one document, with the ones that hold' },
    { command: 'inquest verify --pin', summary: 'bind them, so that `check` tells when their lines change' },
    { command: 'inquest verify --relocate', summary: 'see which lines moved, and what would be written' },
    { command: 'inquest verify --relocate --write', summary: 'write it' },
    { command: 'inquest verify INV-027 --run', summary: 'run the commands that it names as evidence' },
    { command: 'inquest verify --fail-on warning', summary: 'for CI: exit with 1 where a citation does not hold' },
  ],
  async run(terminal, [ids], options) {
    const diff = options['diff'] === true
    const write = options['write'] === true
    if (write && options['relocate'] !== true) throw new InquestError('usage', '`--write` writes what `--relocate` proposes, and that is not asked for', { hint: 'inquest verify --relocate --write' })
    const result = await verify(terminal.host, {
      documents: Array.isArray(ids) ? (ids as readonly string[]) : [],
      pin: options['pin'] === true,
      relocate: options['relocate'] === true || diff,
      write,
      run: options['run'] === true,
      ...(typeof options['confirm'] === 'string' && { confirm: options['confirm'] }),
      dryRun: diff,
    })
    if (options['json'] === true) terminal.out(jsonAnswer(forPrograms(result)))
    else {
      await show(terminal, result, options['all'] === true)
      if (options['matrix'] === true) for (const { path, hypotheses, evidence } of result.matrices) terminal.out(`\n${inert(path)}\n${showMatrix(hypotheses, evidence)}`)
    }
    // Evidence that was run and did something else speaks against what it was given for: that is no matter of taste.
    if (options['failOn'] !== 'never' && result.runs.some((one) => one.outcome !== 'supports')) return 1
    return options['failOn'] === 'warning' && result.citations.some((one) => !holds(one)) ? 1 : 0
  },
}

function forPrograms({ citations, summary, documents, matrices, runs, relocated, pinned, written }: VerifyResult): object {
  return { citations, summary, documents, matrices, runs, relocated: relocated.map(({ path, relocated: count }) => ({ path, citations: count })), pinned, written }
}

async function show({ out, color }: Terminal, result: VerifyResult, all: boolean): Promise<void> {
  const paint = pico.createColors(color)
  let document = ''
  for (const one of result.citations) {
    if (one.state === 'ok' && !all) continue
    if (one.path !== document) out(`${document === '' ? '' : '\n'}${paint.bold(inert(one.path))}\n`)
    document = one.path
    const state = one.state === 'ok' ? paint.green(one.state) : one.state === 'moved' || one.state === 'unknown' || one.state === 'before-history' ? paint.cyan(one.state) : paint.yellow(one.state)
    out(`  ${one.range.start.line}: ${inert(one.citation)}  ${state}${detail(one)}\n`)
    if (one.state === 'changed') out(change(one))
  }
  if (document !== '') out('\n')
  for (const { path, line, name, outcome, exit, network } of result.runs) {
    const how = outcome === 'not-allowed' ? 'inquest.yaml allows no such command' : `exit ${exit ?? 'by a signal'}, network ${network === 'open' ? 'open' : `taken away by ${network}`}`
    out(`${inert(path)}:${line}: run ${inert(name)}  ${outcome === 'supports' ? paint.green(outcome) : paint.red(outcome)} (${how})\n`)
  }
  if (!result.written && result.relocated.length > 0) {
    const { createTwoFilesPatch } = await import('diff')
    for (const { path, before, after } of result.relocated) out(inert2(createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 0 })))
  }
  const count = result.relocated.reduce((sum, one) => sum + one.relocated, 0)
  if (count > 0) out(`${count} ${count === 1 ? 'citation' : 'citations'} ${result.written ? '' : 'can be '}relocated in ${result.relocated.length} ${result.relocated.length === 1 ? 'document' : 'documents'}${result.written ? '' : '; --write writes it'}\n`)
  const bound = result.pinned.reduce((sum, one) => sum + one.citations, 0)
  if (result.pinned.length > 0) out(`${bound} ${bound === 1 ? 'citation is' : 'citations are'} bound\n`)
  const rows = Object.entries(result.summary).map(([state, number]) => [state, String(number)])
  if (rows.length === 0) out(`no citation in ${result.documents} ${result.documents === 1 ? 'document' : 'documents'}\n`)
  else out(alignColumns(rows))
}

/** A patch keeps its line ends. */
function inert2(patch: string): string {
  return patch.split('\n').map(inert).join('\n')
}

function detail({ state, to, reason, since, target }: VerifiedCitation): string {
  const place = to === undefined ? '' : `${to.path === target ? linesWord(to.lines) : `${inert(to.path)}${to.lines.length === 0 ? '' : ':'}`}${writeLines(to.lines)}`
  const parts = [
    state === 'moved' && to !== undefined ? `to ${place}` : '',
    since === undefined ? '' : `at present ${since}`,
    reason === undefined ? '' : inert(reason),
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
}

function linesWord(lines: VerifiedCitation['lines']): string {
  return lines.length === 1 && lines[0]?.start === lines[0]?.end ? 'line ' : 'lines '
}

const mostShown = 6

function change({ before = [], now = [] }: VerifiedCitation): string {
  const same = before.findIndex((line, index) => line !== now[index])
  const from = Math.max(0, same)
  const lines = (sign: string, all: readonly string[]): string[] => [
    ...all.slice(from, from + mostShown).map((line) => `     ${sign} ${inert(line)}`),
    ...(all.length > from + mostShown ? [`     ${sign} … ${all.length - from - mostShown} more`] : []),
  ]
  return [...lines('-', before), ...lines('+', now)].map((line) => `${line}\n`).join('')
}
