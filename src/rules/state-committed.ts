/** Owns the rule `state-committed`. */

import type { RepositoryRule } from './rule.js'

export const stateCommitted: RepositoryRule = {
  name: 'state-committed',
  over: 'repository',
  severity: 'error',
  summary: 'Git tracks a file of state: a cache, an intent, a claim of an id, a lock, or the concept store.',
  why: 'State belongs to one machine. A committed file of state was written by somebody else, and could hide findings or have documents written. inquest ignores it.',
  remedy: 'Remove the file from git with `git rm --cached`, and let `inquest init` add the lines to `.gitignore`.',
  examples: [],
}
