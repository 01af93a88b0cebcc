/** Owns the rule `file-unreadable`. */

import type { RepositoryRule } from './rule.js'

export const fileUnreadable: RepositoryRule = {
  name: 'file-unreadable',
  over: 'repository',
  severity: 'error',
  summary: 'A file that is meant to be a document is a link that leaves the repository, is not a plain file, or is too large.',
  why: 'inquest reads no document through a link that leaves the repository, because what it leads to may be secret, and no pipe or device, because they may not end.',
  remedy: 'Put the document itself there. A user who trusts the folder that a link leads to names it in `INQUEST_ROOTS`.',
  examples: [],
}
