/** Owns the verb `check`. */

import * as path from 'node:path'
import { InquestError } from '../../../errors.js'
import type { CheckInput, CheckResult } from '../../../engine/operations/check.js'
import { check } from '../../../engine/operations/check.js'
import { describeRules } from '../../../engine/operations/explain.js'
import { saveMemory } from '../../../engine/v8.js'
import type { Severity } from '../../../finding/finding.js'
import { severities } from '../../../finding/finding.js'
import type { Format, Report, Style } from '../../../report/report.js'
import { formats, loadReporter, shownByDefault } from '../../../report/report.js'
import { inBatches } from '../../../text/batches.js'
import { inert } from '../../../text/display.js'
import type { OptionValues, Terminal, Verb } from '../verb.js'
import { textOption } from '../verb.js'

const mostThreads = 64

/** Runs shorter than this many documents need no progress. */
const progressFrom = 200

/** From so many documents on, memory is worth the time that saving it takes. */
const frugalFrom = 20_000

export const checkVerb: Verb = {
  name: 'check',
  summary: 'check documents',
  positional: [{ form: '[paths...]', summary: 'files and folders, or `-` for standard input; every document of the repository where none is given' }],
  options: [
    { flags: '--format <name>', summary: `how findings are written: ${formats.join(', ')}`, choices: formats },
    { flags: '--output <format:path>', summary: 'write the findings into a file as well, in a format of its own; may be given several times', repeatable: true },
    { flags: '--json', summary: 'the same as `--format json`' },
    { flags: '--fail-on <severity>', summary: 'exit with 1 from this severity on (default: error)', choices: [...severities, 'never'] },
    { flags: '--show <severity>', summary: 'show findings from this severity on (default: warning in the formats text and github, else info); json and jsonl always hold all', choices: severities },
    { flags: '--statistics', summary: 'count findings by rule in place of showing them' },
    { flags: '--stdin-filename <path>', summary: 'the name that the text on standard input has' },
    { flags: '--documents-only', summary: 'of the files that are named, only those that are documents; for hooks that name every file of a commit' },
    { flags: '--changed-since <commit>', summary: 'only documents that changed since the present branch left this branch or commit' },
    { flags: '--watch', summary: 'check again whenever a document, a template or the configuration changes' },
    { flags: '--update-baseline', summary: 'write all findings down as known, so that only new ones are reported' },
    { flags: '--no-baseline', summary: 'report known findings as well' },
    { flags: '--no-cache', summary: 'read every document anew, and keep nothing for the next run' },
    { flags: '--cache-dir <folder>', summary: 'where to keep what was found for the next run (default: .inquest/cache, where there is .inquest)' },
    { flags: '--threads <number>', summary: 'how many threads judge documents (default: one; for a thousand documents and more one for each core, up to four)' },
    { flags: '--verbose', summary: 'say on standard error which documents are read anew, and why' },
  ],
  examples: [
    { command: 'inquest check', summary: 'every document of the repository' },
    { command: 'inquest check docs/investigations', summary: 'those below a folder' },
    { command: 'inquest check --format json', summary: 'for programs' },
    { command: 'inquest check --changed-since origin/main', summary: 'what a branch changed' },
    { command: 'inquest check --format github --output sarif:out.sarif', summary: 'annotations in the log, and a file for code scanning' },
    { command: 'inquest check - --stdin-filename docs/a.md < a.md', summary: 'a text that is not saved yet' },
    { command: 'inquest check --show info', summary: 'also what the present phase still asks for' },
  ],
  async run(terminal, [paths], options) {
    const given = Array.isArray(paths) ? (paths as readonly string[]) : []
    if (options['watch'] === true) return watch(terminal, given, options)
    return once(terminal, given, options)
  },
}

async function once(terminal: Terminal, paths: readonly string[], options: OptionValues): Promise<number> {
  const progress = createProgress(terminal)
  const outputs = outputsOf(terminal, options)
  const onRead = (file: string, reason: string): void => terminal.err(`read anew: ${inert(file)}: ${inert(reason)}\n`)
  const onProgress = (done: number, total: number): void => {
    if (total >= frugalFrom) saveMemory()
    progress.step(done, total)
  }
  const result = await check(terminal.host, { ...(await inputOf(terminal, paths, options)), onProgress, ...(options['verbose'] === true && { onRead }) })
  progress.clear()
  await print(terminal, result, outputs, options)
  return result.failed ? 1 : 0
}

async function inputOf(terminal: Terminal, paths: readonly string[], options: OptionValues): Promise<CheckInput> {
  const common = {
    documentsOnly: options['documentsOnly'] === true,
    updateBaseline: options['updateBaseline'] === true,
    ignoreBaseline: options['baseline'] === false,
    cache: options['cache'] !== false && (textOption(options, 'cacheDir') ?? true),
    ...(options['threads'] !== undefined && { threads: threadsOf(textOption(options, 'threads') ?? '') }),
    ...(typeof options['changedSince'] === 'string' && { changedSince: options['changedSince'] }),
    ...(options['failOn'] !== undefined && { failOn: options['failOn'] as Severity | 'never' }),
  }
  if (!paths.includes('-')) {
    if (options['stdinFilename'] !== undefined) {
      throw new InquestError('usage', '`--stdin-filename` goes with `-`', { hint: 'inquest check - --stdin-filename docs/a.md' })
    }
    return { ...common, paths }
  }
  if (paths.length > 1) throw new InquestError('usage', 'Standard input is checked alone', { hint: 'Leave the other paths out' })
  return { ...common, paths: [], text: { path: textOption(options, 'stdinFilename') ?? 'stdin.md', content: await terminal.readInput() } }
}

