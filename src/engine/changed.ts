/** Owns what changed since a commit: which files, and which of their lines. Asks git and nobody else. */

import { InquestError } from '../errors.js'
import type { Range } from '../text/span.js'
import type { Workspace } from './workspace.js'

export interface Changes {
  /** True for a file that differs from the commit or is new; the path counts from the repository's root. */
  has(path: string): boolean
  /** True where a range holds a line that was added or changed, or stands beside one that was taken out. */
  touches(path: string, range: Range): boolean
}

/** First and last line, both included. */
type Lines = readonly [first: number, last: number]

const comparison = ['--relative', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--diff-filter=d'] as const

/**
 * Compares the working tree, with what is not committed yet, to the commit at which the present branch left `ref`.
 * @throws InquestError `usage` where there is no git, or no such commit
 */
export function findChanges({ host, root }: Pick<Workspace, 'host' | 'root'>, ref: string): Changes {
  const git = (...args: readonly string[]): string | undefined => host.git(root, args)
  const commit = ref.startsWith('-') ? undefined : git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)?.trim()
  if (commit === undefined) {
    if (git('rev-parse', '--git-dir') === undefined) throw new InquestError('usage', '`--changed-since` asks git, and this is no repository that git can read')
    throw new InquestError('usage', `\`--changed-since ${ref}\`: git knows no such commit`, { hint: 'A shallow clone has to fetch it first: git fetch origin <branch>' })
  }
  // Where a shallow clone holds no common ancestor, the commit itself is the nearest there is.
  const base = git('merge-base', commit, 'HEAD')?.trim() ?? commit
  const names = git('diff', '--name-only', '-z', ...comparison, base, '--')
  const untracked = git('ls-files', '-z', '--others', '--exclude-standard')
  if (names === undefined || untracked === undefined) throw new InquestError('environment', 'git cannot compare the working tree', { hint: `Run: git diff --name-only ${base}` })
  const fresh = new Set(untracked.split('\0'))
  const files = new Set([...names.split('\0'), ...fresh].filter((file) => file !== ''))
  let lines: ReadonlyMap<string, readonly Lines[]> | undefined
  return {
    has: (path) => files.has(path),
    touches(path, { start, end }) {
      if (fresh.has(path)) return true
      lines ??= changedLines(git('-c', 'core.quotePath=false', 'diff', '--unified=0', '--inter-hunk-context=0', '--src-prefix=a/', '--dst-prefix=b/', ...comparison, base, '--') ?? '')
      return lines.get(path)?.some(([first, last]) => first <= end.line && start.line <= last) ?? false
    },
  }
}

/** Reads a patch without context lines. The lines of a hunk are counted off, because they may look like headers. */
function changedLines(patch: string): ReadonlyMap<string, readonly Lines[]> {
  const changed = new Map<string, Lines[]>()
  let of: Lines[] = []
  let within = 0
  for (const line of patch.split('\n')) {
    if (within > 0) {
      // "\ No newline at end of file" belongs to no side.
      if (!line.startsWith('\\')) within--
      continue
    }
    if (line.startsWith('+++ ')) {
      of = []
      changed.set(unquote(line.slice(4)).slice('b/'.length), of)
      continue
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/u.exec(line)
    if (hunk === null) continue
    const [, removed = '1', at = '0', added = '1'] = hunk
    const first = Number(at)
    within = Number(removed) + Number(added)
    of.push(added === '0' ? [first, first + 1] : [first, first + Number(added) - 1])
  }
  return changed
}

const escapes: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }

/** A name as git quotes it where it holds quotes or control characters; one with blanks ends with a tab. */
function unquote(name: string): string {
  if (!name.startsWith('"')) return name.replace(/\t$/u, '')
  return name
    .replace(/\t$/u, '')
    .slice(1, -1)
    .replaceAll(/\\(?:([0-7]{3})|(.))/gu, (_all, octal: string | undefined, sign: string) => (octal === undefined ? (escapes[sign] ?? sign) : String.fromCodePoint(Number.parseInt(octal, 8))))
}
