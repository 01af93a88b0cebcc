/**
 * Owns the verb `hook`: what Claude Code tells a hook on standard input, and how it is answered. Exit status 2 with
 * words on standard error holds the agent back; any other failure is told and holds nobody back.
 */

import * as path from 'node:path'
import type { CheckResult } from '../../../engine/operations/check.js'
import type { Session } from '../../../engine/operations/hook.js'
import { afterEdit, faultyClaims, recordSubagent, reservedIn } from '../../../engine/operations/hook.js'
import { InquestError } from '../../../errors.js'
import { inert, inertJson } from '../../../text/display.js'
import type { Terminal, Verb } from '../verb.js'

const passed = 0
const told = 1
const held = 2

const events = ['PreToolUse', 'PostToolUse', 'Stop', 'SubagentStop'] as const
type Event = (typeof events)[number]

/** What a host of agents says; everything in it may be missing or of another type. */
type Input = Readonly<Record<string, unknown>>

export const hookVerb: Verb = {
  name: 'hook',
  summary: 'answer a hook of a coding agent',
  positional: [{ form: '[event]', summary: `${events.join(', ')}; what standard input says where none is given`, completes: events }],
  options: [],
  examples: [
    { command: 'inquest hook PreToolUse < event.json', summary: 'exit with 2 where an edit sets by hand what a verb has to set' },
    { command: 'inquest hook PostToolUse < event.json', summary: 'what stands against the document that was edited' },
    { command: 'inquest hook Stop < event.json', summary: 'exit with 2 where a document that the agent wrote says it is complete and is not' },
    { command: 'inquest hook SubagentStop < event.json', summary: 'record that the subagent worked on its document' },
  ],
  async run(terminal, [event]) {
    try {
      if (terminal.prompts) throw new InquestError('usage', '`hook` reads what an agent sends on standard input', { hint: '`inquest init --agents claude` writes the settings that call it' })
      const input = readInput(await terminal.readInput())
      const name = typeof event === 'string' ? event : String(input['hook_event_name'])
      return await answer(terminal, eventNamed(name), input)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      terminal.err(`inquest hook: ${inert(message)}\n`)
      if (error instanceof InquestError && error.hint !== undefined) terminal.err(`  ${inert(error.hint)}\n`)
      return told
    }
  },
}

/** @throws InquestError `usage` for what is no object in JSON */
function readInput(text: string): Input {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    throw new InquestError('usage', 'standard input holds no JSON', { hint: 'It takes what Claude Code sends to hooks', cause: error })
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new InquestError('usage', 'standard input holds no object', { hint: 'It takes what Claude Code sends to hooks' })
  return read as Input
}

function eventNamed(name: string): Event {
  const plain = (text: string): string => text.replaceAll(/[^a-z]/giu, '').toLowerCase()
  const event = events.find((one) => plain(one) === plain(name))
  if (event === undefined) throw new InquestError('usage', `there is no event "${name}"`, { hint: `There are ${events.join(', ')}` })
  return event
}

function answer(terminal: Terminal, event: Event, input: Input): number | Promise<number> {
  switch (event) {
    case 'PreToolUse':
      return beforeTool(terminal, input)
    case 'PostToolUse':
      return afterTool(terminal, input)
    case 'Stop':
      return stop(terminal, input)
    case 'SubagentStop':
      return subagentStop(terminal, input)
  }
}

