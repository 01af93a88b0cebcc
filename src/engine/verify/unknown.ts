/** Owns why something cannot be known of a citation, each with what brings what is lacking. */

export const partialClone = 'the clone is partial and lacks what was there; `git fetch --refetch --no-filter` brings it'

export const shallowClone = 'the clone is shallow, and the citation may be older than what it holds; `git fetch --unshallow` brings the rest'

export function notCheckedOut(submodule: string): string {
  return `the submodule ${submodule} is not checked out; \`git submodule update --init\` does it`
}

export function lackingCommit(submodule: string): string {
  return `the submodule ${submodule} lacks the commit that counts; \`git submodule update --init\` or \`git -C ${submodule} fetch --unshallow\` brings it`
}

/** Why a file is not read. */
export function whyUnread(reading: 'large' | 'withheld'): string {
  return reading === 'large' ? 'the file is too large to be read' : partialClone
}
