/** Owns the verb `list`. */

import type { ListInput } from '../../../engine/operations/list.js'
import { list } from '../../../engine/operations/list.js'
import { alignColumns } from '../columns.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption, textOption } from '../verb.js'

export const listVerb: Verb = {
  name: 'list',
  summary: 'list documents',
  positional: [],
  options: [
    { flags: '--template <name>', summary: 'only those of a template', completes: 'templates' },
    { flags: '--status <status>', summary: 'only those with a status' },
    { flags: '--phase <phase>', summary: 'only those in a phase' },
    { flags: '--open', summary: 'only those that are at work' },
    jsonOption,
  ],
  examples: [
    { command: 'inquest list', summary: 'every document' },
    { command: 'inquest list --template investigation --open', summary: 'inquiries at work' },
    { command: 'inquest list --phase explore --json', summary: 'for programs' },
  ],
  async run({ host, out }, _positional, options) {
    const template = textOption(options, 'template')
    const status = textOption(options, 'status')
    const phase = textOption(options, 'phase')
    const input: ListInput = {
      ...(template !== undefined && { template }),
      ...(status !== undefined && { status }),
      ...(phase !== undefined && { phase }),
      open: options['open'] === true,
    }
    const documents = await list(host, input)
    if (options['json'] === true) out(jsonAnswer({ documents }))
    else if (documents.length === 0) out('no document\n')
    else {
      const rows = documents.map((one) => [one.id ?? '-', one.template, one.status ?? '-', one.phase ?? '-', one.title ?? '', one.path])
      out(alignColumns([['id', 'template', 'status', 'phase', 'title', 'path'], ...rows]))
    }
    return 0
  },
}
