/** Owns the command line: which verb is meant, what a failure looks like, and the exit status. */

import { Command, CommanderError, Option } from 'commander'
import { createNodeHost } from '../../engine/node-host.js'
import type { ErrorCode } from '../../errors.js'
import { InquestError } from '../../errors.js'
import type { OptionValues, Terminal, Verb, VerbListing } from './verb.js'

/** 0 nothing found, 1 findings or a refusal, 2 wrong use or configuration, 3 the world failed. */
const exitStatus: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'config-invalid': 2,
  exists: 2,
  io: 3,
  'changed-meanwhile': 3,
  environment: 3,
  'store-missing': 3,
  'store-unavailable': 3,
  'store-ground': 3,
  'store-newer': 3,
  'store-older': 3,
  'store-foreign': 3,
  'store-busy': 3,
  'store-read-only': 3,
  'store-io': 3,
  'store-corrupt': 3,
}

export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
}

/** Runs a command line and answers its exit status; throws nothing. */
export async function main(argv: readonly string[], version: string, verbs: readonly VerbListing[], streams: Streams = process): Promise<number> {
  const asJson = argv.includes('--json') || argv.some((word, index) => word === '--format=json' || (word === '--format' && argv[index + 1] === 'json'))
  try {
    return await dispatch(argv, version, verbs, asJson, streams)
  } catch (error) {
    return fail(error, asJson, streams)
  }
}

async function dispatch(argv: readonly string[], version: string, verbs: readonly VerbListing[], asJson: boolean, streams: Streams): Promise<number> {
  const complaints: string[] = []
  const program = new Command('inquest')
  program
    .description('A type checker for investigations: it scaffolds the inquiry, gates every phase and checks every claim.')
    .version(version, '-V, --version', 'print the version')
    .option('-C, --directory <folder>', 'work as if started in this folder')
    .option('--no-color', 'no colours')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [verb]', 'show the help of a verb')
    .showHelpAfterError('(`inquest --help` lists the verbs)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => void complaints.push(text) })
  let status = 0
  const wanted = verbNamed(argv, verbs)
  for (const listing of verbs) {
    const command = program.command(listing.name).description(listing.summary)
    // Only the verb that is meant is loaded, so that each costs what it needs itself.
    if (listing.name === wanted) {
      const verb = await listing.load()
      declare(command, verb)
      command.action(async (...given: unknown[]) => {
        const positional = given.slice(0, -2) as (string | string[] | undefined)[]
        const options = given.at(-2) as OptionValues
        status = await verb.run(createTerminal(program.opts(), streams, version), positional, options)
      })
    }
  }
  program.addHelpText('before', () => (wanted === undefined ? overview : ''))
  if (argv.length === 0) {
    program.outputHelp()
    return 0
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    if (asJson) throw wrongUse(complaints)
    for (const complaint of complaints) streams.stderr.write(complaint)
    return 2
  }
  return status
}

/** What commander complains of, as the one-line error that programs read. */
function wrongUse(complaints: readonly string[]): InquestError {
  const [first = '', ...more] = complaints.join('').split('\n').filter((line) => line.trim() !== '')
  return new InquestError('usage', first.replace(/^error: /u, ''), { hint: more.join(' ') })
}

const overview = `Examples:
  inquest init                                      set a repository up
  inquest new investigation "Crash on ingest"       start an inquiry
  inquest check                                     check every document
  inquest status INV-001                            see what keeps an inquiry from going on

`

function verbNamed(argv: readonly string[], verbs: readonly VerbListing[]): string | undefined {
  const words = argv[0] === 'help' ? argv.slice(1) : argv
  const names = new Set(verbs.map((listing: VerbListing) => listing.name))
  return words.find((word, index) => !['-C', '--directory'].includes(words[index - 1] ?? '') && names.has(word))
}

function declare(command: Command, verb: Verb): void {
  for (const { form, summary } of verb.positional) command.argument(form, summary)
  for (const { flags, summary, choices, repeatable } of verb.options) {
    const option = new Option(flags, summary)
    if (choices !== undefined) option.choices([...choices])
    if (repeatable === true) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value])
    command.addOption(option)
  }
  const widest = Math.max(...verb.examples.map((example) => example.command.length))
  const lines = verb.examples.map(({ command: line, summary }) => `  ${line.padEnd(widest)}  ${summary}`)
  command.addHelpText('before', `Examples:\n${lines.join('\n')}\n`)
  command.showHelpAfterError(`(\`inquest ${verb.name} --help\` shows how it is used)`)
}

function createTerminal(global: OptionValues, streams: Streams, version: string): Terminal {
  const folder = global['directory']
  const host = createNodeHost(typeof folder === 'string' ? resolveFolder(folder) : process.cwd())
  const { env } = process
  const dumb = env['TERM'] === 'dumb'
  const asked = global['color'] !== false && (env['NO_COLOR'] ?? '') === ''
  return {
    host,
    version,
    out: (text) => void streams.stdout.write(text),
    err: (text) => void streams.stderr.write(text),
    color: asked && !dumb && (streams.stdout.isTTY === true || (env['FORCE_COLOR'] ?? '0') !== '0'),
    // Node opens a stream when somebody looks at it, which takes a millisecond.
    get interactive() {
      return streams.stderr.isTTY === true && !dumb
    },
    get prompts() {
      return streams.stdin.isTTY === true && streams.stdout.isTTY === true && !dumb && (env['CI'] ?? '') === ''
    },
    async readInput() {
      const chunks: Buffer[] = []
      for await (const chunk of streams.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}

function resolveFolder(folder: string): string {
  const host = createNodeHost(folder)
  if (!host.isFolder(folder)) throw new InquestError('usage', `${folder}: there is no such folder`)
  process.chdir(folder)
  return process.cwd()
}

function fail(error: unknown, asJson: boolean, streams: Streams): number {
  const known = error instanceof InquestError
  const code = known ? error.code : 'internal'
  const message = error instanceof Error ? error.message : String(error)
  const hint = known ? error.hint : 'This is a mistake in inquest; please report it with the command that you ran'
  if (asJson) streams.stdout.write(`${JSON.stringify({ version: 1, error: { code, message, ...(hint !== undefined && { hint }) } }, undefined, 2)}\n`)
  else {
    streams.stderr.write(`inquest: ${message}\n`)
    if (hint !== undefined) streams.stderr.write(`  ${hint}\n`)
    if (!known && process.env['INQUEST_DEBUG'] !== undefined && error instanceof Error) streams.stderr.write(`${error.stack ?? ''}\n`)
  }
  return known ? exitStatus[error.code] : 3
}
