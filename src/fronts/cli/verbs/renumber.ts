/** Owns the verb `renumber`. */

import { renumber } from '../../../engine/operations/renumber.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption, textOption } from '../verb.js'

export const renumberVerb: Verb = {
  name: 'renumber',
  summary: 'give a document an id of its own and rewrite what refers to it',
  positional: [{ form: '<document>', summary: 'an id, or a path where several share it; the younger one is meant otherwise', completes: 'documents' }],
  options: [{ flags: '--to <id>', summary: 'this id in place of the next free one' }, { flags: '--write', summary: 'make the changes; without it they are only shown' }, jsonOption],
  examples: [
    { command: 'inquest renumber INV-027', summary: 'show what would change' },
    { command: 'inquest renumber docs/investigations/b.md --write', summary: 'change it' },
  ],
  async run({ host, out }, [document], options) {
    const to = textOption(options, 'to')
    const result = await renumber(host, { document: String(document), ...(to !== undefined && { to }), write: options['write'] === true })
    const { from, to: id, path, files, ambiguous, written } = result
    if (options['json'] === true) {
      out(jsonAnswer({ from, to: id, path, files: files.map((file) => ({ path: file.path, ...(file.to !== undefined && { to: file.to }) })), ambiguous, written }))
      return 0
    }
    if (!written) {
      const { createTwoFilesPatch } = await import('diff')
      for (const file of files) out(createTwoFilesPatch(`a/${file.path}`, `b/${file.to ?? file.path}`, file.before, file.after, undefined, undefined, { context: 1 }))
    }
    out(`${from} → ${id} in ${files.length} ${files.length === 1 ? 'file' : 'files'}${written ? '' : '; write it with --write'}\n`)
    if (ambiguous.length > 0) {
      out(`left as they are, because they may mean the other ${from}:\n${ambiguous.map((one) => `  ${one.path}:${one.line}\n`).join('')}`)
    }
    return 0
  },
}
