/** Owns what is said of a citation that cannot be looked up, by whichever rule says it. */

import type { Resolution } from '../evidence/resolution.js'
import type { Citation } from '../facts/citation.js'
import { writeLines } from '../text/span.js'

type Unresolved = Extract<Resolution, { state: 'unresolved' }>

export function describeUnresolved({ path, written }: Pick<Citation, 'path' | 'written'>, why: Unresolved): string {
  switch (why.reason) {
    case 'absent':
      return `There is no \`${path}\` in the repository${why.near.length === 0 ? '' : `; a file of that name is ${why.near.map((one) => `\`${one}\``).join(', ')}`}`
    case 'removed':
      return `\`${path}\` is not in the working tree, though git has it: it was removed there, or a sparse checkout leaves it out`
    case 'submodule':
      return `Whether there is a \`${path}\` cannot be told: the submodule \`${why.folder}\` is not checked out, which \`git submodule update --init\` does`
    case 'outside':
      return `\`${path}\` lies outside the repository, where nobody else can look it up`
    case 'special':
      return `\`${path}\` is no plain file that can be read`
    case 'folder':
      return `\`${path}\` is a folder, and a folder has no lines`
    case 'beyond': {
      const { lines, count, files } = why
      const named = files === 1 ? `\`${why.path}\` has` : `the longest of the ${files} files that \`${path}\` may mean has`
      return `${lines.length === 1 && lines[0]?.start === lines[0]?.end ? 'Line' : 'Lines'} ${writeLines(lines)} cannot be: ${named} ${count === 1 ? 'one line' : `${count} lines`}`
    }
    case 'empty':
      return `\`${path}\` is empty, expected a file with content`
    case 'blank':
      return `\`${written}\` is blank, expected lines with content`
    case 'ignored':
      return `Git ignores \`${path}\`, expected a file that others can look up`
    case 'itself':
      return `\`${written}\` is this document, which is not evidence for itself`
  }
}
