/** Owns the verb `tree`. */

import { InquestError } from '../../../errors.js'
import type { LineageNode } from '../../../engine/operations/list.js'
import { tree } from '../../../engine/operations/list.js'
import { inert } from '../../../text/display.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const treeVerb: Verb = {
  name: 'tree',
  summary: 'show which documents came from which',
  positional: [{ form: '[id]', summary: 'only the lineage below this document', completes: 'documents' }],
  options: [jsonOption],
  examples: [
    { command: 'inquest tree', summary: 'all lineages' },
    { command: 'inquest tree INV-027', summary: 'what came of one inquiry' },
  ],
  async run({ host, out }, [id], options) {
    const roots = await tree(host, typeof id === 'string' ? id : undefined)
    if (typeof id === 'string' && roots.length === 0) throw new InquestError('usage', `No document has the id ${id}`, { hint: 'See `inquest list`' })
    if (options['json'] === true) out(jsonAnswer({ documents: roots }))
    else if (roots.length === 0) out('no document names another as its origin\n')
    else out(roots.map((root) => draw(root, '', '')).join(''))
    return 0
  },
}

function draw(node: LineageNode, lead: string, below: string): string {
  const phase = [node.status, node.phase].filter((part) => part !== null).join(', ')
  const title = node.title === null ? '' : `  ${inert(node.title)}`
  const line = `${lead}${inert(node.id ?? node.path)}${title}${phase === '' ? '' : `  (${inert(phase)})`}\n`
  return (
    line +
    node.children
      .map((child, index) => {
        const last = index === node.children.length - 1
        return draw(child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`)
      })
      .join('')
  )
}
