/** Owns the rule `finding-waived`. */

import { foldLedger } from '../workflow/ledger.js'
import type { FactRule } from './rule.js'

export const findingWaived: FactRule = {
  name: 'finding-waived',
  over: 'facts',
  kind: 'defect',
  severity: 'info',
  strict: 'warning',
  since: 2,
  waivable: false,
  summary: 'A gate was passed with a finding that a comment waived.',
  why: 'A waiver is an exception that one person made. It stays visible after the gate, so that the next reader can judge the reason.',
  remedy: 'Nothing, where the reason still applies. Otherwise fix what was waived, remove the comment, reopen the document and close it again.',
  examples: [],
  *check({ document, template }) {
    const { historyField } = template.machine
    if (historyField === undefined) return
    for (const [index, { event, phase, waived = [] }] of foldLedger(document.data[historyField], template.machine).entries.entries()) {
      for (const waiver of waived) {
        const [rule = ''] = waiver.split(':')
        const gate = event === 'close' ? 'closing' : `\`${phase}\``
        yield { message: `The gate to ${gate} was passed with a waiver of \`${rule}\`: ${waiver.slice(rule.length + 1).trim()}`, at: { field: historyField, path: [String(index)] }, subject: rule }
      }
    }
  },
}
