/** Owns the rule `content-thin`. */

import type { FactRule } from './rule.js'

export const contentThin: FactRule = {
  name: 'content-thin',
  over: 'facts',
  each: 'hollows',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'A place that asks for words has fewer than its template asks for, or words that could stand anywhere.',
  why: 'One word tells a reader less than they need to judge the claim, and filler tells nothing.',
  remedy: 'Say what was found, supposed or decided in a few words more. The template says with `words` how many different words it takes.',
  examples: [
    { good: '| Encoding errors end the job |', bad: '| something |' },
    { good: '| Encoding errors end the job |', bad: '| Timeout |' },
    { good: '**SKIPPED:** The code and the log of one night decide both hypotheses.', bad: '**SKIPPED:** no time' },
  ],
  *check({ hollows }) {
    for (const { fault, name, subject, span, section, spec } of hollows) {
      if (fault.certain || fault.lack === 'repeated') continue
      yield { message: `${name} says too little: ${fault.reason}`, at: span, subject, section, spec }
    }
  },
}
