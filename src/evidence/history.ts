/** Owns what git's log says of files: which commits changed them, and under which names. Pure: it is given the log. */

export interface Change {
  readonly status: string
  /** How alike the two files of a rename are, in percent. */
  readonly likeness: number
  readonly from: string
  /** The same as `from` but for a rename. */
  readonly to: string
  /** The blob behind the change; all zeros for a deletion. */
  readonly blob: string
}

export interface LoggedCommit {
  readonly id: string
  /** Seconds. */
  readonly time: number
  /** Empty for a first commit, and for the last one that a shallow clone holds. */
  readonly parents: readonly string[]
  readonly changes: readonly Change[]
}

/** The options that `readLog` reads the output of. */
export const logFormat = ['-z', '--topo-order', '--no-abbrev', '--raw', '--no-color', '--no-ext-diff', '--no-textconv', '--format=%x01%H %ct %P'] as const

/** Commits in the order of the log, newest first. */
export function readLog(output: string): readonly LoggedCommit[] {
  const commits: (LoggedCommit & { changes: Change[] })[] = []
  const tokens = output.split('\0')
  for (let at = 0; at < tokens.length; at++) {
    const token = (tokens[at] ?? '').replace(/^\n/u, '')
    if (token.startsWith('\u0001')) {
      const [id = '', time = '0', ...parents] = token.slice(1).trim().split(' ')
      commits.push({ id, time: Number(time), parents, changes: [] })
    } else if (token.startsWith(':')) {
      const [, , , blob = '', status = ''] = token.split(' ')
      const from = tokens[++at] ?? ''
      const to = /^[RC]/u.test(status) ? (tokens[++at] ?? '') : from
      commits.at(-1)?.changes.push({ status: status.charAt(0), likeness: Number(status.slice(1)), from, to, blob })
    }
  }
  return commits
}

/** A version of one file. */
export interface Version {
  readonly commit: LoggedCommit
  readonly blob: string
  readonly path: string
}

export interface Renames {
  /** The name a file has at the tip that had this one at a commit, or undefined where it keeps it. */
  latest(path: string, commit: string): string | undefined
  /** The name before a commit gave the file this one. */
  before(path: string, commit: string): string | undefined
  /** All names that files ever lost. */
  readonly lost: ReadonlySet<string>
}

/** @param log commits with their renames and deletions */
export function readRenames(log: readonly LoggedCommit[], order: ReadonlyMap<string, number>): Renames {
  const away = new Map<string, { readonly at: number; readonly to: string }[]>()
  const back = new Map<string, string>()
  const lost = new Set<string>()
  for (const { id, changes } of log) {
    for (const change of changes) {
      const { from, to } = change
      lost.add(from)
      if (!isRename(change)) continue
      const moves = away.get(from) ?? []
      moves.push({ at: order.get(id) ?? 0, to })
      away.set(from, moves)
      back.set(`${id}\0${to}`, from)
    }
  }
  return {
    lost,
    before: (path, commit) => back.get(`${commit}\0${path}`),
    latest(path, commit) {
      const since = order.get(commit) ?? Number.POSITIVE_INFINITY
      return follow(away, path, since) ?? follow(away, path, Number.POSITIVE_INFINITY)
    },
  }
}

/** Git takes files that are half alike for one; what was filled in from a template is under another name another file. */
export function isRename({ status, likeness, from, to }: Change): boolean {
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  return status === 'R' && (likeness >= 80 || nameOf(from) === nameOf(to))
}

/** Takes each rename in turn, oldest first, of those that came behind a place in the log. */
function follow(away: ReadonlyMap<string, readonly { readonly at: number; readonly to: string }[]>, path: string, since: number): string | undefined {
  let name = path
  let at = since
  for (let step = 0; step < 100; step++) {
    // The log goes back in time, so the next rename is the one with the highest place below.
    const next = away.get(name)?.filter((move) => move.at < at).toSorted((a, b) => b.at - a.at)[0]
    if (next === undefined) break
    name = next.to
    at = next.at
  }
  return name === path ? undefined : name
}

/** The versions of a file that the tip has under a name, newest first. */
export function versionsOf(path: string, log: readonly LoggedCommit[], renames: Renames): readonly Version[] {
  const versions: Version[] = []
  let name = path
  for (const commit of log) {
    const change = commit.changes.find((one) => one.to === name)
    if (change === undefined) continue
    if (change.status === 'D') break
    versions.push({ commit, blob: change.blob, path: name })
    if (change.status !== 'A') continue
    const earlier = renames.before(name, commit.id)
    if (earlier === undefined) break
    name = earlier
  }
  return versions
}
