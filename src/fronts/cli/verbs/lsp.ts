/** Owns the verb `lsp`. */

import type { Verb } from '../verb.js'

export const lspVerb: Verb = {
  name: 'lsp',
  summary: 'serve editors by the Language Server Protocol, over standard input and output',
  positional: [],
  options: [
    { flags: '--stdio', summary: 'what is done anyway; many editors say it' },
    { flags: '--clientProcessId <pid>', summary: 'the editor, which the server does not outlive' },
  ],
  examples: [{ command: 'inquest lsp', summary: 'what an editor starts; docs/editors.md of the package says how' }],
  async run({ host, version }) {
    const { serve } = await import('../../lsp/server.js')
    // Elsewhere a reader that stops early is no failure; here it is an editor that is gone.
    process.stdout.removeAllListeners('error')
    const status = await serve(host, version, { input: process.stdin, output: process.stdout })
    process.exit(status)
  },
}
