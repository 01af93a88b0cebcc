/** Owns the verb `init`. */

import { agentChoices, ciChoices, init } from '../../../engine/operations/init.js'
import type { InitInput, InitStep } from '../../../engine/operations/init.js'
import { InquestError } from '../../../errors.js'
import { inert } from '../../../text/display.js'
import { alignColumns } from '../columns.js'
import type { OptionValues, Terminal, Verb } from '../verb.js'
import { jsonAnswer, jsonOption, textOption } from '../verb.js'

type Choices = Pick<InitInput, 'agents' | 'ci'>

export const initVerb: Verb = {
  name: 'init',
  summary: 'set a repository up',
  positional: [],
  options: [
    { flags: '--agents <names>', summary: `write what coding agents read: ${agentChoices.join(', ')}, separated by commas, all or none`, completes: [...agentChoices, 'all', 'none'] },
    { flags: '--ci <names>', summary: `write what CI systems read: ${ciChoices.join(', ')}, separated by commas, all or none`, completes: [...ciChoices, 'all', 'none'] },
    { flags: '--force', summary: 'write files of agents and CI anew that were edited by hand' },
    { flags: '--yes', summary: 'ask nothing' },
    jsonOption,
  ],
  examples: [
    { command: 'inquest init', summary: 'write inquest.yaml, folders and lines of .gitignore; what is there is kept' },
    { command: 'inquest init --agents claude,codex', summary: 'also skills, an agent, hooks and a section of AGENTS.md' },
    { command: 'inquest init --ci github,pre-commit', summary: 'also a workflow, and hooks for pre-commit' },
    { command: 'inquest init --agents all', summary: 'again after an update: files that nobody edited are brought up to date' },
  ],
  async run(terminal, _positional, options) {
    const { host, out } = terminal
    const choices = (await choicesOf(terminal, options)) ?? 'given-up'
    if (choices === 'given-up') return 2
    const result = await init(host, { ...choices, force: options['force'] === true, version: terminal.version })
    if (options['json'] === true) out(jsonAnswer(result))
    else {
      out(alignColumns(result.steps.map((step) => [step.change, step.path])))
      for (const step of result.steps) if (step.note !== undefined) out(noteText(step))
      out('\nnext: inquest new investigation "What is to be found out"\n')
    }
    return 0
  },
}

function noteText({ path, note = '' }: InitStep): string {
  const [first = '', ...more] = note.split('\n').map(inert)
  return ['', `${path}: ${first}`, ...more, ''].join('\n')
}

/** Asks only where a person can answer and has not said what is wanted; undefined where the person gave up. */
async function choicesOf(terminal: Terminal, options: OptionValues): Promise<Choices | undefined> {
  const agents = namesIn(textOption(options, 'agents'), agentChoices, '--agents')
  const ci = namesIn(textOption(options, 'ci'), ciChoices, '--ci')
  const said = agents !== undefined || ci !== undefined || options['yes'] === true || options['json'] === true
  if (said || !terminal.prompts) return { agents: agents ?? [], ci: ci ?? [] }
  const { isCancel, multiselect } = await import('@clack/prompts')
  const ask = async <T extends string>(message: string, choices: readonly T[]): Promise<readonly T[] | undefined> => {
    const answer = await multiselect<string>({ message, options: choices.map((value) => ({ value })), required: false })
    return isCancel(answer) ? undefined : choices.filter((choice) => answer.includes(choice))
  }
  const chosen = await ask('Which coding agents work here? Space chooses, Enter goes on.', agentChoices)
  const hosts = chosen === undefined ? undefined : await ask('Where are documents checked?', ciChoices)
  return chosen === undefined || hosts === undefined ? undefined : { agents: chosen, ci: hosts }
}

/** @throws InquestError `usage` for a name that there is none of */
function namesIn<T extends string>(written: string | undefined, choices: readonly T[], option: string): readonly T[] | undefined {
  if (written === undefined) return undefined
  const names = written.split(',').map((name) => name.trim()).filter((name) => name !== '')
  const unknown = names.find((name) => name !== 'all' && name !== 'none' && !choices.some((choice) => choice === name))
  if (unknown !== undefined) throw new InquestError('usage', `${option}: there is no "${unknown}"`, { hint: `There are ${choices.join(', ')}, all and none` })
  if (names.includes('none') && names.length > 1) throw new InquestError('usage', `${option}: none goes with nothing else`)
  return names.includes('all') ? choices : choices.filter((choice) => names.includes(choice))
}
