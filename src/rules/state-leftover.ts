/** Owns the rule `state-leftover`. */

import type { RepositoryRule } from './rule.js'

export const stateLeftover: RepositoryRule = {
  name: 'state-leftover',
  over: 'repository',
  severity: 'warning',
  summary: 'A folder in `.inquest/` contains state, which is kept in the folder of git now.',
  why: 'The first version kept state in `.inquest/cache/`, `.inquest/ids/` and `.inquest/pending/`. State in the tree can be committed, so inquest ignores it there.',
  remedy: 'Run `inquest doctor`, which takes over what git does not track. Delete what it leaves.',
  examples: [],
}
