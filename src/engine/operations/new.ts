/** Owns the use case `new`: a document from a template, with an id of its own, in a file that did not exist. */

import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import { renderDocument, renderPath } from '../../template/scaffold.js'
import type { SectionSpec, Template } from '../../template/template.js'
import { authorOf, commitOf } from '../actor.js'
import type { Host } from '../host.js'
import { idSpecOf, reserveId, reserveNextId } from '../ids.js'
import type { PriorWork } from '../prior-work.js'
import { findPriorWork, priorWorkRows, withPriorWork } from '../prior-work.js'
import { slugOf } from '../slug.js'
import { formatDate, formatInstant, formatTime } from '../time.js'
import { recover } from '../recovery.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface NewInput {
  /** A template's name, or one version of it: `investigation@2.0`. */
  readonly template: string
  readonly title: string
  /** In place of the next free one. */
  readonly id?: string
  /** Where to write it, from the folder at hand; the template says where otherwise. */
  readonly path?: string
}

export interface NewResult {
  readonly id: string
  /** Relative to the repository's root, with `/`. */
  readonly path: string
  readonly template: string
  /** Concepts of the store that the title's words find. */
  readonly priorWork: PriorWork['concepts']
  /** What closed inquiries supposed that they find, with the verdicts. */
  readonly experience: PriorWork['experience']
  /** Why the store could not be asked, though there is one. */
  readonly note?: string
}

/** @throws InquestError `usage` for an unknown template, `exists` for a file or id that is taken */
export async function createDocument(host: Host, input: NewInput): Promise<NewResult> {
  const workspace = await openWorkspace(host)
  recover(workspace)
  return createIn(workspace, input)
}

async function createIn(workspace: Workspace, input: NewInput): Promise<NewResult> {
  const prepared = await prepareDocument(workspace, input, '')
  try {
    if (!workspace.host.createFile(workspace.toAbsolute(prepared.path), prepared.text)) throw alreadyThere(prepared.path)
  } catch (error) {
    prepared.release()
    throw error
  }
  return resultOf(prepared)
}

export function resultOf({ id, path: file, template, priorWork: { concepts, experience, note } }: PreparedDocument): NewResult {
  return { id, path: file, template: template.name, priorWork: concepts, experience, ...(note !== undefined && { note }) }
}

export interface PreparedDocument {
  readonly id: string
  /** Relative to the repository's root, with `/`. */
  readonly path: string
  readonly title: string
  readonly text: string
  readonly template: Template
  readonly priorWork: PriorWork
  /** Gives the id back where the document is not written after all. */
  release(): void
}

/** A new document that is not written yet, its id already taken. */
export async function prepareDocument(workspace: Workspace, input: NewInput, parent: string): Promise<PreparedDocument> {
  const template = findTemplate(workspace, input.template)
  const title = input.title.replaceAll(/\s+/gu, ' ').trim()
  if (title === '') throw new InquestError('usage', 'A document needs a title', { hint: `inquest new ${template.name} "What is to be found out"` })
  const { host } = workspace
  const spec = idSpecOf(workspace, template)
  const reservation = spec === undefined ? undefined : input.id === undefined ? reserveNextId(workspace, template, spec) : reserveId(workspace, template, input.id)
  const release = (): void => reservation?.release()
  try {
    const now = host.now()
    const priorWork = asksForPriorWork(template.sections) ? await findPriorWork(workspace, title) : nothingAsked
    const rows = priorWorkRows(priorWork)
    const context = {
      id: reservation?.id ?? '',
      title,
      slug: slugOf(title),
      date: formatDate(now),
      now: formatTime(now),
      at: formatInstant(now),
      commit: commitOf(workspace) ?? '',
      author: authorOf(workspace) ?? '',
      parent,
      query: priorWork.query,
      priorWork: rows,
    }
    const file = input.path === undefined ? await pathFor(workspace, template, context) : workspace.toRelative(input.path)
    if (file === '..' || file.startsWith('../') || path.isAbsolute(file)) {
      throw new InquestError('usage', `${file}: lies outside the repository`, { hint: 'Documents are written below the folder of inquest.yaml or .git' })
    }
    if (host.exists(workspace.toAbsolute(file))) throw alreadyThere(file)
    const text = withPriorWork(workspace, file, await renderDocument(template, context), rows)
    return { id: context.id, path: file, title, text, template, priorWork, release }
  } catch (error) {
    release()
    throw error
  }
}

const nothingAsked: PriorWork = { query: '', concepts: [], experience: [] }

function asksForPriorWork(sections: readonly SectionSpec[]): boolean {
  return sections.some(({ parts, sections: below }) => parts.some((part) => part.kind === 'table' && part.yields === 'prior-work') || asksForPriorWork(below))
}

function alreadyThere(file: string): InquestError {
  return new InquestError('exists', `${file}: exists already and is left as it is`, { hint: 'Choose another title, or say where with `--path`' })
}

export function findTemplate(workspace: Workspace, written: string): Template {
  const [name = '', version] = written.split('@')
  const template = version === undefined ? workspace.templates.latest(name) : workspace.templates.find(name, version)
  if (template !== undefined) return template
  const names = [...new Set(workspace.templates.listings.map((listing) => listing.name))]
  const broken = workspace.templates.faulty.length > 0 ? '; some of the repository cannot be used, see `inquest template check`' : ''
  throw new InquestError('usage', `There is no template "${written}"`, { hint: `There are ${names.join(', ')}${broken}` })
}

async function pathFor(workspace: Workspace, template: Template, context: Parameters<typeof renderPath>[1]): Promise<string> {
  const source = workspace.config.files[template.name] ?? template.file
  if (source === undefined) {
    throw new InquestError('usage', `The template "${template.name}" does not say where its documents are written`, { hint: 'Say it with `--path`' })
  }
  const rendered = await renderPath(source, context, template.source)
  // A title without letters leaves a stroke behind the id.
  return path.posix.normalize(rendered.replaceAll(/-+(?=\.\w+$)/gu, '').replaceAll(/-{2,}/gu, '-'))
}
