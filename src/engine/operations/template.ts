/** Owns the use cases of `template`: which templates there are, what one holds, and what is wrong with one. */

import * as path from 'node:path'
import { parseDocument } from '../../document/document.js'
import type { Document } from '../../document/document.js'
import { locateFields } from '../../document/positions.js'
import { InquestError } from '../../errors.js'
import type { PlacedFinding } from '../../finding/finding.js'
import { ruleNames } from '../../rules/judge.js'
import type { TemplateMistake } from '../../template/compile.js'
import { compileTemplate } from '../../template/compile.js'
import { renderDocument, renderPath } from '../../template/scaffold.js'
import type { Template } from '../../template/template.js'
import { examine, findingsOf } from '../examine.js'
import type { Host } from '../host.js'
import { openWorkspace } from '../workspace.js'
import type { Workspace } from '../workspace.js'
import { templateFiles } from '../templates.js'
import { findTemplate } from './new.js'

export interface ListedTemplate {
  readonly name: string
  readonly version: string
  readonly accepts: readonly string[]
  readonly title: string
  readonly summary: string
  readonly source: string
  readonly phases: readonly string[]
}

export async function listTemplates(host: Host): Promise<readonly ListedTemplate[]> {
  return templatesIn(await openWorkspace(host))
}

export function templatesIn({ templates }: Workspace): readonly ListedTemplate[] {
  return templates.listings.map((origin) => {
    const { name, version, accepts, title, summary, source, machine } = templates.open(origin)
    return { name, version, accepts, title, summary, source, phases: machine.phases.map((phase) => phase.name) }
  })
}

/** The template's file, as it is written. */
export async function showTemplate(host: Host, written: string): Promise<{ readonly template: Template; readonly text: string }> {
  const workspace = await openWorkspace(host)
  const template = findTemplate(workspace, written)
  const origin = workspace.templates.listings.find((one) => one.source === template.source)
  if (origin === undefined) throw new InquestError('usage', `There is no template "${written}"`)
  return { template, text: host.readText(origin.path) ?? '' }
}

export interface TemplateCheck {
  readonly findings: readonly PlacedFinding[]
  /** How many templates were looked at. */
  readonly templates: number
  readText(path: string): string | undefined
}

/** Mistakes in the repository's templates, or in the files given, each at its place. */
export async function checkTemplates(host: Host, paths: readonly string[]): Promise<TemplateCheck> {
  const workspace = await openWorkspace(host)
  const folder = workspace.toAbsolute(workspace.config.templates)
  const files =
    paths.length > 0
      ? paths.map((file) => path.resolve(host.cwd, file))
      : templateFiles(host, folder).map((file) => path.join(folder, file))
  const findings: PlacedFinding[] = []
  for (const file of files) {
    const text = host.readText(file)
    if (text === undefined) throw new InquestError('usage', `${file}: there is no such file`)
    const shown = workspace.toRelative(file)
    findings.push(...(await mistakesIn(workspace, shown, parseDocument(text, workspace.engine))))
  }
  return { findings, templates: files.length, readText: (file) => workspace.readText(file) }
}

/** What is wrong with one template. @param shown its path in the repository */
export async function mistakesIn(workspace: Workspace, shown: string, document: Document): Promise<readonly PlacedFinding[]> {
  const compiled = compileTemplate(document, shown, ruleNames)
  const mistakes = compiled.kind === 'faulty' ? compiled.mistakes : await tryScaffold(workspace, compiled.template)
  return placeMistakes(mistakes, document, shown)
}

/** A template has to render, and what it renders must be its own document with nothing but the author's part missing. */
async function tryScaffold(workspace: Workspace, template: Template): Promise<readonly TemplateMistake[]> {
  const context = { id: `${template.id?.prefix ?? 'DOC'}-001`, title: 'A title', slug: 'a-title', date: '2026-03-02', now: '2026-03-02T09:00:00', author: 'Author', at: '2026-03-02T09:00:00Z', commit: '', parent: '', query: '', priorWork: [] }
  let text: string
  try {
    text = await renderDocument(template, context)
    if (template.file !== undefined) await renderPath(template.file, context, template.source)
  } catch (error) {
    if (!(error instanceof InquestError)) throw error
    return [{ message: error.message, path: [] }]
  }
  const scratch = parseDocument(text, workspace.engine)
  if (scratch.data['template'] !== template.name) {
    return [{ message: `the field \`template\` needs the initial value \`${template.name}\`, or new documents are judged by no template`, path: ['fields'] }]
  }
  const own = { ...workspace, templates: { ...workspace.templates, find: () => template } }
  const findings = findingsOf(own, examine(own, 'new.md', text, true))
  return findings
    // Its id is made up, and may be somebody's.
    .filter((finding) => finding.severity === 'error' && finding.rule !== 'id-duplicate')
    .map((finding) => ({ message: `a new document starts with a finding: ${finding.message} (${finding.rule})`, path: [] }))
}

async function placeMistakes(mistakes: readonly TemplateMistake[], document: Document, shown: string): Promise<readonly PlacedFinding[]> {
  if (mistakes.length === 0) return []
  const positions = await locateFields(document)
  return mistakes.map(({ message, path: keys }) => {
    const span = positions?.find(keys) ?? (document.frontmatter.kind === 'none' ? { start: 0, end: 0 } : { start: document.frontmatter.span.start, end: document.frontmatter.span.start + 3 })
    const where = keys.length === 0 ? '' : `\`${keys.join('.')}\`: `
    return {
      rule: 'template-invalid',
      severity: 'error',
      message: `${where}${message}`,
      path: shown,
      range: document.lines.rangeOf(span),
      ...(keys.length > 0 && { subject: keys.join('.') }),
    }
  })
}
