/** Owns reading objects of git: many at a time, each once. */

import type { Host } from './host.js'

export interface GitObject {
  readonly id: string
  readonly type: string
  readonly size: number
}

export interface GitObjects {
  /** Looks names up, such as `commit:path`; what is asked of one by one later has to be among them. */
  prepare(names: Iterable<string>): void
  find(name: string): GitObject | undefined
  /** Reads the blobs with these ids. */
  load(ids: Iterable<string>): void
  /** The text of a blob that was loaded; undefined for one that is not there or too large. */
  text(id: string): string | undefined
}

/** A blob larger than this is no source that anybody cites by line. */
const mostBytes = 1 << 24
/** What is read at once. */
const bytesAtOnce = 1 << 26

export function openObjects(host: Host, folder: string): GitObjects {
  const found = new Map<string, GitObject | undefined>()
  const texts = new Map<string, string | undefined>()
  const prepare = (names: Iterable<string>): void => {
    // A name is a line of the input.
    const wanted = [...new Set(names)].filter((name) => !found.has(name) && !/[\n\0]/u.test(name))
    if (wanted.length === 0) return
    const output = host.gitBatch(folder, ['cat-file', '--batch-check'], `${wanted.join('\n')}\n`)
    const lines = output === undefined ? [] : Buffer.from(output).toString('utf8').split('\n')
    for (const [index, name] of wanted.entries()) {
      const [, id = '', type = '', size = ''] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/u.exec(lines[index] ?? '') ?? []
      found.set(name, id === '' ? undefined : { id, type, size: Number(size) })
    }
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
        if (object?.type !== 'blob' || object.size > mostBytes) continue
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
  }
}
