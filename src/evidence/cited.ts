/** Owns which file of a repository a cited path means: the path itself, or the one file that it is short for. */

/** What stands at a path of the repository. Links that lead out of it, devices and pipes are not looked into. */
export type Standing =
  | { readonly kind: 'file'; /** Undefined for a file too large to be read. */ readonly lines: number | undefined }
  | { readonly kind: 'folder' | 'absent' | 'outside' | 'special' }

/** What a citation means, as a plain value: asked again, it can be compared. */
export type Cited =
  | { readonly kind: 'file'; readonly path: string; readonly lines: number | undefined }
  /** Several files may be meant; `lines` is how many the longest of them has. */
  | { readonly kind: 'several'; readonly paths: readonly string[]; readonly lines: number | undefined }
  | { readonly kind: 'folder'; readonly path: string }
  /** Git has it, and the working tree does not: it lies in a submodule that is not checked out, or was removed or left out there. */
  | { readonly kind: 'unseen'; readonly submodule: string | undefined }
  /** Nothing is there; `near` are files of that name elsewhere. */
  | { readonly kind: 'absent'; readonly near: readonly string[] }
  | { readonly kind: 'outside' | 'special' }

/** A repository, or what it was at some commit, as far as a search for a path needs it. Paths count from its root, with `/`. */
export interface Tree {
  at(path: string): Standing
  /** All files with a name, whatever their folder. */
  named(name: string): readonly string[]
  /** All files that start with the given text. */
  starting(text: string): readonly string[]
  /** All files that a pattern with `*` matches. */
  matching(pattern: string): readonly string[]
}

/** More files than this are not told apart by anybody. */
const mostCandidates = 20

/**
 * @param written the path as the citation has it
 * @param folder of the document, from the root, empty or with a `/` at its end
 */
export function findCited(written: string, folder: string, tree: Tree): Cited {
  const path = written.replaceAll('\\', '/').replace(/^\.\//u, '')
  if (/[*?]/u.test(path)) return oneOf(tree.matching(path), tree) ?? { kind: 'absent', near: [] }
  const rooted = normalise(path.replace(/^\/+/u, ''))
  const beside = path.startsWith('/') || folder === '' ? undefined : normalise(folder + path)
  const places = [rooted, beside].filter((place) => place !== undefined)
  const standing = places.map((place) => ({ place, ...tree.at(place) }))
  for (const one of standing) if (one.kind === 'file') return { kind: 'file', path: one.place, lines: one.lines }
  const [first] = standing
  // A path that leads out of the repository, by itself or by a link, is nobody's business here.
  if (first === undefined || standing.some((one) => one.kind === 'outside')) return { kind: 'outside' }
  if (standing.some((one) => one.kind === 'special')) return { kind: 'special' }
  if (first.kind === 'folder') return { kind: 'folder', path: first.place }
  const unseen = places.map((place) => unseenAt(place, tree)).find((one) => one !== undefined)
  if (unseen !== undefined) return unseen
  const short = rooted ?? first.place
  const name = short.slice(short.lastIndexOf('/') + 1)
  const same = tree.named(name)
  const ending = same.filter((file) => file.endsWith(`/${short}`))
  // `docs/adr/ADR-038` is short for `docs/adr/ADR-038-why.md`: the one file that goes on without a word character.
  const opening = ending.length > 0 ? [] : tree.starting(short).filter((file) => /^[-._ ](?!.*\/)/u.test(file.slice(short.length)))
  return oneOf(ending.length > 0 ? ending : opening, tree) ?? { kind: 'absent', near: same.slice(0, 3) }
}

/** Undefined for a path that the listing does not hold either. A folder that is listed by its own name is a repository of its own. */
function unseenAt(path: string, tree: Tree): Cited | undefined {
  const listed = (one: string): boolean => tree.named(one.slice(one.lastIndexOf('/') + 1)).includes(one)
  if (listed(path)) return { kind: 'unseen', submodule: undefined }
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end)
    if (listed(folder)) return tree.at(`${folder}/.git`).kind === 'absent' ? { kind: 'unseen', submodule: folder } : undefined
  }
  return undefined
}

/** Undefined where none of the paths is a file. */
export function oneOf(paths: readonly string[], tree: Tree): Cited | undefined {
  // A listing may name what is not there any more.
  const files = paths.slice(0, mostCandidates).flatMap((path) => {
    const standing = tree.at(path)
    return standing.kind === 'file' ? [{ path, lines: standing.lines }] : []
  })
  const [only, ...more] = files
  if (only === undefined) return undefined
  const counts = files.map((file) => file.lines).filter((count) => count !== undefined)
  const lines = counts.length < files.length ? undefined : Math.max(...counts)
  return more.length === 0 ? { kind: 'file', path: only.path, lines } : { kind: 'several', paths: files.map((file) => file.path), lines }
}

/** Without `.` and `..`; undefined for a path that leads out of the root, and for git's own folder. */
export function normalise(path: string): string | undefined {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.length === 0 || parts[0]?.toLowerCase() === '.git' || parts.some((part) => part.includes('\0')) ? undefined : parts.join('/')
}
