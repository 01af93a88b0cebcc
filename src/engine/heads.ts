/**
 * Owns the frontmatter of all documents, remembered between runs: what others refer to is asked of every run, and
 * most files are as they were. A file is read again unless its size, times and inode are what they were, and it
 * had been left alone for a while when it was read; so nothing that is answered can be out of date.
 */

import type { FrontmatterData } from '../document/frontmatter.js'
import { readFrontmatter } from '../document/frontmatter.js'
import type { FileStamp, Host } from './host.js'
import { sameStamp } from './host.js'

export interface Heads {
  /** The frontmatter of a file; undefined where it has none that can be read, or names no template. */
  read(path: string): FrontmatterData | undefined
  /** Keeps what was read for the next run; nothing where there is no place for it. */
  keep(): void
}

/** Long enough for the frontmatter of nearly every document; longer ones are read whole. */
const headBytes = 4096

/** Raised whenever reading frontmatter gives something else for the same bytes. */
const format = 1

interface Kept {
  readonly stamp: FileStamp
  readonly data: FrontmatterData | null
}

interface HeadsFile {
  readonly format: number
  readonly files: Readonly<Record<string, Kept>>
}

/** What heads need of a workspace. */
interface Around {
  readonly host: Host
  readonly cacheFolder: string | undefined
  stamp(path: string): FileStamp | undefined
  toAbsolute(path: string): string
}

/** @param overlay texts that go before files */
export function openHeads({ host, cacheFolder, stamp: stampOf, toAbsolute }: Around, overlay: ReadonlyMap<string, string>): Heads {
  const file = cacheFolder === undefined ? undefined : `${cacheFolder}/heads.json`
  const before = file === undefined ? undefined : readKept(host, file)
  const now: Record<string, Kept> = {}
  let changed = false
  return {
    read(path) {
      const unsaved = overlay.get(path)
      if (unsaved !== undefined) return dataOf(unsaved, () => unsaved)
      const stamp = file === undefined ? undefined : stampOf(path)
      const known = before?.[path]
      if (stamp !== undefined && known !== undefined && sameStamp(stamp, known.stamp)) {
        now[path] = known
        return known.data ?? undefined
      }
      const head = host.readHead(toAbsolute(path), headBytes)
      const data = head === undefined ? undefined : dataOf(head, () => host.readText(toAbsolute(path)) ?? '')
      changed = true
      if (stamp?.settled === true) now[path] = { stamp, data: data ?? null }
      return data
    },
    keep() {
      if (file === undefined || (!changed && Object.keys(before ?? {}).length === Object.keys(now).length)) return
      host.writeCache(file, JSON.stringify({ format, files: now } satisfies HeadsFile))
    },
  }
}

function dataOf(head: string, whole: () => string): FrontmatterData | undefined {
  if (!head.includes('template')) return undefined
  let frontmatter = readFrontmatter(head)
  if (frontmatter.kind !== 'read' && head.length >= headBytes - 8) frontmatter = readFrontmatter(whole())
  return frontmatter.kind === 'read' ? frontmatter.data : undefined
}

/** What cannot be read is as good as nothing: it is only there to be quick. */
function readKept(host: Host, file: string): Readonly<Record<string, Kept>> | undefined {
  const text = host.readText(file)
  if (text === undefined) return undefined
  try {
    const read = JSON.parse(text) as HeadsFile
    return read.format === format ? read.files : undefined
  } catch {
    return undefined
  }
}
