/** Owns reading objects of git: many at a time, each once. */

import type { Host } from './host.js'

export interface GitObject {
  readonly id: string
  /** `withheld` where a partial clone lacks even the folder that would tell. */
  readonly type: string
  /** Undefined for an object that this clone lacks. */
  readonly size: number | undefined
}

/** What is left of a file for somebody who wants its text; `withheld` where a partial clone lacks it. */
export type Reading = { readonly text: string } | 'absent' | 'large' | 'withheld'

export interface GitObjects {
  /** Looks names up, such as `commit:path`; what is asked of one by one later has to be among them. */
  prepare(names: Iterable<string>): void
  find(name: string): GitObject | undefined
  /** Reads the blobs with these ids. */
  load(ids: Iterable<string>): void
  /** The text of a blob that was loaded; undefined for one that is not there or too large. */
  text(id: string): string | undefined
  /** The same with the reason. */
  read(id: string): Reading
}

/** A blob larger than this is no source that anybody cites by line. */
const mostBytes = 1 << 24
/** What is read at once. */
const bytesAtOnce = 1 << 26

/** @param partial true where the clone may lack objects that its history names */
export function openObjects(host: Host, folder: string, partial: () => boolean): GitObjects {
  const found = new Map<string, GitObject | undefined>()
  const texts = new Map<string, string | undefined>()
  let present: ReadonlyMap<string, GitObject> | undefined
  const prepare = (names: Iterable<string>): void => {
    // A name is a line of the input.
    const wanted = [...new Set(names)].filter((name) => !found.has(name) && !/[\n\0]/u.test(name))
    if (wanted.length === 0) return
    const output = present === undefined ? host.gitBatch(folder, ['cat-file', '--batch-check'], `${wanted.join('\n')}\n`) : undefined
    const lines = output === undefined ? [] : Buffer.from(output).toString('utf8').split('\n')
    for (const [index, name] of wanted.entries()) {
      const [, id = '', type = '', size = ''] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/u.exec(lines[index] ?? '') ?? []
      found.set(name, id === '' ? undefined : { id, type, size: Number(size) })
    }
    if (!wanted.some((name) => found.get(name) === undefined) || !partial()) return
    // Asked for an object that a partial clone lacks, git gives up; so it is asked for those only that are there.
    present ??= listPresent(host, folder)
    for (const name of wanted) if (!name.includes(':')) found.set(name, present.get(name.replace(/\^\{commit\}$/u, '')))
    for (const [name, object] of namedWithout(host, folder, wanted.filter((one) => one.includes(':')))) found.set(name, present.get(object.id) ?? object)
  }
  const read = (ids: readonly string[]): void => {
    const output = host.gitBatch(folder, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
    const bytes = Buffer.from(output ?? [])
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(10, at)
      if (end === -1) break
      const [, id = '', size = ''] = /^([0-9a-f]{40,64}) \w+ (\d+)$/u.exec(bytes.toString('latin1', at, end)) ?? []
      at = end + 1
      if (id === '') continue
      texts.set(id, bytes.toString('utf8', at, at + Number(size)))
      at += Number(size) + 1
    }
  }
  return {
    prepare,
    find: (name) => found.get(name),
    load(ids) {
      const wanted = [...new Set(ids)].filter((id) => !texts.has(id))
      prepare(wanted)
      let together: string[] = []
      let size = 0
      for (const id of wanted) {
        const object = found.get(id)
        texts.set(id, undefined)
        if (object?.type !== 'blob' || object.size === undefined || object.size > mostBytes) continue
        if (size + object.size > bytesAtOnce && together.length > 0) {
          read(together)
          together = []
          size = 0
        }
        together.push(id)
        size += object.size
      }
      if (together.length > 0) read(together)
    },
    text: (id) => texts.get(id),
    read(id) {
      const text = texts.get(id)
      if (text !== undefined) return { text }
      return (found.get(id)?.size ?? 0) > mostBytes ? 'large' : 'withheld'
    },
  }
}

function listPresent(host: Host, folder: string): ReadonlyMap<string, GitObject> {
  const output = host.gitBatch(folder, ['cat-file', '--batch-check', '--batch-all-objects', '--unordered'], '')
  const objects = new Map<string, GitObject>()
  for (const line of output === undefined ? [] : Buffer.from(output).toString('latin1').split('\n')) {
    const [, id, type = '', size = ''] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/u.exec(line) ?? []
    if (id !== undefined) objects.set(id, { id, type, size: Number(size) })
  }
  return objects
}

/** Names that fit in one command line. */
const mostNames = 500

/** What `commit:path` names in a clone that lacks the object: the folders of a commit tell it, where those are there. */
function namedWithout(host: Host, folder: string, names: readonly string[]): ReadonlyMap<string, GitObject> {
  const byCommit = new Map<string, string[]>()
  for (const name of names) {
    const at = name.indexOf(':')
    const commit = name.slice(0, at)
    byCommit.set(commit, [...(byCommit.get(commit) ?? []), name.slice(at + 1)])
  }
  const found = new Map<string, GitObject>()
  for (const [commit, paths] of byCommit) {
    for (let from = 0; from < paths.length; from += mostNames) {
      const asked = paths.slice(from, from + mostNames)
      const output = host.gitBatch(folder, ['ls-tree', '-z', '--full-tree', commit, '--', ...asked], '')
      if (output === undefined) for (const path of asked) found.set(`${commit}:${path}`, { id: '', type: 'withheld', size: undefined })
      else {
        for (const line of Buffer.from(output).toString('utf8').split('\0')) {
          const [, type = '', id = '', path = ''] = /^\d+ (\w+) ([0-9a-f]+)\t([\s\S]+)$/u.exec(line) ?? []
          if (id !== '') found.set(`${commit}:${path}`, { id, type, size: undefined })
        }
      }
    }
  }
  return found
}
