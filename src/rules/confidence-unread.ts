/** Owns the rule `confidence-unread`. */

import { confidencesIn, hasOwnScale } from './confidences.js'
import type { FactRule } from './rule.js'

export const confidenceUnread: FactRule = {
  name: 'confidence-unread',
  over: 'facts',
  each: 'tables',
  kind: 'defect',
  severity: 'info',
  since: 2,
  summary: "No confidence of the document is a word of the template's scale or a number, so that the document has a scale of its own.",
  why: 'A scale in another language is as good as any. It is left out of the calibration that `inquest stats` shows, because nobody can tell how its words are meant.',
  remedy: 'Nothing has to be done. To be counted, use the words of the scale or shares such as `80 %`, or give the template `aliases` for your words.',
  examples: [{ good: '| Medium | Read the error handling', bad: '| mittel | Read the error handling', setting: [['| High | Delete', '| hoch | Delete'], ['during the run | High |', 'during the run | hoch |'], ['first error | High |', 'first error | hoch |']] }],
  *check(facts) {
    const confidences = confidencesIn(facts)
    const [first] = confidences
    if (first === undefined || !hasOwnScale(confidences)) return
    const { cell, column, table } = first
    const values = column.values.map((value) => `\`${value}\``).join(', ')
    yield { message: `The confidences are on a scale of their own, not ${values} or a share, and are left out of the calibration`, at: cell.span, subject: cell.text, section: table.section, spec: table.spec }
  },
}
