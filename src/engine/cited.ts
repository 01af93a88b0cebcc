/** Owns looking up what documents cite in the working tree: each path once for all of them. */

import type { Cited, Standing, Tree } from '../evidence/cited.js'
import { findCited, oneOf } from '../evidence/cited.js'
import { detach } from '../text/detach.js'
import { compileGlob, GlobError } from './globs.js'
import type { Host } from './host.js'

export interface CitedFiles {
  /** @param folder of the document, empty or with a `/` at its end */
  find(path: string, folder: string): Cited
  /** The one file meant where several may be. */
  among(paths: readonly string[]): Cited
  /** Lines of a file as they stand there, without their ends; fewer where the file is shorter. */
  lines(path: string, start: number, end: number): readonly string[] | undefined
}

/** @param files all of the repository, in order */
export function openCited(host: Host, root: string, files: () => readonly string[]): CitedFiles {
  const tree = openWorkTree(host, root, files)
  const found = new Map<string, Cited>()
  let last: { readonly path: string; readonly lines: readonly string[] | undefined } | undefined
  return {
    find(path, folder) {
      const key = `${folder}\0${path}`
      let known = found.get(key)
      if (known === undefined) {
        // What is remembered for all documents must not keep the text of the one that cited it first.
        known = findCited(detach(path), folder, tree)
        found.set(detach(key), known)
      }
      return known
    },
    among: (paths) => oneOf(paths, tree) ?? { kind: 'absent', near: [] },
    lines(path, start, end) {
      if (last?.path !== path) last = { path, lines: host.readInside(root, path)?.split(/\r?\n/u) }
      return last.lines?.slice(start - 1, end)
    },
  }
}

/** Only a path that is not there makes the files of the repository be listed. */
export function openWorkTree(host: Host, root: string, files: () => readonly string[]): Tree {
  const standing = new Map<string, Standing>()
  let byName: Map<string, string[]> | undefined
  return {
    at(path) {
      const known = standing.get(path) ?? host.look(root, path)
      standing.set(path, known)
      return known
    },
    named(name) {
      byName ??= groupByName(files())
      return byName.get(name) ?? []
    },
    starting: (text) => startingWith(files(), text),
    matching: (pattern) => matchingGlob(files(), pattern),
  }
}

export function groupByName(files: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [file])
    else group.push(file)
  }
  return groups
}

/** They stand side by side, since the files are in order. */
export function startingWith(files: readonly string[], text: string): readonly string[] {
  let low = 0
  let high = files.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((files[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  let end = low
  while (files[end]?.startsWith(text) === true) end++
  return files.slice(low, end)
}

/** A pattern that is not a glob matches nothing. */
export function matchingGlob(files: readonly string[], pattern: string): readonly string[] {
  if (pattern.length > 500) return []
  try {
    return files.filter(compileGlob(pattern, { plain: true }))
  } catch (error) {
    if (error instanceof GlobError) return []
    throw error
  }
}
