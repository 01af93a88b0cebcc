/** Owns the verb `new`. */

import { createDocument } from '../../../engine/operations/new.js'
import { inert } from '../../../text/display.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption, textOption } from '../verb.js'

export const newVerb: Verb = {
  name: 'new',
  summary: 'start a document from a template',
  positional: [
    { form: '<template>', summary: 'a template, or one version of it: `investigation@2.0`', completes: 'templates' },
    { form: '<title...>', summary: 'what is to be found out; the words may stand in quotes or not', completes: [] },
  ],
  options: [
    { flags: '--id <id>', summary: 'this id in place of the next free one' },
    { flags: '--path <file>', summary: 'where to write it, in place of where the template says' },
    jsonOption,
  ],
  examples: [
    { command: 'inquest new investigation "Crash on concurrent ingest"', summary: 'an inquiry in three phases' },
    { command: 'inquest new investigation-lite Slow login page', summary: 'one screen, for a small bug' },
    { command: 'inquest new work_item "Set a busy timeout" --json', summary: 'for programs' },
  ],
  async run({ host, out, err }, [template, words], options) {
    const id = textOption(options, 'id')
    const path = textOption(options, 'path')
    const title = Array.isArray(words) ? words.join(' ') : String(words ?? '')
    const made = await createDocument(host, { template: String(template), title, ...(id !== undefined && { id }), ...(path !== undefined && { path }) })
    if (made.note !== undefined) err(`inquest: ${inert(made.note)}\n`)
    out(options['json'] === true ? jsonAnswer(made) : `${made.path}\n`)
    return 0
  },
}
