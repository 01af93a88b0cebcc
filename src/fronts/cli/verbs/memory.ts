/** Owns the verb `memory`: which of its actions is meant, and that each is given only its own options. */

import { InquestError } from '../../../errors.js'
import type { OptionSpec, Verb } from '../verb.js'
import { jsonOption } from '../verb.js'
import type { MemoryAction } from './memory/action.js'
import { checkAction } from './memory/check.js'
import { ingestAction } from './memory/ingest.js'
import { searchAction } from './memory/search.js'
import { backupAction, exportAction, importAction } from './memory/move.js'
import { showAction } from './memory/show.js'
import { statsAction } from './memory/stats.js'
import { synthesizeAction } from './memory/synthesize.js'

/** In the order in which people come to need them. */
const actions: readonly MemoryAction[] = [ingestAction, searchAction, showAction, synthesizeAction, statsAction, exportAction, importAction, backupAction, checkAction]

const names = actions.map((action) => action.name)

/** `--document <id>` is known as `document`. */
function keyOf(flags: string): string {
  const name = /--([\w-]+)/u.exec(flags)?.[1] ?? flags
  return name.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase())
}

/** Options that several actions take are declared once. */
const options = [...new Map([...actions.flatMap((action) => action.options).map(forAll), jsonOption].map((option) => [option.flags, option])).values()]

/** What an option says for each action, where several take it. */
function forAll(option: OptionSpec): OptionSpec {
  const takers = actions.flatMap(({ name, options: own }) => own.filter(({ flags }) => flags === option.flags).map(({ summary }) => `for \`${name}\` ${summary}`))
  return takers.length > 1 ? { ...option, summary: takers.join('; ') } : option
}

export const memoryVerb: Verb = {
  name: 'memory',
  summary: 'store what was learned, find it, and look after it',
  positional: [
    { form: '<action>', summary: actions.map((action) => `\`${action.name}\`: ${action.summary}`).join('; '), completes: names },
    { form: '[words...]', summary: actions.flatMap((action) => (action.words === undefined ? [] : `for \`${action.name}\` ${action.words}`)).join('; ') },
  ],
  options,
  examples: actions.flatMap((action) => action.examples),
  async run(terminal, [name, words], given) {
    const action = actions.find((one) => one.name === name)
    if (action === undefined) throw new InquestError('usage', `\`memory\` knows no \`${String(name)}\``, { hint: `inquest memory ${names.join(', ')}` })
    const allowed = new Set([...action.options, jsonOption].map((option) => keyOf(option.flags)))
    const wrong = options.find((option) => given[keyOf(option.flags)] !== undefined && !allowed.has(keyOf(option.flags)))
    if (wrong !== undefined) throw new InquestError('usage', `\`memory ${action.name}\` takes no \`${wrong.flags.split(' ')[0]}\``, { hint: 'inquest memory --help' })
    const list = Array.isArray(words) ? (words as readonly string[]) : []
    if (action.words === undefined && list.length > 0) throw new InquestError('usage', `\`memory ${action.name}\` takes no \`${list[0]}\``, { hint: 'inquest memory --help' })
    return action.run(terminal, list, given)
  },
}
