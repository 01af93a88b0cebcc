/** Owns the documents of a repository as others refer to them, by their ids. */

import type { FrontmatterData } from '../document/frontmatter.js'
import { textOf } from '../facts/extract.js'
import type { DocumentEntry } from '../rules/world.js'
import type { Template } from '../template/template.js'
import { detach } from '../text/detach.js'
import type { Head, Heads } from './heads.js'
import { isWord } from './heads.js'
import type { FileStamp, Host } from './host.js'
import type { TemplateRegistry } from './templates.js'

export interface RepositoryIndex {
  /** In order of path. */
  readonly entries: readonly DocumentEntry[]
  withId(id: string): readonly DocumentEntry[]
  /** True where any other file is of a kind that inquiries spawn. */
  tracksBeside(file: string): boolean
  /** Said before many documents ask, which makes no difference to the answers. */
  expectMany(): void
}

/** What an index needs of a workspace. */
interface Around {
  readonly host: Host
  readonly templates: TemplateRegistry
  files(): readonly string[]
  stamp(file: string): FileStamp | undefined
  toAbsolute(file: string): string
}

/** @param entries in order of path */
export function indexEntries(around: Around, entries: readonly DocumentEntry[]): RepositoryIndex {
  const byId = new Map<string, DocumentEntry[]>()
  for (const entry of entries) {
    if (entry.id === undefined) continue
    const key = entry.id.toUpperCase()
    const same = byId.get(key)
    if (same === undefined) byId.set(key, [entry])
    // A link to a document is no second one.
    else if (!same.some((other) => isSameFile(around, other.path, entry.path))) same.push(entry)
  }
  return {
    entries,
    withId: (id) => byId.get(id.toUpperCase()) ?? [],
    tracksBeside: (file) => entries.some((entry) => entry.tracked && entry.path !== file),
    expectMany: () => undefined,
  }
}

/** Where so many documents ask for an id each, reading all heads once is cheaper than going through their texts for each. */
export const manyDocuments = 16

/**
 * Reads the heads of all files once somebody asks, and makes no more of them than what is asked for needs.
 * @param openHeads asked once; heads are not held longer than it takes to read them all
 */
export function indexHeads(around: Around, openHeads: () => Heads): RepositoryIndex {
  const { listings, faulty } = around.templates
  const tracked = listings.filter((listing) => listing.tracked).map((listing) => listing.name)
  const byId = new Map<string, readonly DocumentEntry[]>()
  let found: readonly FoundHead[] | undefined
  let whole: RepositoryIndex | undefined
  const readAll = (): RepositoryIndex => {
    whole ??= indexEntries(around, found?.flatMap((one) => one.entry() ?? []) ?? entriesIn(around, openHeads()))
    found = undefined
    return whole
  }
  // A document that names a template which cannot be used ends the run, whatever is asked for.
  if (faulty.length > 0) return readAll()
  return {
    get entries() {
      return readAll().entries
    },
    withId(id) {
      const key = id.toUpperCase()
      if (whole !== undefined || !isWord(key) || (byId.size >= manyDocuments && !byId.has(key))) return readAll().withId(id)
      found ??= headsIn(around, openHeads())
      const known = byId.get(key) ?? indexEntries(around, found.flatMap(({ head, entry }) => (head.mayHold(key) ? (entry() ?? []) : []))).withId(key)
      byId.set(key, known)
      return known
    },
    tracksBeside(file) {
      if (whole !== undefined || !tracked.every(isWord)) return readAll().tracksBeside(file)
      found ??= headsIn(around, openHeads())
      return found.some(({ path, head, entry }) => path !== file && tracked.some((name) => head.mayHold(name)) && entry()?.tracked === true)
    },
    expectMany: () => void readAll(),
  }
}

interface FoundHead {
  readonly path: string
  readonly head: Head
  /** Undefined for what is no document. */
  entry(): DocumentEntry | undefined
}

function headsIn(around: Around, heads: Heads): FoundHead[] {
  const found: FoundHead[] = []
  for (const path of around.files()) {
    const head = heads.read(path)
    if (head !== undefined) found.push({ path, head, entry: readOnce(around, path, head) })
  }
  heads.keep()
  return found
}

/** Holds none of the heads. */
function entriesIn(around: Around, heads: Heads): readonly DocumentEntry[] {
  const entries = around.files().flatMap((path) => {
    const data = heads.read(path)?.data()
    return (data === undefined ? undefined : entryOf(around, path, data)) ?? []
  })
  heads.keep()
  return entries
}

function readOnce(around: Around, path: string, head: Head): () => DocumentEntry | undefined {
  let known: DocumentEntry | undefined | null = null
  return () => {
    if (known === null) {
      const data = head.data()
      known = data === undefined ? undefined : entryOf(around, path, data)
    }
    return known
  }
}

/** Where the stamps tell two files apart, nothing more is looked up. */
export function isSameFile(around: Pick<Around, 'host' | 'stamp' | 'toAbsolute'>, a: string, b: string): boolean {
  const [left, right] = [around.stamp(a), around.stamp(b)]
  if (left !== undefined && right !== undefined && left.inode !== right.inode) return false
  return around.host.isSameFile(around.toAbsolute(a), around.toAbsolute(b))
}

/** Undefined where the frontmatter names no template. */
export function entryOf({ templates }: Pick<Around, 'templates'>, file: string, data: FrontmatterData): DocumentEntry | undefined {
  const name = textOf(data['template'])
  if (name === undefined) return undefined
  const version = textOf(data['version'])
  const template = templates.find(name, version) ?? templates.latest(name)
  return {
    path: file,
    template: name,
    version,
    id: detached(firstText(data, template?.id?.fields ?? ['id'])),
    // Of thousands of entries none is to keep the frontmatter that it was cut out of.
    title: detached(textOf(data[template?.titleField ?? 'title'])),
    status: textOf(data[template?.machine.statusField ?? 'status']),
    standing: template?.machine.statuses.get(textOf(data[template.machine.statusField])?.toLowerCase() ?? ''),
    phase: template?.machine.phaseField === undefined ? undefined : textOf(data[template.machine.phaseField]),
    parents: parentsOf(data, template),
    parentField: template?.parentFields[0],
    tracked: template?.tracked ?? false,
    date: data['date'],
  }
}

function detached(text: string | undefined): string | undefined {
  return text === undefined ? undefined : detach(text)
}

function firstText(data: FrontmatterData, fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const text = textOf(data[field])?.trim()
    if (text !== undefined && text !== '' && text.toLowerCase() !== 'null') return text
  }
  return undefined
}

function parentsOf(data: FrontmatterData, template: Template | undefined): readonly string[] {
  return (template?.parentFields ?? ['spawned_by']).flatMap((field) => {
    const value = data[field]
    const values = Array.isArray(value) ? value : [value]
    return values.flatMap((one) => {
      const text = textOf(one)?.trim()
      return text === undefined || text === '' || text.toLowerCase() === 'null' ? [] : [text]
    })
  })
}
