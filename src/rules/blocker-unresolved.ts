/** Owns the rule `blocker-unresolved`. */

import { isDocumentId } from '../facts/references.js'
import { valuesOf } from './field-values.js'
import type { FactRule } from './rule.js'

export const blockerUnresolved: FactRule = {
  name: 'blocker-unresolved',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  summary: 'A document is blocked by something that no document has as its id.',
  why: 'What blocks it can never be done, because it is not there, or has another name.',
  remedy: 'Fix the id, or remove it from the list. Where the work is kept in a tracker, name that under `trackers` in `inquest.yaml`.',
  examples: [],
  *check({ document, template }, world) {
    for (const field of template.blockerFields) {
      for (const id of valuesOf(document.data[field])) {
        // Where ids of another kind are kept is not known.
        if (!isDocumentId(id) || world.tracker(id) !== undefined || !world.lacksDocument(id)) continue
        yield { message: `No document has the id \`${id}\`, which \`${field}\` names`, at: { field, part: 'value' }, subject: id }
      }
    }
  },
}
