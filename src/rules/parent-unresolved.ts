/** Owns the rule `parent-unresolved`. */

import { isDocumentId } from '../facts/references.js'
import { valuesOf } from './field-values.js'
import type { FactRule } from './rule.js'

export const parentUnresolved: FactRule = {
  name: 'parent-unresolved',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  summary: 'A document names an origin that no document has as its id.',
  why: 'Whoever asks why the document was begun is led nowhere, and the lineage breaks.',
  remedy: 'Fix the id, or remove it. Where the origin is kept in a tracker, name that under `trackers` in `inquest.yaml`.',
  examples: [{ good: 'spawned_by: null', bad: 'spawned_by: INV-404' }],
  *check({ document, template }, world) {
    for (const field of template.parentFields) {
      for (const id of valuesOf(document.data[field])) {
        // Where ids of another kind are kept is not known.
        if (!isDocumentId(id) || world.tracker(id) !== undefined || !world.lacksDocument(id)) continue
        yield { message: `No document has the id \`${id}\`, which \`${field}\` names as the origin`, at: { field, part: 'value' }, subject: id }
      }
    }
  },
}
