/** Owns the rule `skip-without-rationale`. */

import type { Facts } from '../facts/facts.js'
import { givesNoReason, isBareWord } from '../facts/untouched.js'
import { normaliseText } from '../template/template.js'
import type { FactRule } from './rule.js'

export const skipWithoutRationale: FactRule = {
  name: 'skip-without-rationale',
  over: 'facts',
  each: 'skips',
  kind: 'omission',
  severity: 'error',
  summary: 'A section is skipped with no reason, with a prompt in its place, or with an example copied from a comment.',
  why: 'The reason is the whole point of a skip: it shows that leaving the section out was decided, not forgotten.',
  remedy: 'Write behind `**SKIPPED:**`, in one sentence, why the section does not apply here.',
  examples: [
    { good: '**SKIPPED:** The code and the log of one night decide both hypotheses.', bad: '**SKIPPED:**' },
    { good: '**SKIPPED:** The code and the log of one night decide both hypotheses.', bad: '**SKIPPED:** [One line why this does not apply]' },
    { good: '**SKIPPED:** The code and the log of one night decide both hypotheses.', bad: '**SKIPPED:** [reason]' },
    { good: '**SKIPPED:** The code and the log of one night decide both hypotheses.', bad: '**SKIPPED:** TBD' },
  ],
  *check(facts) {
    const copied = exampleRationales(facts)
    for (const skip of facts.skips) {
      const reason = reasonAgainst(skip.rationale, copied)
      if (reason === undefined) continue
      yield {
        message: `"${skip.section.title}" is skipped ${reason}, expected the reason why it does not apply`,
        at: skip.span,
        subject: skip.section.title,
        section: skip.section,
        spec: skip.spec,
      }
    }
  },
}

function reasonAgainst(rationale: string, copied: ReadonlySet<string>): string | undefined {
  if (rationale === '') return 'without a rationale'
  if (isBareWord(rationale)) return `with "${rationale}" for a rationale`
  if (givesNoReason(rationale)) return 'with a prompt where the rationale belongs'
  return copied.has(comparable(rationale)) ? "with an example from the template's own comment" : undefined
}

/** Comments of templates show what a rationale looks like; word for word it is nobody's reason. */
function exampleRationales(facts: Facts): ReadonlySet<string> {
  const examples = new Set<string>()
  for (const { value } of facts.document.comments) {
    for (const match of value.matchAll(/SKIPPED:\**\s*([^"\n]+)/gu)) examples.add(comparable(match[1] ?? ''))
  }
  return examples
}

function comparable(text: string): string {
  return normaliseText(text).replaceAll(/["'.!]+/gu, '').trim()
}
