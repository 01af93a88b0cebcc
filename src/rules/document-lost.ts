/** Owns the rule `document-lost`. */

import type { OutcomeRule } from './rule.js'

export const documentLost: OutcomeRule = {
  name: 'document-lost',
  over: 'outcome',
  severity: 'error',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'A document that has a history in git was deleted, or is no longer checked.',
  why: 'A document that is moved out of sight is held to nothing. What it found, or did not find, is lost to whoever relies on it.',
  remedy: 'Restore the file, its frontmatter or its place. Give an inquiry up with `inquest archive <id> --why "…"` and commit that; the file may be deleted afterwards.',
  examples: [],
}
