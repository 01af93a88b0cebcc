/** Owns `memory check`. */

import type { MemoryReport } from '../../../../engine/operations/memory-check.js'
import { checkMemory } from '../../../../engine/operations/memory-check.js'
import { inert } from '../../../../text/display.js'
import { alignColumns } from '../../columns.js'
import { jsonAnswer } from '../../verb.js'
import type { MemoryAction } from './action.js'
import { tellRecovered } from './action.js'

export const checkAction: MemoryAction = {
  name: 'check',
  summary: 'whether store and documents agree, and the store is whole',
  options: [{ flags: '--fix', summary: 'put right what can be put right without losing anything' }],
  examples: [{ command: 'inquest memory check --fix', summary: 'look at all of the store, and mend what can be mended' }],
  async run(terminal, _words, options) {
    const report = await checkMemory(terminal.host, { fix: options['fix'] === true, onRecovered: tellRecovered(terminal) })
    terminal.out(options['json'] === true ? jsonAnswer(asJson(report)) : asText(report))
    return report.faults.some(({ severity }) => severity === 'error') ? 1 : 0
  },
}

function asJson({ store, faults, fixed }: MemoryReport): object {
  return { ...(store !== undefined && { store }), faults, fixed }
}

function asText({ store, faults, fixed }: MemoryReport): string {
  const ground =
    store === undefined
      ? 'there is no concept store yet\n'
      : alignColumns([
          ['store', store.file],
          ['ground', `${store.engine} on ${store.fileSystem}, tables of version ${store.schema}`],
          ['concepts', `${store.concepts}${store.pending > 0 ? `, and ${store.pending} pending` : ''}, of ${store.documents} ${store.documents === 1 ? 'document' : 'documents'}`],
          ['size', `${kibibytes(store.size)}, and a log of ${kibibytes(store.log)}`],
        ])
  const mended = fixed.map((what) => `fixed: ${inert(what)}\n`).join('')
  const found = faults.map(({ severity, message, remedy }) => `\n${severity}: ${inert(message)}\n  ${inert(remedy)}\n`).join('')
  return `${ground}${mended}${found}`
}

function kibibytes(bytes: number): string {
  return bytes < 10 * 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / 1024 / 1024)} MiB`
}
