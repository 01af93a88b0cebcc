/** Owns what git makes of files in the working tree: tracked, untracked or ignored. */

import type { Host } from './host.js'

export type GitStanding = 'tracked' | 'untracked' | 'ignored'

/**
 * Asks git once, with the first file.
 * @param files all that git does not ignore
 * @returns of a file that is there; undefined where there is no git
 */
export function openVersioned(host: Host, root: string, files: () => readonly string[]): (path: string) => GitStanding | undefined {
  let tracked: ReadonlySet<string> | undefined | null = null
  let listed: ReadonlySet<string> | undefined
  return (path) => {
    if (tracked === null) {
      const output = host.gitBatch(root, ['ls-files', '-z'], '')
      tracked = output === undefined ? undefined : new Set(Buffer.from(output).toString('utf8').split('\0'))
    }
    if (tracked === undefined) return undefined
    // A repository within this one is listed by the name of its folder.
    if (tracked.has(path) || foldersOf(path).some((folder) => tracked?.has(folder))) return 'tracked'
    listed ??= new Set(files())
    return listed.has(path) || foldersOf(path).some((folder) => listed?.has(`${folder}/`)) ? 'untracked' : 'ignored'
  }
}

function foldersOf(path: string): readonly string[] {
  const folders: string[] = []
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end))
  return folders
}
