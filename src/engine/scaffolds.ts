/** Owns what a new document of a template would hold, as facts: the prompts that are offered where something is missing. */

import { parseDocument } from '../document/document.js'
import { InquestError } from '../errors.js'
import { extractFacts } from '../facts/extract.js'
import type { Facts } from '../facts/facts.js'
import { renderDocument } from '../template/scaffold.js'
import type { Template } from '../template/template.js'
import type { Workspace } from './workspace.js'

const known = new WeakMap<Template, Promise<Facts | undefined>>()

/** Undefined for a template whose scaffold does not render, which is a finding of its own. */
export function scaffoldFacts(workspace: Workspace, template: Template): Promise<Facts | undefined> {
  const made = known.get(template) ?? render(workspace, template)
  known.set(template, made)
  return made
}

async function render(workspace: Workspace, template: Template): Promise<Facts | undefined> {
  const context = { id: `${template.id?.prefix ?? 'DOC'}-000`, title: 'Title', slug: 'title', date: '', now: '', at: '', commit: '', author: '', parent: '', query: '', priorWork: [] }
  try {
    return extractFacts(parseDocument(await renderDocument(template, context), workspace.engine), template)
  } catch (error) {
    if (error instanceof InquestError) return undefined
    throw error
  }
}
