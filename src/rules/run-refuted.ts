/** Owns the rule `run-refuted`. */

import type { FactRule } from './rule.js'

export const runRefuted: FactRule = {
  name: 'run-refuted',
  over: 'facts',
  each: 'runs',
  kind: 'defect',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'An evidence command ran and did not do what its row expects.',
  why: 'The row says what the command shows, and the last run on record showed something else.',
  remedy: 'Change the row to what the command shows, or fix what it runs and run `inquest verify --run` again.',
  examples: [],
  *check({ runs, id, template }, world) {
    for (const { name, exit, prints, span } of runs) {
      const outcome = world.lastRun({ id, template: template.name, name, exit, prints })
      if (outcome !== 'refutes' && outcome !== 'timed-out' && outcome !== 'over-limit') continue
      const did = outcome === 'refutes' ? 'did not do what the row expects' : 'did not end within its limits'
      yield { message: `The command \`${name}\` ${did} when it last ran`, at: span, subject: name }
    }
  },
}
