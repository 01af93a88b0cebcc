/** Owns finding the document that somebody means by an id or a path. */

import { InquestError } from '../errors.js'
import type { DocumentEntry } from '../rules/world.js'
import type { Workspace } from './workspace.js'
import { entryOf } from './repository-index.js'
import { readFrontmatter } from '../document/frontmatter.js'

/**
 * The document with an id, or at a path. Where an inquiry and its work item share an id, the inquiry is
 * meant; `template:ID` says it outright.
 * @throws InquestError `usage` for none, or for several that cannot be told apart
 */
export function resolveDocument(workspace: Workspace, written: string): DocumentEntry {
  const byPath = entryAt(workspace, written)
  if (byPath !== undefined) return byPath
  const [, kind, named] = /^([\w.-]+):(.+)$/u.exec(written) ?? []
  const id = named ?? written
  const all = workspace.index().withId(id).filter((entry) => kind === undefined || entry.template === kind)
  const inquiries = all.filter((entry) => !entry.tracked)
  const meant = inquiries.length > 0 ? inquiries : all
  const [first] = meant
  if (first === undefined) throw new InquestError('usage', `No document has the id ${written}`, { hint: 'See `inquest list`' })
  if (meant.length === 1) return first
  const places = meant.map((entry) => entry.path).join(', ')
  const kinds = new Set(meant.map((entry) => entry.template))
  const hint = kinds.size === meant.length ? `Say which: ${[...kinds].map((one) => `${one}:${id}`).join(' or ')}` : 'Say which by its path'
  throw new InquestError('usage', `${meant.length} documents have the id ${id}: ${places}`, { hint })
}

function entryAt(workspace: Workspace, written: string): DocumentEntry | undefined {
  if (!/[./\\]/u.test(written)) return undefined
  const file = workspace.toRelative(written)
  const text = workspace.readText(file)
  if (text === undefined) return undefined
  const frontmatter = readFrontmatter(text)
  const entry = frontmatter.kind === 'read' ? entryOf(workspace, file, frontmatter.data) : undefined
  if (entry === undefined) throw new InquestError('usage', `${file}: is no document that a template judges`, { hint: `Run \`inquest check ${file}\` to see why` })
  return entry
}
