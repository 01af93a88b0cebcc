/** Owns the verb `lsp`. */

import { fileURLToPath } from 'node:url'
import type { Verb } from '../verb.js'
import { textOption } from '../verb.js'

/** The bundle keeps it beside the program, and this file in a folder below. */
const script = new URL('../lsp-server.js', import.meta.url)
/** The extension for VS Code keeps both in one folder. */
const scriptOfExtension = new URL('./lsp-server.js', import.meta.url)

export const lspVerb: Verb = {
  name: 'lsp',
  summary: 'serve editors by the Language Server Protocol, over standard input and output',
  positional: [],
  options: [
    { flags: '--stdio', summary: 'what is done anyway; many editors say it' },
    { flags: '--clientProcessId <pid>', summary: 'the editor, which the server does not outlive' },
  ],
  examples: [{ command: 'inquest lsp', summary: 'what an editor starts; docs/editors.md of the package says how' }],
  async run({ host, version }, _positional, options) {
    const client = Number(textOption(options, 'clientProcessId'))
    const { guard } = await import('../../../engine/guard.js')
    return guard({ script: host.exists(fileURLToPath(script)) ? script : scriptOfExtension, data: { folder: host.cwd, version }, serves: 'streams', client: Number.isInteger(client) && client > 0 ? client : undefined })
  },
}
