/** Owns the verb `spawn`. */

import { spawn } from '../../../engine/operations/spawn.js'
import { InquestError } from '../../../errors.js'
import { inert } from '../../../text/display.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption, textOption } from '../verb.js'

export const spawnVerb: Verb = {
  name: 'spawn',
  summary: 'start a document that follows from another, each naming the other',
  positional: [
    { form: '<template>', summary: 'a template, such as `work_item`', completes: 'templates' },
    { form: '<title...>', summary: 'what is to be done', completes: [] },
  ],
  options: [
    { flags: '--from <id>', summary: 'the document it follows from', completes: 'documents' },
    { flags: '--why <finding>', summary: 'which finding it answers; written into the entry' },
    { flags: '--id <id>', summary: 'this id in place of the next free one' },
    { flags: '--path <file>', summary: 'where to write it, in place of where the template says' },
    jsonOption,
  ],
  examples: [
    { command: 'inquest spawn work_item "Set a busy timeout" --from INV-027', summary: 'work that follows from an inquiry' },
    { command: 'inquest spawn investigation "Why did nobody notice?" --from INV-027', summary: 'a further inquiry' },
  ],
  async run({ host, out, err }, [template, words], options) {
    const from = textOption(options, 'from')
    if (from === undefined) throw new InquestError('usage', '`spawn` needs the document that the new one follows from', { hint: 'inquest spawn work_item "Title" --from INV-001' })
    const id = textOption(options, 'id')
    const path = textOption(options, 'path')
    const why = textOption(options, 'why')
    const title = Array.isArray(words) ? words.join(' ') : String(words ?? '')
    const made = await spawn(host, { template: String(template), title, from, ...(id !== undefined && { id }), ...(path !== undefined && { path }), ...(why !== undefined && { why }) })
    if (made.note !== undefined) err(`inquest: ${inert(made.note)}\n`)
    out(options['json'] === true ? jsonAnswer(made) : `${made.path}\n`)
    return 0
  },
}