/** @throws InquestError `usage` for what is no number of threads */
function threadsOf(given: string): number {
  const threads = Number(given)
  if (/^\d+$/u.test(given) && threads >= 1 && threads <= mostThreads) return threads
  throw new InquestError('usage', `--threads ${given}: expected a whole number from 1 to ${mostThreads}`)
}

interface Output {
  readonly format: Format
  /** Absolute. */
  readonly file: string
}

/** @throws InquestError `usage` for what is not a format, a colon and a path */
function outputsOf({ host }: Terminal, options: OptionValues): readonly Output[] {
  const given = Array.isArray(options['output']) ? (options['output'] as readonly string[]) : []
  return given.map((output) => {
    const [name = '', ...rest] = output.split(':')
    const format = formats.find((one) => one === name)
    const file = rest.join(':')
    if (format === undefined || file === '') {
      throw new InquestError('usage', `--output ${output}: expected a format, a colon and a path`, { hint: `Such as sarif:inquest.sarif; the formats are ${formats.join(', ')}` })
    }
    return { format, file: path.resolve(host.cwd, file) }
  })
}

/** Files first: where one cannot be written, nothing but that is told. */
async function print(terminal: Terminal, result: CheckResult, outputs: readonly Output[], options: OptionValues): Promise<void> {
  const { host, version } = terminal
  const format = options['json'] === true ? 'json' : ((textOption(options, 'format') ?? 'text') as Format)
  const report: Report = {
    ...result,
    version,
    // Few formats ask for the pages of all rules.
    get rules() {
      return describeRules()
    },
  }
  const show = textOption(options, 'show') as Severity | undefined
  const styleOf = (of: Format): Omit<Style, 'color'> => ({ show: show ?? shownByDefault(of), statistics: options['statistics'] === true })
  for (const output of outputs) {
    const reporter = await loadReporter(output.format)
    host.writeFile(output.file, reporter(report, { ...styleOf(output.format), color: false }))
  }
  const style: Style = { ...styleOf(format), color: terminal.color }
  const reporter = await loadReporter(format)
  const summaryFile = host.env['GITHUB_STEP_SUMMARY'] ?? ''
  if (format === 'github' && summaryFile !== '') {
    const { summariseForGithub } = await import('../../../report/github.js')
    host.appendFile(path.resolve(host.cwd, summaryFile), summariseForGithub(report, style))
  }
  for (const batch of inBatches(reporter(report, style))) terminal.out(batch)
}

/** A count on the last line of a terminal, for long runs. */
function createProgress(terminal: Terminal): { step(done: number, total: number): void; clear(): void } {
  let shown = false
  let last = 0
  return {
    step(done, total) {
      if (total < progressFrom || !terminal.interactive) return
      const now = performance.now()
      if (now - last < 100 && done < total) return
      last = now
      shown = true
      terminal.err(`\rchecking ${done} of ${total}`)
    },
    clear() {
      if (shown) terminal.err('\r\u001B[K')
    },
  }
}

async function watch(terminal: Terminal, paths: readonly string[], options: OptionValues): Promise<number> {
  if (paths.includes('-')) throw new InquestError('usage', 'Standard input cannot be watched', { hint: 'Leave `-` or `--watch` out' })
  const { watch: observe } = await import('chokidar')
  const { findConfig } = await import('../../../engine/root.js')
  const { root } = findConfig(terminal.host.cwd, terminal.host)
  const turn = async (): Promise<void> => {
    try {
      await once(terminal, paths, options)
    } catch (error) {
      // A configuration in the middle of being written is mended by the next change.
      if (!(error instanceof InquestError)) throw error
      terminal.err(`inquest: ${error.message}\n`)
    }
    terminal.err('watching for changes, Ctrl+C ends\n')
  }
  const watcher = observe(root, {
    ignoreInitial: true,
    ignored: (file, stats) => /[\\/](?:\.git|node_modules)(?:[\\/]|$)/u.test(file) || (stats?.isFile() === true && !/\.(?:md|markdown|mdown|ya?ml|json)$/iu.test(file)),
  })
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', () => resolve())
    watcher.once('error', (error) => reject(error))
  })
  await turn()
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    let running: Promise<void> = Promise.resolve()
    watcher.on('all', () => {
      clearTimeout(timer)
      // Editors write a file in several steps; one check answers them all.
      timer = setTimeout(() => void (running = running.then(turn).catch(reject)), 100)
    })
    const end = (): void => {
      clearTimeout(timer)
      void watcher.close().then(() => resolve(0), reject)
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })
}
