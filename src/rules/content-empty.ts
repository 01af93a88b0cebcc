/** Owns the rule `content-empty`. */

import type { FactRule } from './rule.js'

export const contentEmpty: FactRule = {
  name: 'content-empty',
  over: 'facts',
  each: 'hollows',
  kind: 'omission',
  severity: 'error',
  since: 2,
  soundness: true,
  summary: 'A cell, a label or a section that asks for words has none, or words that say nothing: a letter, filler, or text of the template.',
  why: 'A letter in every cell looks like a finished document to every check that only looks for empty ones.',
  remedy: 'Write what the heading asks for. The template says with `words` which columns, labels and sections ask for words.',
  examples: [
    { good: '| Encoding errors end the job |', bad: '| x |' },
    { good: '| Encoding errors end the job |', bad: '| Refutes H2 |' },
    { good: '| H2 | **REFUTED** | The encoder stops at the first error |', bad: '| H2 | **REFUTED** | (The rows that decide it) |' },
    { good: '**Analysis:** A page starts where the one before it ended by count, not by key.', bad: '**Analysis:** TODO' },
  ],
  *check({ hollows, placeholders }) {
    for (const { place, fault, name, subject, span, section, spec } of hollows) {
      if (!fault.certain || place === 'hypothesis' || place === 'reason') continue
      // A prompt that was left in its brackets is told by a rule of its own.
      if (place === 'section' && placeholders.some((one) => section.span.start <= one.span.start && one.span.end <= section.span.end)) continue
      yield { message: `${name} says nothing: ${fault.reason}`, at: span, subject, section, spec }
    }
  },
}
