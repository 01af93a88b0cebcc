/** Owns the verb `check`. */

import { InquestError } from '../../../errors.js'
import type { CheckInput, CheckResult } from '../../../engine/operations/check.js'
import { check } from '../../../engine/operations/check.js'
import type { Severity } from '../../../finding/finding.js'
import { severities } from '../../../finding/finding.js'
import type { Format } from '../../../report/report.js'
import { formats, loadReporter } from '../../../report/report.js'
import type { OptionValues, Terminal, Verb } from '../verb.js'
import { textOption } from '../verb.js'

/** Runs shorter than this many documents need no progress. */
const progressFrom = 200

export const checkVerb: Verb = {
  name: 'check',
  summary: 'check documents',
  positional: [{ form: '[paths...]', summary: 'files and folders, or `-` for standard input; every document of the repository where none is given' }],
  options: [
    { flags: '--format <name>', summary: `how findings are written: ${formats.join(', ')}`, choices: formats },
    { flags: '--json', summary: 'the same as `--format json`' },
    { flags: '--fail-on <severity>', summary: 'exit with 1 from this severity on (default: error)', choices: [...severities, 'never'] },
    { flags: '--show <severity>', summary: 'in the format text, show findings from this severity on (default: warning)', choices: severities },
    { flags: '--statistics', summary: 'count findings by rule in place of showing them' },
    { flags: '--stdin-filename <path>', summary: 'the name that the text on standard input has' },
    { flags: '--watch', summary: 'check again whenever a document, a template or the configuration changes' },
    { flags: '--update-baseline', summary: 'write all findings down as known, so that only new ones are reported' },
    { flags: '--no-baseline', summary: 'report known findings as well' },
  ],
  examples: [
    { command: 'inquest check', summary: 'every document of the repository' },
    { command: 'inquest check docs/investigations', summary: 'those below a folder' },
    { command: 'inquest check --format json', summary: 'for programs' },
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
  const result = await check(terminal.host, { ...(await inputOf(terminal, paths, options)), onProgress: progress.step })
  progress.clear()
  await print(terminal, result, options)
  return result.failed ? 1 : 0
}

async function inputOf(terminal: Terminal, paths: readonly string[], options: OptionValues): Promise<CheckInput> {
  const common = {
    updateBaseline: options['updateBaseline'] === true,
    ignoreBaseline: options['baseline'] === false,
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

async function print(terminal: Terminal, result: CheckResult, options: OptionValues): Promise<void> {
  const format = options['json'] === true ? 'json' : ((textOption(options, 'format') ?? 'text') as Format)
  const reporter = await loadReporter(format)
  const show = (textOption(options, 'show') ?? 'warning') as Severity
  terminal.out(reporter(result, { color: terminal.color, show, statistics: options['statistics'] === true }))
}

/** A count on the last line of a terminal, for long runs. */
function createProgress(terminal: Terminal): { step(done: number, total: number): void; clear(): void } {
  let shown = false
  let last = 0
  return {
    step(done, total) {
      if (!terminal.interactive || total < progressFrom) return
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
  const { findConfig } = await import('../../../engine/config.js')
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