function textIn(input: Input, key: string): string | undefined {
  const value = input[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function homeOf({ host }: Terminal, input: Input): string {
  return path.resolve(host.cwd, host.env['CLAUDE_PROJECT_DIR'] || (textIn(input, 'cwd') ?? '.'))
}

function sessionOf(terminal: Terminal, input: Input): Session | undefined {
  const id = textIn(input, 'session_id')
  return id === undefined ? undefined : { id, home: homeOf(terminal, input) }
}

// ---------------------------------------------------------------- tools that write files

interface ToolCall {
  /** Absolute. */
  readonly path: string
  /** The text afterwards; undefined where the tool will fail. */
  apply(before: string | undefined): string | undefined
}

/** Undefined for tools that write no file. */
function toolCall(terminal: Terminal, input: Input): ToolCall | undefined {
  const given = input['tool_input']
  if (typeof given !== 'object' || given === null) return undefined
  const call = given as Input
  const file = textIn(call, 'file_path')
  if (file === undefined) return undefined
  const at = path.resolve(textIn(input, 'cwd') ?? terminal.host.cwd, file)
  switch (input['tool_name']) {
    case 'Write':
      return { path: at, apply: () => (typeof call['content'] === 'string' ? call['content'] : undefined) }
    case 'Edit':
      return { path: at, apply: (before) => replaced(before, call) }
    case 'MultiEdit': {
      const edits = Array.isArray(call['edits']) ? (call['edits'] as readonly unknown[]) : []
      return {
        path: at,
        apply: (before) => edits.reduce<string | undefined>((text, edit, index) => (text === undefined && index > 0 ? undefined : replaced(text, edit)), before),
      }
    }
    default:
      return undefined
  }
}

function replaced(before: string | undefined, edit: unknown): string | undefined {
  if (typeof edit !== 'object' || edit === null) return undefined
  const { old_string: old, new_string: fresh, replace_all: all } = edit as Input
  if (typeof old !== 'string' || typeof fresh !== 'string') return undefined
  // Nothing in place of nothing makes a new file.
  if (old === '') return before === undefined || before === '' ? fresh : undefined
  if (before === undefined) return undefined
  const inLines = (text: string): string => text.replaceAll(/\r?\n/gu, '\r\n')
  const [from, to] = before.includes(old) ? [old, fresh] : [inLines(old), inLines(fresh)]
  if (!before.includes(from)) return undefined
  return all === true ? before.replaceAll(from, () => to) : before.replace(from, () => to)
}

async function beforeTool(terminal: Terminal, input: Input): Promise<number> {
  const call = toolCall(terminal, input)
  if (call === undefined) return passed
  const before = terminal.host.readDocument(call.path)
  const after = call.apply(before)
  if (after === undefined) return passed
  const reserved = await orUnjudged(terminal, () => reservedIn(terminal.host, { path: call.path, before, after }))
  if (typeof reserved === 'number') return reserved
  if (reserved.length === 0) return passed
  const reasons = reserved.map(({ message, remedy }) => `- ${inert(message)}. ${inert(remedy)}\n`).join('')
  terminal.err(`inquest refuses this edit of ${shownPath(terminal, call.path)}:\n${reasons}All else in it may be written without that.\n`)
  return held
}

async function afterTool(terminal: Terminal, input: Input): Promise<number> {
  const call = toolCall(terminal, input)
  if (call === undefined) return passed
  const result = await orUnjudged(terminal, () => afterEdit(terminal.host, sessionOf(terminal, input), textIn(input, 'agent_id'), call.path))
  if (typeof result === 'number') return result
  if (result === undefined || result.summary.errors + result.summary.warnings === 0) return passed
  terminal.err(`${findingsText(result)}inquest found this in the document that you edited. Mend it, or go on where you have not come to it yet.\n`)
  return held
}

// ---------------------------------------------------------------- ends

async function stop(terminal: Terminal, input: Input): Promise<number> {
  const session = sessionOf(terminal, input)
  if (session === undefined) return passed
  // An agent that was held back once and comes again is let go, or it would never end; the person is told.
  const again = input['stop_hook_active'] === true
  const faulty = await orUnjudged(terminal, () => faultyClaims(terminal.host, session), again ? told : held)
  if (typeof faulty === 'number') return faulty
  if (faulty.length === 0) return passed
  const paths = faulty.flatMap(({ documents }) => Array.from(documents, (one) => one.path))
  if (again) {
    terminal.out(`${inertJson({ systemMessage: `inquest: ${paths.join(', ')} ${paths.length === 1 ? 'says that it is complete and is' : 'say that they are complete and are'} not; see \`inquest check\`` })}\n`)
    return passed
  }
  const reasons = faulty.map(findingsText).join('')
  terminal.err(`${reasons}inquest: you wrote ${paths.map(inert).join(', ')}, which ${paths.length === 1 ? 'says that it is' : 'say that they are'} complete. Mend what is above, or take the document back to work: inquest reopen <id> --why "<reason>"\n`)
  return held
}

async function subagentStop(terminal: Terminal, input: Input): Promise<number> {
  const session = sessionOf(terminal, input)
  const agent = textIn(input, 'agent_type')
  if (session === undefined || agent === undefined) return passed
  const texts = [promptOf(terminal, textIn(input, 'agent_transcript_path')), textIn(input, 'last_assistant_message')].filter((text) => text !== undefined)
  const run = textIn(input, 'agent_id') ?? session.id
  const { attested, awaited } = await recordSubagent(terminal.host, { session, agent, run, texts })
  if (attested.length > 0) say(terminal, `inquest: on record for ${attested.map(({ id }) => id).join(', ')}: ${agent} worked on it`)
  else if (awaited) say(terminal, `inquest: ${agent} wrote no document and was told of none, so nothing is on record; name the id in its task`)
  return passed
}

function say(terminal: Terminal, message: string): void {
  terminal.out(`${inertJson({ systemMessage: inert(message) })}\n`)
}

/** What the subagent was asked: the first message of its log, whatever else the log is like. */
function promptOf({ host }: Terminal, file: string | undefined): string | undefined {
  const log = file === undefined ? undefined : host.readDocument(path.resolve(host.cwd, file))
  for (const line of (log ?? '').split('\n').slice(0, 20)) {
    try {
      const { type, message } = JSON.parse(line) as { readonly type?: unknown; readonly message?: { readonly content?: unknown } }
      if (type === 'user' && message?.content !== undefined) return JSON.stringify(message.content)
    } catch {
      // A line that is no message of the form is passed over.
    }
  }
  return undefined
}

// ---------------------------------------------------------------- words

/** What a configuration that cannot be used makes impossible is no yes: the agent is told, and can mend it. */
async function orUnjudged<T>(terminal: Terminal, judge: () => Promise<T>, status: number = held): Promise<T | number> {
  try {
    return await judge()
  } catch (error) {
    if (!(error instanceof InquestError) || error.code !== 'config-invalid') throw error
    terminal.err(`inquest cannot judge the document: ${inert(error.message)}\n${error.hint === undefined ? '' : `  ${inert(error.hint)}\n`}`)
    return status
  }
}

/** More than this nobody mends at once. */
const mostTold = 20

/** A line for each finding, without the excerpts that people see: the agent has the text, and pays for each word. */
function findingsText({ findings }: CheckResult): string {
  const due = [...findings].filter(({ severity }) => severity !== 'info')
  const lines = due.slice(0, mostTold).map(({ path: file, range, severity, rule, message }) => `${file}:${range.start.line}: ${severity}[${rule}]: ${message}`)
  const left = due.length - lines.length
  return [...lines, ...(left > 0 ? [`and ${left} more; \`inquest check ${due[0]?.path ?? ''}\` shows all`] : [])].map((line) => `${inert(line)}\n`).join('')
}

function shownPath(terminal: Terminal, file: string): string {
  const relative = path.relative(terminal.host.cwd, file)
  return inert(relative.startsWith('..') ? file : relative)
}
