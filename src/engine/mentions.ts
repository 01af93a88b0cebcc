/** Owns finding where the documents of a repository name one of them, and what has to change where a file gets another name. */

import * as path from 'node:path'
import type { Nodes } from 'mdast'
import { spanOf, walk } from '../document/nodes.js'
import { readDocumentIds } from '../facts/references.js'
import type { Edit } from '../text/edit.js'
import { LineIndex } from '../text/lines.js'
import type { Span } from '../text/span.js'
import { examine } from './examine.js'
import type { Workspace } from './workspace.js'

export interface MentionElsewhere {
  readonly path: string
  readonly text: string
  readonly lines: LineIndex
  readonly spans: readonly Span[]
}

/** Every place in a document that names the id, by document. */
export function findMentions(workspace: Workspace, id: string): readonly MentionElsewhere[] {
  const wanted = id.toUpperCase()
  return workspace.files().flatMap((file): MentionElsewhere[] => {
    const text = workspace.readText(file)
    if (text === undefined || !text.toUpperCase().includes(wanted)) return []
    const spans = readDocumentIds(text, 0).filter((mention) => mention.id.toUpperCase() === wanted).map(({ span }) => span)
    return spans.length === 0 ? [] : [{ path: file, text, lines: new LineIndex(text), spans }]
  })
}

export interface FileRename {
  /** From the root, with `/`; folders count for all below them. */
  readonly from: string
  readonly to: string
}

export interface RenamedReferences {
  readonly path: string
  readonly text: string
  readonly lines: LineIndex
  readonly edits: readonly Edit[]
}

/** What documents have to say instead once files have other names. Asked before the files are moved. */
export function followRenames(workspace: Workspace, renames: readonly FileRename[]): readonly RenamedReferences[] {
  const words = renames.map(({ from }) => path.posix.basename(from))
  return workspace.files().flatMap((file): RenamedReferences[] => {
    const text = workspace.readText(file)
    const moves = renames.some(({ from }) => isAt(file, from))
    if (text === undefined || (!moves && !words.some((word) => text.includes(word)))) return []
    const edits = editsIn(workspace, file, text, renames)
    return edits.length === 0 ? [] : [{ path: file, text, lines: new LineIndex(text), edits }]
  })
}

function isAt(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`)
}

function moved(file: string, renames: readonly FileRename[]): string | undefined {
  const rename = renames.find(({ from }) => isAt(file, from))
  return rename === undefined ? undefined : rename.to + file.slice(rename.from.length)
}

function editsIn(workspace: Workspace, file: string, text: string, renames: readonly FileRename[]): readonly Edit[] {
  const { document, facts } = examine(workspace, file, text, false)
  const folder = path.posix.dirname(file)
  const newFolder = path.posix.dirname(moved(file, renames) ?? file)
  const world = workspace.worldOf(file)
  const edits: Edit[] = []
  const replace = (within: Span, written: string, now: string): void => {
    const at = text.indexOf(written, within.start)
    if (written !== now && at !== -1 && at + written.length <= within.end) edits.push({ span: { start: at, end: at + written.length }, text: now })
  }
  for (const { path: written, span } of [...(facts?.citations ?? []), ...(facts?.pathReferences ?? [])]) {
    const meant = world.cited(written)
    if (meant.kind !== 'file' && meant.kind !== 'folder') continue
    const now = moved(meant.path, renames)
    if (now === undefined) continue
    const beside = path.posix.normalize(path.posix.join(folder, written)) === meant.path && path.posix.normalize(written) !== meant.path
    replace(span, written, beside ? relative(newFolder, now) : now)
  }
  walk(document.root, (node: Nodes) => {
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return
    const [written = '', anchor] = node.url.split('#')
    if (written === '' || /^(?:[a-z][a-z+.-]*:|\/)/iu.test(written)) return
    const target = path.posix.normalize(path.posix.join(folder, decode(written)))
    const now = moved(target, renames) ?? target
    if (now === target && newFolder === folder) return
    if (target.startsWith('../') || !world.exists(target)) return
    const link = relative(newFolder, now)
    replace(spanOf(node), node.url, `${written.includes('%') ? encodeURI(link) : link}${anchor === undefined ? '' : `#${anchor}`}`)
  })
  // A place that two readings found is changed once.
  const starts = new Set<number>()
  return edits.filter(({ span }) => !starts.has(span.start) && starts.add(span.start) !== undefined)
}

function relative(folder: string, file: string): string {
  return path.posix.relative(folder, file)
}

function decode(written: string): string {
  try {
    return decodeURI(written)
  } catch {
    return written
  }
}
