/** Owns looking up what documents cite in the working tree: each path once for all of them. */

import picomatch from 'picomatch'
import type { Cited, Standing, Tree } from '../evidence/cited.js'
import { findCited, oneOf } from '../evidence/cited.js'
import type { Host } from './host.js'

export interface CitedFiles {
  /** @param folder of the document, empty or with a `/` at its end */
  find(path: string, folder: string): Cited
  /** The one file meant where several may be. */
  among(paths: readonly string[]): Cited
  /** Lines of a file as they stand there, without their ends; fewer where the file is shorter. */
  lines(path: string, start: number, end: number): readonly string[] | undefined
}

export function openCited(host: Host, root: string): CitedFiles {
  const tree = openWorkTree(host, root)
  const found = new Map<string, Cited>()
  let last: { readonly path: string; readonly lines: readonly string[] | undefined } | undefined
  return {
    find(path, folder) {
      const key = `${folder}\0${path}`
      const known = found.get(key) ?? findCited(path, folder, tree)
      found.set(key, known)
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
function openWorkTree(host: Host, root: string): Tree {
  const standing = new Map<string, Standing>()
  let listed: readonly string[] | undefined
  let byName: Map<string, string[]> | undefined
  const files = (): readonly string[] => (listed ??= host.listFiles(root, undefined))
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

function groupByName(files: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [file])
    else group.push(file)
  }
  return groups
}

function startingWith(files: readonly string[], text: string): readonly string[] {
  return files.filter((file) => file.startsWith(text))
}

/** A pattern that no library can make sense of matches nothing. */
function matchingGlob(files: readonly string[], pattern: string): readonly string[] {
  if (pattern.length > 500) return []
  const matches = picomatch(pattern, { dot: true, nobrace: true, noextglob: true })
  return files.filter((file) => matches(file))
}
