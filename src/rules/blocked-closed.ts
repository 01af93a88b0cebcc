/** Owns the rule `blocked-closed`. */

import { isDocumentId } from '../facts/references.js'
import { valuesOf } from './field-values.js'
import type { FactRule } from './rule.js'

export const blockedClosed: FactRule = {
  name: 'blocked-closed',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  summary: 'A closed document is still blocked by a document that is open.',
  why: 'Either it was closed too early, or what it waited for was not needed. Readers do not know which.',
  remedy: 'Take the id off the list once it does not block any more, or reopen the document.',
  examples: [],
  *check({ document, template, claim }, world) {
    if (claim.standing !== 'closed') return
    for (const field of template.blockerFields) {
      for (const id of valuesOf(document.data[field])) {
        const blocking = isDocumentId(id) ? world.documentsWithId(id) : []
        if (blocking.length === 0 || blocking.some(({ standing }) => standing !== 'open')) continue
        yield { message: `The document is closed, and \`${id}\`, which \`${field}\` names, is open`, at: { field, part: 'value' }, subject: id }
      }
    }
  },
}
