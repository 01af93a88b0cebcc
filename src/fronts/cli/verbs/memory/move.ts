/** Owns `memory export`, `memory import` and `memory backup`. */

import type { ImportResult } from '../../../../engine/operations/memory-move.js'
import { backupMemory, exportMemory, importMemory } from '../../../../engine/operations/memory-move.js'
import { InquestError } from '../../../../errors.js'
import { inert } from '../../../../text/display.js'
import { jsonAnswer } from '../../verb.js'
import type { MemoryAction } from './action.js'
import { tellRecovered } from './action.js'
import { progressLine } from './progress.js'

export const exportAction: MemoryAction = {
  name: 'export',
  summary: 'adds all concepts to a file of lines that git merges, and keeps the lines of other clones',
  words: 'a file in place of the one that git keeps',
  options: [{ flags: '--check', summary: 'write nothing, and exit with 1 where the file is not current' }],
  examples: [
    { command: 'inquest memory export', summary: 'write .inquest/memory.jsonl, for git' },
    { command: 'inquest memory export --check', summary: 'in a hook: was something stored and not exported?' },
  ],
  async run({ host, out }, words, options) {
    const check = options['check'] === true
    const to = onlyWord('export', words)
    const result = await exportMemory(host, { check, ...(to !== undefined && { to }) })
    if (options['json'] === true) out(jsonAnswer(result))
    else if (!result.changed) out(`${inert(result.path)} is current (${result.concepts} concepts)\n`)
    else if (check) out(`${inert(result.path)} is not current; \`inquest memory export\` writes it\n`)
    else out(`${inert(result.path)}: ${result.concepts} concepts\n`)
    if (options['json'] !== true && result.kept > 0) out(`${result.kept} of them ${result.kept === 1 ? 'is' : 'are'} not in this store; \`inquest memory import\` stores ${result.kept === 1 ? 'it' : 'them'}\n`)
    if (options['json'] !== true) for (const file of result.extended) out(`${file}: tells git to keep the lines of both sides\n`)
    return check && result.changed ? 1 : 0
  },
}

export const importAction: MemoryAction = {
  name: 'import',
  summary: 'takes in what another clone exported; ids that two of them gave are changed, in documents too',
  words: 'a file in place of the one that git keeps',
  options: [],
  examples: [{ command: 'inquest memory import', summary: 'after a pull: take in what others stored' }],
  async run(terminal, words, options) {
    const line = progressLine(terminal)
    const from = onlyWord('import', words)
    try {
      const result = await importMemory(terminal.host, { ...(from !== undefined && { from }), onProgress: (progress) => line.show('importing', progress), onRecovered: tellRecovered(terminal) })
      line.clear()
      terminal.out(options['json'] === true ? jsonAnswer(result) : asText(result))
      return 0
    } finally {
      line.clear()
    }
  },
}

function asText({ path, concepts, added, renumbered, followed, ambiguous, exported }: ImportResult): string {
  const lines = [`${inert(path)}: ${concepts} concepts, ${added} of them new here`]
  for (const { from, to } of renumbered) lines.push(`concept ${from} is ${to} now, because another clone gave ${from} as well`)
  for (const one of followed) lines.push(`${inert(one.path)} lists ${one.ids.map(({ to }) => to).join(', ')} now, where it listed ${one.ids.map(({ from }) => from).join(', ')}`)
  for (const one of ambiguous) lines.push(`${inert(one.path)} lists ${one.id}, which may mean ${one.now.join(' or ')}; look at it`)
  if (exported) lines.push(`${inert(path)} was written anew`)
  return `${lines.join('\n')}\n`
}

export const backupAction: MemoryAction = {
  name: 'backup',
  summary: 'copies the database to a file, as of one moment, while others go on',
  words: 'the file, which must not exist',
  options: [],
  examples: [{ command: 'inquest memory backup ~/memory-2026-03-04.db', summary: 'a copy that can be opened as it is' }],
  async run({ host, out }, words, options) {
    const file = onlyWord('backup', words)
    if (file === undefined) throw new InquestError('usage', '`memory backup` takes the file to write', { hint: 'inquest memory backup memory-copy.db' })
    const result = await backupMemory(host, file)
    out(options['json'] === true ? jsonAnswer(result) : `${inert(result.path)}: ${Math.ceil(result.size / 1024)} KiB\n`)
    return 0
  },
}

function onlyWord(action: string, words: readonly string[]): string | undefined {
  if (words.length > 1) throw new InquestError('usage', `\`memory ${action}\` takes one file, not ${words.length}`, { hint: `inquest memory ${action} ${words[0]}` })
  return words[0]
}
