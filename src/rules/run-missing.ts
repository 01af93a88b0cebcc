/** Owns the rule `run-missing`. */

import type { FactRule } from './rule.js'

export const runMissing: FactRule = {
  name: 'run-missing',
  over: 'facts',
  each: 'runs',
  kind: 'defect',
  severity: 'off',
  strict: 'error',
  since: 2,
  soundness: true,
  summary: 'Under the strict profile: no run of an evidence command is on record.',
  why: 'A command that never ran shows nothing.',
  remedy: 'Run `inquest verify --run`, in CI as well.',
  examples: [],
  *check({ runs, id, template }, world) {
    for (const { name, exit, prints, span } of runs) {
      if (world.lastRun({ id, template: template.name, name, exit, prints }) === undefined) yield { message: `No run of the command \`${name}\` is on record`, at: span, subject: name }
    }
  },
}
