/** Owns the verb `mcp`. */

import { InquestError } from '../../../errors.js'
import type { OptionValues, Verb } from '../verb.js'
import { textOption } from '../verb.js'

/** The bundle keeps it beside the program, and this file in a folder below. */
const script = new URL('../mcp-server.js', import.meta.url)

export const mcpVerb: Verb = {
  name: 'mcp',
  summary: 'serve agents over the Model Context Protocol',
  positional: [],
  options: [{ flags: '--http <port>', summary: 'on this port of the loopback interface (0 for one that is free), in place of standard input and output' }],
  examples: [
    { command: 'inquest mcp', summary: 'as agents start it, with the messages on standard input and output' },
    { command: 'inquest mcp --http 7357', summary: 'for clients that connect to http://127.0.0.1:7357/mcp' },
  ],
  async run({ host, version }, _positional, options) {
    const http = portOf(options)
    const { guard } = await import('../../../engine/guard.js')
    return guard({ script, data: { folder: host.cwd, version, http }, serves: http === undefined ? 'streams' : 'network' })
  },
}

/** @throws InquestError `usage` for what is no port */
function portOf(options: OptionValues): number | undefined {
  const written = textOption(options, 'http')
  if (written === undefined) return undefined
  const port = Number(written)
  if (!/^\d{1,5}$/u.test(written) || port > 65_535) throw new InquestError('usage', `--http ${written}: is no port`, { hint: 'A number up to 65535, or 0 for any that is free' })
  return port
}
